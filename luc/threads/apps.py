from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThreadsConfig(AppConfig):
    name = "luc.threads"

    def ready(self) -> None:
        from luc.kernel import registry, rights
        from luc.kernel.navigation import navigate
        from luc.rounds import notices
        from luc.threads import acts, queries

        rights.register(acts.ACTS)
        registry.register("threads.thread", queries.sources)
        notices.register(queries.unanswered)
        registry.offer("plans.task", queries.offers_on_task)
        navigate(35, _("Vướng mắc, hỏi đáp"), "/trao-doi/", "threads.view")
