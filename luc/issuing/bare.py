"""Figures in the words of a block that nobody vouches for: typed by hand, and bound to nothing.

A date, a year, a period, the number of a paper, an article or an item is no figure; nor is one that stands in the
words that the sentence quotes from a plan or a frozen report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from luc.issuing.content import Run

_NUMBER = re.compile(r"(?<![\w,.])\d++(?:[.,]\d++)*+(?!\w*\d)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NONE = re.compile(
    r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"  # 14/12/2026
    r"|\b\d{1,2}/\d{4}\b"  # 12/2026
    r"|\bngày\s+\d{1,2}(?:\s*/\s*\d{1,2}(?:/\d{4})?)?(?:\s*(?:đến|-|–)\s*(?:ngày\s+)?\d{1,2}(?:/\d{1,2})?)?"
    r"|\btháng\s+\d{1,2}|\bquý\s+\d(?:\s*/\s*\d{4})?|\b\d{1,2}\s+tháng(?:\s+(?:đầu|cuối))?\s+năm(?:\s+(?:19|20)\d\d)?|\b\d{1,2}\s*(?:giờ|h)\s*\d{0,2}\b"
    r"|\b(?:số|QĐ|NĐ|NQ|TT|KH|BC|CV)\s*:?\s*\d++[\w.-]*+/[\w/.-]*+"  # số 15/KH-UBND
    r"|\b\d+/(?:\d{4}/)?[^\W\d][\w-]*"  # 30/2020/NĐ-CP
    r"|\b(?:điều|khoản|điểm|mục|phụ\s+lục|chương|phần|bảng|biểu|hình|thứ|lần|khóa|loại|cấp|hạng|số\s+thứ\s+tự)"
    r"\s+(?:thứ\s+|số\s+)?\d+(?:\.\d+)*(?!\d|,\d|\s*%)"
    r"|\b(?:nhiệm\s+vụ|chỉ\s+tiêu|dự\s+án|mô\s+hình)\s+số\s+\d+"
    r"|(?:^|\n)\s*\d{1,2}[.)]\s|\(\d{1,2}\)"
    r"|\b(?:năm|giai\s+đoạn|thời\s+kỳ|niên\s+độ)\s+(?:19|20)\d\d(?:\s*(?:[-–]|đến(?:\s+năm)?|và)\s*(?:19|20)\d\d)?"
    r"|\b(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\b"
    r"|\b[A-ZĐa-zđ]++\d+[\w.]*",  # CO2, PM2.5
    re.IGNORECASE,
)
HIDDEN = "\x00"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a sentence: words, a chip, a figure by hand, or a bare figure (its number in the block)."""

    kind: str
    text: str
    cell: str = ""
    source: str = ""
    number: int = -1


def spans(content: Mapping[str, Any]) -> list[Span]:
    """The sentence of a block piece by piece, its bare figures among them."""
    runs = content.get("runs", [])
    found = iter(_found(runs, _vouched(content.get("quotes", ()))))
    at, number = 0, 0
    out: list[Span] = []
    following = next(found, None)
    for run in runs:
        if not isinstance(run, str):
            out.append(_bound(run))
            at += 1
            continue
        end, done = at + len(run), 0
        while following and following.start() < end:
            start = following.start() - at
            out += [Span("words", run[done:start]), Span("bare", following.group(), number=number)]
            done, number = following.end() - at, number + 1
            following = next(found, None)
        out.append(Span("words", run[done:]))
        at = end
    return [span for span in out if span.text]


def bare(content: Mapping[str, Any]) -> list[Span]:
    """The bare figures of a block."""
    return [span for span in spans(content) if span.kind == "bare"]


def replaced(content: Mapping[str, Any], number: int, run: Run) -> list[Run]:
    """The runs of a block with a bare figure replaced. Raises LookupError when there is none of that number."""
    pieces = spans(content)
    if not any(span.kind == "bare" and span.number == number for span in pieces):
        raise LookupError(number)
    return [run if span.kind == "bare" and span.number == number else _run(span) for span in pieces]


def _run(span: Span) -> Run:
    if span.kind == "chip":
        return {"cell": span.cell, "shown": span.text}
    if span.kind == "typed":
        return {"typed": span.text, "source": span.source}
    return span.text


def _bound(run: Mapping[str, str]) -> Span:
    if "typed" in run:
        return Span("typed", run["typed"], source=run["source"])
    return Span("chip", run["shown"], cell=run["cell"])


def _found(runs: Iterable[Run], vouched: frozenset[str]) -> Iterator[re.Match[str]]:
    """The bare figures of runs; chips stand as one hidden character each."""
    text = "".join(run if isinstance(run, str) else HIDDEN for run in runs)
    masked = _NONE.sub(lambda match: HIDDEN * len(match.group()), text)
    return (match for match in _NUMBER.finditer(masked) if match.group() not in vouched)


def _vouched(quotes: Iterable[str]) -> frozenset[str]:
    return frozenset(number for words in quotes for number in _DIGITS.findall(words))
