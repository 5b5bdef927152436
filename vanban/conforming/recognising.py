"""Which component of the decree each line is: by its words and by where it stands, not by how it looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vanban.conforming.measuring import Line
from vanban.conforming.rules import rules
from vanban.folding import bare
from vanban.issuers import begins_body

_NUMBER = re.compile(r"Số\s*:")
_DATE = re.compile(r"[^,\d]{2,60}(?:\d+)?,\s*ngày\b.*\bnăm\b")
_LETTER = re.compile(r"V/v\s")
_ADDRESSED = re.compile(r"Kính gửi\s*:")
_LABEL = re.compile(r"Nơi nhận\s*:")
_BASIS = re.compile(r"(?:Căn cứ|(?:Theo|Xét) (?:đề nghị|Tờ trình))\s")
_ANNEX = re.compile(r"Phụ lục(?:\s+[IVXLC]+)?$")
_REFERENCE = re.compile(r"\(Kèm theo\s")
_KINDS = (
    ("phan_chuong", re.compile(r"(?:Phần|Chương)\s+[IVXLC]+$")),
    ("muc_tieu_muc", re.compile(r"(?:Mục|Tiểu mục)\s+\d+$")),
    ("dieu", re.compile(r"Điều\s+\d+\.")),
    ("muc_la_ma", re.compile(r"[IVXLC]+\.\s")),
    ("khoan", re.compile(r"\d+\.\s")),
    ("diem", re.compile(r"[a-zđ]\)\s")),
)
_SENTENCE = re.compile(r"[.;:,/]$")
_TITLE = 400  # letters in a line of a title


@dataclass(frozen=True, slots=True)
class Part:
    """A line with the component it is, and the cell of the decree's scheme in which it stands."""

    component: str
    line: Line
    at: str
    index: int


def recognise(lines: Sequence[Line]) -> list[Part]:
    """The lines that are components, in their order; cells of tables with borders are none."""
    words = rules()["components"]["quoc_hieu"]["text"]
    motto = next((line for line in lines if bare(line.text) == bare(words)), None)
    head = motto.cell[0] if motto and motto.cell else None
    feet = [line.cell[0] for line in lines if _LABEL.match(line.text) and line.cell]
    state, captions = _State(), _captions(lines)
    out: list[Part] = []
    for index, line in enumerate(lines):
        if index in captions:
            continue
        if not line.text and not line.counts_pages:
            state.pass_empty(line)
            continue
        for name, at in state.name(line, head, feet):
            out.append(Part(name, line, at, index))
    return _copies_left_out(_parents(out))


