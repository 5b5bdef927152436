"""A paper is named as a basis that does not hold, or under a kind, number or date that is not its own.

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


_WITH_IT = re.compile(
    rf"kèm\s+theo\s+(?:{'|'.join(_SYMBOLS)}|Chương\s+trình)\s+số\s*:?\s*(?P<number>{bases.NUMBER.pattern})",
    re.IGNORECASE,
)
_DATED = re.compile(r"\s*,?\s*ngày\s+\d{1,2}\s*(?:/|-|tháng)\s*\d{1,2}\s*(?:/|-|năm)\s*\d{4}", re.IGNORECASE)
_SESSION = re.compile(r"QH\d+$")


def find(paper: Paper) -> Iterator[Finding]:
    known = {number: row for row in paper.registers.papers for number in _numbers(row.number)}
    for basis in paper.reading.get("legal_bases") or []:
        number = _key(basis["number"]) if basis.get("number") else None
        row = known.get(number) if number else _law(paper, basis.get("name"), basis.get("date"))
        name = basis.get("number") or basis.get("name") or ""
        if row:
            yield from _ended(paper, name, basis, row)
            yield from _misdated(name, basis, row)
        elif number:
            yield from _other_session(number, basis, known)
    yield from _later_than_paper(paper)
    yield from _misnamed(paper)
    yield from _misnamed_itself(paper)


def _later_than_paper(paper: Paper) -> Iterator[Finding]:
    """A paper named anywhere, dated after the day of this one."""
    seen: dict[str, list[Words]] = {}
    days: dict[str, date] = {}
    for match, words in _dated(paper):
        issued = bases.day(words.text[match.end() :])
        if paper.date and issued and date.fromisoformat(issued) > paper.date:
            number = bases.unspaced(match["number"])
            seen.setdefault(number, []).append(words)
            days[number] = date.fromisoformat(issued)
    for number, found in seen.items():
        wrong = (
            f"{number} ghi ngày {days[number]:%d/%m/%Y}, sau ngày của văn bản này ({paper.date:%d/%m/%Y})."
        )
        where = tuple(place for words in found for place in words.places)
        yield _finding(
            "warning", number, where, wrong, "Kiểm tra lại ngày của văn bản được dẫn hoặc ngày văn bản này."
        )


def _dated(paper: Paper) -> Iterator[tuple[re.Match[str], Words]]:
    """The papers that are named with their day, each with its words; the plan itself in a note is none."""
    for words in paper.texts:
        for match in _NAMED.finditer(words.text):
            day = _DATED.match(words.text, match.end())
            if day and not _WITH_IT.search(words.text[: match.end()]):
                found = words.cut(match.start(), day.end())
                if again := _NAMED.match(found.text):
                    yield again, found


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


def _misnamed_itself(paper: Paper) -> Iterator[Finding]:
    """The note above an appendix names the paper under another number or day than its head."""
    own = paper.reading.get("number")
    if not own:
        return
    for words in paper.texts:
        for match in _WITH_IT.finditer(words.text):
            number = bases.unspaced(match["number"])
            day = _DATED.match(words.text, match.end())
            issued = bases.day(day.group()) if day else None
            other_day = bool(issued and paper.date and date.fromisoformat(issued) != paper.date)
            if _symbol(number) != _symbol(own) or (number == own and not other_day):
                continue
            head = f"số {own}" + (f" ngày {paper.date:%d/%m/%Y}" if paper.date else "")
            found = words.cut(match.start(), day.end() if day else match.end())
            yield _finding(
                "warning",
                " ".join(found.text.split()),
                found.places,
                f"Chỗ ghi “kèm theo” không khớp với số, ngày của chính văn bản ({head}).",
                "Ghi lại số, ngày cho khớp với phần đầu văn bản.",
            )


def _symbol(number: str) -> str:
    return number.partition("/")[2].upper()


def _other_session(number: str, basis: dict[str, Any], known: dict[str, LegalPaper]) -> Iterator[Finding]:
    """A law with the number and year of one in the register, of another session of the National Assembly."""
    if not _SESSION.search(number):
        return
    stem = _SESSION.sub("", number)
    right = next(
        (other for other in known if _SESSION.search(other) and _SESSION.sub("", other) == stem), None
    )
    if right:
        wrong = f"{basis['number']}: danh mục văn bản ghi luật này là {right}{_doubt(known[right])}."
        yield _finding(
            "warning", basis["number"], places(basis), wrong, f"Sửa thành {right} nếu đúng là lỗi."
        )


def _law(paper: Paper, name: str | None, issued: str | None) -> LegalPaper | None:
    """The row of a law that is cited by its name and day; of several of one name that of the day, or the year."""
    key = bare(name or "")
    if len(key.split()) < 3:
        return None
    rows = [row for row in paper.registers.papers if _is_called(row, key)]
    if issued:
        same_day = [row for row in rows if row.issued == date.fromisoformat(issued)]
        rows = same_day or [row for row in rows if row.issued and str(row.issued.year) == issued[:4]]
    return rows[0] if len(rows) == 1 and (issued or len(key.split()) > 3) else None


def _is_called(row: LegalPaper, key: str) -> bool:
    """Whether a row is the law of this name: the name stands before its number, or begins its title."""
    title = bare(row.title.split(";")[0])
    return bool(_SESSION.search(row.number)) and (bare(row.number).startswith(f"{key} ") or title == key)


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
