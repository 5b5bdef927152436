"""When something is to be done: "Giai đoạn 2026-2030", "Quý II/2026", "trước ngày 30/6/2027", "hàng năm".

Grammar: moments (day, half year, quarter, month, year; a quarter or month may be a span) in the order of the
text; words before one of them that make it the end only (trước, đến hết, hoàn thành) or the start only (từ);
words for how it recurs; an event ("sau khi", "khi có") whose own dates do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = r"((?:19|20)\d{2})"
_TO = r"\s*(?:[-–,]|và|đến(?:\s+hết)?|tới)\s*"
_OF_YEAR = rf"\s*(?:/|-|\.|,?\s*năm|\s)\s*(?:năm\s+)?{_YEAR}(?!\d)"
_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*(?:([/.-])\s*(\d{{1,2}})\s*\2|tháng\s+(\d{{1,2}})\s*,?\s+năm)\s*{_YEAR}(?!\d)"
)
_DAY_BEFORE = re.compile(rf"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})(?={_TO}\d{{1,2}}/\d{{1,2}}/{_YEAR})")
_HALF = re.compile(rf"(?:6|06|sáu)\s+tháng\s+(đầu|cuối)(?:{_OF_YEAR})")
_QUARTER = re.compile(
    rf"(?:quý\s+|\bq\.?\s*)(iv|i{{1,3}}|[1-4])\b(?:{_TO}(?:quý\s+)?(iv|i{{1,3}}|[1-4])\b)?{_OF_YEAR}"
)
_QUARTER_ALONE = re.compile(rf"(?<![\w/])(iv|i{{1,3}})(?:\s*-\s*(iv|i{{1,3}}))?\s*/\s*{_YEAR}(?!\d)")
_MONTH = re.compile(rf"tháng\s+(\d{{1,2}})(?:{_TO}(?:tháng\s+)?(\d{{1,2}}))?{_OF_YEAR}")
_MONTH_SHORT = re.compile(rf"(?<![\d/.-])(\d{{1,2}})\s*/\s*{_YEAR}(?!\d)")
_YEAR_ALONE = re.compile(rf"(?<![\d/]){_YEAR}(?![\d/])")
PAPER = re.compile(
    r"(?:\bsố\s*:?\s*\d+[\w/.-]*|\b\d+/(?:\d{4}/)?[^\W\d][\w-]*(?:-[^\W\d][\w-]*)+)"
    r"(?:\s+ngày\s+\d{1,2}(?:\s*[/.-]\s*|\s+tháng\s+)\d{1,2}(?:\s*[/.-]\s*|\s+năm\s+)\d{4})?"
)
_VISION = re.compile(r"(?:,|\(|;|và)?\s*(?:tầm nhìn|định hướng)\b.*", re.S)
_EVENT = re.compile(
    r"\b(?:ngay\s+)?(?:sau\s+khi|khi\s+có|ngay\s+khi|khi\s+được|kể\s+từ\s+khi|khi)\s+(.*)", re.S
)
_END_ONLY = re.compile(
    r"(?:trước|đến|tới|hết|chậm\s+nhất|muộn\s+nhất|không\s+(?:muộn|chậm)\s+(?:hơn|quá)|hoàn\s+thành|xong|kết\s+thúc)"
    r"(?:\s+(?:là|vào|trong|hết|cuối|giữa|đầu|ngày|năm|giai\s+đoạn|thời\s+điểm|việc|trước|đến))*\s*$"
)
_START_ONLY = re.compile(
    r"(?:^|[\s(,])(?:kể\s+từ|bắt\s+đầu|từ|sau)(?:\s+(?:từ|ngày|năm|đầu|vào|giai\s+đoạn))*\s*$"
)
_ONWARD = re.compile(
    r"^\s*[),]?\s*(?:trở\s+(?:đi|về\s+sau)|và\s+(?:(?:các|những)\s+năm\s+(?:tiếp|sau|kế)|h[àằ]ng\s+năm))"
)
_RECURRENCES = (
    (
        "annual",
        re.compile(
            r"\b(?:hàng|hằng|mỗi|từng|định\s+kỳ)\s+năm\b|thường\s+niên|\blần\s*/\s*năm|(?:\b0?1\s|(?<!\d\s))năm\s*/\s*lần"
        ),
    ),
    ("semiannual", re.compile(r"(?:hàng|hằng|mỗi|định\s+kỳ)\s+(?:6|06|sáu)\s+tháng|tháng\s*/\s*lần")),
    ("quarterly", re.compile(r"\b(?:hàng|hằng|mỗi|từng|theo)\s+quý\b|\blần\s*/\s*quý|định\s+kỳ\s+quý")),
    ("monthly", re.compile(r"\b(?:hàng|hằng|mỗi|từng)\s+tháng\b|\blần\s*/\s*tháng|định\s+kỳ\s+tháng")),
    ("continuous", re.compile(r"thường\s+xuyên|liên\s+tục|xuyên\s+suốt")),
)


_PARTIAL = re.compile(r"((?:19|20)\d\d)(?:-Q([1-4])|-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Span:
    """A moment of a text: its first and last partial ISO date, and the characters where it stands."""

    first: str
    last: str
    begin: int
    end: int


def read(text: str) -> dict[str, str | None] | None:
    """The timeframe of FORM.md: text, start, end, recurrence (and event); None where there are no words.

    start and end are partial ISO dates ("2026", "2026-05", "2026-Q2", "2026-06-30"); not printed is None.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(c.isalnum() for c in words):
        return None
    clean = PAPER.sub(lambda m: " " * len(m.group()), words.lower())
    out: dict[str, str | None] = {"text": words.rstrip(" .;"), "start": None, "end": None, "recurrence": None}
    event = _EVENT.search(clean)
    if event:
        out["event"] = words[event.start(1) : event.end(1)].rstrip(" .;")
        clean = clean[: event.start()]
    clean = _VISION.sub("", clean)
    out["start"], out["end"] = _bounds(clean, spans(clean))
    recurrence = next((name for name, pattern in _RECURRENCES if pattern.search(clean)), None)
    out["recurrence"] = recurrence or ("event" if event else None)
    return out


