"""The draft of one obligation: its rows with the paper's words, its answers, and what is still to answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.plans.models import Expectation, Plan, Progress
from luc.plans.queries.receiving import expectations
from luc.reporting import cut, years
from luc.reporting.asked import Row, asked, asked_of
from luc.reporting.checks import Checks
from luc.reporting.models import Answer, CycleForm, Evidence, Report
from luc.reporting.money import AMOUNTS, NO_MONEY, UNITS, MoneyLine, item
from luc.reporting.queries.asking import opened_on
from luc.reporting.queries.earlier import Said, last_reports, said_by_row, said_of
from luc.reporting.queries.money import money_of
from luc.reporting.queries.plans import plan_ids, plans_of
from luc.reporting.queries.sharing import as_shared
from luc.rounds.correcting import Correction, to_correct
from luc.rounds.models import Cycle, Obligation, Presentation
from luc.rounds.presenting import presented
from luc.rounds.queries import answered_by, answered_by_parties

NO_OBSTACLES = "obstacle-99"  # the row that says that there are none
TELLING = ("state", "result", "value", "estimate", "final", "obstacle", "proposal")
Values = dict[str, Any]


def reports(viewer: Viewer) -> QuerySet[Report]:
    """The drafts that a viewer's parties answer, themselves or in the place of another. A draft is nobody else's."""
    return _whole(own_drafts(viewer))


def own_drafts(viewer: Viewer) -> QuerySet[Report]:
    """The same with what a save needs, and no more: on the last evening everybody saves."""
    return _for_saving(answered_by(viewer, "reporting.write", "obligation__"))


def report_of(viewer: Viewer, report: int) -> Report:
    """One of `reports`. Raises Report.DoesNotExist."""
    return _read_whole.get(report=report, parties=viewer.parties_for("reporting.write"))


def own_draft(viewer: Viewer, report: int) -> Report:
    """One of `own_drafts`. Raises Report.DoesNotExist."""
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
_read_answers = Prepared(lambda report: Answer.objects.filter(report=report).order_by("order", "pk"))
_read_evidence = Prepared(
    lambda report: (
        Evidence.objects.filter(report=report, removed_at=None).select_related("file").order_by("pk")
    )
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a draft: what is asked, what was answered (as a form holds it), what was said last time.

    asks_estimate: a figure also for the whole year; earlier: the estimate of which the final figure is asked.
    """

    row: Row
    values: Values
    before: Mapping[str, Any] | None
    errors: Mapping[str, str] = field(default_factory=dict)
    expected: Expectation | None = None
    asks_estimate: bool = False
    earlier: years.Earlier | None = None

    @property
    def is_nil(self) -> bool:
        return bool(self.values.get("nil"))

    @property
    def has_words(self) -> bool:
        """Whether anything was said beside the box for nil."""
        return any(self.values.get(name) for name in TELLING)

    @property
    def took_part(self) -> bool:
        """Whether a coordinating party says that it took part; an answer of former times may have another state."""
        return bool(self.values.get("state"))

    @property
    def is_contradictory(self) -> bool:
        """Whether it says both "không phát sinh" and something, or something without having taken part."""
        if self.row.is_coordinated and not self.took_part:
            return self.has_words
        return self.is_nil and self.has_words

    @property
    def lack(self) -> str:
        """What the row still needs, in words; "" when it says enough."""
        if self.is_answered:
            return ""
        if self.is_contradictory and not self.is_nil:
            return _("có nội dung nhưng chưa đánh dấu «có tham gia»")
        if self.is_contradictory:
            return _("vừa «không phát sinh» vừa có nội dung")
        if not self.has_words:
            return _("chưa trả lời")
        if self.row.section == Answer.Section.PART:
            return _("chưa ghi kết quả") if self.values.get("state") else _("chưa chọn tình trạng")
        if self.row.section != Answer.Section.FIGURE:
            return _("chưa ghi kết quả")
        if not self.values.get("value"):
            return _("chưa ghi giá trị")
        return _("chưa ghi ước cả năm") if self._lacks_estimate else _("chưa ghi số chính thức kỳ trước")

    @property
    def is_answered(self) -> bool:
        """Whether the row says enough to be handed in."""
        if self.is_contradictory:
            return False
        told = is_answered(self.row.section, self.values)
        return self.is_nil or (told and not self._lacks_estimate and not self._lacks_final)

    @property
    def _lacks_estimate(self) -> bool:
        return self.asks_estimate and not self.values.get("estimate")

    @property
    def _lacks_final(self) -> bool:
        return self.earlier is not None and not self.values.get("final")


