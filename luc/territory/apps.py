from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "luc.territory"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.kernel.pages import navigate
        from luc.territory import acts

        rights.register(acts.ACTS)
        navigate(85, "Đơn vị hành chính", "/don-vi/", "territory.view")
