"""A target has another figure than the same target elsewhere in the paper, or than in the higher paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from vanban.checks.finding import Finding, Severity
from vanban.checks.paper import Paper, places
from vanban.checks.programme import Target, pairs, printed, words
from vanban.checks.registers import NationalTarget
from vanban.folding import folded

_WORD = re.compile(r"[^\W\d_]+")
# words that lead a figure in, and say nothing of what is measured
_LEAD_IN = frozenset(
    folded(
        "đạt khoảng từ trở lên xuống ít nhất tối thiểu đa trên dưới hơn không quá thấp phấn đấu đến hết năm là "
        "được có và các của tỉnh thành phố toàn tỷ tỉ lệ mức bằng còn duy trì"
    ).split()
)


def find(paper: Paper) -> Iterator[Finding]:
    yield from _within(paper)
    for aim, target in pairs(paper):
        low, high = _bounds(target)
        if (low, high) != (aim.low, aim.high) and not _is_open_end(target, aim):
            yield _from_above(aim, target)


def _within(paper: Paper) -> Iterator[Finding]:
    targets = paper.reading.get("targets") or []
    for a, b in combinations(targets, 2):
        if a["year"] == b["year"] and a["unit"] == b["unit"] and _bounds(a) != _bounds(b) and _is_same(a, b):
            yield _finding(
                "warning",
                a,
                f"Cùng một chỉ tiêu nhưng ghi hai mức: {_figure(a)} và {_figure(b)}.",
                "Thống nhất một mức ở mọi chỗ.",
                b,
            )


def _from_above(aim: NationalTarget, target: Target) -> Finding:
    lower = (target["value_max"] or target["value_min"] or 0) < (aim.high or aim.low or 0)
    return _finding(
        "warning" if lower else "note",
        target,
        f"{aim.field}: kế hoạch ghi {_figure(target)}, {aim.paper} đề ra {printed(aim.low, aim.high, aim.unit)}.",
        "Đối chiếu với văn bản cấp trên; nếu cố ý đặt mức khác thì nêu lý do.",
    )


def _finding(
    severity: Severity, target: Target, message: str, way_out: str, other: Target | None = None
) -> Finding:
    where = (*places(target), *(places(other) if other else ()))
    return Finding("target_differs", severity, target["text"], where, message, way_out)


def _is_same(a: Target, b: Target) -> bool:
    """Whether two targets measure the same: every word that says what is measured stands in both."""
    one, other = _measured(a), _measured(b)
    return a.get("direction") == b.get("direction") and len(one) > 2 and one == other


def _measured(target: Target) -> frozenset[str]:
    return frozenset(folded(word) for word in _WORD.findall(words(target))) - _LEAD_IN


def _is_open_end(target: Target, aim: NationalTarget) -> bool:
    """Whether "ít nhất 20%" stands for a single figure of the higher paper."""
    return aim.low == aim.high and target["comparator"] in {"gte", "gt"} and target["value_min"] == aim.low


def _bounds(target: Target) -> tuple[float | None, float | None]:
    return target["value_min"], target["value_max"]


def _figure(target: Target) -> str:
    return printed(*_bounds(target), target["unit"])
