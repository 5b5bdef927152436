"""The legal bases of a preamble, and how a paper is named in running text: kind, number, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vanban.document import Place, Words

NUMBER = re.compile(
    r"\d{1,5}[a-z]?(?:\s?/\s?\d{4})?\s?[-/]\s?[A-ZĐ][A-ZĐa-zđ]{0,7}\d{0,3}(?:\s?[-/–&]\s?[A-ZĐƯ][A-ZĐƯa-zđư]*\d*|\.[A-ZĐƯ]{2,})*(?![\wÀ-ỹ])"
)
_DATE = re.compile(r"(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|,?\s*năm)\s*(\d{4})", re.IGNORECASE)
_ISSUED = r"(?:\s*của\s+(?:(?!\b(?:về|ban hành|phê duyệt|quy định|ngày|số)\b)[^,;:()]){2,80})?"  # "… của Bộ A ngày …"
_DATED = re.compile(rf"{_ISSUED}\s*,?\s*(?:\([^()]{{0,100}}\)\s*)?ngày\s+{_DATE.pattern}", re.IGNORECASE)
_KINDS = (
    "Quyết định|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Chỉ thị|Kế hoạch|Chương trình hành động"
    "|Chương trình|Thông báo|Kết luận|Công văn|Tờ trình|Báo cáo|Công điện|Văn bản|Hướng dẫn|Đề án|Lệnh"
    "|Quy định|Biên bản"
)
_PAPER = re.compile(rf"(?P<kind>{_KINDS})\s+(?:số\s*:?\s*)?(?P<number>{NUMBER.pattern})", re.IGNORECASE)
# one of a row: "Căn cứ các Quyết định của Thủ tướng: số 5/QĐ-TTg ngày …; số 6/QĐ-TTg ngày …"
_OF_ROW = re.compile(rf"(?P<kind>số)\s*:?\s*(?P<number>{NUMBER.pattern})")
_ROW = re.compile(
    rf"\s*(?:[-–+•]\s*)?(?:Căn cứ|Thực hiện|Triển khai|Theo)\s+các\s+(?:{_KINDS})\b[^;]*:\s*$", re.IGNORECASE
)
_LAW = re.compile(
    r"(?P<name>(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s[^;:.()]{0,300}?)(?:\s+số\s+(?P<number>"
    + NUMBER.pattern
    + r"))?"
    r"(?=\s*(?:,?\s*ngày\s|\(|;|:|\.|$|,\s*(?:Luật|Nghị|Quyết|Bộ luật)|\s+được\s"
    r"|,?\s+và\s+(?:Luật|Nghị|Quyết)))"
)
_AMENDING = re.compile(
    r"(?P<name>Luật sửa đổi,[^;:.()]{0,300}?)(?:\s+số\s+(?P<number>"
    + NUMBER.pattern
    + r"))?(?=\s*(?:,?\s*ngày\s|[;:.(]|$))"
)
_LEAD = re.compile(
    r"\s*(?:[-–+•]\s*)?"
    r"(?:Căn cứ|Thực hiện|Triển khai|Triển khai thực hiện|Thi hành|Theo|Tiếp tục thực hiện|Chấp hành|Xét)?"
    r"\s*(?:vào\s+)?(?:nội dung\s+)?(?:các\s+|và\s+|,\s*|;\s*)*$",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(r"\b(?:đề nghị|đề xuất|ý kiến|xét)\b", re.IGNORECASE)
_ISSUES = re.compile(r"\bban hành\b", re.IGNORECASE)
# "Thực hiện Chiến lược … ban hành tại Quyết định số …": the paper by which it was issued
_ISSUED_BY = re.compile(
    r"\s*(?:[-–+•]\s*)?(?:Căn cứ|Thực hiện|Triển khai|Triển khai thực hiện|Theo)\s[^;]*"
    r"\b(?:ban hành|phê duyệt|thông qua|công bố)\s+(?:kèm theo|tại|theo)\s*$",
    re.IGNORECASE,
)
_ROLE = "on the proposal of (Tờ trình)"


@dataclass(frozen=True, slots=True)
class Basis:
    """A paper that the preamble rests on; a law without a number has a name instead."""

    number: str | None
    date: str | None
    name: str | None
    role: str | None
    words: Words

    def as_json(self) -> dict[str, Any]:
        """The entry of `legal_bases` in the form of a reading, with its places."""
        out: dict[str, Any] = {"number": self.number, "date": self.date}
        if self.number is None:
            out["name"] = self.name
        if self.role:
            out["role"] = self.role
        return out | {"places": [place.as_json() for place in self.words.places]}


def day(text: str) -> str | None:
    """The first full date of a text as ISO 8601, None where there is none or it is no day of the calendar."""
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return None


def unspaced(number: str) -> str:
    """The number of a paper without inner spaces: "1894/QĐ- TTg" is "1894/QĐ-TTg"."""
    return re.sub(r"\s+", "", number).replace("–", "-")


def read(preamble: Sequence[Words]) -> list[Basis]:
    """The papers that a preamble rests on, each once; papers named inside the title of another are none."""
    out: dict[str, Basis] = {}
    nested: dict[str, Basis] = {}
    for words in preamble:
        for clause in _clauses(words):
            for basis, leads in _mentions(clause):
                kept = out if leads else nested
                key = basis.number or (basis.name or "").lower()
                if key not in kept or kept[key].date is None:
                    kept[key] = basis
    return list((out or nested).values())


def _clauses(words: Words) -> list[Words]:
    out, start = [], 0
    for match in re.finditer(r"[;\n]", words.text):
        out.append(words.cut(start, match.start()))
        start = match.end()
    return [clause for clause in [*out, words.cut(start)] if clause]


def _mentions(clause: Words) -> list[tuple[Basis, bool]]:
    """The papers named in a clause, each with whether the clause rests on it."""
    text = clause.text
    matches = [*_PAPER.finditer(text), *_OF_ROW.finditer(text), *_laws(text)]
    found = sorted(matches, key=lambda match: match.start())
    out: list[tuple[Basis, bool]] = []
    end = 0
    for match in found:
        if match.start() < end:
            continue
        start, end = match.start(), _end(text, match)
        number = unspaced(match["number"]) if match["number"] else None
        before = text[max(0, start - 500) : start]
        proposal = bool(_PROPOSAL.search(before))
        name = match.groupdict().get("name")
        dated = day(text[match.end() : end]) if end > match.end() else None
        basis = Basis(number, dated, name, _ROLE if proposal else None, clause.cut(start, end))
        issues = not out and bool(_ISSUED_BY.match(before))
        out.append((basis, proposal or issues or _leads(before, bool(out) and out[-1][1])))
    return out


def _leads(before: str, after_basis: bool) -> bool:
    """Whether the words before a paper make the preamble rest on it: "Căn cứ …", or "và …" after another."""
    if _LEAD.match(before) or _ROW.match(before):
        return True
    return after_basis and not _ISSUES.search(before) and bool(re.search(r"(?:\bvà|,|\bcùng)\s*$", before))


def _laws(text: str) -> list[re.Match[str]]:
    amending = list(_AMENDING.finditer(text))
    inside = [range(match.start(), match.end()) for match in amending]
    found = [match for match in _LAW.finditer(text) if not any(match.start() in span for span in inside)]
    return [m for m in [*amending, *found] if m.start() == 0 or not text[m.start() - 1].isalnum()]


def _end(text: str, match: re.Match[str]) -> int:
    """The end of the mention with its date, where the date follows at once."""
    dated = _DATED.match(text, match.end())
    return dated.end() if dated else match.end()


def places(bases: Sequence[Basis]) -> list[Place]:
    """Where the bases stand."""
    return [place for basis in bases for place in basis.words.places]
