from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "luc.exchange"

    def ready(self) -> None:
        from luc.exchange import acts
        from luc.kernel import rights

        rights.register(acts.ACTS)
