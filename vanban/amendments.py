"""Papers that amend another one: "Sửa đổi mục 3 phần II thành: …", "Bổ sung nhiệm vụ số 25 vào Phụ lục", "Bãi bỏ …".

Grammar of one instruction: [Điều n. / n. / a)] verb, what it is about (levels with their numbers, inner first:
"điểm a khoản 2 Mục II", "nhiệm vụ số 7 tại Phụ lục 1", or a field of it), then the new words behind "thành",
"như sau" or a colon, quoted or not, as far as the next instruction. Only what an instruction names is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vanban import bases, outline, parts, tasks
from vanban.difference import Change, Item, Pair, compare
from vanban.document import Document, Words
from vanban.folding import folded
from vanban.outline import Line, Section

_VERBS = (
    ("drop", r"(?:bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|bỏ|lược\s+bỏ)"),
    ("words", r"(?:thay(?:\s+thế)?\s+(?:các\s+)?(?:cụm\s+từ|từ))"),
    ("replace", r"(?:sửa\s+đổi(?:\s*,?\s*(?:và\s+)?bổ\s+sung)?|điều\s+chỉnh|thay(?:\s+thế)?|đính\s+chính)"),
    ("add", r"(?:bổ\s+sung|thêm)"),
)
_LEVELS = (
    ("appendix", r"phụ\s+lục|phụ\s+biểu"),
    ("task", r"nhiệm\s+vụ|dòng|số\s+thứ\s+tự|stt"),
    ("target", r"chỉ\s+tiêu|mục\s+tiêu"),
    ("part", r"phần"),
    ("chapter", r"chương"),
    ("article", r"điều"),
    ("section", r"mục|tiểu\s+mục"),
    ("clause", r"khoản"),
    ("point", r"điểm|tiết|ý|gạch\s+đầu\s+dòng"),
)
_FIELDS = (
    ("lead", r"(?:cơ\s+quan|đơn\s+vị)\s+chủ\s+trì"),
    ("coordinate", r"(?:cơ\s+quan|đơn\s+vị)\s+phối\s+hợp"),
    ("timeframe", r"(?:thời\s+gian|thời\s+hạn|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành))?"),
    ("output", r"(?:sản\s+phẩm|kết\s+quả)(?:\s+đầu\s+ra)?"),
    ("funding", r"(?:nguồn\s+)?kinh\s+phí"),
    ("text", r"(?:tên|nội\s+dung)\s+nhiệm\s+vụ"),
)
_NUMBER = r"(?:thứ\s+)?(?P<number>(?-i:[IVXLC]+|[a-zđ])(?!\w)|\d+(?:\.\d+)*(?!\w))"
_REFER = re.compile(
    "|".join(
        rf"(?P<{name}>\b(?:{words})(?:\s+số)?\s+{_NUMBER.replace('number', f'{name}_no')}|\b(?:{words})\b)"
        for name, words in _LEVELS
    ),
    re.IGNORECASE,
)
_FIELD = re.compile("|".join(rf"(?P<{name}>\b{words}\b)" for name, words in _FIELDS), re.IGNORECASE)
_LABELLED = re.compile(rf"(?:{'|'.join(words for _, words in _FIELDS)})\s*:", re.IGNORECASE)
_INSTRUCTION = re.compile(
    "|".join(rf"(?P<{name}>^{verb}\b)" for name, verb in _VERBS),
    re.IGNORECASE,
)
_NEW = re.compile(r"\b(?:thành|như\s+sau|bằng|sang)\b\s*:?\s*|:\s*", re.IGNORECASE)
_FROM_TO = re.compile(
    r"\btừ\s+(?P<old>[“\"].+?[”\"]|.+?)\s+(?:thành|sang)\s+(?P<new>.+)$", re.IGNORECASE | re.DOTALL
)
_QUOTED = re.compile(r"[“\"](?P<words>[^”\"]+)[”\"]")
_HEADLINE = re.compile(r"\b(?:một\s+số\s+nội\s+dung|các\s+nội\s+dung|một\s+số\s+điều)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """One instruction. `refers` names the place in the amended paper, inner level first: (("task", "7"), …).

    action: replace, add, drop, or words (one wording for another throughout); `field`: of a task, where only
    that changes; `old`, `new`: words as printed, without quotation marks; `sentence`: the instruction itself.
    """

    action: str
    refers: tuple[tuple[str, str | None], ...]
    field: str | None
    old: Words | None
    new: Words | None
    sentence: Words

    def as_json(self) -> dict[str, Any]:
        """Plain values, with the places of the instruction and of the new words."""
        return {
            "action": self.action,
            "refers": [list(level) for level in self.refers],
            "field": self.field,
            "old": self.old.text if self.old else None,
            "new": self.new.text if self.new else None,
            "places": [place.as_json() for place in self.sentence.places],
            "new_places": [place.as_json() for place in self.new.places] if self.new else [],
        }


@dataclass(slots=True)
class _Found:
    action: str
    head: Words
    rest: list[Words] = field(default_factory=list)


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
    """The instructions of an amending paper, in order."""
    paper = parts.main(document)
    root = outline.read(document, paper.first, paper.last)
    return [_amendment(found) for found in _instructions(root)]


def changes(amendments: list[Amendment], reading: Item) -> list[Change]:
    """What the instructions change in the reading of the amended paper, by task of its appendix.

    An instruction whose item is not found there gives a change with neither side matched: `old` is None, and
    `new` holds its words as {"text", "refers"}.
    """
    return [change for amendment in amendments for change in _change(amendment, reading)]


def _instructions(root: Section) -> Iterator[_Found]:
    """Lines that begin with a verb of amending, each with the lines behind it that are its new words."""
    now: _Found | None = None
    quoted = False
    for line in root.everything():
        match = None if quoted else _INSTRUCTION.match(line.words.text)
        if match and not (_HEADLINE.search(line.words.text) and line.words.text.rstrip().endswith(":")):
            if now:
                yield now
            now = _Found(str(match.lastgroup), line.words)
            quoted = _is_open(line.words.text)
        elif match or (not quoted and line.marker and line.marker.startswith("Điều")):
            if now:
                yield now
            now = None
        elif now:
            now.rest.append(line.words)
            quoted = _is_open(" ".join([now.head.text, *(words.text for words in now.rest)]))
    if now:
        yield now


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”")


def _amendment(found: _Found) -> Amendment:
    head = found.head
    action = found.action
    if action == "words":
        return _wording(head)
    change = _FROM_TO.search(head.text) if action == "replace" else None
    new = None if change else _NEW.search(head.text)
    about = head.text[: change.start() if change else new.start() if new else len(head.text)]
    named = _FIELD.search(about)
    refers = tuple(_refers(about))
    old = _bare(head.cut(change.start("old"), change.end("old"))) if change else None
    begin = change.start("new") if change else new.end() if new else len(head.text)
    words = _bare(Words.join([head.cut(begin), *found.rest])) if action != "drop" else None
    return Amendment(action, refers, named.lastgroup if named else None, old, words or None, head)


def _wording(head: Words) -> Amendment:
    """One wording for another: "Thay cụm từ “A” bằng cụm từ “B” tại …"."""
    quoted = [head.cut(*match.span("words")) for match in _QUOTED.finditer(head.text)]
    old, new = (*quoted, None, None)[:2]
    clean = _QUOTED.sub(" ", head.text)
    return Amendment("words", tuple(_refers(clean)), None, old, new, head)


def _refers(about: str) -> Iterator[tuple[str, str | None]]:
    for match in _REFER.finditer(_FIELD.sub(" ", about)):
        level = next(name for name, _ in _LEVELS if match[name])
        if match[f"{level}_no"] or level == "appendix":
            yield level, match[f"{level}_no"]


def _bare(words: Words) -> Words:
    """Words without the quotation marks around them and the full stop behind."""
    text = words.text
    start = len(text) - len(text.lstrip(' “"\n'))
    end = len(text.rstrip(' ”".;\n'))
    return words.cut(start, max(start, end))


def _change(amendment: Amendment, reading: Item) -> Iterator[Change]:
    if amendment.action == "words" and amendment.old and amendment.new:
        yield from compare(reading, _reworded(reading, amendment.old.text, amendment.new.text))
        return
    number = dict(amendment.refers).get("task")
    task = _task(reading, amendment, number) if number else None
    if amendment.action == "drop" and task:
        yield Pair("tasks", task, None)
    elif amendment.action == "replace" and task and amendment.new:
        after = _with(task, amendment)
        yield from (c for c in compare({"tasks": [task]}, {"tasks": [after]}) if c.section == "tasks")
    elif amendment.action == "add" and number and amendment.new:
        yield Pair("tasks", None, _read_task(amendment.new) | {"no": number})
    else:
        text = amendment.new.text if amendment.new else amendment.sentence.text
        refers = [list(level) for level in amendment.refers]
        yield Pair("text", None, {"text": text, "refers": refers, "places": amendment.as_json()["places"]})


def _task(reading: Item, amendment: Amendment, number: str) -> Item | None:
    """The task of the appendix with this number; of several, the one in the named group."""
    found = [task for task in reading.get("tasks") or [] if (task.get("no") or "").strip(".") == number]
    said = folded(amendment.sentence.text)
    in_group = [task for task in found if task.get("group") and folded(task["group"]) in said]
    return (in_group or found or [None])[0] if len(found) < 2 or in_group else None


def _with(task: Item, amendment: Amendment) -> Item:
    """The task as it is amended: one field, or all that the new words name."""
    new = amendment.new or Words("")
    if amendment.field == "text":
        return task | {"text": new.text}
    named = f"{_LABELS[amendment.field]}: {new.text}" if amendment.field else None
    if named:
        given = _read_task(Words(f"{task['text']}; {named}"))
        keep = amendment.field or ""
        return task | {key: given[key] for key in (keep, f"{keep}_text") if key in given}
    given = _read_task(new)
    return task | {
        key: value for key, value in given.items() if value not in (None, [], "body") and key in task
    }


_LABELS = {
    "lead": "Cơ quan chủ trì",
    "coordinate": "Cơ quan phối hợp",
    "timeframe": "Thời gian thực hiện",
    "output": "Sản phẩm",
    "funding": "Kinh phí",
}


def _read_task(words: Words) -> Item:
    """A task read from the words of an instruction ("25. Lập …; cơ quan chủ trì: Sở X; thời gian: 2027")."""
    marker = re.match(r"\s*(?:\d+(?:\.\d+)*|[a-zđ])\s*[.)]\s*", words.text)
    plain = words.cut(marker.end()) if marker else words
    label = next((match for match in _LABELLED.finditer(plain.text) if match.start()), None)
    text = plain.cut(0, label.start()).text.rstrip(" ;.,(") if label else plain.text
    given = tasks.of_body(Section("I.", Words("Nhiệm vụ"), 1, [Line("-", plain, 0)]))
    return (given[0] if given else {}) | {"text": text}


def _reworded(value: Any, old: str, new: str) -> Any:
    """A reading in which one wording stands for another; places stay as they are."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, dict):
        return {key: inner if "places" in key else _reworded(inner, old, new) for key, inner in value.items()}
    return [_reworded(inner, old, new) for inner in value] if isinstance(value, list) else value
