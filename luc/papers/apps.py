from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "luc.papers"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.papers import acts

        rights.register(acts.ACTS)
