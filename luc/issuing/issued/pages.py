"""Issued papers, where their numbers come from, what was known then and is known now. Read only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date

from luc.issuing.issued import queries
from luc.issuing.issued.models import Issued
from luc.issuing.lineage import down, knowing, up
from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment
from luc.kernel.time import today
from luc.papers.queries import content
from luc.plans.models import Plan
from luc.reporting.content import all_rows
from luc.reporting.forms import number
from luc.reporting.queries import scoped

A_PAGE = 25
PAPERS = 5  # papers a page whose numbers are added up anew
EXAMPLES = 3
LEAVES = 150


def _paper(request: Request, issued: int) -> Issued:
    """An issued paper with what it holds."""
    rows = queries.issued(request.viewer).defer(None).select_related("signed__written", "version__draft")
    return get_object_or_404(rows.defer("version__content", "version__cells"), pk=issued)


@page("issuing.issued")
def papers(request: Request) -> HttpResponse:
    """All issued papers that the viewer may see."""
    found = Paginator(queries.issued(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "issuing/issued/list.html", {"page": found})


@page("issuing.issued")
def issued(request: Request, issued: int) -> HttpResponse:
    """The paper as it was signed; every number and sentence leads down to where it comes from."""
    row = _paper(request, issued)
    context = {
        "issued": row,
        "marks": queries.marks(row),
        "restated": knowing.restated(request.viewer, [row]),
    }
    return render(request, "issuing/issued/issued.html", context)


@page("issuing.issued")
def file(request: Request, issued: int) -> HttpResponse:
    """The signed file, byte for byte."""
    row = _paper(request, issued)
    return attachment(content(row.file), row.file.name)


@page("issuing.issued")
def told(request: Request, issued: int, bookmark: str) -> HttpResponse:
    """A number or sentence of the paper: the rows of reports that it comes from, and whether it still holds."""
    row = _paper(request, issued)
    one = next((one for one in queries.told(row) if one.bookmark == bookmark), None)
    if one is None:
        raise Http404
    leaves, hidden = down.leaves(request.viewer, one.rows[:LEAVES])
    said = knowing.said_on(request.viewer, row, today(), [one.cell]) if one.cell else []
    context = {
        "issued": row,
        "told": one,
        "leaves": leaves,
        "hidden": hidden + max(0, len(one.rows) - LEAVES),
        "said": next(iter(said), None),
    }
    return render(request, "issuing/issued/told.html", context)


@page("issuing.issued")
def rows(request: Request, submission: int) -> HttpResponse:
    """Every row of a frozen report with in how many issued papers it is used; each leads on."""
    found = get_object_or_404(scoped.submissions(request.viewer), pk=submission)
    keys = [(found.pk, one["key"]) for one in all_rows(found.content)]
    leaves, _hidden = down.leaves(request.viewer, keys)
    counts = up.counted(request.viewer, found.pk)
    context = {"submission": found, "rows": [(leaf, counts.get(leaf.key, 0)) for leaf in leaves]}
    return render(request, "issuing/issued/rows.html", context)


@page("issuing.issued")
def row(request: Request, submission: int, key: str) -> HttpResponse:
    """A row of a frozen report: who typed it out of what, and every paper and page that used it."""
    viewer = request.viewer
    leaves, _hidden = down.leaves(viewer, [(submission, key)])
    if not leaves:
        raise Http404
    (leaf,) = leaves
    roots = down.roots(viewer, leaf)
    history = [
        {"when": one.at, "who": one.who, "what": one.act, "reason": "", "changes": one.changes}
        for one in roots.typed
    ]
    context = {
        "leaf": leaf,
        "roots": roots,
        "history": history,
        "used": up.issued_with(viewer, submission, key),
        "versions": up.versions_with(viewer, submission, key)[:A_PAGE],
        "pages": up.pages_with(viewer, leaf),
    }
    return render(request, "issuing/issued/row.html", context)


@page("issuing.issued")
def known(request: Request, issued: int) -> HttpResponse:
    """Every number of a paper: said, whether it held on a day (?ngay=), known now."""
    row, day = _paper(request, issued), _day(request)
    found = Paginator(knowing.numbers(row), 4 * A_PAGE).get_page(request.GET.get("page"))
    rows = knowing.said_on(request.viewer, row, day, list(found))
    return render(
        request, "issuing/issued/known.html", {"issued": row, "day": day, "rows": rows, "page": found}
    )


@dataclass(frozen=True, slots=True)
class OnDay:
    """A paper on the page of a day."""

    issued: Issued
    count: int
    moved_then: int
    differ_now: int
    later: bool
    examples: list[knowing.Said] = field(default_factory=list)
    day: date = date.min

    @property
    def address(self) -> str:
        """Its numbers on that day."""
        return f"{reverse('issued:known', args=[self.issued.pk])}?ngay={self.day.isoformat()}"


@page("issuing.issued")
def day(request: Request) -> HttpResponse:
    """What was said in papers issued until a day (?ngay=), whether it held then, and whether it holds now."""
    on = _day(request)
    found = _with_cells(request, queries.issued(request.viewer).filter(date__lte=on))
    rows = [_on_day(request, row, on) for row in found]
    return render(request, "issuing/issued/day.html", {"day": on, "papers": rows, "page": found})


def _on_day(request: Request, row: Issued, on: date) -> OnDay:
    said = knowing.said_on(request.viewer, row, on)
    later = getattr(row, "corrected_by", None)
    moved = [one for one in said if not one.held_then]  # asked for the day: these stand first
    differ = [one for one in said if not one.holds_now]
    return OnDay(
        row,
        len(said),
        len(moved),
        len(differ),
        bool(later and later.date > on),
        [*moved, *(one for one in differ if one.held_then)][:EXAMPLES],
        on,
    )


@page("reporting.board")
def round_then(request: Request, cycle: int) -> HttpResponse:
    """Every number of a round as it was known on a day (?ngay=), and as it is now."""
    row, on = get_object_or_404(scoped.cycles(request.viewer), pk=cycle), _day(request)
    in_full = scoped.told_in_full(request.viewer).filter(pk=row.pk).exists()
    accepted_only = request.GET.get("nguon") == "chap-nhan" or not in_full
    plan = number(request.GET.get("ke-hoach"), 0) or None
    try:
        known = knowing.round_on(request.viewer, row, on, accepted_only=accepted_only, plan=plan)
    except Plan.DoesNotExist as missing:
        raise Http404 from missing
    moved = [one for one in known if one.then != one.now]
    every = request.GET.get("xem") == "tat-ca"
    context = {
        "cycle": row,
        "day": on,
        "page": Paginator(known if every else moved, 4 * A_PAGE).get_page(request.GET.get("page")),
        "moved": len(moved),
        "count": len(known),
        "every": every,
        "accepted_only": accepted_only,
        "in_full": in_full,
        "plan": plan,
    }
    return render(request, "issuing/issued/round.html", context)


@page("issuing.issued")
def restated(request: Request) -> HttpResponse:
    """The numbers of issued papers, not corrected since, that are others now."""
    found = _with_cells(request, queries.issued(request.viewer).filter(corrected_by=None))
    rows = knowing.restated(request.viewer, found)
    return render(request, "issuing/issued/restated.html", {"rows": rows, "page": found})


def _with_cells(request: Request, rows: queries.Papers) -> Page[Issued]:
    """A page of papers with their numbers."""
    whole = rows.defer(None).select_related("signed__written", "version__draft")
    whole = whole.defer("version__content", "version__cells", "signed__document")
    return Paginator(whole, PAPERS).get_page(request.GET.get("page"))


def _day(request: Request) -> date:
    """The day of the address; today where it names none that is over."""
    try:
        found = parse_date(request.GET.get("ngay", ""))
    except ValueError:
        found = None
    return min(found or today(), today())
