"""Who issues a paper, written out: "ỦY BAN NHÂN DÂN / TỈNH X" of the head, or the body named in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban import agencies
from vanban.document import Document, Place, Words
from vanban.folding import UPPER, bare
from vanban.parts import Paper, lines

_NUMBER = re.compile(r"Số\s*:")
_NATION = re.compile(r"^cong(?: hoa)?$|hoa xa hoi|chu nghia viet nam|doc lap|dang cong san")
_BODY = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|BỘ|SỞ|BAN|CỤC|TỔNG CỤC|VỤ|VIỆN|THỦ TƯỚNG"
    r"|CHÍNH PHỦ|THANH TRA|NGÂN HÀNG|TỈNH ỦY|THÀNH ỦY|VĂN PHÒNG|CHI CỤC|TỔNG CÔNG TY|TẬP ĐOÀN)\b"
)
_UNIT = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|QUẬN|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU|THỊ TRẤN)\s", re.IGNORECASE)
_NAMES = rf"[{UPPER}]\w*(?:[ -][{UPPER}]\w*){{0,9}}"
_COMMITTEE = r"(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)"
_SAYS = re.compile(
    rf"(?P<body>{_COMMITTEE}(?:\s+(?:tỉnh|thành phố|huyện|quận|xã|phường|đặc khu)(?:\s+{_NAMES})?)?"
    rf"|(?:Bộ|Sở|Ban Quản lý|Cục|Tổng cục|Viện)\s+{_NAMES}(?:(?:,| và)\s+{_NAMES}){{0,4}}"
    r"|Thủ tướng Chính phủ|Chính phủ)"
    r"\s+(?:ban hành|xây dựng|phê duyệt|triển khai|yêu cầu)"
)
_OF = re.compile(rf"của\s+(?:Chủ tịch\s+)?(?P<body>{_COMMITTEE}\s+(?:tỉnh|thành phố)\s+{_NAMES})")
_ISSUES = re.compile(
    r"\s+(?:ban hành|xây dựng|phê duyệt)\s+(?:Kế hoạch|Chương trình|Đề án|kế hoạch|chương trình)"
)
_ISSUERS = {"department", "central", "board"}
_SHORT = re.compile(r"(?:Chủ tịch\s+)?(?:UBND|Uỷ ban nhân dân|Ủy ban nhân dân)", re.IGNORECASE)
_LOWER = {
    "nhân",
    "dân",
    "ban",
    "tỉnh",
    "thành",
    "phố",
    "quận",
    "huyện",
    "xã",
    "phường",
    "đặc",
    "khu",
    "thị",
    "trấn",
    "và",
}


def read(document: Document, papers: Sequence[Paper], place: str | None) -> tuple[str | None, list[Words]]:
    """The issuer of a paper and the words that name it; None where the paper does not say."""
    texts = [words.text for words in lines(document)]
    for paper in papers:
        named = _of_head(paper.head)
        if named:
            return _completed(_cased(Words.join(named).text, texts), place, texts), named
    for named_by in (_that_says, _that_issues, _of_whom):
        for paper in papers:
            for words in [*reversed(paper.preamble), paper.note]:
                if span := named_by(words.text):
                    return _completed(words.cut(*span).text, place, texts), [words.cut(*span)]
    return None, []


def _that_says(text: str) -> tuple[int, int] | None:
    return next((match.span("body") for match in reversed(list(_SAYS.finditer(text)))), None)


def _that_issues(text: str) -> tuple[int, int] | None:
    """A department or ministry, by whatever name: "Sở Nông nghiệp và Phát triển nông thôn ban hành"."""
    spans = [span for span in agencies.mentions(text) if _ISSUES.match(text[span[1] :])]
    return next((_last_of(text, *span) for span in reversed(spans)), None)


def _last_of(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last body of a list, where it is a named one that issues papers."""
    last = agencies.split(Words(text[start:end], ((0, Place(0, start, end)),)))[-1]
    kind = agencies.kind(last.text)
    begin = text.rindex(last.text, start, end) if last.text in text[start:end] else end
    return (begin, end) if begin < end and kind in _ISSUERS and not agencies.is_generic(last.text) else None


def _of_whom(text: str) -> tuple[int, int] | None:
    return next((match.span("body") for match in reversed(list(_OF.finditer(text)))), None)


def _of_head(head: Sequence[Words]) -> list[Words]:
    """The last body of the head, with the line of its territory: the body above it is its superior."""
    named: list[Words] = []
    for line in head:
        text = line.text
        if named and _NUMBER.match(text):
            # what stands below the number is a mark ("KHẨN") or the abstract of a letter
            break
        if not _is_caps(text) or _NATION.search(bare(text)):
            continue
        if _BODY.match(text):
            named = [line]
        elif named:
            named.append(line)
    return named


def begins_body(line: str) -> bool:
    """Whether a line of the head begins the name of a body: "SỞ CÔNG THƯƠNG", and not its territory below."""
    return bool(_BODY.match(line.upper()))


def _is_caps(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 2 and sum(char.isupper() for char in letters) > 0.9 * len(letters)


def _cased(name: str, texts: Sequence[str]) -> str:
    """A name in capitals as the text writes it elsewhere, else with capitals where names have them."""
    if not _is_caps(name):
        return name
    pattern = re.compile(re.escape(name).replace(r"\ ", r"\s+"), re.IGNORECASE)
    for text in texts:
        for match in pattern.finditer(text):
            if not match.group().isupper():
                return match.group()
    words = [word if word in _LOWER else word.capitalize() for word in name.lower().split()]
    return " ".join([words[0].capitalize(), *words[1:]])


def _completed(name: str, place: str | None, texts: Sequence[str]) -> str:
    """A People's Committee written out with the name of its territory."""
    if not _SHORT.match(name):
        return name
    name = _SHORT.sub("Ủy ban nhân dân", name, count=1)
    unit = name.removeprefix("Ủy ban nhân dân").strip()
    if unit and not re.fullmatch(r"(?:tỉnh|thành phố|huyện|quận|xã|phường|đặc khu)", unit, re.IGNORECASE):
        return f"Ủy ban nhân dân {_lowered(unit)}"
    kinds = unit.lower() or "tỉnh|thành phố"
    names = re.escape(place) if place else _NAMES
    pattern = re.compile(rf"(?i:{kinds})\s+(?:{names})(?!\w)" if place else rf"(?:{kinds})\s+{names}")
    for text in texts:
        match = pattern.search(text)
        if match:
            return f"Ủy ban nhân dân {_lowered(match.group())}"
    return f"{name} {place}".strip() if place and unit else name


def _lowered(unit: str) -> str:
    """ "TỈNH X" with its kind in small letters."""
    match = _UNIT.match(unit)
    return unit[: match.end()].lower() + unit[match.end() :] if match else unit
