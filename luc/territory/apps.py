from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "luc.territory"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.kernel.navigation import REGISTERS, navigate
        from luc.territory import acts

        rights.register(acts.ACTS)
        navigate(85, _("Đơn vị hành chính"), "/don-vi/", "territory.view", REGISTERS)
