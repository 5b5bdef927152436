from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "luc.requests"

    def ready(self) -> None:
        from luc.agencies import ending
        from luc.kernel import registry, rights
        from luc.kernel.navigation import REPORTS, navigate
        from luc.requests import acts
        from luc.requests.actions import succession
        from luc.requests.queries import sources

        rights.register(acts.ACTS)
        registry.register(sources.REQUEST, sources.request_sources)
        registry.register(sources.REPLY, sources.reply_sources)
        registry.register(sources.SUBMISSION, sources.submission_sources)
        registry.register(sources.CYCLE, sources.cycle_sources)
        registry.register(sources.ANSWER, sources.answer_sources)
        registry.register(sources.OBLIGATION, sources.obligation_sources)
        ending.register(sources.REPLY, succession.foretell, succession.hand_on)
        navigate(25, _("Báo cáo đột xuất"), "/yeu-cau/", "requests.view", REPORTS)
