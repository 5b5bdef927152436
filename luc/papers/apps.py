from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "luc.papers"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.kernel.pages import navigate
        from luc.papers import acts

        rights.register(acts.ACTS)
        navigate(80, "Văn bản pháp lý", "/van-ban-phap-ly/", "papers.legal")
