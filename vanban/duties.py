"""The duties of a paper: who must do what, from its section on the organisation of implementation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from vanban import agencies
from vanban.document import Words
from vanban.folding import bare
from vanban.outline import Line, Section
from vanban.tasks import as_json, flat

# headings inside the section that are no bodies
_NO_BODY = re.compile(
    r"(?:che do|cong tac|phan cong|kinh phi|kiem tra|giam sat|thong tin|to chuc (?:thuc hien|trien khai)"
    r"|trong qua trinh|dinh ky|hang nam|hang quy|can cu|ke hoach|nguon|trach nhiem|noi dung|nhiem vu"
    r"|giai phap|bao cao|lo trinh|yeu cau|tren day|so ket|tong ket|hieu luc|dieu khoan|co che|du toan"
    r"|thoi gian|tien do|theo doi|danh gia|khen thuong)\b"
)
_CLOSING = re.compile(
    r"(?:Trong quá trình|Trên đây là|Quá trình (?:tổ chức|triển khai|thực hiện)|Yêu cầu|Kế hoạch này"
    r"|Đề nghị các|Giao)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:Trách nhiệm của|Giao|Đề nghị|Yêu cầu|Kính đề nghị|Trân trọng đề nghị)\s+(?:cho\s+)?", re.IGNORECASE
)
_EVERYBODY = re.compile(r"(?:các|thủ trưởng|toàn thể)\s", re.IGNORECASE)
# the end of a heading that only leads in the duties under it
_LEADS_IN = re.compile(
    r"\s*,?\s*(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|thực hiện các nhiệm vụ|chủ trì)"
    r"(?:\s+(?:thực hiện|triển khai|sau|chính|sau đây|các nhiệm vụ|các nội dung))*\s*:\s*$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+và\s+")
_VERB = re.compile(
    r"\s*(?:[:,]|\b(?:căn cứ|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phối hợp|tổ chức thực hiện"
    r"|triển khai|thực hiện|xây dựng|theo (?:chức năng|nhiệm vụ|phân công|thẩm quyền|lĩnh vực)"
    r"|tự(?!\s+(?:nhiên|trị|vệ|động|chủ|do|học))|tham mưu|chủ động|tiếp tục|hướng dẫn|rà soát"
    r"|làm? (?:cơ quan|đơn vị|đầu mối)|giúp|tăng cường|nghiên cứu|định kỳ|hằng năm|hàng năm|trên cơ sở"
    r"|tùy theo|cân đối|bố trí"
    r"|đẩy mạnh|lồng ghép|tổng hợp|chỉ đạo|báo cáo|gửi|cử|đề xuất|theo dõi|phổ biến|quán triệt|vận động"
    r"|tuyên truyền|xử lý|phát động|bảo đảm|đảm bảo|cung cấp|hỗ trợ|huy động|đôn đốc|kiểm tra)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\bđược\s+(?:giao|phân công)\s*$", re.IGNORECASE)  # "các đơn vị được giao chủ trì …"
_ORDER = re.compile(r"(?:Giao|Trách nhiệm của)\s+(?:cho\s+)?", re.IGNORECASE)


@dataclass(slots=True)
class Duty:
    """An agency as its heading names it, and what it must do."""

    agency: Words
    items: list[Words] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The entry of `organisation` in the form of a reading, with places."""
        return {
            "agency": flat(self.agency.text),
            "items": [flat(item.text) for item in self.items],
            "places": as_json(self.agency.places),
            "item_places": [as_json(item.places) for item in self.items],
        }


def read(section: Section) -> list[dict[str, Any]]:
    """The duties of a section on organisation; running prose without headings by agency gives none."""
    found = _of(section if section.sections else _with_headings(section), True)
    return [duty.as_json() for duty in found if duty.items]


def _of(section: Section, last: bool) -> list[Duty]:
    out: list[Duty] = []
    items = section.items()
    for n, item in enumerate(items):
        at_end = last and n == len(items) - 1
        if isinstance(item, Line):
            if item.marker and _heads(item.words) and not _is_closing(item.words):
                out.append(Duty(_agency(item.words), [item.words]))
        elif _is_closing(item.title) and not item.lines:
            continue
        elif _names_body(item):
            out.append(_duty(item, at_end))
        elif item.sections or any(_heads(line.words) for line in item.lines if line.marker):
            out += _of(item, at_end)
    return out


def _names_body(section: Section) -> bool:
    title = section.title.text
    if _NO_BODY.match(bare(title)) and not _ORDER.match(title):
        return False
    if _opens_with_body(title):
        return not any(
            _opens_with_body(child.title.text) for child in section.sections if _heads_others(title)
        )
    below = [child for child in section.sections if _opens_with_body(child.title.text)]
    return not below and len(title) < 200


def _heads_others(title: str) -> bool:
    """Whether a heading may stand over further bodies: "Trách nhiệm của các sở, ngành"."""
    order = _ORDER.match(title)
    return order is not None and agencies.is_generic(title[order.end() :].rstrip(" .:;"))


def _opens_with_body(text: str) -> bool:
    asked = _ASKED.match(text)
    rest = text[asked.end() :] if asked else text
    found = agencies.mentions(rest)
    return bool(found) and found[0][0] == 0


def _heads(words: Words) -> bool:
    """Whether an item under no heading names its agency first: "Sở A: …", "Sở A chủ trì …"."""
    return _opens_with_body(words.text)


