from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "luc.issuing"

    def ready(self) -> None:
        from luc.issuing import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
