"""A paper is named as a basis that does not hold, or under a kind or date that is not its own.

Rests on the register of legal papers; that the symbol says the kind is Decree 30/2020, annex I, section II.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from vanban import bases
from vanban.checks.finding import Finding, Severity
from vanban.checks.paper import Paper, places
from vanban.checks.registers import LegalPaper
from vanban.document import Place, Words
from vanban.folding import bare

# kinds that have a symbol of their own; "Chương trình" and "Đề án" are named by their decision
_SYMBOLS = {
    "Quyết định": "QĐ",
    "Nghị định": "NĐ",
    "Nghị quyết": "NQ",
    "Thông tư": "TT",
    "Chỉ thị": "CT",
    "Kế hoạch": "KH",
    "Thông báo": "TB",
    "Báo cáo": "BC",
    "Tờ trình": "TTr",
}
_NAMED = re.compile(
    rf"(?P<kind>{'|'.join(_SYMBOLS)})\s+số\s*:?\s*(?P<number>{bases.NUMBER.pattern})", re.IGNORECASE
)
_SYMBOL = re.compile(r"\d[^/]*/(?:\d{4}/)?(?P<symbol>[A-ZĐ][A-Za-zđĐ]*)-")


def find(paper: Paper) -> Iterator[Finding]:
    known = {number: row for row in paper.registers.papers for number in _numbers(row.number)}
    for basis in paper.reading.get("legal_bases") or []:
        row = known.get(_key(basis["number"])) if basis.get("number") else _law(paper, basis.get("name"))
        name = basis.get("number") or basis.get("name") or ""
        yield from _later_than_paper(paper, name, basis)
        if row:
            yield from _ended(paper, name, basis, row)
            yield from _misdated(name, basis, row)
    yield from _misnamed(paper)


def _later_than_paper(paper: Paper, name: str, basis: dict[str, Any]) -> Iterator[Finding]:
    issued = basis.get("date")
    if paper.date and issued and date.fromisoformat(issued) > paper.date:
        wrong = f"{name} ghi ngày {_day(issued)}, sau ngày của văn bản này ({paper.date:%d/%m/%Y})."
        yield _finding(
            "warning", name, places(basis), wrong, "Kiểm tra lại ngày của căn cứ hoặc ngày văn bản."
        )


def _ended(paper: Paper, name: str, basis: dict[str, Any], row: LegalPaper) -> Iterator[Finding]:
    until = row.in_force_until
    if until is None or until > paper.today:
        return
    at_its_date = paper.date is None or until <= paper.date
    when = "" if at_its_date else ", sau khi văn bản này được ban hành"
    instead = f"Thay bằng {row.replaced_by}." if row.replaced_by else "Thay bằng văn bản đang có hiệu lực."
    wrong = f"{name} hết hiệu lực từ ngày {until:%d/%m/%Y}{when}{_doubt(row)}."
    yield _finding("warning" if at_its_date else "note", name, places(basis), wrong, instead)


def _misdated(name: str, basis: dict[str, Any], row: LegalPaper) -> Iterator[Finding]:
    printed = basis.get("date")
    if printed and row.issued and date.fromisoformat(printed) != row.issued:
        wrong = (
            f"{name} ghi ngày {_day(printed)}, danh mục văn bản ghi ngày {row.issued:%d/%m/%Y}{_doubt(row)}."
        )
        yield _finding(
            "warning", name, places(basis), wrong, "Đối chiếu với bản ký và ghi lại ngày cho đúng."
        )


def _misnamed(paper: Paper) -> Iterator[Finding]:
    seen: dict[str, list[Words]] = {}
    for words in paper.search(_NAMED):
        match = _NAMED.match(words.text)
        symbol = _SYMBOL.match(bases.unspaced(match["number"])) if match else None
        if not match or not symbol:
            continue
        right = next((kind for kind, short in _SYMBOLS.items() if short == symbol["symbol"]), None)
        if right and bare(right) != bare(match["kind"]):
            seen.setdefault(" ".join(words.text.split()), []).append(words)
    for text, found in seen.items():
        where = tuple(place for words in found for place in words.places)
        wrong = f"“{text}”: loại văn bản và ký hiệu không khớp nhau."
        yield _finding("warning", text, where, wrong, "Ghi lại loại văn bản theo đúng ký hiệu.")


def _law(paper: Paper, name: str | None) -> LegalPaper | None:
    """The row of a law that is cited by its name alone, where the register names one law so."""
    key = bare(name or "")
    if len(key.split()) < 3:
        return None
    rows = [row for row in paper.registers.papers if f" {key} " in f" {bare(row.number)} "]
    return rows[0] if len(rows) == 1 else None


def _numbers(text: str) -> list[str]:
    """The numbers that a row of the register holds; a law is known by its number alone (72/2020/QH14)."""
    return [_key(match.group()) for match in bases.NUMBER.finditer(text)]


def _key(number: str) -> str:
    return bases.unspaced(number).upper()


def _doubt(row: LegalPaper) -> str:
    return " (cần xác nhận)" if "cần xác nhận" in row.remark else ""


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _finding(severity: Severity, words: str, where: tuple[Place, ...], wrong: str, way_out: str) -> Finding:
    return Finding("basis_not_in_force", severity, words, where, wrong, way_out)
