from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "luc.papers"

    def ready(self) -> None:
        from luc.papers import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
