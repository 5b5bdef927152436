"""The way up from the ledger and from progress: public pages, and what programs read, that say a number or a state."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.kernel.templatetags.luc import day
from luc.plans.models import Progress
from luc.portal.models import Edition
from luc.portal.queries import current
from luc.portal.withdrawing import figures_gone


def of_figure(viewer: Viewer, figure: int) -> list[Source]:  # noqa: ARG001 - what is published everybody may see
    """Where editions of plans show a figure of the ledger; two statements."""
    told = Q(said__contains=f'"figure": {figure},') | Q(said__contains=f'"figure": {figure}}}')
    rows = _editions().alias(said=Cast("content", TextField())).filter(told)
    return _pages(rows, "portal:targets", stands=not figures_gone([figure]))


def of_progress(viewer: Viewer, progress: int) -> list[Source]:  # noqa: ARG001 - as above
    """Where editions of a plan rest on an accepted row of progress; at most three statements."""
    row = Progress.objects.select_related("part__task", "withdrawal").get(pk=progress)
    rows = _editions().filter(plan=row.part.task.plan_id, at__gte=row.at)
    same = Progress.objects.filter(part=row.part_id, party=row.party_id)
    newer = same.filter(Q(at__gt=row.at) | Q(at=row.at, pk__gt=row.pk)).order_by("at").first()
    withdrawn = getattr(row, "withdrawal", None)
    for end in (newer, withdrawn):
        rows = rows.filter(at__lt=end.at) if end else rows
    return _pages(rows, "portal:task", row.part.task_id, stands=withdrawn is None)


def _editions() -> QuerySet[Edition]:
    return Edition.objects.defer("content", "changes").order_by("plan", "number")


def _pages(rows: Iterable[Edition], name: str, *further: int, stands: bool) -> list[Source]:
    """A public page each plan, and the address for programs while the last edition is among these and it `stands`."""
    by: dict[int, list[Edition]] = {}
    for row in rows:
        by.setdefault(row.plan_id, []).append(row)
    last = dict(current().filter(plan__in=by).values_list("plan", "number"))
    found = []
    for plan, editions in by.items():
        first, final = editions[0], editions[-1]
        words = {
            "plan": final.summary["plan"]["number"],
            "first": first.number,
            "last": final.number,
            "day": day(first.at),
        }
        if stands and last.get(plan) == final.number:
            said = _("Trang công khai của %(plan)s: từ lần công bố %(first)s (%(day)s), đang hiện")
            found.append(Source(said % words, reverse(name, args=[plan, *further])))
            found.append(Source(_("API: %(plan)s") % words, reverse("exchange:plan", args=[plan])))
        else:
            said = _(
                "Trang công khai của %(plan)s: lần công bố %(first)s (%(day)s) đến lần %(last)s, nay không hiện"
            )
            found.append(Source(said % words, reverse("portal:changes", args=[plan])))
    return found
