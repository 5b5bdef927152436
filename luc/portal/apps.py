from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "luc.portal"

    def ready(self) -> None:
        from luc.exchange import rooms
        from luc.kernel import registry, rights
        from luc.kernel.navigation import navigate
        from luc.portal import acts, used, waiting
        from luc.rounds.reminders import news

        rights.register(acts.ACTS)
        rooms.brings("luc.portal.exchange")
        registry.offer("desk.home", waiting.on_desk)
        registry.offer("figures.figure", used.of_figure)
        registry.offer("plans.progress", used.of_progress)
        news.register(waiting.asked_lately)
        navigate(45, _("Công bố"), "/cong-bo/", "portal.publish")
