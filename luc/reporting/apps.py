from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "luc.reporting"

    def ready(self) -> None:
        from luc.reporting import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
