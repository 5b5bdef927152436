"""Single values as people type them: a day, an hour, a number; out come exact values, or Refused with the way out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import parse, show
from luc.figures.units import must_fit
from luc.kernel.errors import Refused
from luc.kernel.time import VIETNAM, end_of

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})(?:\s*(?:[:.hg]|giờ)\s*(\d{2})?)?", re.ASCII | re.IGNORECASE)


def lines(text: str) -> list[str]:
    """The lines of a text that say something, each once, in their order."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def plain(text: str) -> str:
    """A text as it is kept: one kind of line break, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def read_day(text: str) -> date:
    """A day written dd/mm/yyyy (or as in files, yyyy-mm-dd). Raises Refused."""
    bare = text.strip()
    found, iso = _DAY.fullmatch(bare), _ISO.fullmatch(bare)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        pass
    raise Refused(_("«%(text)s» không phải là ngày. Ghi theo cách viết 28/11/2026.") % {"text": bare[:40]})


def read_moment(day: str, hour: str) -> datetime:
    """The moment of a day and an hour ("17:00", "17h30") in Vietnamese time; without an hour the end of the day.

    Raises Refused.
    """
    on = read_day(day)
    if not hour.strip():
        return end_of(on)
    found = _HOUR.fullmatch(hour.strip())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Refused(
            _("«%(text)s» không phải là giờ. Ghi theo cách viết 17:00.") % {"text": hour.strip()[:20]},
            {"due_time": _("Ghi theo cách viết 17:00.")},
        )
    return datetime.combine(on, time(int(found[1]), int(found[2] or 0)), tzinfo=VIETNAM)


def read_number(
    text: str, unit: str, lowest: Decimal | None = None, highest: Decimal | None = None
) -> Decimal:
    """A number as typed, within its bounds. Raises Refused: no number, not what its unit can have, out of bounds."""
    value = must_fit(parse(text, unit), unit)
    if lowest is not None and value < lowest:
        raise Refused(_("Số này phải từ %(bound)s trở lên.") % {"bound": show(lowest)})
    if highest is not None and value > highest:
        raise Refused(_("Số này không được quá %(bound)s.") % {"bound": show(highest)})
    return value


def exact(value: Decimal) -> str:
    """A number as files keep it: "1234.5"."""
    return f"{value.normalize():f}"


def shown_number(kept: str) -> str:
    """A kept number as pages and papers write it: "1.234,5"; "" for none."""
    return show(Decimal(kept)) if kept else ""


def shown_day(kept: str) -> str:
    """A kept day as pages and papers write it; "" for none."""
    return f"{date.fromisoformat(kept):%d/%m/%Y}" if kept else ""


def numbers(texts: Iterable[str]) -> list[int]:
    """The ids among what was sent."""
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) < 19]


def number(text: str | None, otherwise: int) -> int:
    """A number of a form, or what stands in for it."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
