"""How drafts are read: whose they are, what they are asked, with the answers as their form holds them (`drafts`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from luc.figures.numbers import show
from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.plans.models import Expectation, Plan
from luc.plans.queries.receiving import expectations
from luc.reporting import cut, years
from luc.reporting.asked import Row, asked, asked_of
from luc.reporting.checks import Checks
from luc.reporting.models import Answer, CycleForm, Evidence, Report
from luc.reporting.money import AMOUNTS, UNITS
from luc.reporting.queries.asking import opened_on
from luc.reporting.queries.drafts import TELLING, Draft, Line, Values
from luc.reporting.queries.earlier import Said, last_reports, said_by_row, said_of
from luc.reporting.queries.money import money_of
from luc.reporting.queries.plans import plan_ids, plans_of
from luc.reporting.queries.sharing import as_shared
from luc.rounds.correcting import to_correct
from luc.rounds.models import Cycle
from luc.rounds.queries import answered_by, answered_by_parties


def reports(viewer: Viewer) -> QuerySet[Report]:
    """The drafts that a viewer's parties answer, themselves or in the place of another. A draft is nobody else's."""
    return _whole(_for_saving(answered_by(viewer, "reporting.write", "obligation__")))


def report_of(viewer: Viewer, report: int) -> Report:
    """One of `reports`. Raises Report.DoesNotExist."""
    return _read_whole.get(report=report, parties=viewer.parties_for("reporting.write"))


def own_draft(viewer: Viewer, report: int) -> Report:
    """One of `reports` with what a save needs, and no more: on the last evening everybody saves.

    Raises Report.DoesNotExist.
    """
    return _read_for_saving.get(report=report, parties=viewer.parties_for("reporting.write"))


def _for_saving(mine: Q) -> QuerySet[Report]:
    return Report.objects.filter(mine).select_related("obligation__party", "obligation__cycle__form")


def _whole(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.select_related("obligation__cycle__collector", "plan").defer("plan__document")


_read_for_saving = Prepared(
    lambda report, parties: _for_saving(answered_by_parties(parties, "obligation__")).filter(pk=report)
)
_read_whole = Prepared(
    lambda report, parties: _whole(_for_saving(answered_by_parties(parties, "obligation__"))).filter(
        pk=report
    )
)
_lock = Prepared(lambda report: Report.objects.select_for_update().filter(pk=report))
_read_answers = Prepared(lambda report: Answer.objects.filter(report=report).order_by("order", "pk"))
_read_evidence = Prepared(
    lambda report: (
        Evidence.objects.filter(report=report, removed_at=None).select_related("file").order_by("pk")
    )
)


def locked(report: int) -> Report:
    """The row of a draft, locked for a change. Raises Report.DoesNotExist."""
    return _lock.get(report=report)


def shared_of(cycle: int) -> dict[tuple[str, int], tuple[str, int]]:
    """What later plans of a cycle share with earlier ones, as the officer confirmed it."""
    form = CycleForm.objects.filter(cycle=cycle).values_list("shared", flat=True).first()
    return as_shared(form or {})


def plans_asked(report: Report) -> list[Plan]:
    """The plans of a report's cycle in their order; where it is the report's own alone, that one as it is at hand."""
    cycle = report.obligation.cycle
    if set(plan_ids(cycle)) <= {report.plan_id}:
        return [report.plan]
    return plans_of([cycle])[cycle.pk]


def rows_of(report: Report, plans: Sequence[Plan] | None = None) -> list[Row]:
    """What this report is asked, as of the day when its cycle was opened: rows of the plans of its cycle."""
    cycle = report.obligation.cycle
    on = opened_on(cycle)
    if report.answers_for is None:
        of = plans_asked(report) if plans is None else plans
        shared = shared_of(cycle.pk) if len(of) > 1 else {}
        return asked(of, on, shared).of(report.obligation.party_id, report.sections)
    ids = [int(plan) for plan in report.answers_for]
    if len(ids) > 1:
        ids = [plan.pk for plan in plans] if plans else plan_ids(cycle)
    shared = shared_of(cycle.pk) if len(ids) > 1 else {}
    return asked_of(ids, report.answers_for, on, shared).of(0, report.sections)


def draft(report: Report) -> Draft:
    """All of a draft in a fixed number of statements."""
    answers = answers_of(report)
    by_key = {key_of(answer): answer for answer in answers if answer.section != Answer.Section.OBSTACLE}
    cycle = report.obligation.cycle
    plans = plans_asked(report)
    earlier = last_reports(report, plans)
    said = said_by_row(earlier)
    rows = rows_of(report, plans)
    expected = _expected(report, rows)
    lines = [
        _line(report, row, form_values(by_key.get(row.key)), said_of(said, row), expected.get(row.key))
        for row in rows
    ]
    obstacles = [answer for answer in answers if answer.section == Answer.Section.OBSTACLE]
    written = [(row, form_values(row)) for row in answers if row.section == Answer.Section.MONEY]
    asks_money = cut.asks(report.sections, cut.Section.MONEY)
    money, no_money = money_of(written, earlier, cycle) if asks_money else ([], False)
    return Draft(
        report=report,
        lines=lines,
        obstacles=[form_values(answer) for answer in obstacles if answer.obstacle or answer.proposal],
        no_obstacles=any(answer.is_nil for answer in obstacles),
        evidence=evidence(report),
        returned=to_correct(report.obligation),
        plans=plans,
        checks=checks_of(cycle),
        money=money,
        no_money=no_money,
        money_unit=money_unit(cycle),
    )


def checks_of(cycle: Cycle) -> Checks:
    """What is checked in the reports of a cycle."""
    try:
        return Checks.of(cycle.form.checks)
    except CycleForm.DoesNotExist:
        return Checks()


def money_unit(cycle: Cycle) -> str:
    """In which unit all amounts of a cycle are."""
    try:
        return cycle.form.money_unit
    except CycleForm.DoesNotExist:
        return UNITS[0]


def _line(report: Report, row: Row, values: Values, said: Said | None, expected: Expectation | None) -> Line:
    before = said.row if said else None
    if row.section != Answer.Section.FIGURE:
        return Line(row, values, before, expected=expected)
    return Line(
        row,
        values,
        before,
        asks_estimate=asks_estimate(report),
        earlier=years.to_settle(before, said.cycle if said else None, report.obligation.cycle),
    )


def asks_estimate(report: Report, cycle: Cycle | None = None) -> bool:
    """Whether a report (of a cycle at hand) gives each figure also for the whole year: asked, and the year goes on."""
    asked = cut.asks(report.sections, cut.Section.ESTIMATE)
    return asked and years.goes_on(cycle or report.obligation.cycle)


def _expected(report: Report, rows: Iterable[Row]) -> dict[str, Expectation]:
    """What the party means to reach in the year in which the cycle's period ends, by row."""
    cycle = report.obligation.cycle
    year = (cycle.period_until - timedelta(days=1)).year
    leads = {row.id: row.key for row in rows if row.asked_in == cut.Section.LEAD}
    found = expectations(leads, report.obligation.party_id, year)
    return {leads[part]: line for part, line in found.items() if line.result or line.milestone}


