from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class PlansConfig(AppConfig):
    name = "luc.plans"

    def ready(self) -> None:
        from luc.kernel import rights
        from luc.kernel.navigation import navigate
        from luc.kernel.registry import register
        from luc.papers.access import opens
        from luc.plans import acts, reading_job, sources

        rights.register(acts.ACTS)
        navigate(20, pgettext_lazy("list", "Kế hoạch"), "/ke-hoach/", "plans.view")
        for kind, finder in sources.FINDERS.items():
            register(kind, finder)
        opens(sources.plan_files)
        opens(sources.reading_files)
        reading_job.ready()
