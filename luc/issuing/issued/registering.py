"""What signed and issued papers tell other rooms when the application begins."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from luc.issuing.issued import queries
from luc.issuing.lineage import up
from luc.issuing.signed import acts, checking  # noqa: F401  registers the job
from luc.kernel import registry, rights
from luc.kernel.navigation import PAPERS, navigate
from luc.papers.access import opens


def register() -> None:
    """Rights, the job, who has the files, links on boards, the place in the navigation."""
    rights.register(acts.ACTS)
    registry.register("issuing.issued", queries.sources)
    registry.offer("reporting.cycle", queries.of_cycle)
    registry.offer("reporting.cycle", queries.of_day)
    registry.offer("reporting.submission", up.on_submission)
    opens(queries.files)
    navigate(39, _("Văn bản đã ban hành"), "/van-ban/ban-hanh/", "issuing.issued", PAPERS)
