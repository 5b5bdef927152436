"""The draft of one obligation: its rows with the paper's words, its answers, and what is still to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.kernel.rights import Viewer
from luc.kernel.time import VIETNAM
from luc.plans.models import Progress, Regime
from luc.reporting.asked import Row, asked, asked_of
from luc.reporting.models import Answer, Evidence, Report
from luc.reporting.queries.plans import SOURCE
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Cycle, Obligation, Submission, Verdict

NO_OBSTACLES = "obstacle-99"  # the row that says that there are none
Values = dict[str, Any]


def reports(viewer: Viewer) -> QuerySet[Report]:
    """The drafts that a viewer may see: those of its own parties. A draft is nobody else's."""
    own = viewer.parties_for("reporting.write")
    rows = Report.objects.filter(obligation__party__in=own)
    found = rows.select_related("obligation__party", "obligation__cycle__collector", "plan", "saved_by")
    return found.defer("plan__document")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a draft: what is asked, what was answered (as a form holds it), what was said last time."""

    row: Row
    values: Values
    before: Mapping[str, Any] | None
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_nil(self) -> bool:
        return bool(self.values.get("nil"))

    @property
    def has_words(self) -> bool:
        """Whether anything was said beside the box for nil."""
        return any(self.values.get(name) for name in ("state", "result", "value", "obstacle", "proposal"))

    @property
    def is_contradictory(self) -> bool:
        """Whether it says both "không phát sinh" and something."""
        return self.is_nil and self.has_words

    @property
    def lack(self) -> str:
        """What the row still needs, in words; "" when it says enough."""
        if self.is_answered:
            return ""
        if self.is_contradictory:
            return _("vừa «không phát sinh» vừa có nội dung")
        if not self.has_words:
            return _("chưa trả lời")
        if self.row.section == Answer.Section.PART:
            return _("chưa ghi kết quả") if self.values.get("state") else _("chưa chọn tình trạng")
        return _("chưa ghi giá trị") if self.row.section == Answer.Section.FIGURE else _("chưa ghi kết quả")

    @property
    def is_answered(self) -> bool:
        """Whether the row says enough to be handed in."""
        return not self.is_contradictory if self.is_nil else is_answered(self.row.section, self.values)


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
    returned: Verdict | None

    @property
    def obligation(self) -> Obligation:
        return self.report.obligation

    @property
    def is_writable(self) -> bool:
        """Whether it can be changed now."""
        obligation = self.obligation
        return obligation.state in WRITABLE and obligation.cycle.closed_at is None

    def section(self, name: str) -> list[Line]:
        """The rows of one section, in the order of the plan."""
        return [line for line in self.lines if line.row.section == name]

    @property
    def open_lines(self) -> list[Line]:
        """The rows that are still to be answered."""
        return [] if self.report.is_nil else [line for line in self.lines if not line.is_answered]

    @property
    def obstacles_open(self) -> bool:
        """Whether nothing was said yet about obstacles, not even that there are none; or both."""
        return not self.report.is_nil and self.no_obstacles == bool(self.obstacles)

    @property
    def obstacles_contradict(self) -> bool:
        """Whether it says that there are none, and some."""
        return not self.report.is_nil and self.no_obstacles and bool(self.obstacles)

    @property
    def open_count(self) -> int:
        return len(self.open_lines) + self.obstacles_open

    @property
    def answered(self) -> int:
        return self.total - self.open_count

    @property
    def total(self) -> int:
        return len(self.lines) + 1

    @property
    def has_words(self) -> bool:
        """Whether anything but nil was answered."""
        return any(line.has_words for line in self.lines) or bool(self.obstacles)


def rows_of(report: Report) -> list[Row]:
    """What this report is asked, as of the day when its cycle was opened."""
    obligation = report.obligation
    if report.answers_for is None:
        on = obligation.cycle.opened_at.astimezone(VIETNAM).date()
        return asked(report.plan, on).of(obligation.party_id)
    answers_for = {int(printed): note for printed, note in report.answers_for.items()}
    return asked_of(report.plan, obligation.party_id, answers_for)


def draft(report: Report) -> Draft:
    """All of a draft in a fixed number of statements."""
    answers = list(Answer.objects.filter(report=report).order_by("order", "pk"))
    by_key = {key_of(answer): answer for answer in answers if answer.section != Answer.Section.OBSTACLE}
    said = last_said(report)
    lines = [Line(row, form_values(by_key.get(row.key)), said.get(row.key)) for row in rows_of(report)]
    obstacles = [answer for answer in answers if answer.section == Answer.Section.OBSTACLE]
    return Draft(
        report=report,
        lines=lines,
        obstacles=[form_values(answer) for answer in obstacles if answer.obstacle or answer.proposal],
        no_obstacles=any(answer.is_nil for answer in obstacles),
        evidence=evidence(report),
        returned=_returned(report.obligation),
    )


def evidence(report: Report) -> list[Evidence]:
    """The files of a report that were not taken out."""
    return list(Evidence.objects.filter(report=report, removed_at=None).select_related("file").order_by("pk"))


def key_of(answer: Answer) -> str:
    """The key of the row that an answer answers."""
    return f"{answer.section}-{answer.part_id or answer.duty_id or answer.target_id or answer.order}"


def form_values(answer: Answer | None) -> Values:
    """An answer as its form holds it: text, numbers the Vietnamese way."""
    if answer is None:
        return {}
    return {
        "order": answer.order,
        "nil": "1" if answer.is_nil else "",
        "state": answer.state,
        "result": answer.result,
        "value": "" if answer.value is None else show(answer.value),
        "kind": answer.kind,
        "obstacle": answer.obstacle,
        "proposal": answer.proposal,
        "addressee": answer.addressee,
    }


def last_said(report: Report) -> dict[str, Mapping[str, Any]]:
    """What the party's last accepted report of an earlier period of this plan said, by row."""
    obligation = report.obligation
    earlier = Submission.objects.filter(
        obligation__party=obligation.party_id,
        obligation__cycle__source_kind=SOURCE,
        obligation__cycle__source_id__in=Regime.objects.filter(plan=report.plan_id).values("pk"),
        obligation__cycle__period_start__lt=obligation.cycle.period_start,
        verdict__kind=Verdict.Kind.ACCEPTED,
    )
    last = earlier.order_by("-obligation__cycle__period_start", "-version").first()
    return {} if last is None else {row["key"]: row for row in last.content["rows"]}


def _returned(obligation: Obligation) -> Verdict | None:
    if obligation.state != Obligation.State.RETURNED:
        return None
    return Verdict.objects.filter(
        submission__obligation=obligation, submission__version=obligation.version
    ).first()


def addressees(cycle: Cycle) -> list[str]:
    """To whom a proposal is likely made: the collecting agency, and whom the regime reports to."""
    rows = Regime.objects.filter(pk=cycle.source_id) if cycle.source_kind == SOURCE else Regime.objects.none()
    named = [str(name) for row in rows for name in row.addressees]
    return list(dict.fromkeys([cycle.collector.name, *named]))
