from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportingConfig(AppConfig):
    name = "luc.reporting"

    def import_models(self) -> None:
        """The models of the room, and those of reports upwards."""
        super().import_models()
        import_module("luc.reporting.upwards.models")

    def ready(self) -> None:
        from luc.agencies import ending
        from luc.kernel import registry, rights
        from luc.kernel.navigation import REPORTS, navigate
        from luc.plans.queries.running import asked_in
        from luc.reporting import acts
        from luc.reporting.actions import succession
        from luc.reporting.many import actions  # noqa: F401  registers the job
        from luc.reporting.queries import boards, plans, submissions
        from luc.reporting.word import reading  # noqa: F401  registers the job
        from luc.rounds.reminders import first

        rights.register(acts.ACTS)
        registry.register("reporting.report", submissions.report_sources)
        registry.register("reporting.submission", submissions.submission_sources)
        registry.register(f"{plans.SOURCE}.obligation", boards.obligation_sources)
        registry.register(f"{plans.SOURCE}.answer", boards.answer_sources)
        registry.register(f"{plans.SOURCE}.cycle", submissions.cycle_sources)
        asked_in(plans.asking)
        first.register(plans.contacts)
        ending.register("reporting.report", succession.foretell, succession.hand_on)
        navigate(20, _("Báo cáo của đơn vị"), "/bao-cao/", "reporting.write", REPORTS)
        navigate(30, pgettext_lazy("list", "Kỳ báo cáo"), "/ky-bao-cao/", "reporting.board", REPORTS)
