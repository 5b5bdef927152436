from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "luc.figures"

    def ready(self) -> None:
        from luc.figures import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
