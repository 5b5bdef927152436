"""Targets that stand in a table: STT, Chỉ tiêu, Đơn vị tính, a column a year, who follows them.

One target a figure, with the year of its column; whoever follows an indicator is `answering`. Columns of what
was reached so far ("Hiện trạng 2025") are no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vanban import agencies, figures
from vanban.document import Document, Paragraph, Table, Words
from vanban.folding import bare

_TEXT = re.compile(r"(?:ten |noi dung |cac |nhom )*(?:chi tieu|chi so|muc tieu)\b(?!.*\b20\d\d)")
_UNIT = re.compile(r"(?:don vi(?: tinh)?|dvt|dv tinh|don vi do)$")
_ANSWERS = re.compile(
    r".*(?:theo doi|chu tri|phu trach|dau moi|bao cao|cung cap|chiu trach nhiem|danh gia)|co quan\b|don vi thuc hien"
)
_NUMBER = re.compile(r"(?:stt|tt|so tt|so thu tu)$")
_REACHED = re.compile(
    r"^(?:da )?(?:thuc hien|th)(?: nam)?(?= 20)|\b(?:hien trang|so lieu|ket qua|uoc|da dat|nam goc|co so|thuc trang)\b"
)
_YEAR = re.compile(r"\b(20\d\d)\b")
_DECREASE = re.compile(r"(?:tỷ\s+lệ\s+|tỉ\s+lệ\s+|mức\s+)?(?:cắt\s+)?giảm\b(?!\s+nghèo)", re.IGNORECASE)
_BELOW = re.compile(r"\s*(?:[-–+]\s*|trong\s+đó)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_UNIT_BEHIND = re.compile(
    r"\((?:đơn vị(?: tính)?\s*:\s*|ĐVT\s*:\s*)?(?P<unit>[^()\d]{1,25}(?:[23²³])?)\)\s*$"
)
_UNIT_WORDS = 4
_HEAD_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Head:
    height: int
    text: int
    years: tuple[tuple[int, int], ...]  # column and its year
    unit: int | None
    answers: int | None
    width: int


def is_table(table: Table) -> bool:
    """Whether a table is one of indicators by its head."""
    return _head(table) is not None


def read(document: Document) -> list[dict[str, Any]]:
    """The targets of all tables of indicators, in order, in the form of FORM.md, each with its places."""
    out: list[dict[str, Any]] = []
    now: _Head | None = None
    for block, table in enumerate(document.blocks):
        if isinstance(table, Paragraph):
            now = None if table.text.strip() else now
            continue
        head = _head(table)
        goes_on = head is None and now is not None and bool(table.rows) and len(table.rows[0]) == now.width
        now = head or (now if goes_on else None)
        if now:
            out += _of_table(document, block, table, now, head.height if head else 0)
    return out


def _head(table: Table) -> _Head | None:
    for height in range(1, min(_HEAD_ROWS, len(table.rows)) + 1):
        labels = [bare(_label(table, x, height)) for x in range(len(table.rows[0]))]
        text = next((x for x, label in enumerate(labels) if _TEXT.match(label)), None)
        years = tuple(_years(labels))
        if text is None or not years or _is_figure_row(table, height - 1, years):
            continue
        if sum(bool(row[text].text.strip()) for row in table.rows[:height]) > 1:
            continue  # the lower row is no head: it names a thing of its own
        unit = next((x for x, label in enumerate(labels) if _UNIT.match(label)), None)
        taken = {text, unit, *(x for x, _ in years)}
        answers = next(
            (x for x, label in enumerate(labels) if x not in taken and _ANSWERS.match(label)), None
        )
        return _Head(height + _counting_rows(table, height), text, years, unit, answers, len(labels))
    return None


def _label(table: Table, x: int, height: int) -> str:
    """The words over a column, those of a cell that spans several columns too."""
    out: list[str] = []
    for y in range(height):
        cell = table.rows[y][x]
        if cell.covered and x > 0:
            span = next((s for s in range(x - 1, -1, -1) if not table.rows[y][s].covered), None)
            if span is not None and table.rows[y][span].colspan > x - span:
                cell = table.rows[y][span]
        if cell.text and cell.text not in out:
            out.append(cell.text)
    return " ".join(out)


def _years(labels: list[str]) -> Iterator[tuple[int, int]]:
    for x, label in enumerate(labels):
        found = _YEAR.findall(label)
        if found and not _REACHED.search(label) and not _NUMBER.match(label):
            yield x, int(found[-1])


def _is_figure_row(table: Table, y: int, years: tuple[tuple[int, int], ...]) -> bool:
    """Whether the last row of a supposed head already holds figures that are no years."""
    texts = [table.rows[y][x].text for x, _ in years]
    return any(_DIGIT.search(text) and not _YEAR.search(text) for text in texts)


def _counting_rows(table: Table, height: int) -> int:
    """1 where the row below the head only counts the columns: (1), (2), (3)."""
    if height >= len(table.rows):
        return 0
    texts = [cell.text.strip() for cell in table.rows[height] if cell.text.strip()]
    return int(len(texts) > 2 and all(re.fullmatch(r"\(?[\dA-Z]{1,2}\)?", text) for text in texts))


def _of_table(
    document: Document, block: int, table: Table, head: _Head, start: int
) -> Iterator[dict[str, Any]]:
    group: str | None = None
    above: str | None = None
    for y in range(start, len(table.rows)):
        text = document.words(block, y, head.text)
        cells = [(year, document.words(block, y, x)) for x, year in head.years]
        given = [(year, words) for year, words in cells if _DIGIT.search(words.text)]
        name = " ".join(text.text.split())
        if not given:
            filled = [cell.text for cell in table.rows[y] if cell.text.strip()]
            group, above = (name or " ".join(filled[-1].split()) if filled else group), None
            continue
        subject = above if _BELOW.match(name) else None
        above = above if subject else name
        unit = _cell(table, y, head.unit) or _bracketed(name)
        answering = _answering(document, block, table, y, head)
        for year, words in given:
            yield from _target(text, words, unit, year, subject, group, answering)


def _answering(document: Document, block: int, table: Table, y: int, head: _Head) -> list[str]:
    """Who follows the indicator of a row; a cell that spans down from above holds here too."""
    if head.answers is None:
        return []
    row = y
    while row > 0 and table.rows[row][head.answers].covered:
        row -= 1
    words = document.words(block, row, head.answers)
    return [" ".join(body.text.split()) for body in agencies.split(words)]


def _bracketed(name: str) -> str | None:
    """The unit in brackets behind the name of an indicator: "Diện tích rừng (ha)"."""
    match = _UNIT_BEHIND.search(name)
    return match["unit"].strip() if match and len(match["unit"].split()) <= _UNIT_WORDS else None


def _cell(table: Table, y: int, x: int | None) -> str | None:
    if x is None:
        return None
    while y > 0 and table.rows[y][x].covered:
        y -= 1
    return " ".join(table.rows[y][x].text.split()) or None


def _target(
    text: Words,
    value: Words,
    unit: str | None,
    year: int,
    subject: str | None,
    group: str | None,
    answering: list[str],
) -> Iterator[dict[str, Any]]:
    printed = " ".join(value.text.split())
    figure = _figure(printed, unit)
    if figure is None:
        return
    name = re.sub(r"^[-–+]\s*", "", " ".join(text.text.split()))
    yield {
        "text": name,
        "subject": subject,
        "value_min": figure.value_min,
        "value_max": figure.value_max,
        "unit": unit or figure.unit,
        "year": year,
        "comparator": figure.comparator,
        "direction": "decrease" if _DECREASE.match(name) or _DECREASE.match(printed) else None,
        "baseline_year": figure.baseline_year,
        "answering": answering,
        "group": group,
        "places": list(text.cut(len(text.text) - len(re.sub(r"^[-–+]\s*", "", text.text))).places),
        "value_places": list(value.places),
    }


def _figure(printed: str, unit: str | None) -> figures.Figure | None:
    """The figure of a cell; the unit of its row is read behind it where the cell names none."""
    for words in (f"đạt {printed}", f"đạt {printed} {unit or '%'}", f"đạt {printed} %"):
        found = figures.find(words)
        if found and (found[0].unit or "%" not in words):
            return found[0]
    return None
