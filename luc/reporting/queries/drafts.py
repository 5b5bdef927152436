"""What a draft is: its rows, what each still needs, what the whole still needs. How it is read: `reports`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.text import search_key
from luc.plans.models import Expectation, Plan, Progress
from luc.reporting import cut, years
from luc.reporting.asked import Row
from luc.reporting.checks import Checks
from luc.reporting.models import Answer, Evidence, Report
from luc.reporting.money import NO_MONEY, UNITS, MoneyLine, item
from luc.rounds.correcting import Correction
from luc.rounds.models import Obligation, Presentation
from luc.rounds.presenting import presented

NO_OBSTACLES = "obstacle-99"  # the row that says that there are none
TELLING = ("state", "result", "value", "estimate", "final", "obstacle", "proposal")
Values = dict[str, Any]


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
