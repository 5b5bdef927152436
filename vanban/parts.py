"""The parts of a paper (Decree 30/2020, annex I): head, kind and title, preamble, body, closing, appendices.

A file may hold several papers: a decision and the plan it puts into force. Each is cut out by its kind line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from vanban import columns, markers
from vanban.document import Document, Paragraph, Table, Words
from vanban.folding import LOWER, UPPER
from vanban.linebreaks import HANGING

_KINDS = (
    "KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|CHIẾN LƯỢC|NGHỊ QUYẾT|CHỈ THỊ|BÁO CÁO|TỜ TRÌNH"
    "|THÔNG BÁO|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|QUY HOẠCH|CÔNG ĐIỆN|KẾT LUẬN|DỰ ÁN"
)
PLANS = frozenset({"KẾ HOẠCH", "CHƯƠNG TRÌNH", "ĐỀ ÁN", "PHƯƠNG ÁN", "CHIẾN LƯỢC"})
# a kind with a number behind it names a paper: the heading of a web page, a mention
_NUMBERED = r"(?!\s+(?:SỐ\s*:?\s*)?\d+\s*/)"
_KIND = re.compile(rf"(?:DỰ THẢO\s+)?(?P<kind>{_KINDS})\b{_NUMBERED}(?P<rest>[^{LOWER}]*)\s*:?$")
_SMALL_KIND = re.compile(rf"(?P<kind>{_KINDS})(?!\s+số\b){_NUMBERED}(?P<rest>[^.;:]*)$", re.IGNORECASE)
_CLOSING = re.compile(rf"(?:Nơi nhận|NƠI NHẬN)\s*:?|(?:TM|KT|TL|TUQ|Q)\s?\.\s*[{UPPER}]{{2}}")
_APPENDIX = re.compile(
    r"(?:(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU MẪU)\b(?!\s+(?:kèm|ban hành|này|đính))"
    rf"|(?:DANH MỤC|BẢNG|BIỂU)\s[^{LOWER}]*$)"
)
_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_ABOUT = re.compile(r"V/v\b", re.IGNORECASE)
_BRACKET = re.compile(r"\((?:Ban hành|Kèm|Đính|Phê duyệt|Theo|Để|Trích|Thực hiện|ban hành|kèm)")
_PREAMBLE = re.compile(
    r"(?:Căn cứ|Thực hiện|Triển khai|Xét|Theo|Trên cơ sở|Để|Nhằm|Thi hành|Tiếp tục|Chấp hành|Sau khi|Ngày)\s",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|GIÁM ĐỐC|HỘI ĐỒNG|TỔNG CỤC|CỤC TRƯỞNG)"
)
_CUT = re.compile(
    r"^Số\s*:?$|^[^,\d]{2,40},\s*ngày(?:\s+\d+(?:\s+tháng(?:\s+\d+(?:\s+năm)?)?)?)?$|^Nơi$", re.IGNORECASE
)
_DIVISION = re.compile(r"(?:Phần|Chương|Mục|Tiểu mục)\s+(?:[IVXLC]+|\d+)$", re.IGNORECASE)
_HEAD_LINE = re.compile(r"Số\s*:|[^,\d]{2,40},\s*ngày\b")
_ENDED = re.compile(r"[.;:,]\s*$")


@dataclass(slots=True)
class Paper:
    """One paper of a file. `head` stands above the kind, `note` is the bracket "(Kèm theo …)" below."""

    kind: Words = field(default_factory=lambda: Words(""))
    head: list[Words] = field(default_factory=list)
    title: Words = field(default_factory=lambda: Words(""))
    note: Words = field(default_factory=lambda: Words(""))
    preamble: list[Words] = field(default_factory=list)
    first: int = 0
    last: int = 0
    closing: list[Words] = field(default_factory=list)

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan by its kind, and not what puts one into force."""
        return any(self.kind.text.upper().startswith(kind) for kind in PLANS)


def block(words: Words) -> int:
    """The block in which words begin."""
    return words.places[0].block