def evidence(report: Report) -> list[Evidence]:
    """The files of a report that were not taken out."""
    return _read_evidence(report=report.pk)


def answers_of(report: Report) -> list[Answer]:
    """What a draft answers so far, in the order of its form."""
    return _read_answers(report=report.pk)


def key_of(answer: Answer) -> str:
    """The key of the row that an answer answers."""
    return f"{answer.section}-{answer.part_id or answer.duty_id or answer.target_id or answer.order}"


def shown(value: Decimal | None) -> str:
    """A value as it is printed, nothing for none."""
    return "" if value is None else show(value)


# every cell is there, empty: a page that misses one pays for it in each row
_BLANK: Values = dict.fromkeys(("nil", *TELLING, "title", "source", *AMOUNTS, "kind", "addressee"), "")


def form_values(answer: Answer | None) -> Values:
    """An answer as its form holds it: text, numbers the Vietnamese way."""
    if answer is None:
        return dict(_BLANK)
    return {
        "order": answer.order,
        "nil": "1" if answer.is_nil else "",
        "state": answer.state,
        "result": answer.result,
        "value": shown(answer.value),
        "estimate": shown(answer.estimate),
        "final": shown(answer.final),
        "title": answer.title,
        "source": answer.source,
        "plan": str(answer.plan_id or ""),
        **{name: shown(getattr(answer, name)) for name in AMOUNTS},
        "kind": answer.kind,
        "obstacle": answer.obstacle,
        "proposal": answer.proposal,
        "addressee": answer.addressee,
    }
