"""Papers that amend another one: "Sửa đổi mục 3 phần II thành: …", "Bổ sung nhiệm vụ số 25 vào Phụ lục", "Bãi bỏ …".

Grammar of one instruction: [Điều n. / n. / a)] [Tại …:] verb, what it is about (levels with their numbers, inner
first: "điểm a khoản 2 Mục II", "các nhiệm vụ số 5, 6 tại Phụ lục 1", or a field of it), then the new words behind
"thành", "như sau" or a colon, quoted or not, as far as the next instruction. What it is about may stand first
("Khoản 2 Mục III được sửa đổi như sau"), or in the line that leads in ("Sửa đổi một số nội dung tại Mục II:").
Rows of a table are the new words where an instruction has none of its own; a table of old beside new words has an
instruction in each row. Only what an instruction names is given; `applying` carries it out on a reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from vanban import bases, besides, markers, outline, parts, tasks
from vanban.applying import changes
from vanban.document import Document, Words
from vanban.outline import Section
from vanban.referring import FIELD, Path, field_of, paths

__all__ = ["Amendment", "amended", "changes", "is_amendment", "read"]

_VERBS = (
    ("drop", r"(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|lược\s+bỏ|bỏ|loại\s+bỏ)"),
    (
        "words",
        r"(?:thay(?:\s+thế)?\s+(?:các\s+)?(?:cụm\s+từ|từ|chữ|tên)|(?:bỏ|bãi\s+bỏ)\s+(?:các\s+)?(?:cụm\s+từ|từ|chữ)(?=\s*[“\"]))",
    ),
    (
        "replace",
        r"(?:sửa\s+đổi(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?|điều\s+chỉnh(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?|thay(?:\s+thế)?|đính\s+chính|sửa)",
    ),
    ("add", r"(?:bổ\s+sung|thêm)"),
)
_ORDER = ("words", "drop", "replace", "add")
_BY_NAME = dict(_VERBS)
_ANY_VERB = "|".join(rf"(?P<{name}>{_BY_NAME[name]})" for name in _ORDER)
_LED = r"(?:(?:Tại|Ở)\s+[^:;“\"]{3,160}?[,:]\s*(?:như\s+sau\s*:\s*)?)?"
_INSTRUCTION = re.compile(rf"^{_LED}(?:{_ANY_VERB})\b", re.IGNORECASE)
_OBJECT = r"(?:Điểm|Khoản|Mục|Tiểu\s+mục|Tiết|Phần|Chương|Phụ\s+lục|Nhiệm\s+vụ|Chỉ\s+tiêu|Nội\s+dung|Gạch\s+đầu\s+dòng)"
_PASSIVE = re.compile(rf"^{_OBJECT}\b[^:“\"]{{0,200}}?\b(?:được\s+)?(?:{_ANY_VERB})\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:thành|như\s+sau|bằng|sang)\b\s*:?\s*|:\s*", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\btừ\s+(?P<old>[“\"].+?[”\"]|.+?)\s+(?:thành|sang|đến\s+hết|lên)\s+(?P<new>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"[“\"](?P<words>[^”\"]+)[”\"]")
_HEADLINE = re.compile(
    r"\b(?:một\s+số|các|những)\s+(?:nội\s+dung|điều|điểm|khoản|nhiệm\s+vụ|chỉ\s+tiêu|mục)\b", re.IGNORECASE
)
_PLACE_LINE = re.compile(rf"^(?:Tại\s+|Đối\s+với\s+|Về\s+)?{_OBJECT}\b[^“\"]{{0,160}}:\s*$", re.IGNORECASE)
_BY_TABLE = re.compile(r"phụ\s+lục|danh\s+mục|bảng|biểu|nhiệm\s+vụ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """One instruction. `refers` names the place in the amended paper, inner level first: (("task", "7"), …).

    action: replace, add, drop, or words (one wording for another throughout); `field`: of a task, where only
    that changes; `old`, `new`: words as printed, without quotation marks; `sentence`: the instruction itself.
    `more` are further places that it names, `parts` the paragraphs of the new words with their markers, `rows`
    the tasks of the table that stands for new words.
    """

    action: str
    refers: Path
    field: str | None
    old: Words | None
    new: Words | None
    sentence: Words
    more: tuple[Path, ...] = ()
    parts: tuple[tuple[str | None, Words], ...] = ()
    rows: tuple[dict[str, Any], ...] = ()

    @property
    def places(self) -> tuple[Path, ...]:
        """All places that it names."""
        return (self.refers, *self.more)

    def as_json(self) -> dict[str, Any]:
        """Plain values, with the places of the instruction and of the new words."""
        return {
            "action": self.action,
            "refers": [list(level) for level in self.refers],
            "more": [[list(level) for level in path] for path in self.more],
            "field": self.field,
            "old": self.old.text if self.old else None,
            "new": self.new.text if self.new else None,
            "rows": list(self.rows),
            "places": [place.as_json() for place in self.sentence.places],
            "new_places": [place.as_json() for place in self.new.places] if self.new else [],
        }


@dataclass(slots=True)
class _Found:
    action: str
    head: Words
    within: Path = ()
    passive: bool = False
    announces: bool = False
    rest: list[tuple[str | None, Words]] = field(default_factory=list)


def is_amendment(document: Document) -> bool:
    """Whether the title of a paper says that it amends another one."""
    title = parts.main(document).title.text
    return bool(re.search(r"\b(?:sửa\s+đổi|điều\s+chỉnh|bổ\s+sung|đính\s+chính)\b", title, re.IGNORECASE))


def amended(document: Document) -> str | None:
    """The number of the paper that is amended: the first that the title or an instruction names."""
    paper = parts.main(document)
    body = [line.words.text for line in outline.read(document, paper.first, paper.last).everything()]
    for text in (paper.title.text, paper.note.text, *body):
        if number := bases.NUMBER.search(text):
            return bases.unspaced(number.group())
    return None


def read(document: Document) -> list[Amendment]:
    """The instructions of an amending paper, in order; those of tables of old and new words behind the others."""
    paper = parts.main(document)
    root = outline.read(document, paper.first, paper.last)
    said = list(_instructions(root))
    found = _with_rows([_amendment(one) for one in said], tasks.of_appendix(document))
    kept = [one for one, source in zip(found, said, strict=True) if one.rows or not source.announces]
    return [*kept, *_beside(document)]


def _instructions(root: Section) -> Iterator[_Found]:
    """Lines that begin with a verb of amending, each with the lines behind it that are its new words."""
    now: _Found | None = None
    within: Path = ()
    led_by: str | None = None  # the kind of marker of the line that leads in: the next of its kind ends it
    quoted = False
    for line in root.everything():
        text = line.words.text
        match = None if quoted else _INSTRUCTION.match(text) or _PASSIVE.match(text)
        article = not quoted and bool(line.marker and line.marker.startswith("Điều"))
        leads_in = not quoted and (_leads_in(text) if match else bool(_PLACE_LINE.match(text)))
        if match or article or leads_in:
            if now and not (now.announces and (match or leads_in)):
                yield now
            now = None
            within = () if article or _kind(line.marker) == led_by else within
        if leads_in:
            within, led_by = next(iter(paths(text)), ()), _kind(line.marker)
            now = _Found(str(match.lastgroup), line.words, announces=True) if match else None
        elif match:
            passive = not _INSTRUCTION.match(text)
            now = _Found(str(match.lastgroup), line.words, within, passive)
            quoted = _is_open(text)
        elif now and not article:
            now.rest.append((line.marker, line.words))
            quoted = _is_open(" ".join([now.head.text, *(words.text for _, words in now.rest)]))
    if now:
        yield now


def _kind(marker: str | None) -> str | None:
    found = markers.find(f"{marker} Aa") if marker else None
    return found.kind if found else None


def _leads_in(text: str) -> bool:
    """Whether a line only announces the instructions under it."""
    return (
        bool(_HEADLINE.search(text))
        and text.rstrip().endswith((":", "sau", "sau:"))
        and not _QUOTED.search(text)
    )


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”")


def _amendment(found: _Found) -> Amendment:
    head, action = found.head, found.action
    if action == "words":
        return _wording(head, found.within)
    change = _FROM_TO.search(head.text) if action == "replace" else None
    led = re.match(_LED, head.text, re.IGNORECASE)
    after = led.end() if led and led.end() and not found.passive else 0
    new = None if change else _NEW.search(head.text, after)
    about = head.text[: change.start() if change else new.start() if new else len(head.text)]
    named = list(paths(about)) or [()]
    refers, *more = [_completed(path, found.within) for path in named]
    old = _bare(head.cut(change.start("old"), change.end("old"))) if change else None
    begin = change.start("new") if change else new.end() if new else len(head.text)
    pieces = [(None, head.cut(begin)), *found.rest] if action != "drop" else []
    pieces = [(marker, words) for marker, words in pieces if words]
    words = _bare(Words.join([words for _, words in pieces]))
    lines = tuple(_marked(marker, piece) for marker, one in pieces if (piece := _bare(one)))
    return Amendment(action, refers, field_of(about), old, words or None, head, tuple(more), lines)


def _marked(marker: str | None, words: Words) -> tuple[str | None, Words]:
    """A paragraph with its marker apart, also where it stands within the quotation marks."""
    found = None if marker else markers.find(words.text)
    return (found.text, words.cut(found.length)) if found else (marker, words)


def _completed(path: Path, within: Path) -> Path:
    """A path with the outer levels of the line that leads in, where it does not name them itself."""
    own = {level for level, _ in path}
    return (*path, *(step for step in within if step[0] not in own))


def _wording(head: Words, within: Path) -> Amendment:
    """One wording for another: "Thay cụm từ “A” bằng cụm từ “B” tại …"; to leave one out is to put nothing for it."""
    quoted = [head.cut(*match.span("words")) for match in _QUOTED.finditer(head.text)]
    old, new = (*quoted, None, None)[:2]
    clean = _QUOTED.sub(" ", head.text)
    refers, *more = [_completed(path, within) for path in list(paths(clean)) or [()]]
    return Amendment("words", refers, None, old, new, head, tuple(more))


def _bare(words: Words) -> Words:
    """Words without the quotation marks around them and the full stop behind."""
    text = words.text
    start = len(text) - len(text.lstrip(' “"\n'))
    end = len(text.rstrip(' ”".;\n'))
    return words.cut(start, max(start, end))


def _with_rows(found: list[Amendment], rows: list[dict[str, Any]]) -> list[Amendment]:
    """Give the rows of a table of tasks to the instructions that speak of them and have no words of their own."""
    out, taken = [], False
    for one in found:
        whole = one.action in {"replace", "add"} and (one.new is None or _is_pointer(one.new.text))
        if rows and whole and not taken and _BY_TABLE.search(one.sentence.text):
            out.append(replace(one, rows=tuple(rows), new=None, parts=()))
            taken = True
        else:
            out.append(one)
    return out


def _is_pointer(text: str) -> bool:
    """Whether new words only say where they stand: "Phụ lục II ban hành kèm theo Quyết định này"."""
    return (
        len(text) < 200
        and bool(
            re.search(r"\b(?:kèm\s+theo|đính\s+kèm|phụ\s+lục|biểu|bảng|danh\s+mục)\b", text, re.IGNORECASE)
        )
        and not FIELD.search(text)
    )


def _beside(document: Document) -> Iterator[Amendment]:
    for place, old, new in besides.rows(document):
        action = "add" if not old else "drop" if not new else "replace"
        named = list(paths(place.text)) if place else []
        refers, *more = named or [()]
        lines = ((None, new),) if new else ()
        yield Amendment(
            action, refers, field_of(place.text), old or None, new or None, new or old, tuple(more), lines
        )