def lines(document: Document) -> list[Words]:
    """The lines of the paper: paragraphs, and cells of layout tables (head, closing), column by column."""
    out: list[Words] = []
    for i, found in enumerate(document.blocks):
        if isinstance(found, Paragraph):
            out += columns.apart(document.words(i))
        elif is_layout(found):
            for x in range(len(found.rows[0])):
                for y in range(len(found.rows)):
                    out += _cell_lines(document.words(i, y, x))
    return _mended([words for words in out if words])


def _mended(found: list[Words]) -> list[Words]:
    """The lines with those put together that the width of a column cut: "Huế, ngày / 2 tháng 3 năm 2026"."""
    out: list[Words] = []
    for words in found:
        if out and _CUT.search(out[-1].text):
            out[-1] = Words.join([out[-1], words])
        else:
            out.append(words)
    return out


def is_layout(table: Table) -> bool:
    """Whether a table only puts words side by side: two columns, three in a few rows, or the head of a paper."""
    if not table.rows or len(table.rows[0]) > 3:
        return False
    return len(table.rows[0]) < 3 or len(table.rows) < 3 or any(_STATE in cell.text for cell in table.rows[0])


def _cell_lines(words: Words) -> list[Words]:
    out, start = [], 0
    for part in words.text.split("\n"):
        out.append(words.cut(start, start + len(part)))
        start += len(part) + 1
    return out


def papers(document: Document) -> list[Paper]:
    """The papers of a file in order; one without kind where no kind line is found."""
    found = lines(document)
    starts = _starts(document, found)
    out, head_from = [], 0
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(found)
        end_block = block(found[end]) if end < len(found) else len(document.blocks)
        paper = _paper(document, found[start:end], end_block)
        paper.head = found[head_from:start]
        out.append(paper)
        head_from = start + len(_upto_closing(found, start, end))
    return out or [_without_kind(document, found)]


def _upto_closing(found: list[Words], start: int, end: int) -> list[Words]:
    """The lines up to the last of the closing: what is below belongs to the head of the next paper."""
    last = max((i for i in range(start, end) if _CLOSING.match(found[i].text)), default=start)
    return found[start : last + 1]


def main(document: Document) -> Paper:
    """The plan of the file: the longest paper that is a plan by its kind, else the longest paper."""
    found = papers(document)
    return max(found, key=lambda paper: (paper.is_plan, paper.last - paper.first))


def _starts(document: Document, found: list[Words]) -> list[int]:
    """Indexes of the kind lines; one repeated before the body has begun is the same paper."""
    out: list[int] = []
    begun = True
    for i, words in enumerate(found):
        if begun and _kind(words) and not _in_appendix(found, i) and not _titles_division(found, i):
            out.append(i)
            begun = False
        elif out and (is_section(document, words) or _CLOSING.match(words.text)):
            begun = True
    return out or _small_kind(found)


def _small_kind(found: list[Words]) -> list[int]:
    """The index of a kind line in small letters: of a head, so above the closing; a letter ("V/v …") has none."""
    head = list(takewhile(lambda words: not _ends_body(words), found[:25]))
    if any(_ABOUT.match(words.text) for words in head):
        return []
    small = (i for i, words in enumerate(head) if _SMALL_KIND.match(words.text) and len(words.text) < 250)
    return list(small)[:1]


def _in_appendix(found: list[Words], i: int) -> bool:
    """Whether the lines just above are the head of an appendix, whose title may begin like a kind."""
    return any(_APPENDIX.match(words.text) and len(words.text) < 60 for words in found[max(0, i - 2) : i])


def _titles_division(found: list[Words], i: int) -> bool:
    """Whether the line above is "Chương I" or the like, whose title may read like a kind ("QUY ĐỊNH CHUNG")."""
    return i > 0 and bool(_DIVISION.match(found[i - 1].text))


def _kind(words: Words) -> re.Match[str] | None:
    return _KIND.match(words.text) if len(words.text) < 400 else None


def _any_kind(words: Words) -> re.Match[str] | None:
    """A kind line in capitals, or one in small letters where the paper has no other."""
    return _kind(words) or _SMALL_KIND.match(words.text)


