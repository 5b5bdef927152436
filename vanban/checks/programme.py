"""The targets of a plan beside those of the higher papers that it rests on (register of national targets)."""

from __future__ import annotations

from typing import Any

from vanban import bases
from vanban.checks.paper import Paper
from vanban.checks.registers import NationalTarget
from vanban.likeness import Weights

# a target of the plan is on the field of a national one when it says this much of the field's name
_ON_THE_FIELD = 0.5

Target = dict[str, Any]


def national(paper: Paper) -> list[NationalTarget]:
    """The national targets with figures of the papers among the legal bases."""
    resting = {_key(basis.get("number") or "") for basis in paper.reading.get("legal_bases") or []}
    return [
        target
        for target in paper.registers.targets
        if target.paper and _key(target.paper) in resting and target.low is not None
    ]


def pairs(paper: Paper) -> list[tuple[NationalTarget, Target]]:
    """Each national target with the target of the plan that is on its field; each target is in one pair only."""
    aims, own = national(paper), paper.reading.get("targets") or []
    weights = Weights([*(aim.field for aim in aims), *map(words, own)])
    ranked = sorted(
        (
            (weights.share(aim.field, words(target)), i, j)
            for i, aim in enumerate(aims)
            for j, target in enumerate(own)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    out: dict[int, int] = {}
    for likeness, i, j in ranked:
        if (
            likeness >= _ON_THE_FIELD
            and i not in out
            and j not in out.values()
            and _same_kind(aims[i], own[j])
        ):
            out[i] = j
    return [(aims[i], own[j]) for i, j in sorted(out.items())]


def words(target: Target) -> str:
    """What a target is about, in words."""
    return f"{target.get('subject') or ''} {target.get('text') or ''}".strip()


def printed(low: float | None, high: float | None, unit: str | None) -> str:
    """A figure as a plan prints it: "60-70%", "từ 35%", "tối đa 5 dự án"."""
    of = "" if not unit else unit if unit.startswith("%") else f" {unit}"
    if low is not None and high is not None:
        return f"{number(low)}{of}" if low == high else f"{number(low)}-{number(high)}{of}"
    return f"từ {number(low)}{of}" if low is not None else f"tối đa {number(high)}{of}"


def number(value: float | None) -> str:
    """A number the Vietnamese way: 1.234,5."""
    text = f"{value or 0:,.6f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _same_kind(aim: NationalTarget, target: Target) -> bool:
    same_unit = (target.get("unit") or "").split()[:1] == aim.unit.split()[:1]
    return same_unit and target.get("year") in {None, aim.year}


def _key(printed_number: str) -> str:
    return bases.unspaced(printed_number).upper()
