"""The board of a cycle: who has handed in, who has not, late, returned, nothing to report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.issuing import short_name
from luc.agencies.order import by_kind
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM
from luc.reporting.queries.reports import reports
from luc.rounds import queries as rounds
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Cycle, Obligation, Submission
from luc.rounds.presenting import waiting
from luc.rounds.words import Standing, standing


@dataclass(frozen=True, slots=True)
class Cell:
    """One party on the board.

    title: its name as it stands in a narrow cell; address: where the last submission is read, "" while there is none.
    """

    obligation: Obligation
    submission: Submission | None
    standing: Standing
    why: str
    title: str
    address: str

    @property
    def name(self) -> str:
        return self.obligation.party.name

    @property
    def tone(self) -> str:
        return self.standing.tone

    @property
    def state(self) -> str:
        return self.standing.words

    @property
    def is_late(self) -> bool:
        """Whether it was first handed in when it was due already."""
        at = self.obligation.submitted_at
        return at is not None and at >= self.obligation.due_at


_FIRST = ("overdue", "returned", "open", "waiting", "accepted")
FILTERS = {
    "accepted": Q(state=Obligation.State.ACCEPTED),
    "waiting": Q(state=Obligation.State.SUBMITTED),
    "returned": Q(state=Obligation.State.RETURNED),
    "open": Q(state=Obligation.State.OPEN),
    "missing": Q(state__in=[Obligation.State.OPEN, Obligation.State.RETURNED]),
    "nil": Q(is_nil=True, state__in=[Obligation.State.SUBMITTED, Obligation.State.ACCEPTED]),
}


def cells(viewer: Viewer, cycle: Cycle, *, kind: str = "", state: str = "") -> list[Cell]:
    """The parties of a cycle, who is late or missing first, then by name; narrowed by kind of party and by state."""
    rows: QuerySet[Obligation] = rounds.overseen_obligations(viewer).filter(cycle=cycle)
    rows = rows.select_related(None).select_related("party__unit", "stand_in")
    if kind:
        rows = rows.filter(party__kind=kind)
    if state in FILTERS:
        rows = rows.filter(FILTERS[state])
    last = rounds.last_submissions(viewer).filter(obligation__cycle=cycle).select_related(None)
    submissions = {row.obligation_id: row for row in last.only("obligation", "version", "at")}
    bound = list(rows.order_by(*by_kind("party__")))
    reasons = rounds.notes_of([row.pk for row in bound])
    found = [_cell(row, submissions.get(row.pk), reasons.get(row.pk, ())) for row in bound]
    return sorted(found, key=lambda cell: _FIRST.index(cell.standing.name))


def _cell(row: Obligation, last: Submission | None, reasons: Iterable[str]) -> Cell:
    address = reverse("reporting:submission", args=[last.pk]) if last else ""
    return Cell(row, last, standing(row), _why(row, reasons), short_name(row.party), address)


def _why(row: Obligation, reasons: Iterable[str]) -> str:
    notes = list(reasons)
    if row.stand_in is not None:
        words = {"who": row.stand_in.name, "why": row.stand_in_why}
        notes.append(_("%(who)s báo cáo thay: %(why)s") % words)
    if row.open_until is not None:
        notes.append(
            _("được gửi đến %(until)s") % {"until": f"{row.open_until.astimezone(VIETNAM):%H:%M %d/%m/%Y}"}
        )
    if row.party.valid_to and row.party.has_ended:
        notes.append(_("đã kết thúc hoạt động từ %(day)s") % {"day": f"{row.party.valid_to:%d/%m/%Y}"})
    return "; ".join(dict.fromkeys(notes))


def obligation_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Where the last submission of each obligation is read, for pages of rooms below."""
    rows = rounds.last_submissions(viewer).filter(obligation__in=list(ids)).defer("content")
    return {
        row.obligation_id: Source(str(row.obligation), reverse("reporting:submission", args=[row.pk]))
        for row in rows
    }


def answer_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Where each obligation is answered: what waits for this approver, else the form of who writes."""
    open_ = reports(viewer).filter(obligation__in=list(ids), obligation__state__in=WRITABLE)
    found = {row.obligation_id: Source(str(row), reverse("reporting:form", args=[row.pk])) for row in open_}
    mine = Obligation.objects.filter(rounds.answered_by(viewer, "reporting.approve"), pk__in=found)
    for row in waiting(mine).defer("content"):
        address = reverse("reporting:presentation", args=[row.pk])
        found[row.obligation_id] = Source(found[row.obligation_id].title, address)
    return found
