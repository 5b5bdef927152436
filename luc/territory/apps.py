from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "luc.territory"

    def ready(self) -> None:
        from luc.territory import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
