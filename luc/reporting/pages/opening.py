"""What opening a cycle would mean: period and due moment, who is bound and what each is asked; then it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel import registry
from luc.kernel.pages import Request, page
from luc.kernel.time import today
from luc.plans.models import Regime
from luc.reporting import actions
from luc.reporting.actions.opening import Choices, look_ahead
from luc.reporting.cut import Audience, Section
from luc.reporting.forms import OpeningForm, number, numbers, sections
from luc.reporting.models import Report
from luc.reporting.money import UNITS
from luc.reporting.pages.writing import form_context
from luc.reporting.queries import plans
from luc.reporting.queries.binding import Binding, Line, binding
from luc.reporting.queries.drafts import Draft
from luc.reporting.queries.drafts import Line as Row
from luc.reporting.succeeding import form_before
from luc.rounds import periods
from luc.rounds.models import Cycle, Obligation
from vanban import deadlines


@page("reporting.open")
def opening(request: Request, regime: int) -> HttpResponse:
    """What opening a cycle would mean; its preview for one party; then open it."""
    row = get_object_or_404(plans.regimes(request.viewer), pk=regime)
    given = request.POST if request.method == "POST" else request.GET
    proposal, chosen = _proposal(row, given)
    mates = plans.mates(request.viewer, row, proposal.period_start)
    together = [mate for mate in mates if mate.pk in numbers(given.getlist("gop"))]
    choices = _choices(row, given, together)
    if request.method == "POST" and not {"xem", "bieu"} & given.keys():
        form = OpeningForm(request.POST)
        cycle = _open(request, row, form, choices) if form.is_valid() else None
        if cycle:
            return redirect("reporting:board", cycle.pk)
    else:
        kept = {name: given[name] for name in OpeningForm.base_fields if name in given}
        form = OpeningForm(initial=_initial(proposal) | kept)
    bound, offered, shared = look_ahead([row, *together], choices, today())
    if "bieu" in given:
        return _preview(request, bound, number(given["bieu"], 0), given.get("title", proposal.title))
    ids = bound.orphan_parties.keys() | {one.party_id for one in bound.nobody}
    parties = registry.find(request.viewer, "agencies.party", ids)
    context = {
        "regime": row,
        "form": form,
        "proposal": proposal,
        "chosen": chosen,
        "binding": bound,
        "orphans": [(orphan, parties.get(orphan.party)) for orphan in bound.orphans],
        "nobody": [(one, parties.get(one.party_id)) for one in bound.nobody],
        "extra": choices.extra,
        "optional": [
            (kind, Party.Kind(kind).label, lines, [line for line in lines if line.party.pk in bound.added])
            for kind, lines in bound.optional
        ],
        "earlier": list(plans.cycles_of(row)[:5]),
        "mates": [(mate, mate in together) for mate in mates],
        "pairs": [(pair, pair in shared) for pair in offered],
        "audiences": audiences(bound),
        "without": choices.without,
        "units": UNITS,
        "money_unit": choices.money_unit,
    }
    return render(request, "reporting/opening.html", context, status=422 if form.errors else 200)


def audiences(bound: Binding) -> list[tuple[str, str, int, list[tuple[str, str, bool]], Line | None]]:
    """Each kind of party: name, words, how many, its sections (name, words, whether asked), one of them as example."""
    example = {line.audience: line for line in bound.examples()}
    return [
        (
            kind,
            str(Audience(kind).label),
            sum(line.audience == kind for line in bound.bound),
            [(name, str(Section(name).label), name in bound.sections[kind]) for name in offered],
            example.get(Audience(kind)),
        )
        for kind, offered in bound.offered.items()
    ]


def _choices(regime: Regime, given: QueryDict, together: Sequence[Regime]) -> Choices:
    before = form_before(regime)
    return Choices(
        extra=_extra([regime, *together], given),
        together=[mate.pk for mate in together],
        pairs=given.getlist("chung") if "chung-da-xem" in given else None,
        sections=sections(given) or (before.sections if before else None),
        without="de-lai" in given,
        money_unit=given.get("don-vi-tien") or (before.money_unit if before else UNITS[0]),
    )


def _extra(regimes: Sequence[Regime], given: QueryDict) -> list[int]:
    """The parties that are ticked one by one, and all of the kinds that are ticked as a whole."""
    ticked, kinds = numbers(given.getlist("them")), given.getlist("them-loai")
    if not kinds:
        return ticked
    left_out = binding(regimes, today()).left_out
    return sorted({*ticked, *(line.party.pk for line in left_out if line.party.kind in kinds)})


def _preview(request: Request, bound: Binding, party: int, title: str) -> HttpResponse:
    """The form of one party as it would be asked, with nothing to write into."""
    line = next((one for one in bound.bound if one.party.pk == party), None)
    if line is None:
        raise Http404
    obligation = Obligation(party=line.party, cycle=Cycle(title=title))
    report = Report(obligation=obligation, sections=list(line.sections))
    estimates = Section.ESTIMATE in line.sections
    rows = [Row(row, {}, None, asks_estimate=estimates) for row in bound.rows_of(line)]
    return preview(request, Draft(report, rows, [], False, [], None, bound.plans))


def preview(request: Request, draft: Draft) -> HttpResponse:
    """The page of a form that is only looked at."""
    context = form_context(draft) | {"obstacles": [("obstacle-0", {})]}
    return render(request, "reporting/preview.html", context)


def _proposal(regime: Regime, given: QueryDict) -> tuple[periods.Proposal, dict[str, Any]]:
    year, position = _next_open(regime)
    year = min(max(number(given.get("nam"), year), 2000), 2100)
    count = periods.count_in_year(regime.frequency)
    position = min(max(number(given.get("so"), position), 1), max(count, 1))
    return _propose(regime, year, position), {
        "year": year,
        "position": position,
        "positions": range(1, count + 1) if count > 1 else [],
    }


def _propose(regime: Regime, year: int, position: int) -> periods.Proposal:
    deadline = (regime.deadline_day, regime.deadline_month)
    years = (regime.plan.period_start, regime.plan.period_end)
    following, stated = deadlines.is_following(regime.quote), deadlines.window(regime.quote)
    return periods.propose(
        *(regime.frequency, deadline, regime.includes_day, year, position, years),
        following=following,
        stated=stated,
    )


def _next_open(regime: Regime) -> tuple[int, int]:
    """Year and number of the next period to ask for: not opened yet, and not due before today.

    That may be the period before the one that runs: its figures are closed, its report is due in some days.
    """
    before = -1 if periods.count_in_year(regime.frequency) else 0
    year, position = _step(*periods.current(regime.frequency, today()), regime, before)
    opened = set(plans.cycles_of(regime).values_list("period_start", flat=True))
    for _try in range(len(opened) + 1):
        found = _propose(regime, year, position)
        last = found.due_day or found.last_day
        is_over = last is not None and last + timedelta(days=found.includes_day) <= today()
        if found.period_start not in opened and not is_over:
            break
        year, position = _step(year, position, regime, 1)
    return year, position


def _step(year: int, position: int, regime: Regime, by: int) -> tuple[int, int]:
    """So many periods later, or earlier."""
    count = max(periods.count_in_year(regime.frequency), 1)
    index = year * count + position - 1 + by
    return index // count, index % count + 1


def _initial(proposal: periods.Proposal) -> dict[str, Any]:
    return {
        "title": proposal.title,
        "period_start": proposal.period_start,
        "last_day": proposal.last_day,
        "cutoff": proposal.cutoff,
        "due_day": proposal.due_day,
        "includes_day": "1" if proposal.includes_day else "0",
    }


def _open(request: Request, regime: Regime, form: OpeningForm, choices: Choices) -> Cycle | None:
    cycle: Cycle | None = form.done(
        lambda said: actions.open_cycle(request.viewer, regime.pk, choices=choices, **said)
    )
    if cycle:
        messages.success(request, _("Đã mở kỳ báo cáo. Các đơn vị thấy ngay trong trang «Việc của tôi»."))
    return cycle
