"""Figures in running text: "70-80 %", "ít nhất 35 %", "giảm 15% so với năm 2014", "1.234,5 tỷ đồng".

Grammar: [words that lead in: comparator, đạt, khoảng] number [unit] [- number [unit]] [trở lên] [so với năm].
Numbers are printed the Vietnamese way: 1.234,5. Dates, years, numbers of papers, articles and items are none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+\.\d{1,2}(?!\d)|\d+)"
_START = re.compile(
    rf"(?<![\w/.,])(?<!\d[-–])({_NUMBER})(?:(?P<of_all>/\d{{1,4}})(?=\s+[^\W\d])|(?!\d|[.,/]\d))"
)
_SECOND = re.compile(
    rf"\s*(-|–|÷|~|đến|tới|lên(?:\s+(?:đến|tới|mức))?|xuống(?:\s+(?:còn|mức|dưới))?)\s*({_NUMBER})(?!\d|[.,/]\d)"
)
_PER = re.compile(
    r"\s*/\s*(?:ngày\s+đêm|ngày|đêm|năm|tháng|quý|người|hộ|ha|giờ|h|xã|ca)\b(?:\s*[./]\s*(?:ngày(?:\s+đêm)?|năm))?"
)
_IN_WORDS = re.compile(r"\s*\((?:[^\W\d_]+\s*){1,4}\)(?=\s)")
_SYLLABLE = re.compile(r"\s+([^\W\d_]+)")
_NOT_FIGURES = re.compile(
    r"\bsố\s*:?\s*\d+[\w/.-]*|\b\d+/(?:\d{4}/)?[^\W\d][\w-]*(?:-[^\W\d][\w-]*)+"
    r"|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\bngày\s+\d{1,2}(?:\s*/\s*\d{1,2})?(?:\s+tháng\s+\d{1,2})?"
    r"|\btháng\s+\d{1,2}(?:\s*[/-]\s*\d{2,4})?|\bquý\s+(?:\d|[ivIV]+)(?:\s*[/-]\s*\d{4})?"
    r"|\b(?:điều|khoản|điểm|mục|phụ\s+lục|chương|thứ|bảng|biểu|hình|khóa|khoá|cấp|cop|loại|vùng|nhóm)\s+\d[\d.]*(?![\d.,]|\s*%|\s*[-–]\s*\d)"
    r"|\b\d+(?:\.\d{1,2}(?!\d)){2,}|\(\d{1,2}\)|(?:^|\n)\s*\d{1,2}[.)]\s|\b\d{1,2}/\d{4}\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b(?:năm|đến|giai\s+đoạn|thời\s+kỳ|tới|từ|trước|sau)\s+(?:19|20)\d\d(?:\s*[-–]\s*(?:năm\s+)?(?:19|20)\d\d)?(?!\d|[.,]\d|\s*%)"
    r"|\b(?:19|20)\d\d\s*(?:[-–]|đến(?:\s+năm)?)\s*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_LEAD = re.compile(
    r"(?:\b(?:đạt|chiếm|còn|mức|khoảng|gần|xấp\s+xỉ|là|bình\s+quân|được|thêm|từ|ở|có|ít\s+nhất|tối\s+thiểu|tối\s+đa"
    r"|nhiều\s+nhất|không|quá|vượt|thấp|cao|lớn|nhỏ|ít|hơn|trên|dưới|bằng|chưa|đến|tới|xuống|lên|giảm|hạ|tăng|duy\s+trì"
    r"|đáp\s+ứng|phấn\s+đấu|hoặc)\b\s*|[≥≤<>=]\s*)+$",
    re.IGNORECASE,
)
_LED_IN = re.compile(r"đạt|trên|dưới|ít\s+nhất|tối\s+thiểu|tối\s+đa|không\s+quá|[≥≤<>]|từ")
_COMPARATORS = (
    (
        "gte",
        re.compile(
            r"ít\s+nhất|tối\s+thiểu|không\s+(?:thấp|ít|nhỏ)\s+hơn|không\s+dưới|≥|>=|bằng\s+hoặc\s+(?:cao|lớn)\s+hơn"
        ),
    ),
    (
        "lte",
        re.compile(
            r"không\s+(?:(?:vượt|hạ|giảm|tăng)\s+)?quá|tối\s+đa|nhiều\s+nhất|không\s+(?:cao|lớn|nhiều)\s+hơn|không\s+vượt|≤|<="
        ),
    ),
    ("lt", re.compile(r"dưới|thấp\s+hơn|ít\s+hơn|nhỏ\s+hơn|chưa\s+đến|<")),
    ("gt", re.compile(r"trên|hơn|vượt|>")),
)
# behind these words "trở lên" says which things are counted: "25% đô thị loại II trở lên"
_CLASS = r"(?:từ|loại|hạng|cấp|bậc|nhóm|lớp|mức|quy\s+mô|công\s+suất|trình\s+độ)\b"
_UP = re.compile(rf"^(?:\s+(?!{_CLASS})[^\W\d_]+){{0,8}}?\s+trở\s+lên")
_DOWN = re.compile(rf"^(?:\s+(?!{_CLASS})[^\W\d_]+){{0,8}}?\s+trở\s+xuống")
_BASE = re.compile(
    r"so\s+với\s+(?!kịch\s+bản)(?:(?:(?!\bvào\b)[^\d;.%]){0,40}?\bnăm\s+)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_DECREASE = re.compile(r"(?<!không\s)(?:\b(?:cắt\s+)?giảm\b(?!\s+nghèo)|\bhạ\b)", re.IGNORECASE)
_OTHER_VERB = re.compile(r"\b(?:đạt|tăng|chiếm|được|nâng)\b", re.IGNORECASE)
_STOP = re.compile(r";|\n|\.(?=\s|/|$)")
_JOINED = re.compile(r"^[^;:.,]*\bvà\s+$")
_BRACKETS = re.compile(r"\([^()\n]*\)")
_CLAUSE_END = re.compile(r"[;:\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. start..end cover the numbers and the unit; at lead the words that lead it in begin."""

    start: int
    end: int
    lead: int
    value_min: float | None
    value_max: float | None
    unit: str | None
    comparator: str
    approximate: bool = False
    direction: str | None = None
    baseline_year: int | None = None


