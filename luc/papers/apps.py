from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    name = "luc.papers"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.kernel.backup.stores import Store, holds_bytes
        from luc.kernel.navigation import PAPERS, navigate
        from luc.papers import acts, health, storing  # noqa: F401  registers what the doctor looks at

        rights.register(acts.ACTS)
        holds_bytes(Store("papers_storedfile", read=storing.read, write=storing.put))
        navigate(80, _("Văn bản pháp lý"), "/van-ban-phap-ly/", "papers.legal", PAPERS)
