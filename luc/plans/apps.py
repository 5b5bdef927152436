from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "luc.plans"

    def ready(self) -> None:
        from luc.plans import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
