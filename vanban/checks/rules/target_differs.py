"""A target has another figure than the same target elsewhere in the paper, or than in the higher paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from vanban import targets
from vanban.checks.finding import Finding, Severity
from vanban.checks.paper import Paper, places
from vanban.checks.programme import Target, pairs, printed, words
from vanban.checks.registers import NationalTarget
from vanban.document import Words
from vanban.folding import folded
from vanban.outline import Line, Section

_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d\s*(?:%|[^\W\d_])")
# words that lead a figure in, and say nothing of what is measured
_LEAD_IN = frozenset(
    folded(
        "đạt khoảng từ trở lên xuống ít nhất tối thiểu đa trên dưới hơn không quá thấp phấn đấu đến hết năm là "
        "được có và các của vào phấn đấu tới tăng lên tỉnh thành phố toàn tỷ tỉ lệ mức bằng còn duy trì"
    ).split()
)


def find(paper: Paper) -> Iterator[Finding]:
    yield from _within(paper)
    yield from _elsewhere(paper)
    for aim, target in pairs(paper):
        low, high = _bounds(target)
        if (low, high) != (aim.low, aim.high) and not _is_open_end(target, aim):
            yield _from_above(aim, target)


def _within(paper: Paper) -> Iterator[Finding]:
    for a, b in combinations(paper.reading.get("targets") or [], 2):
        if a["year"] == b["year"] and a["unit"] == b["unit"] and _bounds(a) != _bounds(b) and _is_same(a, b):
            yield _finding(
                "warning",
                a,
                f"Cùng một chỉ tiêu nhưng ghi hai mức: {_figure(a)} và {_figure(b)}.",
                "Thống nhất một mức ở mọi chỗ.",
                b,
            )


def _elsewhere(paper: Paper) -> Iterator[Finding]:
    """A target said again in a task or a duty, with another figure for the same year."""
    own = paper.reading.get("targets") or []
    blocks = {place.block for target in own for place in places(target)}
    figured = [target for target in own if target["year"] and len(_measured(target)) > 2]
    for said in _said_again(paper, blocks) if figured else ():
        for target in figured:
            same = said["unit"] == target["unit"] and said["year"] == target["year"]
            if same and _bounds(said) != _bounds(target) and _ends_with(said["text"], _measured(target)):
                yield _finding(
                    "warning",
                    target,
                    f"Cùng một chỉ tiêu nhưng phần mục tiêu ghi {_figure(target)}, chỗ khác ghi {_figure(said)}.",
                    "Thống nhất một mức ở mọi chỗ.",
                    said,
                )
                break


def _said_again(paper: Paper, blocks: set[int]) -> Iterator[Target]:
    """The targets that stand in other blocks than those of the objectives."""
    for text in paper.texts:
        if text.places[0].block not in blocks and _FIGURE.search(text.text):
            yield from targets.read(Section("I.", Words(""), 1, [Line("-", text, 0)]))


def _ends_with(text: str, measured: frozenset[str]) -> bool:
    """Whether a clause ends with what is measured and nothing that narrows it; before it anything may stand."""
    missing = set(measured)
    for word in reversed(_WORD.findall(text)):
        if not missing:
            return True
        if folded(word) in measured:
            missing.discard(folded(word))
        elif folded(word) not in _LEAD_IN:
            return False
    return not missing


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
