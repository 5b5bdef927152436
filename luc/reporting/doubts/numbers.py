"""The numbers of a draft's figures, as the kinds of doubt look at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from luc.figures.numbers import parse
from luc.kernel.errors import Refused
from luc.reporting.models import Answer
from luc.reporting.queries.drafts import Draft, Line

TOLD = ("value", "estimate", "final")


def figures(whole: Draft) -> Iterator[Line]:
    """The figures that say something."""
    for line in whole.lines:
        if line.row.section == Answer.Section.FIGURE and not line.is_nil:
            yield line


def said(values: Mapping[str, object] | None, name: str) -> Decimal | None:
    """A number as it was said; None for none, or for what cannot be read."""
    kept = (values or {}).get(name)
    try:
        return parse(str(kept)) if kept else None
    except Refused:
        return None


def told(line: Line) -> Iterator[tuple[str, Decimal]]:
    """The numbers that a figure is asked for and gives, by name."""
    asked = {"value": True, "estimate": line.asks_estimate, "final": line.earlier is not None}
    for name in TOLD:
        value = said(line.values, name)
        if asked[name] and value is not None:
            yield name, value
