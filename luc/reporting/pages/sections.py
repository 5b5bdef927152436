"""The sections of a form as its page shows them: in the order of the form, each by plan and by group of tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from luc.plans.models import Plan
from luc.reporting.cut import OF_ROWS, Section
from luc.reporting.queries.drafts import Draft, Line

ANCHORS = {
    Section.LEAD: "chu-tri",
    Section.COORDINATE: "phoi-hop",
    Section.DUTY: "to-chuc-thuc-hien",
    Section.FIGURE: "chi-tieu",
    Section.MONEY: "kinh-phi",
    Section.OBSTACLE: "vuong-mac",
    Section.EVIDENCE: "minh-chung",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one heading; `plan` where another plan begins and the form has several."""

    plan: Plan | None
    title: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Shown:
    """One section that holds rows."""

    name: str
    anchor: str
    title: str
    lines: list[Line]
    blocks: list[Block]

    @property
    def answered(self) -> int:
        return sum(line.is_answered for line in self.lines)

    @property
    def has_told(self) -> bool:
        """Whether anything was said beside nil."""
        return any(line.has_words for line in self.lines)

    @property
    def template(self) -> str:
        """What a section looks like: a folded list, or row by row."""
        kind = "coordinated" if self.name == Section.COORDINATE else "rows"
        return f"reporting/sections/{kind}.html"


def sections(draft: Draft) -> list[Shown]:
    """The sections of a draft that hold rows; those without any are left out."""
    found = [(section, draft.section(section)) for section in OF_ROWS]
    return [
        Shown(section.value, ANCHORS[section], str(section.label), lines, _blocks(lines, draft.plans))
        for section, lines in found
        if lines
    ]


def _blocks(lines: Iterable[Line], plans: Sequence[Plan]) -> list[Block]:
    named = {plan.pk: plan for plan in plans} if len(plans) > 1 else {}
    blocks: list[Block] = []
    before = None
    for (plan, title), rows in groupby(lines, key=lambda line: (line.row.plan, line.row.group)):
        blocks.append(Block(named.get(plan) if plan != before else None, title, list(rows)))
        before = plan
    return blocks