@cache
def _units() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Measures, nouns that are counted, and words that are no unit."""
    raw = json.loads(resources.files("vanban").joinpath("data/units.json").read_text(encoding="utf-8"))

    def any_of(words: list[str]) -> str:
        ordered = sorted(words, key=len, reverse=True)
        return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)

    measures = re.compile(rf"\s*({any_of(raw['measures'])})(?![^\W_])", re.IGNORECASE)
    nouns = re.compile(rf"\s+({any_of(raw['nouns'])})(?![^\W_])", re.IGNORECASE)
    return measures, nouns, frozenset(raw["not_counted"])


@cache
def _per_counted() -> re.Pattern[str]:
    """For each of a thing that is counted: "15 kW/trạm"."""
    return re.compile(r"\s*/" + _units()[1].pattern.replace(r"\s+", r"\s*", 1), re.IGNORECASE)


def number(printed: str) -> float:
    """The value of a number printed the Vietnamese way: "1.234,5" is 1234.5, whole numbers are int."""
    if "," in printed:
        return float(printed.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", printed):
        return int(printed.replace(".", ""))
    return float(printed) if "." in printed else int(printed)


def find(text: str) -> list[Figure]:
    """All figures of a text, in order. A bare number without a unit counts only where words lead it in."""
    masked = _masked(text)
    found: list[Figure] = []
    at = 0
    while match := _START.search(masked, at):
        figure = _figure(text, masked, match, found[-1].end if found else 0)
        at = figure.end if figure else match.end()
        if figure and found and _are_joined(text, found[-1], figure):
            found[-1:] = _sharing(found[-1], figure)
        elif figure:
            found.append(figure)
    return found


def _are_joined(text: str, before: Figure, figure: Figure) -> bool:
    """Whether "và" joins two figures of one verb: "ít nhất 70% khu và 50% cụm công nghiệp"."""
    joined = _JOINED.search(text[before.end : figure.lead]) and before.unit == figure.unit
    return bool(joined) and not _OTHER_VERB.search(text[before.end : figure.start])


def _sharing(before: Figure, figure: Figure) -> tuple[Figure, Figure]:
    """Two joined figures with what they share: the base year, the direction, the comparator."""
    before = replace(before, baseline_year=before.baseline_year or figure.baseline_year)
    direction, base = figure.direction or before.direction, figure.baseline_year or before.baseline_year
    figure = replace(figure, direction=direction, baseline_year=base)
    return before, _compared(before, figure) if figure.comparator == "eq" else figure


def _compared(before: Figure, figure: Figure) -> Figure:
    value = figure.value_min
    if before.comparator in {"gte", "gt"}:
        return replace(figure, value_max=None, comparator=before.comparator)
    if before.comparator in {"lte", "lt"}:
        return replace(figure, value_min=None, value_max=value, comparator=before.comparator)
    return figure


def _masked(text: str) -> str:
    """The text with dates, years and numbers of papers blanked; a year-like number with a unit stays."""
    masked = _NOT_FIGURES.sub(lambda m: "\0" * len(m.group()), text)
    return _YEARS.sub(lambda m: "\0" * len(m.group()), masked)


def _figure(text: str, masked: str, match: re.Match[str], earlier: int) -> Figure | None:
    low, end = number(match.group(1)), match.end()
    if in_words := _IN_WORDS.match(text, end):
        end = in_words.end()
    unit, end = _unit(text, end)
    high, change = None, False
    second = _SECOND.match(masked, end) or (_SECOND.match(masked, match.end()) if unit else None)
    if second and not (unit and second.group(1) in "-–" and unit[0] != "%" and _is_word(unit)):
        later, after = _unit(text, second.end())
        if later or not unit:
            high, end, unit = number(second.group(2)), after, later or unit
            change = second.group(1)[0] in "lx"
    lead = _lead(text, match.start(), earlier)
    words = text[lead : match.start()].lower()
    if not _counts(text, match, unit, words):
        return None
    value_min, value_max, comparator = _bounds(words, low, high, change, text[end:])
    return Figure(
        match.start(),
        end,
        lead,
        value_min,
        value_max,
        unit,
        comparator,
        approximate=bool(re.search(r"khoảng|gần|xấp\s+xỉ", words)),
        direction=_direction(text[earlier : match.start()]),
        baseline_year=_baseline(text[end:], masked[end:]),
    )


def _is_word(unit: str) -> bool:
    return unit[0].isalpha() and " " in unit


def _unit(text: str, at: int) -> tuple[str | None, int]:
    """The unit printed at a character, and where it ends."""
    measures, nouns, not_counted = _units()
    if match := measures.match(text, at) or nouns.match(text, at):
        per = _PER.match(text, match.end()) or _per_counted().match(text, match.end())
        end = per.end() if per else match.end()
        unit = " ".join(match.group(1).split()) + (re.sub(r"\s*/\s*", "/", per.group()) if per else "")
        return ("%" + unit[9:] if unit.lower().startswith("phần trăm") else unit), end
    words: list[str] = []
    end = at
    while len(words) < 2 and (syllable := _SYLLABLE.match(text, end)):
        if syllable.group(1).lower() in not_counted or syllable.group(1)[0].isupper():
            break
        words.append(syllable.group(1))
        end = syllable.end()
    pair = _SYLLABLE.match(text, at)
    both = " ".join(m.lower() for m in re.findall(r"[^\W\d_]+", text[at : at + 40])[:2])
    if pair and (both in not_counted or pair.group(1).lower() in not_counted):
        return None, at
    if words and (per := _PER.match(text, end)):
        return " ".join(words) + re.sub(r"\s*/\s*", "/", per.group()), per.end()
    return (" ".join(words), end) if words else (None, at)


def _lead(text: str, start: int, earlier: int) -> int:
    match = _LEAD.search(text[earlier:start])
    return earlier + match.start() if match else start


def _counts(text: str, match: re.Match[str], unit: str | None, lead: str) -> bool:
    """Whether a number with this unit, after these words, is a figure and not a year or a bare number."""
    follows = text[match.end() : match.end() + 1]
    if match["of_all"] and not (unit and _is_part(match, unit)):
        return False
    if _YEAR_LIKE.fullmatch(match.group(1)) and not _units()[0].match(text, match.end()):
        return False
    if unit:
        return not (follows.isalpha() and _is_word(unit))
    word = _SYLLABLE.match(text, match.end())
    no_index = word and word.group(1).lower() in _units()[2] - {"và", "hoặc"}
    return not follows.isalpha() and not no_index and bool(_LED_IN.search(lead))


def _is_part(match: re.Match[str], unit: str) -> bool:
    """Whether "9/11 xã" says how many of all, and is no date ("10/12 hằng năm")."""
    part, all_ = number(match.group(1)), int(match["of_all"][1:])
    return part <= all_ and unit.split(maxsplit=1)[0].lower() not in {"hằng", "hàng", "mỗi"}


def _bounds(
    lead: str, low: float, high: float | None, change: bool, after: str
) -> tuple[float | None, float | None, str]:
    if high is not None and not change:
        return low, high, "range"
    value = low if high is None else high
    comparator = next((name for name, pattern in _COMPARATORS if pattern.search(lead)), "eq")
    if _UP.match(after):
        comparator = "gte"
    elif _DOWN.match(after):
        comparator = "lte"
    if comparator in {"gte", "gt"}:
        return value, None, comparator
    if comparator in {"lte", "lt"}:
        return None, value, comparator
    return value, value, "eq"


def _direction(before: str) -> str | None:
    """ "decrease" where the last verb of the clause before the figure is a reduction."""
    clause = _CLAUSE_END.split(before)[-1]
    verbs = list(_DECREASE.finditer(clause))
    return "decrease" if verbs and not _OTHER_VERB.search(clause[verbs[-1].end() :]) else None


def _baseline(after: str, masked: str) -> int | None:
    end = min(
        (m.start() for m in (_CLAUSE_END.search(after), _START.search(masked)) if m), default=len(after)
    )
    match = _BASE.search(after[:end])
    return int(match.group(1)) if match else None


def split_clauses(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence or part between semicolons; what stands in brackets is not cut."""
    begin = 0
    for match in _STOP.finditer(_BRACKETS.sub(lambda m: "_" * len(m.group()), text)):
        after = text[match.end() :].lstrip()
        if match.group() in ";\n" or not after or after[0].isupper():
            if part := text[begin : match.start()].strip(" ./"):
                ends = text[begin : match.start()].endswith("./")  # "./." ends a paper
                yield begin, text.index(part, begin) + len(part) if ends else match.start()
            begin = match.end()
    if text[begin:].strip(" ./"):
        yield begin, len(text)