def _captions(lines: Sequence[Line]) -> set[int]:
    """Title, unit and note of a table or picture, not set as running text. The decree says nothing of them."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if line.boxed or line.drawn:
            if index + 1 < len(lines) and _is_caption(lines[index + 1]):
                found.add(index + 1)
            at = index - 1
            while at >= 0 and _is_caption(lines[at]):
                found.add(at)
                at -= 1
    return found


def _is_caption(line: Line) -> bool:
    if line.boxed or line.cell or line.where != "body" or not line.text:
        return False
    if _REFERENCE.match(line.text) or _ANNEX.match(line.text):
        return False
    return line.italic is True or (line.align in {"center", "right"} and not _is_upper(line.text))


class _State:
    """How far the reading of a paper has come."""

    def __init__(self) -> None:
        self._stage = "head"
        self._open = ""  # what the next line without a mark of its own goes on with

    def name(self, line: Line, head: int | None, feet: list[int]) -> Iterator[tuple[str, str]]:
        if line.where != "body":
            yield from _edge(line)
        elif line.boxed:
            self._open = ""
        elif line.cell and line.cell[0] in feet:
            self._stage = "foot"
            yield self._foot(line)
        elif line.cell:
            found = _head(line)
            if found and (line.cell[0] == head or found != "co_quan_ban_hanh"):
                yield found, _side("head", line)
        elif found := self._page(line):
            yield found, "annex" if self._stage == "annex" and found.startswith("phu_luc") else "page"

    def _foot(self, line: Line) -> tuple[str, str]:
        at = _side("foot", line)
        if at == "foot.left":
            if _LABEL.match(line.text):
                return "noi_nhan_label", at
            return ("noi_nhan_list" if line.text.startswith("-") else "ky_hieu_nguoi_soan"), at
        return ("quyen_han_chuc_vu" if _is_upper(line.text) else "ho_ten"), at

    def _page(self, line: Line) -> str | None:
        text = line.text
        if self._stage in {"foot", "annex"} and _ANNEX.match(text):
            self._stage, self._open = "annex", "phu_luc.title"
            return "phu_luc"
        if self._stage == "annex" and _REFERENCE.match(text):
            self._open = ""
            return "phu_luc.reference_line"
        if self._open in {"phu_luc.title", "phu_luc.more"}:
            if self._open == "phu_luc.title" or _is_upper(text):
                self._open = "phu_luc.more"
                return "phu_luc.title"
            self._open = ""
        if self._stage == "head":
            return self._top(text)
        return self._body(text) if self._stage in {"body", "annex"} else None

    def _top(self, text: str) -> str | None:
        if bare(text) in _kinds_of_papers():
            self._open = "trich_yeu"
            return "ten_loai"
        if self._open == "trich_yeu" and len(text) < _TITLE and not _ADDRESSED.match(text):
            return self._open
        if _ADDRESSED.match(text):
            self._open = "kinh_gui"
            return self._open
        if self._open == "kinh_gui" and text.startswith("-"):
            return self._open
        if _BASIS.match(text):
            self._open = "can_cu"
            return self._open
        self._stage, self._open = "body", ""
        return self._body(text)

    def _body(self, text: str) -> str:
        if self._open.endswith(".title"):
            opened, self._open = self._open, ""
            return opened
        for name, pattern in _KINDS:
            if pattern.match(text):
                self._open = f"{name}.title" if name in {"phan_chuong", "muc_tieu_muc"} else ""
                if name == "khoan" and not _SENTENCE.search(text):
                    return "khoan.title"
                if name == "dieu" and _SENTENCE.search(text[text.index(".") + 1 :]):
                    return "noi_dung"
                return name
        return "noi_dung"

    def pass_empty(self, line: Line) -> None:
        """A rule ends the title above it."""
        if self._open == "trich_yeu" and line.frame:
            self._open = ""


def _edge(line: Line) -> Iterator[tuple[str, str]]:
    if line.counts_pages:
        yield "page_number", line.where
    elif line.where == "first_footer":
        yield "dia_chi", line.where


def _head(line: Line) -> str | None:
    text, components = line.text, rules()["components"]
    for name in ("quoc_hieu", "tieu_ngu"):
        if bare(text) == bare(components[name]["text"]):
            return name
    if _NUMBER.match(text):
        return "so_ky_hieu"
    if _DATE.match(text):
        return "dia_danh_thoi_gian"
    if _LETTER.match(text):
        return "trich_yeu_cong_van"
    if text in components["do_khan"]["boxes_mm"]:
        return "do_khan"
    if text in components["pham_vi_luu_hanh"]["values"]:
        return "pham_vi_luu_hanh"
    if bare(text).startswith(bare(rules()["texts"]["draft"])):
        return "du_thao"
    if text in rules()["copies"]["hinh_thuc_sao"]["values"]:
        return "hinh_thuc_sao"
    return "co_quan_ban_hanh" if line.cell and line.cell[1:3] == (0, 0) else None


def _parents(parts: list[Part]) -> list[Part]:
    """Of the names above the number the last body issues; what stands before it is the body above (II.2)."""
    own = [part for part in parts if part.component == "co_quan_ban_hanh"]
    starts = [part.index for part in own if begins_body(part.line.text)]
    if not starts:
        return parts
    above = {part.index for part in own if part.index < starts[-1]}
    return [
        Part("co_quan_chu_quan", part.line, part.at, part.index) if part.index in above else part
        for part in parts
    ]


def _copies_left_out(parts: list[Part]) -> list[Part]:
    """Nothing that belongs to the block of a copy below the paper."""
    forms = [part.line.cell[0] for part in parts if part.component == "hinh_thuc_sao" and part.line.cell]
    last = min(forms, default=None)
    if last is None:
        return parts
    return [
        part
        for part in parts
        if part.component == "hinh_thuc_sao" or not part.line.cell or part.line.cell[0] < last
    ]


def _side(name: str, line: Line) -> str:
    assert line.cell is not None
    _, _, column, columns = line.cell
    return f"{name}.{'left' if column == 0 and columns > 1 else 'right'}"


def _is_upper(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return bool(letters) and all(char.isupper() for char in letters)


def _kinds_of_papers() -> set[str]:
    return {bare(kind) for kind in rules()["type_abbreviations"]["papers"]}
