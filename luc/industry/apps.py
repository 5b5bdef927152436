from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndustryConfig(AppConfig):
    name = "luc.industry"

    def ready(self) -> None:
        from luc.industry import acts, labels, loading, searching
        from luc.industry import health as _looks  # noqa: F401  (registers what the doctor looks at)
        from luc.industry.catalogue import actions as _reading  # noqa: F401  (the worker finds its job)
        from luc.industry.catalogue import queries as lists
        from luc.industry.confirming import queries as confirming
        from luc.industry.importing import actions as _jobs  # noqa: F401  (the worker finds its jobs)
        from luc.industry.proposing import queries as proposing
        from luc.industry.supply import queries as supply
        from luc.kernel import jobs, reference, registry, rights
        from luc.kernel.navigation import REGISTERS, navigate
        from luc.papers import access

        rights.register(acts.ACTS)
        jobs.regularly(labels.look, every=labels.EVERY)
        reference.brings("industry", loading.load)
        searching.register()
        access.opens(supply.files_of)
        access.opens(lists.files_of)
        access.opens(proposing.files_of)
        registry.offer("desk.home", proposing.on_desk)
        registry.offer("desk.home", confirming.on_desk)
        registry.register(supply.SOURCE, supply.share_sources)
        registry.register(confirming.CYCLE, confirming.cycle_sources)
        registry.register(confirming.OBLIGATION, confirming.answer_sources)
        registry.register(confirming.ANSWER, confirming.answer_sources)
        navigate(60, _("Doanh nghiệp của tôi"), "/doanh-nghiep-cua-toi/", "industry.own")
        navigate(63, _("Danh mục hàng hóa"), "/danh-muc-hang-hoa/", "industry.edit", REGISTERS)
        navigate(62, _("Doanh nghiệp môi trường"), "/doanh-nghiep/", "industry.keep", REGISTERS)