def is_answered(section: str, values: Values) -> bool:
    """A part needs its state and a result (unless nothing was begun), a duty its result, a target its value."""
    if section == Answer.Section.PART:
        begun = values.get("state") and values["state"] != Progress.State.NOT_STARTED
        return bool(values.get("state")) and (not begun or bool(values.get("result")))
    if section == Answer.Section.FIGURE:
        return bool(values.get("value"))
    return bool(values.get("result"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A report under way, whole."""

    report: Report
    lines: list[Line]
    obstacles: list[Values]
    no_obstacles: bool
    evidence: list[Evidence]
    returned: Correction | None
    plans: list[Plan] = field(default_factory=list)
    checks: Checks = field(default_factory=Checks)
    money: list[MoneyLine] = field(default_factory=list)
    no_money: bool = False
    money_unit: str = UNITS[0]

    @property
    def obligation(self) -> Obligation:
        return self.report.obligation

    @property
    def is_writable(self) -> bool:
        """Whether it can be changed now."""
        return self.obligation.is_writable

    @property
    def presented(self) -> Presentation | None:
        """What was put before the approver last, since the last version was handed in."""
        return presented(self.obligation)

    def section(self, name: str) -> list[Line]:
        """The rows of one section (cut.Section, or "part" for all tasks), in the order of the plans."""
        return [line for line in self.lines if name in (line.row.asked_in, line.row.section)]

    def asks(self, section: str) -> bool:
        """Whether a section that holds no rows of a plan is asked."""
        return cut.asks(self.report.sections, section)

    def title_of(self, key: str) -> str:
        """The words of a row, or of a section."""
        if key in cut.Section.values:
            return str(cut.Section(key).label)
        rows = {line.row.key: line.row.text for line in self.lines}
        return rows.get(key) or next((line.title for line in self.money if line.key == key), "")

    @property
    def asks_evidence(self) -> bool:
        """Whether files are taken: they are asked in general, or something has to be proved."""
        return self.asks(cut.Section.EVIDENCE) or self.checks.wants_files

    @property
    def coordinated(self) -> list[Line]:
        """The tasks in which the party works along: one folded list."""
        return self.section(cut.Section.COORDINATE)

    @property
    def rest_is_nil(self) -> bool:
        """Whether all coordinated tasks that are not ticked are said to have nothing to report."""
        unticked = [line for line in self.coordinated if not line.took_part]
        return bool(unticked) and all(line.is_nil for line in unticked)

    @property
    def open_lines(self) -> list[Line]:
        """The rows that are still to be answered."""
        return [] if self.report.is_nil else [line for line in self.lines if not line.is_answered]

    @property
    def obstacles_open(self) -> bool:
        """Whether nothing was said yet about obstacles, not even that there are none; or both."""
        asked = self.asks(cut.Section.OBSTACLE) and not self.report.is_nil
        return asked and self.no_obstacles == bool(self.obstacles)

    @property
    def obstacles_contradict(self) -> bool:
        """Whether it says that there are none, and some."""
        return not self.report.is_nil and self.no_obstacles and bool(self.obstacles)

    @property
    def money_lacks(self) -> list[tuple[str, str]]:
        """What is open about money, with the key of its row: a row that lacks something, nothing said, or both."""
        if not self.asks(cut.Section.MONEY) or self.report.is_nil:
            return []
        written = [line for line in self.money if not line.is_carried]
        if self.no_money and written:
            return [(NO_MONEY, _("Kinh phí: đã chọn «không có» nhưng vẫn ghi, hãy bỏ một trong hai"))]
        if not self.no_money and not written:
            return [(NO_MONEY, _("Kinh phí: ghi nội dung, hoặc chọn «không có»"))]
        of_which = _("chưa chọn tính vào kế hoạch nào")
        lacks = [
            (line.key, line.title or _("Kinh phí"), line.lack or (of_which if self.lacks_plan(line) else ""))
            for line in written
        ]
        return [(key, f"{title}: {lack}") for key, title, lack in lacks if lack]

    @property
    def led(self) -> dict[str, Row]:
        """The tasks that the party leads, by their words as they are compared."""
        return {search_key(line.row.text): line.row for line in self.section(cut.Section.LEAD)}

    def lacks_plan(self, line: MoneyLine) -> bool:
        """Whether nobody said in which of several plans a row of money is counted; that of a task is known."""
        return len(self.plans) > 1 and not line.values.get("plan") and item(line.values)[0] not in self.led

    @property
    def open_count(self) -> int:
        return len(self.open_lines) + self.obstacles_open + bool(self.money_lacks)

    @property
    def answered(self) -> int:
        return self.total - self.open_count

    @property
    def total(self) -> int:
        return len(self.lines) + self.asks(cut.Section.OBSTACLE) + self.asks(cut.Section.MONEY)

    @property
    def has_words(self) -> bool:
        """Whether anything but nil was answered."""
        money = any(not line.is_carried for line in self.money)
        return any(line.has_words for line in self.lines) or bool(self.obstacles) or money


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
