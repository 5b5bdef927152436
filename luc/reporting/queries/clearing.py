"""Reports that wait for a verdict: those that can be accepted together, and those to be read one by one, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.order import by_kind
from luc.kernel.rights import Viewer
from luc.reporting.content import all_rows
from luc.rounds import queries as rounds
from luc.rounds.models import CorrectionRequest, Cycle, Obligation, Submission
from luc.rounds.notices import notices


@dataclass(frozen=True, slots=True)
class Apart:
    """A report that is to be read before it is accepted, and why."""

    submission: Submission
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a cycle: `clear` can be accepted in one act, `apart` is read one by one."""

    clear: list[Submission]
    apart: list[Apart]

    @property
    def nil_count(self) -> int:
        """How many of the clear ones have nothing to report."""
        return sum(row.is_nil for row in self.clear)


def waiting(viewer: Viewer, cycle: Cycle) -> Waiting:
    """The reports of a cycle that wait for a verdict, in a few statements."""
    rows = rounds.last_submissions(viewer).filter(
        obligation__cycle=cycle, obligation__state=Obligation.State.SUBMITTED
    )
    found = list(rows.order_by(*by_kind("obligation__party__")))
    asking = CorrectionRequest.objects.filter(submission__in=[row.pk for row in found], answered_at=None)
    asked = set(asking.values_list("submission", flat=True))
    open_with = notices(cycle, [row.obligation.party_id for row in found])
    reasons = {
        row.pk: _why(row, row.pk in asked) + tuple(open_with.get(row.obligation.party_id, ()))
        for row in found
    }
    clear = [row for row in found if not reasons[row.pk]]
    return Waiting(clear, [Apart(row, reasons[row.pk]) for row in found if reasons[row.pk]])


def _why(row: Submission, asks: bool) -> tuple[str, ...]:
    """Why a report is to be read: late, figures asked back, a question to the collector, handed in again."""
    rows = (*all_rows(row.content), *row.content.get("explained", ()))
    explained = [said for said in rows if said.get("explanation")]
    addressed = _addressed(row.content, row.obligation.cycle.collector.name)
    found = [
        (row.is_late, _("gửi sau hạn")),
        (explained, _("%(count)d nội dung khác thường, đã giải trình") % {"count": len(explained)}),
        (addressed, _("%(count)d kiến nghị với cơ quan tổng hợp") % {"count": addressed}),
        (row.version > 1, _("gửi lại lần %(count)d") % {"count": row.version}),
        (asks, _("đơn vị đề nghị cho sửa")),
    ]
    return tuple(words for holds, words in found if holds)


def _addressed(content: Mapping[str, Any], collector: str) -> int:
    """How many proposals are made to the collecting agency by name."""
    return sum(row.get("addressee") == collector for row in content["obstacles"])
