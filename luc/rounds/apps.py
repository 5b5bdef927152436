from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "luc.rounds"

    def ready(self) -> None:
        from luc.rounds import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
