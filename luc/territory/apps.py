from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "luc.territory"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.territory import acts

        rights.register(acts.ACTS)
