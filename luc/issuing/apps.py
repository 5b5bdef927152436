from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IssuingConfig(AppConfig):
    name = "luc.issuing"

    def import_models(self) -> None:
        """The models of drafts, and those of what came back signed and was issued."""
        super().import_models()
        import_module("luc.issuing.signed.models")
        import_module("luc.issuing.issued.models")

    def ready(self) -> None:
        from luc.issuing import acts, asking, health, offers  # noqa: F401  registers its look
        from luc.issuing.actions import at_once, files  # noqa: F401  register their jobs
        from luc.issuing.issued import registering as issued
        from luc.issuing.letters import registering as letters
        from luc.kernel import registry, rights
        from luc.kernel.navigation import PAPERS, navigate
        from luc.rounds.reminders import news

        rights.register(acts.ACTS)
        registry.register("issuing.draft", offers.draft_sources)
        registry.offer("reporting.cycle", offers.on_cycle)
        navigate(38, _("Văn bản đi"), "/soan-thao/", "issuing.view", PAPERS)
        navigate(39, _("Góp ý dự thảo"), "/gop-y/", "issuing.give", PAPERS)
        letters.register()
        issued.register()
        news.register(asking.asked_lately)
