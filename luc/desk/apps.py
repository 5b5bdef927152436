from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "luc.desk"

    def ready(self) -> None:
        from luc.desk import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
