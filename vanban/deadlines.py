"""How often a report is due and by when, as sentences on reporting say it.

Grammar: frequencies ("hàng năm", "6 tháng", "hàng quý", "giữa kỳ") and deadlines ("trước ngày 10 tháng 12",
"chậm nhất ngày 20/11", "ngày 05 tháng đầu quý sau") in the order of the sentence. A deadline belongs to the
frequency named last before it; as many frequencies as deadlines, named first, go in pairs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.timeframes import PAPER

_FREQUENCIES = (
    (
        "annual",
        re.compile(
            r"\b(?:hàng|hằng|mỗi|từng|định\s+kỳ|(?:0?1|một)\s+lần\s*/)\s*(?:0?1\s+)?năm\b(?!\s+(?:0?2|hai)\s+lần)|(?:báo\s+cáo|kết\s+quả)\s+năm\b(?!\s+20\d\d)"
        ),
    ),
    (
        "annual",
        re.compile(
            r"(?:tháng|quý)\s*(?:\([^()]*\)\s*)?(?:,|và|hoặc|/)\s*(?:(?:một|cả|0?1)\s+)?năm\b(?!\s+20\d\d)"
        ),
    ),
    (
        "semiannual",
        re.compile(
            r"\b(?:0?6|sáu)\s+tháng\b|\b(?:năm\s+)?(?:0?2|hai)\s+lần\s*/?\s*(?:(?:một|mỗi|trong)\s+)?năm\b|\bmỗi\s+năm\s+(?:0?2|hai)\s+lần\b|\bbán\s+niên\b|\bnửa\s+năm\b"
        ),
    ),
    (
        "quarterly",
        re.compile(
            r"\b(?:hàng|hằng|mỗi|từng|theo|định\s+kỳ|báo\s+cáo)\s+quý\b|(?:hàng|hằng)\s+tháng\s*,\s*quý\b"
            r"|\btháng\s+(?:đầu|cuối|cuối\s+cùng)\s+(?:của\s+)?(?:mỗi\s+|hàng\s+|hằng\s+)?quý\b"
        ),
    ),
    ("monthly", re.compile(r"\b(?:hàng|hằng|mỗi|từng|định\s+kỳ)\s+tháng\b")),
    ("mid_term", re.compile(r"\bsơ\s+kết\b|\bgiữa\s+(?:kỳ|giai\s+đoạn)\b")),
    (
        "final",
        re.compile(
            r"\btổng\s+kết\b|\bcuối\s+(?:kỳ|giai\s+đoạn)\b|\bkết\s+thúc\s+(?:giai\s+đoạn|kế\s+hoạch|chương\s+trình)\b"
        ),
    ),
)
_REAL_MID = re.compile(
    r"giữa\s+(?:kỳ|giai\s+đoạn)|sơ\s+kết(?:\s+(?:vào|trong))?\s*\(?\s*(?:năm\s+20\d\d|\d+\s+năm|giai\s+đoạn)"
)
_REAL_FINAL = re.compile(
    r"cuối\s+(?:kỳ|giai\s+đoạn)|kết\s+thúc\s+(?:giai\s+đoạn|kế\s+hoạch|chương\s+trình)"
    r"|tổng\s+kết(?:\s+(?:vào|trong|việc|thực\s+hiện|kế\s+hoạch|chương\s+trình))*\s*\(?\s*(?:năm\s+20\d\d|\d+\s+năm|giai\s+đoạn)"
)
_BY = r"(?:trước|chậm\s+nhất|muộn\s+nhất|không\s+(?:quá|muộn\s+hơn|chậm\s+hơn)|vào|đến|hạn|và|,|hoặc)"
_DATE = re.compile(
    rf"(?:{_BY}\s+(?:là\s+|vào\s+|trước\s+)*(?:ngày\s+)?|\bngày\s+)(\d{{1,2}})\s*(?:[/-]\s*|tháng\s+)(\d{{1,2}})(?!\d)"
    r"(?:\s*(?:[/-]\s*|,?\s*năm\s+)(20\d\d))?"
)
_DAY = re.compile(
    r"\bngày\s+(\d{1,2})\s+(?:(?:của\s+)?(?:hàng\s+|hằng\s+|mỗi\s+)?(?:tháng|quý)\b(?!\s+\d)|hàng\s+|hằng\s+)"
)
# a day alone, in a clause about every month or quarter: "báo cáo hằng tháng … trước ngày 20"
_DAY_ALONE = re.compile(r"(?:trước|chậm\s+nhất)\s+(?:là\s+)?(ngày\s+(\d{1,2}))(?![\d/.-])(?!\s+tháng\s+\d)")
_MONTH = re.compile(r"(?:trước|trong|vào|đầu|cuối|và)\s+tháng\s+(\d{1,2})(?!\d)(?:\s*(?:/|năm)\s*(20\d\d))?")
_NEXT_YEAR = re.compile(r"^\s*(?:của\s+)?năm\s+(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+(?:kề|sau))")
_NEXT = r"(?:sau|tiếp\s+theo|kế\s+tiếp|liền\s+(?:kề|sau))"
_FOLLOWING = re.compile(rf"\btháng\s+(?:{_NEXT}|(?:đầu|thứ\s+nhất)\s+(?:của\s+)?(?:quý|kỳ)\s+{_NEXT})")
_EACH_YEAR = re.compile(r"^\s*,?\s*(?:hàng|hằng|mỗi)\s+năm")
_AT_YEAR = re.compile(r"năm\s+(20\d\d)")
# the window of the figures that are reported: "tính từ ngày 15/12 năm trước đến ngày 14/12 năm báo cáo"
_WINDOW = re.compile(
    r"\b(?:từ|số\s+liệu\s*:)\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})\s*(?:[/-]\s*|tháng\s+)(\d{1,2})(?!\d)"
    r"(?:/20\d\d(?!\d))?([^;.\d]{0,40}?)(?:\bđến|[-–])\s+(?:hết\s+)?(?:ngày\s+)?"
    r"(\d{1,2})\s*(?:[/-]\s*|tháng\s+)(\d{1,2})(?!\d)(?:/20\d\d(?!\d))?"
)
_YEAR_BEFORE = re.compile(r"năm\s+(?:trước|liền\s+(?:trước|kề))")


@dataclass(frozen=True, slots=True)
class Window:
    """From which day to which (both included) figures are counted; whether the first is of the year before."""

    from_day: int
    from_month: int
    to_day: int
    to_month: int
    from_year_before: bool


@dataclass(frozen=True, slots=True)
class Due:
    """One frequency with its deadline: day and month (each may be unknown), the year if it is due once."""

    frequency: str
    day: int | None = None
    month: int | None = None
    year: int | None = None
    next_year: bool = False


@dataclass(frozen=True, slots=True)
class _Deadline:
    at: int
    day: int | None
    month: int | None
    year: int | None
    next_year: bool


def read(clause: str) -> list[Due]:
    """Frequencies and deadlines of a clause; empty where it names neither nor says that it is periodic."""
    text = PAPER.sub(lambda m: " " * len(m.group()), clause.lower())
    text = _WINDOW.sub(lambda m: " " * len(m.group()), text)
    deadlines = _deadlines(text)
    named = _named(text, deadlines)
    if not named:
        return _unnamed(text, deadlines)
    if [name for _, name in named] == ["annual"] and _half_a_year_apart(deadlines):
        named = [(named[0][0], "semiannual")]
    if len(named) == len(deadlines) and named[-1][0] < deadlines[0].at:
        return [_due(name, text, at, deadline) for (at, name), deadline in zip(named, deadlines, strict=True)]
    if _in_turn(named, deadlines):
        return [_due(name, text, at, deadline) for (at, name), deadline in zip(named, deadlines, strict=True)]
    out = []
    for i, (at, name) in enumerate(named):
        until = named[i + 1][0] if i + 1 < len(named) else len(text)
        since = at if i else 0
        own = [d for d in deadlines if since <= d.at < until]
        out += [_due(name, text, at, deadline) for deadline in own] or [_due(name, text, at, None)]
    return out


def _half_a_year_apart(deadlines: list[_Deadline]) -> bool:
    """Whether there are two days of the year, one in each half: "trước ngày 15/6 và ngày 15/12 hằng năm"."""
    months = [deadline.month or 0 for deadline in deadlines if not deadline.year]
    return len(months) == len(deadlines) == 2 and abs(months[0] - months[1]) in {5, 6, 7} and min(months) > 0


def _in_turn(named: list[tuple[int, str]], deadlines: list[_Deadline]) -> bool:
    """Whether each deadline is followed by its own frequency: "trước ngày 15/6 (báo cáo 6 tháng), trước …"."""
    begins = [deadline.at for deadline in deadlines]
    nexts = [*begins[1:], None]
    return len(named) == len(deadlines) > 1 and all(
        begin < at and (after is None or at < after)
        for begin, after, (at, _) in zip(begins, nexts, named, strict=True)
    )


def is_following(clause: str) -> bool:
    """Whether a day without a month is one of the month after the period: "ngày 05 của tháng đầu quý sau"."""
    return bool(_FOLLOWING.search(clause.lower()))


def window(clause: str) -> Window | None:
    """The window of figures that a clause names."""
    match = _WINDOW.search(clause.lower())
    if match is None:
        return None
    first, last = ((int(match[i]), int(match[i + 1])) for i in (1, 4))
    if not all(1 <= day <= 31 and 1 <= month <= 12 for day, month in (first, last)):
        return None
    before = bool(_YEAR_BEFORE.search(match[3])) or first[::-1] > last[::-1]
    return Window(*first, *last, before)


def _unnamed(text: str, deadlines: list[_Deadline]) -> list[Due]:
    if deadlines:
        return [
            _due("final" if d.year else "annual" if d.month else "periodic", text, d.at, d) for d in deadlines
        ]
    return [Due("periodic")] if re.search(r"định\s+kỳ", text) else []


def _due(name: str, text: str, at: int, deadline: _Deadline | None) -> Due:
    if deadline is None:
        year = _AT_YEAR.search(text, at, at + 40) if name in {"mid_term", "final"} else None
        return Due(name, year=int(year.group(1)) if year else None)
    return Due(name, deadline.day, deadline.month, deadline.year, deadline.next_year)


def _named(text: str, deadlines: list[_Deadline]) -> list[tuple[int, str]]:
    """Frequencies with their places; "hàng năm" after a deadline and "sơ kết" in a yearly report add none."""
    found = sorted(
        (m.start(), m.end(), name) for name, pattern in _FREQUENCIES for m in pattern.finditer(text)
    )
    regular = {name for _, _, name in found if name not in {"mid_term", "final"}}
    out: list[tuple[int, str]] = []
    for start, _, name in found:
        dated = [
            d for d in deadlines if d.at < start < d.at + 45 and _EACH_YEAR.match(text[_end_of(text, d) :])
        ]
        # a month's own day is no deadline of each quarter or month, but one of the year
        others = regular - ({"annual", "quarterly", "monthly"} if any(d.month for d in dated) else {"annual"})
        if name == "annual" and dated and others:
            continue
        if regular and name == "mid_term" and not _REAL_MID.search(text):
            continue
        if regular and name == "final" and not _REAL_FINAL.search(text):
            continue
        if all(name != other for _, other in out):
            out.append((start, name))
    return out


def _end_of(text: str, deadline: _Deadline) -> int:
    match = _DATE.match(text, deadline.at) or _DAY.match(text, deadline.at) or _MONTH.match(text, deadline.at)
    return match.end() if match else deadline.at


def _deadlines(text: str) -> list[_Deadline]:
    out: list[_Deadline] = []
    for match in _DATE.finditer(text):
        day, month, year = match.groups()
        if 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            after = bool(_NEXT_YEAR.match(text[match.end() :]))
            out.append(_Deadline(match.start(), int(day), int(month), int(year) if year else None, after))
    taken = [(d.at, _end_of(text, d)) for d in out]
    for match in _DAY.finditer(text):
        if 1 <= int(match.group(1)) <= 31 and not _inside(match, taken):
            out.append(_Deadline(match.start(), int(match.group(1)), None, None, False))
    if not out and any(name in {"monthly", "quarterly"} and p.search(text) for name, p in _FREQUENCIES):
        alone = [m for m in _DAY_ALONE.finditer(text) if 1 <= int(m.group(2)) <= 31]
        out += [_Deadline(m.start(1), int(m.group(2)), None, None, False) for m in alone]
    for match in _MONTH.finditer(text):
        if 1 <= int(match.group(1)) <= 12 and not _inside(match, taken):
            year = int(match.group(2)) if match.group(2) else None
            out.append(_Deadline(match.start(), None, int(match.group(1)), year, False))
    return sorted(out, key=lambda d: d.at)


def _inside(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    return any(begin < match.end() and match.start() < end for begin, end in taken)
