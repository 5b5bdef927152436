from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "luc.desk"

    def ready(self) -> None:
        from luc.desk import acts
        from luc.kernel import rights
        from luc.kernel.pages import navigate

        rights.register(acts.ACTS)
        navigate(0, "Việc của tôi", "/", "desk.home")
