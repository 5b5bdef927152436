"""A number that is a thousand or a million times another: often đồng for triệu đồng, or 1.234 for 1,234.

Which of the two was meant is never guessed: the person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.reporting.doubts.numbers import figures, said, told
from luc.reporting.queries.drafts import Draft, Line

THOUSANDS = (1000, 1_000_000, 1_000_000_000)
NEAR = Decimal("0.5")  # of a thousand: 500 to 2,000 times is taken for a slip of units


def ask(whole: Draft) -> Iterator[tuple[str, str]]:
    """Figures that look like another unit beside what was said before, or beside what the plan wants."""
    for line in figures(whole):
        words = question(line)
        if words:
            yield line.row.key, words


def question(line: Line) -> str:
    """What is asked about one figure; "" when nothing is."""
    for name, value in told(line):
        for base, words in _bases(line, name):
            times = factor(value, base)
            if times and (words or times > 0):
                return _words(value, base, times, words, line.row.unit)
    return ""


def _bases(line: Line, name: str) -> Iterator[tuple[Decimal, str]]:
    """What a number is held against, with where that comes from; nothing for what the plan wants."""
    before = said(line.before, "value" if name == "final" else name) or said(line.before, "value")
    if before:
        yield before, _("kỳ trước")
    elif line.row.wanted:
        yield line.row.wanted, ""


def factor(value: Decimal, base: Decimal) -> int:
    """About how many thousand times one number is another: 1000, 1000000; negative where it is so much smaller."""
    if not value or not base:
        return 0
    large, small = max(abs(value), abs(base)), min(abs(value), abs(base))
    ratio = large / small
    for thousand in THOUSANDS:
        if thousand * NEAR <= ratio <= thousand / NEAR:
            return thousand if abs(value) > abs(base) else -thousand
    return 0


def _words(value: Decimal, base: Decimal, times: int, where: str, unit: str) -> str:
    said_words = _("%(value)s %(unit)s lớn gấp khoảng %(times)s lần %(where)s (%(base)s %(unit)s).")
    if times < 0:
        said_words = _("%(value)s %(unit)s chỉ bằng khoảng 1/%(times)s %(where)s (%(base)s %(unit)s).")
    said_now = said_words % {
        "value": show(value),
        "unit": unit,
        "times": show(Decimal(abs(times))),
        "where": where or _("mức của kế hoạch"),
        "base": show(base),
    }
    question = _("Có nhầm đơn vị tính, hoặc dấu chấm với dấu phẩy không?")
    return f"{said_now} {question}"
