from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "luc.desk"

    def ready(self) -> None:
        from luc.desk import acts
        from luc.kernel import rights
        from luc.kernel.navigation import navigate

        rights.register(acts.ACTS)
        navigate(0, _("Việc của tôi"), "/", "desk.home")
        navigate(5, _("Trang lãnh đạo"), "/lanh-dao/", "desk.brief")