def days_of(partial: str) -> tuple[date, date] | None:
    """First day of a partial ISO date, and the first day after it; None where no calendar has it.

    "2026", "2026-05", "2026-Q2" and "2026-06-30" are partial dates; "2026-02-30" and "" are none.
    """
    match = _PARTIAL.fullmatch(partial)
    if match is None:
        return None
    year, quarter, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        try:
            first = date(year, month, day)
        except ValueError:
            return None
        return first, first + timedelta(days=1)
    begin, length = (quarter * 3 - 2, 3) if quarter else (month or 1, 1 if month else 12)
    after = year * 12 + begin - 1 + length
    return date(year, begin, 1), date(after // 12, after % 12 + 1, 1)


def spans(clean: str) -> list[Span]:
    """All moments of a lower-case text, in order; each character belongs to one moment only."""
    found: list[Span] = []
    free = clean
    for make in (_days, _halves, _quarters, _months, _short_months, _years):
        for span in make(free):
            found.append(span)
            free = free[: span.begin] + "\0" * (span.end - span.begin) + free[span.end :]
    return sorted(found, key=lambda s: s.begin)


def _bounds(clean: str, found: list[Span]) -> tuple[str | None, str | None]:
    if not found:
        return None, None
    first, last = found[0], found[-1]
    before = clean[: first.begin]
    onward = bool(_ONWARD.match(clean[last.end :]))
    if _END_ONLY.search(before):
        return None, last.last
    if onward:
        return first.first, None
    if len(found) == 1 and first.first == first.last and _START_ONLY.search(before):
        return first.first, None
    return min(s.first for s in found), max((s.last for s in found), key=_late)


def _late(moment: str) -> str:
    """A key that sorts a year after its parts: an open "2030" lasts longer than "2030-06"."""
    year, _, rest = moment.partition("-")
    if rest.startswith("Q"):
        rest = f"{int(rest[1]) * 3:02d}"
    return f"{year}-{rest or '99'}"


def _days(text: str) -> Iterator[Span]:
    for match in _DAY_BEFORE.finditer(text):
        day, month, year = match.groups()
        yield from _day(match, day, month, year)
    for match in _DAY.finditer(text):
        day, _, numbered, named, year = match.groups()
        yield from _day(match, day, numbered or named, year)


def _day(match: re.Match[str], day: str, month: str, year: str) -> Iterator[Span]:
    if 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
        iso = f"{year}-{int(month):02d}-{int(day):02d}"
        # a day that the calendar does not have (30/02) says no more than its month
        moment = iso if days_of(iso) else iso[:7]
        yield Span(moment, moment, match.start(), match.end())


def _halves(text: str) -> Iterator[Span]:
    for match in _HALF.finditer(text):
        half, year = match.groups()
        months = ("01", "06") if half == "đầu" else ("07", "12")
        yield Span(f"{year}-{months[0]}", f"{year}-{months[1]}", match.start(), match.end())


def _quarters(text: str) -> Iterator[Span]:
    for match in (*_QUARTER.finditer(text), *_QUARTER_ALONE.finditer(text)):
        first, last, year = match.groups()
        quarters = _QUARTERS[first], _QUARTERS[last or first]
        yield Span(f"{year}-Q{quarters[0]}", f"{year}-Q{quarters[1]}", match.start(), match.end())


def _months(text: str) -> Iterator[Span]:
    for match in _MONTH.finditer(text):
        first, last, year = match.groups()
        yield from _month(match, first, last or first, year)


def _short_months(text: str) -> Iterator[Span]:
    for match in _MONTH_SHORT.finditer(text):
        month, year = match.groups()
        yield from _month(match, month, month, year)


def _month(match: re.Match[str], first: str, last: str, year: str) -> Iterator[Span]:
    if 1 <= int(first) <= 12 and 1 <= int(last) <= 12:
        yield Span(f"{year}-{int(first):02d}", f"{year}-{int(last):02d}", match.start(), match.end())


def _years(text: str) -> Iterator[Span]:
    for match in _YEAR_ALONE.finditer(text):
        yield Span(match.group(1), match.group(1), match.start(), match.end())
