from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "luc.papers"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.kernel.pages import navigate
        from luc.papers import acts

        rights.register(acts.ACTS)
        navigate(80, _("Văn bản pháp lý"), "/van-ban-phap-ly/", "papers.legal")
