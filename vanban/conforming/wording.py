"""How number, date, recipients, bases and the last words are written, and capitals as far as a program can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.conforming.departure import Departure
from vanban.conforming.recognising import Part
from vanban.conforming.rules import component, rules
from vanban.folding import bare

_SYMBOL = re.compile(r"Số:\s*(?P<number>\d*)\s*/(?P<symbol>\S+)$")
_DAY = re.compile(r",\s*ngày\s+(?P<day>\d*)\s*tháng\s+(?P<month>\d*)\s*năm\s+(?P<year>\d{4})$")
_FILED = re.compile(r"-\s*Lưu:\s*VT\b")
_AS_ABOVE = re.compile(r"-\s*Như\s")


def departures(parts: list[Part]) -> Iterator[Departure]:
    """What is not written as the decree writes it."""
    by: dict[str, list[Part]] = {}
    for part in parts:
        by.setdefault(part.component, []).append(part)
    for part in by.get("so_ky_hieu", ()):
        yield from _symbol(part, by.get("ten_loai", []))
    for part in by.get("dia_danh_thoi_gian", ()):
        yield from _date(part)
    for name in ("can_cu", "noi_nhan_list", "kinh_gui"):
        yield from _list(by.get(name, []))
    yield from _recipients(by)
    yield from _closing(parts)
    for part in by.get("ho_ten", ()):
        honours = tuple(rules()["texts"]["honours"])
        if part.line.text.startswith(honours):
            yield _off(part, part.line.text, "không ghi học hàm, học vị trước họ tên")
    for part in parts:
        if part.component in {"noi_dung", "khoan", "diem"}:
            yield from _capitals(part)


def _symbol(part: Part, kinds: list[Part]) -> Iterator[Departure]:
    found = _SYMBOL.match(part.line.text)
    if not found:
        yield _off(part, part.line.text, component("so_ky_hieu")["pattern"])
        return
    number, symbol = found["number"], found["symbol"]
    if number and len(number) < 2:
        yield _off(part, number, number.zfill(2))
    known = {bare(kind): short for kind, short in rules()["type_abbreviations"]["papers"].items()}
    short = next((known[name] for kind in kinds if (name := bare(kind.line.text)) in known), None)
    if short and symbol.split("-")[0] != short:
        yield _off(part, symbol, f"{short}-… (Phụ lục III)")


def _date(part: Part) -> Iterator[Departure]:
    found = _DAY.search(part.line.text)
    if not found:
        yield _off(part, part.line.text, component("dia_danh_thoi_gian")["pattern"])
        return
    day, month = found["day"], found["month"]
    if day and len(day) < 2:
        yield _off(part, day, day.zfill(2))
    zeros = rules()["texts"]["months_with_zero"]
    wanted = f"{int(month):02}" if month and int(month) in zeros else str(int(month)) if month else ""
    if month != wanted:
        yield _off(part, month, wanted)


def _list(lines: list[Part]) -> Iterator[Departure]:
    """Items of a list end in ";", the last in "."; the label and a single addressee do not."""
    items = [part for part in lines if part.component == "can_cu" or part.line.text.startswith("-")]
    texts = rules()["texts"]
    for part in items:
        wanted = texts["last_end"] if part is items[-1] else texts["list_end"]
        if not part.line.text.endswith(wanted):
            yield _off(part, part.line.text[-1:], f"kết thúc bằng «{wanted}»")


def _recipients(by: dict[str, list[Part]]) -> Iterator[Departure]:
    lines = by.get("noi_nhan_list", [])
    if lines and not _FILED.match(lines[-1].line.text):
        yield _off(lines[-1], lines[-1].line.text, "dòng cuối là «- Lưu: VT, …»")
    if lines and "kinh_gui" in by and not _AS_ABOVE.match(lines[0].line.text):
        yield _off(lines[0], lines[0].line.text, "dòng đầu là «- Như trên»")


def _closing(parts: list[Part]) -> Iterator[Departure]:
    before = []
    for part in parts:
        if part.at.startswith("foot"):
            break
        if part.at == "page":
            before.append(part)
    mark = rules()["texts"]["closing"]
    if before and not before[-1].line.text.endswith(mark):
        yield _off(before[-1], before[-1].line.text[-3:], f"kết thúc bằng «{mark}»")


def _capitals(part: Part) -> Iterator[Departure]:
    """Phụ lục II: a line begins with a capital, cited parts are Điều, Mục, Chương, but khoản, điểm."""
    held, text = rules()["capitals"], part.line.text
    own = re.sub(r"^(?:\d+\.|[a-zđ]\)|-)\s+", "", text)
    if part.component == "noi_dung" and own == text and own[:1].islower():
        yield _off(part, own.split()[0], own[0].upper() + own.split()[0][1:], "capitals")
    for word in held["cited_upper"]:
        for match in re.finditer(rf"(?<!\w){word}(?=\s+(?:\d+(?!\d*[,.]\d)|[IVX]+)\b(?!\s*%))", text):
            wanted = word[0].upper() + word[1:]
            yield _off(part, match.group(), wanted, "capitals")
    for word in held["cited_lower"]:
        for match in re.finditer(rf"(?<=[^.!?\n] ){word.capitalize()}(?=\s+(?:\d|[a-zđ]\b))", text):
            yield _off(part, match.group(), word, "capitals")


def _off(part: Part, found: str, wanted: str, what: str = "words") -> Departure:
    rule = component(part.component)
    return Departure(part.component, rule["name_vi"], what, found, wanted, rule["clause"], part.line.text)
