from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "luc.portal"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.kernel.navigation import navigate
        from luc.portal import acts

        rights.register(acts.ACTS)
        navigate(45, _("Công bố"), "/cong-bo/", "portal.publish")
