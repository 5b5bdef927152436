from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "luc.rounds"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.rounds import acts

        rights.register(acts.ACTS)