def _is_closing(words: Words) -> bool:
    match = _CLOSING.match(words.text)
    if match is None:
        return False
    asked = _ASKED.match(words.text)
    return not (asked and _opens_with_body(words.text)) or bool(re.match(r"Đề nghị các|Yêu cầu", words.text))


def _duty(section: Section, last: bool) -> Duty:
    title = section.title
    if not section.lines and not section.sections:
        return Duty(_agency(title), [title])
    carries = _carries_duty(title.text)
    duty = Duty(_agency(title) if carries else _heading(title))
    if carries and not title.text.endswith(":"):
        duty.items.append(title)
    duty.items += _items(section, last)
    return duty


def _heading(title: Words) -> Words:
    """The body of a heading, without the order before it and the words that lead in its duties."""
    leads_in = _LEADS_IN.search(title.text)
    end = leads_in.start() if leads_in else len(title.text.rstrip(" :."))
    verb = _verb(title.text) if leads_in else None
    order = _ORDER.match(title.text)
    return title.cut(order.end() if order else 0, min(end, verb or end))


def _carries_duty(title: str) -> bool:
    """Whether a heading goes on with what is to be done, and is not only the name of a body."""
    verb = _verb(title)
    return verb is not None and (len(title) > 160 or title.endswith((".", ";", "./.")) or ":" in title[:-1])


def _verb(text: str) -> int | None:
    """Where the name of a body ends and its duty begins."""
    asked = _ASKED.match(text)
    begin = asked.end() if asked else 0
    colon = text.find(":", begin)
    if colon > 0 and _is_list(text[begin:], colon - begin):
        colon = text.find(":", colon + 1)
    if colon > 0:
        text = text[: colon + 1]
    after = begin + _listed_until(text[begin:])
    if after > colon > 0:
        after = colon
    verbs = (match.start() for match in _VERB.finditer(text, after))
    return next((start for start in verbs if not _TOLD.search(text[:start])), None)


def _is_list(text: str, colon: int) -> bool:
    """Whether names follow a colon: "Các Sở: A, B", and not what is to be done: "Các Sở: Rà soát …"."""
    end = _listed_until(text)
    names = [name for name in _BETWEEN.split(text[colon + 1 : end].strip(" :")) if name]
    if not names or (len(names) == 1 and text[end:].strip(" :")):
        return False
    return all(name[0].isupper() for name in names) and not any(map(_is_order, names))


def _is_order(name: str) -> bool:
    """Whether words are what is to be done and no name, as "Xây dựng" alone is one."""
    verb = _VERB.match(name)
    return verb is not None and (verb.end() < len(name) or not agencies.is_name(name))


def _listed_until(text: str) -> int:
    """Where the bodies end with which a text begins: "Các Cục, Vụ; Sở A các tỉnh, thành phố"."""
    end = 0
    for first, last in agencies.mentions(text):
        if text[end:first].strip(" ;,") and text[end:first].strip(" ;,").lower() != "và":
            break
        end = last
    return end


def _agency(title: Words) -> Words:
    """The body that a duty line begins with."""
    asked = _ASKED.match(title.text)
    begin = asked.end() if asked else 0
    end = _verb(title.text)
    if end is None or end <= begin:
        end = _named_until(title.text, begin)
    return title.cut(begin, end) if end is not None and end > begin else title


def _named_until(text: str, begin: int) -> int | None:
    """Where the body ends with which a whole sentence begins."""
    found = agencies.mentions(text[begin:])
    is_sentence = text.endswith((".", ";")) and bool(found) and found[0][0] == 0
    return begin + found[0][1] if is_sentence else None


def _items(section: Section, last: bool) -> list[Words]:
    """One item for each dash or letter, with all its sentences; without any, the paragraphs."""
    out: list[Words] = []
    items = section.items()
    marked = any(isinstance(item, Section) or item.marker for item in items)
    for n, item in enumerate(items):
        if isinstance(item, Section):
            title = item.title
            if title:
                out.append(title)
            out += _items(item, last and n == len(items) - 1)
        elif item.marker and item.marker.startswith("+") and out:
            out[-1] = Words.join([out[-1], item.words])
        elif item.marker or not _left_out(item, out, marked, last):
            out.append(item.words)
    return out


def _left_out(line: Line, before: list[Words], marked: bool, last: bool) -> bool:
    """A plain line that leads in what follows, or closes the paper for everybody.

    What begins with "Yêu cầu" closes the paper only behind the last duty; elsewhere it is what a body must do.
    """
    text = line.words.text
    if text.endswith(":"):
        return True
    if _is_closing(line.words):
        asked = _ASKED.match(text)
        return asked is None or (last and (bool(before) or bool(_EVERYBODY.match(text, asked.end()))))
    if not last or not before:
        return marked and not before and len(text) < 30
    return marked or "quá trình" in text or text.endswith("./.")


def _with_headings(section: Section) -> Section:
    """A section whose agencies stand on lines of their own, without numbers, as one with headings."""
    out = Section(section.marker, section.title, section.level, block=section.block)
    here = out
    for line, after in zip(section.lines, [*section.lines, None][1:], strict=True):
        text = line.words.text
        leads_in = line.marker is None or (after is not None and after.marker != line.marker)
        if leads_in and len(text) < 150 and not text.endswith((".", ";")) and _opens_with_body(text):
            here = Section(line.marker, line.words, section.level + 1, block=line.block)
            out.sections.append(here)
        else:
            here.lines.append(line)
    return out
