"""Targets: the figures of the section on objectives, each with its clause, year and sense.

A clause reaches from the one before to the next figure or semicolon. Its year stands in the clause
or in the words that lead it in: the beginning of its sentence or line ("Mục tiêu đến năm 2030:"), or a
heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vanban import figures
from vanban.document import Words
from vanban.figures import Figure
from vanban.outline import Line, Section

_YEAR = re.compile(
    r"(?:(?:\bnăm|\bđến|\btới|\bvào|\btrước|\bvà)\s+(?:hết\s+|cuối\s+)?(?:năm\s+)?"
    r"|(?:\btrước|\bđến|\bhết)\s+(?:hết\s+)?(?:ngày\s+)?\d{1,2}[/-]\d{1,2}[/-])(20\d\d)\b(?!\s*[-–]\s*20)",
    re.I,
)
_PERIOD = re.compile(r"\b20\d\d\s*(?:[-–]|đến(?:\s+năm)?)\s*(20\d\d)\b", re.I)
_FROM_TO = re.compile(r"\btừ\s+(?:năm\s+)?20\d\d\s*(?:[-–]|đến)\s*(?:hết\s+)?(?:năm\s+)?(20\d\d)\b", re.I)
_OTHERS_YEAR = re.compile(
    r"(?:so\s+với(?!\s+kịch\s+bản)|tầm\s+nhìn|định\s+hướng)(?:(?!\bvào\b)[^;:.])*?20\d\d(?:\s*[-–]\s*20\d\d)?"
    r"|\btừ\s+(?:năm\s+)?20\d\d(?=\s*(?:[-–]|đến))"
    r"|\btừ\s[^;:]{0,40}?20\d\d(?=\)?,?\s*(?:tăng\s+|giảm\s+)?(?:lên|xuống|còn)\b)",
    re.I,
)
_OWN_VISION = re.compile(r"^\W*(?:tầm\s+nhìn|định\s+hướng)\b", re.I)
_LEADS_IN = re.compile(
    r"mục\s+tiêu|chỉ\s+tiêu|đến\s+(?:hết\s+)?năm|giai\s+đoạn|phấn\s+đấu|cụ\s+thể|trong\s+đó|như\s+sau", re.I
)
_COLON = re.compile(r":(?=\s|$)")
_NEW_SUBJECT = re.compile(
    r"(?:,|;|\bvà\b)\s*(?=(?:và\s+)?(?:tỷ\s+lệ|tỉ\s+lệ|tỷ\s+trọng|tỉ\s+trọng|số|tổng|chỉ\s+số|mức|diện\s+tích|sản\s+lượng"
    r"|công\s+suất|tốc\s+độ|năng\s+suất|trong\s+đó|giảm|tăng|có|hình\s+thành|xây\s+dựng|thành\s+lập|đến\s+năm|năm)\b)",
    re.I,
)
_OPENING = re.compile(
    r"\s*(?:phấn\s+đấu\s*,?\s*)?(?:đến|vào|trong|tới|năm|trước|giai\s+đoạn)\b[^,:%]{0,40}", re.I
)
_LOOSE_END = re.compile(r"\s+(?:cho|với|có|đạt|trong\s+đó|và|cùng)$", re.I)
_CHANGE = re.compile(r"\b(?:lên|xuống|còn)\b", re.I)
_FROM = re.compile(r"\btừ\s+$", re.I)
_SIZE = re.compile(
    r"\b(?:từ|(?:quy\s+mô|công\s+suất|diện\s+tích|dung\s+tích|thể\s+tích|lưu\s+lượng|tải\s+trọng|khối\s+lượng|phát\s+thải)"
    r"(?:\s+(?:từ|trên|dưới|hơn|đến))?)\s+$",
    re.I,
)
_REDUCES = re.compile(r"\W*(?:phấn\s+đấu\s+)?(?:cắt\s+)?giảm\b(?!\s+nghèo)", re.I)
_OTHER_VERB = re.compile(r"\b(?:đạt|tăng|chiếm|nâng|duy\s+trì)\b", re.I)
_JOINT = re.compile(r",|;|\bvà\b")
_NOT_YET = re.compile(r"\bhiện\s+(?:nay|có|tại|đang)|\btính\s+đến\b|\bthực\s+trạng\b|\bđã\s+đạt\b", re.I)
_OWN_MONEY = re.compile(r"kinh\s+phí|dự\s+toán|ngân\s+sách|tổng\s+mức", re.I)
_PLACE_BEFORE = re.compile(r"(?:\btại|\bđịa\s+bàn|\bthuộc|\bcủa|\btrong)\s*$", re.I)
_MEASURED = re.compile(r"(?!(?:về|đối\s+với|lĩnh\s+vực|nhóm|trong)\b)[^\W\d_].*:\s*$", re.I)
_EDGE = " \t\n,;.:-–"


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    figure: Figure


def read(section: Section) -> list[dict[str, Any]]:
    """The `targets` of FORM.md in a section on objectives, in order, each with its `places`."""
    return list(_under(section, None))


def year_of(text: str) -> int | None:
    """The year that words name as their aim ("đến năm 2030"); of a period its last year; None without one."""
    clean = _OTHERS_YEAR.sub(lambda m: " " * len(m.group()), _OWN_VISION.sub("", text))
    found = (
        _FROM_TO.search(clean)
        or _YEAR.search(clean)
        or _PERIOD.search(clean)
        or re.search(r"\b(20\d\d)\b(?!\s*[-–])", clean)
    )
    return int(found.group(1)) if found else None


def _under(section: Section, year: int | None) -> Iterator[dict[str, Any]]:
    heading = section.title
    if figures.find(heading.text):
        yield from _of_line(heading, year)
        year = _opening_year(heading.text) or year
    else:
        year = year_of(heading.text) or year
    led, reduces = year, False
    measured = _measured(heading.text)
    for item in section.items():
        if isinstance(item, Section):
            yield from _under(item, led)
            continue
        reduces = reduces and item.marker == "+"
        found = (_about(target, measured) for target in _of_line(item.words, led))
        yield from map(_reduced, found) if reduces else found
        led = _led_by(item, led, year)
        reduces = reduces or bool(item.words.text.rstrip().endswith(":") and _REDUCES.match(item.words.text))


def _measured(heading: str) -> str | None:
    """What a heading says is measured under it ("Tỷ lệ che phủ rừng:")."""
    if not _MEASURED.match(heading) or _LEADS_IN.search(heading) or figures.find(heading):
        return None
    return heading.strip(_EDGE)


def _about(target: dict[str, Any], measured: str | None) -> dict[str, Any]:
    """The target with the heading as its subject, where its own words are nothing but the figure."""
    figure = figures.find(target["text"])
    bare = len(figure) == 1 and figure[0].lead == 0 and figure[0].end == len(target["text"])
    return {**target, "subject": measured} if measured and bare and not target["subject"] else target


def _reduced(target: dict[str, Any]) -> dict[str, Any]:
    """The target of a line led in by "Giảm …, cụ thể:", where its own words have no other verb."""
    return target if _OTHER_VERB.search(target["text"]) else {**target, "direction": "decrease"}


def _led_by(line: Line, led: int | None, year: int | None) -> int | None:
    """The year for the lines that follow: a lead-in line ("Đến năm 2030:") sets it."""
    text = line.words.text.rstrip()
    if text.endswith(":") or (len(text.split()) < 12 and not figures.find(text)):
        return year_of(text) or (led if line.marker else year)
    return led


def _of_line(words: Words, year: int | None) -> Iterator[dict[str, Any]]:
    subject: str | None = None
    text, begin, reduces = words.text, 0, False
    if head := _head(text):
        begin = head.end()
        prefix = text[: head.start()]
        reduces = bool(_REDUCES.match(prefix))
        if _LEADS_IN.search(prefix):
            year = year_of(prefix) or year
        else:
            subject = prefix.strip(_EDGE)
    for first, last in figures.split_clauses(text):
        first = max(first, begin)
        if first < last:
            year = _opening_year(text[first:last]) or year
            found = _of_sentence(words, first, last, year, subject)
            yield from map(_reduced, found) if reduces else found


def _head(text: str) -> re.Match[str] | None:
    """The colon after the words that lead a line in, if they hold no figure themselves."""
    colon = _COLON.search(text)
    if not colon or len(text[: colon.start()].split()) > 20 or figures.find(text[: colon.start()]):
        return None
    return colon


def _of_sentence(
    words: Words, first: int, last: int, year: int | None, subject: str | None
) -> Iterator[dict[str, Any]]:
    text = words.text[first:last]
    found = _aims(text)
    if not found:
        return
    for clause in _clauses(text, found):
        piece = words.cut(*_trimmed(words.text, first + clause.start, first + clause.end))
        own = _year_in(text[clause.start : clause.end], clause.figure.start - clause.start)
        yield _target(piece, clause.figure, own or year or _period(text[clause.start : clause.end]), subject)


def _aims(text: str) -> list[Figure]:
    """The figures of a sentence that are aims, not conditions or beginnings of others."""
    found = [None, *(f for f in figures.find(text) if _is_target(text, f)), None]
    return [
        figure
        for before, figure, after in zip(found, found[1:], found[2:], strict=False)
        if figure and not _qualifies(text, before, figure) and not _starts_from(text, figure, after)
    ]


def _opening_year(sentence: str) -> int | None:
    """The year with which a sentence begins ("Đến năm 2030, …"): it holds for the rest of the line too."""
    opening = _OPENING.match(_OWN_VISION.sub("", sentence))
    if opening is None:
        return None
    return _year_in(opening.group(), len(opening.group())) or _period(opening.group())


def _period(words: str) -> int | None:
    """The last year of a period."""
    found = _PERIOD.search(_OTHERS_YEAR.sub("", words))
    return int(found.group(1)) if found else None


def _clauses(text: str, found: list[Figure]) -> Iterator[_Clause]:
    begin = 0
    for i, figure in enumerate(found):
        end = _boundary(text, figure.end, found[i + 1].lead) if i + 1 < len(found) else len(text)
        yield _Clause(begin, end, figure)
        begin = end


def _boundary(text: str, after: int, lead: int) -> int:
    """Where the clause of the next figure begins: at a new subject, else at the last joint."""
    between = text[after:lead]
    if between.count("(") > between.count(")"):
        return after + between.rindex("(")
    if subject := _NEW_SUBJECT.search(text[after : lead + 1]):
        return after + subject.start()
    joints = list(_JOINT.finditer(between))
    if joints and not between[: joints[0].start()].strip():  # the clause before ends with its figure
        return after
    return after + joints[-1].start() if joints else lead


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    joint = re.compile(r"(?:[\s,;.:–-]|\bvà\b)+", re.I).match(text, start, end)
    start = joint.end() if joint else start
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    loose = _LOOSE_END.search(text[start:end])
    return start, start + loose.start() if loose else end


def _is_target(text: str, figure: Figure) -> bool:
    before = text[: figure.start]
    place = _PLACE_BEFORE.search(text[: figure.lead])
    share = figure.unit == "%" and place and place.group().strip().lower() == "tại"  # "tại 100% xã"
    if _NOT_YET.search(before[-80:]) or (place and not share):
        return False
    return not (figure.unit and figure.unit.endswith(("đồng", "USD")) and _OWN_MONEY.search(text))


def _qualifies(text: str, before: Figure | None, figure: Figure) -> bool:
    """Whether a figure only says which things are counted: "100% cơ sở phát thải từ 3.000 tấn trở lên"."""
    if before is None or before.unit != "%" or figure.comparator not in {"gte", "gt", "lte", "lt"}:
        return False
    between = text[before.end : figure.start]
    return bool(_SIZE.search(between)) and not _JOINT.search(between)


def _starts_from(text: str, figure: Figure, after: Figure | None) -> bool:
    """Whether a figure is only where another begins: "từ 61% năm 2021 lên 80% năm 2025"."""
    if after is None or not _FROM.search(text[: figure.start]) or figure.value_min != figure.value_max:
        return False
    between = text[figure.end : after.start]
    return bool(_CHANGE.search(between)) and not _JOINT.search(between)


def _year_in(clause: str, figure: int) -> int | None:
    """The year a clause names: the nearest before the figure, else the first after it."""
    clean = _OTHERS_YEAR.sub(lambda m: " " * len(m.group()), clause)
    years = list(_YEAR.finditer(clean))
    before = [m for m in years if m.end() <= figure]
    chosen = before[-1:] or years[:1]
    return int(chosen[0].group(1)) if chosen else None


def _target(piece: Words, figure: Figure, year: int | None, subject: str | None) -> dict[str, Any]:
    target: dict[str, Any] = {
        "text": piece.text,
        "subject": subject,
        "value_min": figure.value_min,
        "value_max": figure.value_max,
        "unit": figure.unit,
        "year": year,
        "comparator": figure.comparator,
        "direction": figure.direction,
        "baseline_year": figure.baseline_year,
        "places": list(piece.places),
    }
    return {**target, "approximate": True} if figure.approximate else target
