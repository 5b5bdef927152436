"""The outline of a report, as data: headings in order, what fills each, the annexes behind them.

The defaults are what outlines and reports of provinces contain in practice: situation, results by target and task,
money, assessment, next period, proposals by addressee. An officer changes it for one regime, or resets it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.issuing.models import Outline
from luc.kernel.errors import Refused
from luc.kernel.text import search_key
from luc.plans.models import Regime

MAX_HEADINGS = 60
MAX_TITLE = 200
_BY_FREQUENCY = {
    Regime.Frequency.MONTHLY: "short",
    Regime.Frequency.QUARTERLY: "short",
    Regime.Frequency.MID_TERM: "final",
    Regime.Frequency.FINAL: "final",
}

# what can fill a heading, in the order in which papers have it, and what can stand in an annex
FILLS = {
    "coverage": gettext_lazy("Bao nhiêu đơn vị đã báo cáo, số liệu chốt đến ngày nào"),
    "duties": gettext_lazy("Kết quả tổ chức thực hiện"),
    "targets": gettext_lazy("Bảng kết quả các chỉ tiêu"),
    "settled": gettext_lazy("Số chính thức của kỳ trước so với số đã ước"),
    "states": gettext_lazy("Số nhiệm vụ theo tình trạng, có biểu đồ"),
    "tasks": gettext_lazy("Kết quả từng nhiệm vụ theo nhóm"),
    "money": gettext_lazy("Kinh phí theo nguồn, có biểu đồ"),
    "good": gettext_lazy("Những việc làm được"),
    "slow": gettext_lazy("Những việc chậm, chưa làm được và lý do"),
    "obstacles": gettext_lazy("Khó khăn, vướng mắc"),
    "next": gettext_lazy("Nhiệm vụ kỳ tới"),
    "proposals": gettext_lazy("Kiến nghị theo nơi nhận"),
    "task_table": gettext_lazy("Biểu theo từng nhiệm vụ"),
    "agency_table": gettext_lazy("Biểu theo từng đơn vị"),
    "target_table": gettext_lazy("Biểu theo từng chỉ tiêu"),
    "money_table": gettext_lazy("Biểu kinh phí theo nguồn"),
    "missing_table": gettext_lazy("Danh sách đơn vị chưa có báo cáo"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading, of level 1 to 3, or an annex (level 0), and the producers that fill it in order."""

    title: str
    level: int = 1
    fill: tuple[str, ...] = ()
    landscape: bool = False

    @property
    def is_annex(self) -> bool:
        return self.level == 0

    @property
    def key(self) -> str:
        """What the pieces of a draft call it."""
        return search_key(self.title).replace(" ", "-")[:80]

    def as_plain(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self) | {"fill": list(self.fill)}

    @staticmethod
    def of(kept: Mapping[str, Any]) -> Heading:
        """As it was kept."""
        return Heading(
            kept["title"], kept.get("level", 1), tuple(kept.get("fill", ())), kept.get("landscape", False)
        )


def default(frequency: str) -> list[Heading]:
    """The outline of papers of a frequency, where the officer settled none."""
    return _default(_BY_FREQUENCY.get(Regime.Frequency(frequency), "full"))


@cache
def _default(name: str) -> list[Heading]:
    path = resources.files("luc.issuing").joinpath(f"data/outline_{name}.json")
    return [Heading.of(row) for row in json.loads(path.read_text(encoding="utf-8"))]


def of_regime(regime: Regime) -> tuple[list[Heading], Outline | None]:
    """The outline of a regime, and the row in which its officer changed it; None while it is the default."""
    row = Outline.objects.filter(regime=regime).first()
    if row is None or row.sections is None:
        return default(regime.frequency), row
    return [Heading.of(one) for one in row.sections], row


def checked(headings: Iterable[Heading]) -> list[Heading]:
    """An outline that can be drafted by: annexes last.

    Raises Refused: no heading, a heading without title or with one that stands twice, a filling that is unknown or
    stands twice, a heading that leaves out a level.
    """
    rows = sorted(headings, key=lambda row: row.is_annex)
    if not rows or rows[0].is_annex:
        raise Refused(_("Đề cương phải có ít nhất một đề mục."))
    if len(rows) > MAX_HEADINGS:
        raise Refused(_("Đề cương có quá %(n)d đề mục.") % {"n": MAX_HEADINGS})
    depth = 0
    for row in rows:
        _check_title(row)
        if not 0 <= row.level <= min(3, depth + 1):
            raise Refused(_("Đề mục «%(title)s» nhảy bậc; hãy đặt bậc liền sau.") % {"title": row.title})
        depth = row.level
    _once([row.key for row in rows], _("Đề mục «%(what)s» có hai lần."), {row.key: row.title for row in rows})
    fills = [name for row in rows for name in row.fill]
    if unknown := set(fills) - set(FILLS):
        raise Refused(_("Không có loại nội dung «%(what)s».") % {"what": sorted(unknown)[0][:40]})
    _once(fills, _("Nội dung «%(what)s» có hai lần."), {name: str(words) for name, words in FILLS.items()})
    return rows


def _check_title(row: Heading) -> None:
    if not row.key:
        raise Refused(_("Có đề mục chưa ghi tên."))
    if len(row.title) > MAX_TITLE:
        raise Refused(
            _("Tên đề mục «%(title)s…» dài quá %(n)d ký tự.") % {"title": row.title[:40], "n": MAX_TITLE}
        )


def _once(values: list[str], message: str, names: Mapping[str, str]) -> None:
    twice = [value for n, value in enumerate(values) if value in values[:n]]
    if twice:
        raise Refused(message % {"what": names[twice[0]]})