def is_section(document: Document, words: Words) -> bool:
    """Whether a line is the heading of a section ("I.", "1.", "Điều 1.", an unnumbered one in capitals)."""
    paragraph = document.blocks[block(words)]
    if not isinstance(paragraph, Paragraph):
        return False
    marker = markers.of_number(paragraph.number) if paragraph.number else markers.find(words.text)
    return marker is not None and marker.kind in markers.HEADINGS | markers.NUMBERS


def _paper(document: Document, found: list[Words], end_block: int) -> Paper:
    paper = Paper()
    i = _read_title(paper, document, found)
    while i < len(found) and not is_section(document, found[i]) and not _ends_body(found[i]):
        before = paper.preamble[-1:]
        if before and (HANGING.search(before[0].text) or _goes_on(found[i].text)):
            paper.preamble[-1] = Words.join([before[0], found[i]])
        else:
            paper.preamble.append(found[i])
        i += 1
    paper.first = paper.last = block(found[i]) if i < len(found) else end_block
    if paper.preamble and (i == len(found) or _ends_body(found[i])):  # a paper without sections
        paper.first = block(paper.preamble[0])
    closing = [k for k in range(i, len(found)) if _ends_body(found[k])]
    paper.last = block(found[closing[0]]) if closing else end_block
    if closing:
        appendix = [k for k in range(closing[0], len(found)) if _APPENDIX.match(found[k].text)]
        paper.closing = found[closing[0] : appendix[0] if appendix else len(found)]
    return paper


def _goes_on(text: str) -> bool:
    """Whether a line goes on with the one before: it begins small, and is no line of the head ("tỉnh A, ngày …")."""
    return text[0].islower() and not _HEAD_LINE.match(text)


def _ends_body(words: Words) -> bool:
    if _CLOSING.match(words.text):
        return True
    return bool(_APPENDIX.match(words.text)) and len(words.text) < 250 and not _ENDED.search(words.text)


def _read_title(paper: Paper, document: Document, found: list[Words]) -> int:
    """Set kind, title and note; returns the index of the first line of the preamble."""
    match = _any_kind(found[0]) if found else None
    if match is None:
        return 0
    split = match.end("kind") if len(match["rest"].split()) > 3 else match.end("rest")
    paper.kind = found[0].cut(match.start("kind"), split)
    title = [found[0].cut(split)] if len(match["rest"].split()) > 3 else []
    i = 1
    while i < len(found) and i < 12 and _is_title(document, title, found[i]):
        title.append(found[i])
        i += 1
    paper.title = Words.join(title)
    note: list[Words] = []
    while i < len(found) and (_BRACKET.match(found[i].text) or (note and not note[-1].text.endswith(")"))):
        note.append(found[i])
        i += 1
    paper.note = Words.join(note)
    return i


def _is_title(document: Document, title: list[Words], words: Words) -> bool:
    text = words.text
    if text.startswith(("(", "Kính gửi")) or is_section(document, words) or _ends_body(words):
        return False
    caps = text.isupper()
    if caps and title and _AUTHOR.match(text) and not HANGING.search(title[-1].text):
        return False
    if not title:
        return not _ENDED.search(text) or len(text) < 100
    if text[0].islower() or (caps and title[-1].text.isupper()):
        return True
    if _PREAMBLE.match(text) and (len(text) > 120 or _ENDED.search(text) or title[-1].text.isupper()):
        return False
    return not _ENDED.search(text) and len(text) < 120 and text.split()[0] not in {"Căn", "Số", "Số:"}


def _without_kind(document: Document, found: list[Words]) -> Paper:
    """A paper that lost its kind and title: its head ends with the line of its number or its date."""
    paper = _paper(document, found, len(document.blocks)) if found else Paper()
    of_head = (n for n, words in enumerate(paper.preamble) if _HEAD_LINE.match(words.text))
    end = max(of_head, default=len(paper.preamble) - 1) + 1
    paper.head, paper.preamble = paper.preamble[:end], paper.preamble[end:]
    return paper
