"""Published plans beside each other, across provinces: by programme, and by the item above that they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from luc.plans.queries.levels import STATES
from luc.plans.queries.states import Share
from luc.portal import queries, rows
from luc.portal.models import Edition
from luc.portal.queries import Shown
from luc.portal.tables import Table


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a comparison."""

    edition: Edition

    @property
    def head(self) -> Mapping[str, Any]:
        head: Mapping[str, Any] = self.edition.summary["plan"]
        return head

    @property
    def total(self) -> int:
        return int(self.edition.summary["tasks"])

    @property
    def done(self) -> int:
        return int(self.edition.summary["done"])

    @property
    def overdue(self) -> int:
        return int(self.edition.summary["overdue"])

    @property
    def behind(self) -> int:
        return int(self.edition.summary["states"].get("behind", 0))

    @property
    def targets(self) -> int:
        return sum(self.edition.summary["targets"].values())

    @property
    def reached(self) -> int:
        return int(self.edition.summary["targets"].get("reached", 0))

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """The bar of its tasks."""
        share = Share("", None)
        share.states.update(self.edition.summary["states"])
        return share.parts


@dataclass(frozen=True, slots=True)
class Answer:
    """What one plan promised for an item above, and how far it is."""

    head: Mapping[str, Any]
    kind: str
    row: rows.TaskRow | rows.TargetRow


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a plan above with the items of published plans that answer it."""

    head: Mapping[str, Any]
    kind: str
    row: rows.TaskRow | rows.TargetRow
    answers: Sequence[Answer]


@dataclass(frozen=True)
class Comparison:
    """The published plans of a programme."""

    programme: Mapping[str, Any]
    rows: list[PlanRow]

    @cached_property
    def _contents(self) -> list[Shown]:
        return queries.contents([row.edition for row in self.rows])

    @property
    def mark(self) -> str:
        """Another one whenever something else is to be seen."""
        return "/".join(shown.mark for shown in self._contents)

    def items(self) -> list[Item]:
        """Every item above that a published plan answers; only plans that are published themselves."""
        below: dict[str, Answer] = {}
        for shown in self._contents:
            below |= {key: Answer(shown.head, kind, row) for key, kind, row in _keyed(shown)}
        found = []
        for shown in self._contents:
            answered = shown.content["answered_by"]
            for key, kind, row in _keyed(shown):
                answers = [below[own] for own in answered.get(key, ()) if own in below]
                if answers:
                    found.append(Item(shown.head, kind, row, answers))
        return found

    def table(self) -> Table:
        """The plans as data."""
        columns = [
            ("plan", _("Mã")),
            ("place", _("Địa bàn")),
            ("number", _("Số, ký hiệu")),
            ("title", _("Kế hoạch")),
            ("tasks", _("Số nhiệm vụ")),
            ("done", _("Đã xong")),
            ("behind", _("Chậm tiến độ")),
            ("overdue", _("Quá hạn")),
            ("targets", _("Số chỉ tiêu")),
            ("reached", _("Chỉ tiêu đã đạt")),
            ("until", _("Số liệu đến ngày")),
        ]
        listed = [
            (
                row.head["id"],
                row.head["place"]["name"],
                row.head["number"],
                row.head["title"],
                row.total,
                row.done,
                row.behind,
                row.overdue,
                row.targets,
                row.reached,
                row.edition.summary["until"],
            )
            for row in self.rows
        ]
        return Table("ke-hoach", _("So sánh kế hoạch"), columns, listed)

    def item_table(self) -> Table:
        """What answers each item above, as data."""
        columns = [
            ("above", _("Mục của cấp trên")),
            ("place", _("Địa bàn")),
            ("number", _("Số, ký hiệu")),
            ("text", _("Nội dung")),
            ("who", _("Đơn vị")),
            ("state_label", _("Tình trạng")),
        ]
        listed = [
            (
                item.row.text,
                one.head["place"]["name"],
                one.head["number"],
                one.row.text,
                _who(one),
                one.row.label,
            )
            for item in self.items()
            for one in item.answers
        ]
        return Table("muc-cap-tren", _("Theo mục của cấp trên"), columns, listed)


def _who(answer: Answer) -> str:
    return answer.row.answering if isinstance(answer.row, rows.TargetRow) else "; ".join(answer.row.leads)


def _keyed(shown: Shown) -> list[tuple[str, str, rows.TaskRow | rows.TargetRow]]:
    """The items of an edition by the keys of pairings: "task-7", "figure-3"."""
    tasks = [(f"task-{row.id}", "task", row) for row in rows.tasks(shown.content)]
    return [*tasks, *((f"figure-{row.id}", "target", row) for row in rows.targets(shown.content))]


def programmes(found: Iterable[Edition]) -> list[tuple[Mapping[str, Any], int]]:
    """The programmes of published plans, each with how many plans serve it."""
    known: dict[str, tuple[Mapping[str, Any], int]] = {}
    for row in found:
        programme = row.summary["plan"]["programme"]
        if programme:
            key = programme["code"].lower()
            known[key] = (programme, known.get(key, (programme, 0))[1] + 1)
    return sorted(known.values(), key=lambda one: str(one[0]["name"]))


def of_programme(found: Iterable[Edition], code: str) -> Comparison | None:
    """The published plans of a programme by the name of their place; None for a programme of none."""
    mine = [
        row
        for row in found
        if (row.summary["plan"]["programme"] or {}).get("code", "").lower() == code.lower()
    ]
    if not mine:
        return None
    listed = sorted(
        (PlanRow(row) for row in mine), key=lambda row: (row.head["place"]["name"], row.head["number"])
    )
    return Comparison(mine[0].summary["plan"]["programme"], listed)


__all__ = ["STATES", "Comparison", "Item", "PlanRow", "of_programme", "programmes"]
