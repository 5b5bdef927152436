"""Plain values of an edition, read back: days and numbers are kept as text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal


def as_day(text: str) -> date | None:
    """A day as ISO 8601 writes it; None for ""."""
    return date.fromisoformat(text) if text else None


def as_number(text: str | None) -> Decimal | None:
    """An exact number; None where there is none."""
    return None if text is None else Decimal(text)
