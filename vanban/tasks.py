"""The tasks of a plan: the rows of its appendix, and the items of the task section of its body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from vanban import agencies, assignments, markers, roles, tables, timeframes
from vanban.document import Document, Place, Words
from vanban.outline import Line, Section

_PRIORITY = re.compile(r"\s*\(\s*(?:ưu tiên\s+)?(?P<level>rất cao|cao|trung bình|thấp)\s*\)", re.IGNORECASE)
_NUMERAL = re.compile(r"(?P<no>[IVX]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)(?:[.)]\s*|\s+)(?=[^\W\d_])")
_WORK = ("lead", "both", "coordinate", "timeframe", "until", "output", "funding", "note")


@dataclass(slots=True)
class Task:
    """A task with its words; what is None is not named by the paper."""

    text: Words
    group: str | None = None
    subgroup: str | None = None
    no: str | None = None
    marker: str | None = None
    named: dict[str, Words] = field(default_factory=dict)

    def as_json(self, source: str, columns: frozenset[str] = frozenset()) -> dict[str, Any]:
        """The task in the form of a reading, with places; a column without words is an empty list."""
        text = flat(self.text.text)
        priority = _PRIORITY.search(text)
        level = flat(self.named["priority"].text) if "priority" in self.named else None
        out: dict[str, Any] = {"group": self.group, "no": self.no, "text": text}
        if source == "body":
            out |= {"subgroup": self.subgroup, "marker": self.marker}
        for role in ("lead", "coordinate"):
            words = self.named.get(role)
            bodies = [flat(body.text) for body in agencies.split(words)] if words else []
            out[role] = bodies if bodies or role in columns else None
            out[f"{role}_text"] = flat(words.text) if words else None
        time = self.named.get("timeframe")
        out["timeframe"] = timeframes.read(flat(time.text)) if time else None
        for role in ("output", "funding", "note"):
            out[role] = flat(self.named[role].text) if role in self.named else None
        out["priority"] = level or (priority["level"].capitalize() if priority else None)
        return out | {"source": source, "places": as_json(self.text.places)}


def flat(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())


def as_json(places: tuple[Place, ...] | list[Place]) -> list[dict[str, int]]:
    """Places as plain values."""
    return [place.as_json() for place in places]


def of_appendix(document: Document) -> list[dict[str, Any]]:
    """The tasks of the task tables, in order."""
    out = []
    for table in tables.read(document):
        columns = table.roles | ({"lead", "coordinate"} if "both" in table.roles else set())
        out += [task.as_json("appendix", frozenset(columns)) for task in _of_rows(table.rows)]
    return out


def _of_rows(rows: list[tables.Row]) -> Iterator[Task]:
    groups: list[tuple[str, str]] = []  # kind of numeral and text, outer first
    leader: Words | None = None  # the body of a group row: it leads those that name nobody
    for n, row in enumerate(rows):
        no, text = _numbered(row)
        kind = _kind(no)
        if kind in [k for k, _ in groups]:
            del groups[[k for k, _ in groups].index(kind) :]
        if _is_group(rows, n, kind):
            leader = assignments.named_alone(text) or (leader if groups else None)
            if text:
                groups.append((kind, _PRIORITY.sub("", flat(text.text)).rstrip(" :")))
            continue
        named = {role: row.cells[role] for role in (*_WORK, "priority") if role in row.cells}
        if leader and not {"lead", "both"} & set(named):
            named["lead"] = leader
        own = row.text("group")
        group = own or (groups[-1][1] if groups else None)
        yield Task(text, group=group, no=no, named=_parted(named))


def _numbered(row: tables.Row) -> tuple[str | None, Words]:
    """The number of a row and its text; a number cell that holds the text as well is taken apart."""
    no, text = row.text("no"), row.cells.get("text", Words(""))
    if no and not text and len(no) > 6:
        text, no = row.cells["no"], ""
    if not no:
        match = _NUMERAL.match(text.text)
        if match and (match["no"][0].isdigit() or "no" in row.filled or len(row.filled) < 2):
            return match["no"], text.cut(match.end())
    return no.rstrip(".)") or None, text


def _kind(no: str | None) -> str:
    marker = markers.find(f"{no}. Aa") if no else None
    return marker.kind if marker else ""


def _is_group(rows: list[tables.Row], n: int, kind: str) -> bool:
    """A row with nothing but its text; a numbered one with no rows under it is a task that names nobody."""
    if any(role in rows[n].cells for role in _WORK):
        return False
    if kind not in markers.NUMBERS | {"letter"}:
        return True
    after = _kind(_numbered(rows[n + 1])[0]) if n + 1 < len(rows) else kind
    return after != kind


def _parted(named: dict[str, Words]) -> dict[str, Words]:
    """A cell that names both roles, as two."""
    until = named.pop("until", None)
    if until:
        named["timeframe"] = (
            Words.join([named["timeframe"], until], by=" - ") if "timeframe" in named else until
        )
    words = named.pop("both", None) or named.get("lead")
    if words is None:
        return named
    named["lead"], coordinate = roles.parted(words)
    if coordinate:
        named.setdefault("coordinate", coordinate)
    return {role: cell for role, cell in named.items() if cell}


# what an item of the body names as such: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"
_ATTRIBUTE = re.compile(
    r"(?:(?P<lead>(?:cơ quan|đơn vị)\s+(?:chủ trì|thực hiện|đầu mối)[^:;.]{0,20}|chủ trì(?:\s+thực hiện)?)"
    r"|(?P<coordinate>(?:cơ quan|đơn vị)\s+phối hợp[^:;.]{0,20}|phối hợp(?:\s+thực hiện)?)"
    r"|(?P<timeframe>(?:thời gian|thời hạn|tiến độ)(?:\s+(?:thực hiện|hoàn thành|triển khai))?)"
    r"|(?P<output>(?:sản phẩm|kết quả)(?:\s+(?:đầu ra|dự kiến|chủ yếu|cần đạt))?)"
    r"|(?P<content>(?:nội dung|mục tiêu|yêu cầu)(?:\s+(?:thực hiện|cụ thể|nhiệm vụ))?)"
    r"|(?P<both>(?:tổ chức|phân công)\s+thực hiện)"
    r"|(?P<funding>(?:nguồn\s+)?kinh phí(?:\s+thực hiện)?|nguồn lực))\s*:\s*",
    re.IGNORECASE,
)


# a line that only says where the tasks stand: "(Chi tiết tại Phụ lục kèm theo)"
_REFERENCE = re.compile(
    r"\(?[^.;]{0,80}\b(?:tại|theo|trong|ở)\s+(?:các\s+)?(?:phụ lục|phụ biểu|biểu|bảng|danh mục)\b[^.;]{0,80}[.)/]*",
    re.IGNORECASE,
)


def of_body(section: Section) -> list[dict[str, Any]]:
    """The tasks of a task section: each marked item with all its sentences, under its numbered heading."""
    found = [task for item in section.items() for task in _of_item(item, None, None, 1)]
    return [task.as_json("body") for task in found if task.text]


def _of_item(item: Line | Section, group: str | None, sub: str | None, depth: int) -> Iterator[Task]:
    if isinstance(item, Line):
        if item.marker:
            yield _task(item.words, group, sub, item.marker)
        return
    item = _with_named(item)
    if not item.lines and not item.sections:
        yield _task(item.title, group, sub, item.marker)
    elif _is_task(item):
        yield _with_attributes(item, group, sub)
    elif _is_long(item) and not item.sections and not any(line.marker for line in item.lines):
        whole = Words.join([item.title, *(line.words for line in item.lines)])
        yield _task(whole, group, sub, item.marker)
    else:
        heading = flat(item.title.text).rstrip(" :")
        group, sub = (heading, None) if depth == 1 else (group, heading)
        yield from _led_by(item.title, _under(item, group, sub, depth))


def _with_named(section: Section) -> Section:
    """The section with numbered lines that only name something ("1.3. Tổ chức thực hiện: …") as its lines."""
    naming = [child for child in section.sections if _is_leaf(child) and _ATTRIBUTE.match(child.title.text)]
    if not naming:
        return section
    lines = sorted(
        [*section.lines, *(Line(child.marker, child.title, child.block) for child in naming)],
        key=lambda line: line.block,
    )
    kept = [child for child in section.sections if child not in naming]
    return replace(section, lines=lines, sections=kept)


def _is_leaf(section: Section) -> bool:
    return not section.lines and not section.sections


def _led_by(heading: Words, found: Iterator[Task]) -> Iterator[Task]:
    """The tasks under a heading; one that is nothing but a body leads those that name nobody themselves."""
    body = assignments.named_alone(heading)
    for task in found:
        if body and "lead" not in task.named:
            task.named = assignments.under(body, task.text) | task.named
        yield task


def _is_long(section: Section) -> bool:
    """Whether a heading is a whole sentence, not a name of what stands under it."""
    text = section.title.text
    return text.endswith((".", ";")) or len(text) > 250


def _is_task(section: Section) -> bool:
    """Whether the lines under a heading only name who, when and what for: then the heading is the task."""
    if section.sections or not _names_roles(section):
        return False
    return all(_ATTRIBUTE.match(line.words.text) or not line.marker for line in section.lines)


def _names_roles(section: Section) -> bool:
    found = (_ATTRIBUTE.match(line.words.text) for line in section.lines)
    return any(match and match.lastgroup in {"lead", "coordinate", "timeframe", "both"} for match in found)


def _with_attributes(section: Section, group: str | None, sub: str | None) -> Task:
    """A heading that is a task; what "Nội dung:" says about it is its note, not more of its name."""
    label = _ATTRIBUTE.match(section.title.text)
    title = section.title.cut(label.end()) if label and label.lastgroup == "content" else section.title
    task = Task(title or section.title, group, sub, marker=section.marker)
    content: list[Words] = []
    for line in section.lines:
        match = _ATTRIBUTE.match(line.words.text)
        if match and match.lastgroup == "content":
            content.append(line.words.cut(match.end()))
        elif match:
            _name(task, line.words)
        elif content:
            content.append(line.words)
        else:
            task.text = Words.join([task.text, line.words])
    if content:
        task.named.setdefault("note", Words.join(content))
    return task


def _under(section: Section, group: str | None, sub: str | None, depth: int) -> Iterator[Task]:
    """The tasks under a heading that is none itself; what is named before the first, or apart, holds for all."""
    names = _names_roles(section)
    plain = not section.sections and not any(line.marker for line in section.lines)
    shared = Task(Words(""))
    now: Task | None = None
    found: list[Task] = []
    below: list[Task] = []  # of the headings below
    for item in section.items():
        if isinstance(item, Section):
            found += _done(now, shared)
            now = None
            inner = list(_of_item(item, group, sub, depth + 1))
            found += inner
            below += inner
        elif names and _ATTRIBUTE.match(item.words.text):
            _name(now or shared, item.words)
        elif now and item.marker and item.marker.startswith("+"):
            now.text = Words.join([now.text, item.words])
        elif not item.marker and not now and item.words.text.endswith(":"):
            shared.named |= assignments.read(item.words)
        elif item.marker or (plain and not _REFERENCE.fullmatch(item.words.text)):
            found += _done(now, shared)
            now = _task(item.words, group, sub, item.marker)
    found += _done(now, shared)
    for task in below:
        task.named = shared.named | task.named
    return iter(found)


def _done(task: Task | None, shared: Task) -> Iterator[Task]:
    if task:
        task.named = shared.named | task.named
        yield task


def _task(words: Words, group: str | None, sub: str | None, marker: str | None) -> Task:
    task = Task(words, group, sub, marker=marker)
    found = [match for match in _ATTRIBUTE.finditer(words.text) if match.start() > 0]
    if any(match.lastgroup in {"lead", "timeframe"} for match in found):
        _name(task, words.cut(found[0].start()))
    task.named = assignments.read(words) | task.named
    return task


def _name(task: Task, words: Words) -> None:
    """Take "Cơ quan chủ trì: A; thời gian: 2026." into the task."""
    found = list(_ATTRIBUTE.finditer(words.text))
    for i, match in enumerate(found):
        end = found[i + 1].start() if i + 1 < len(found) else len(words.text)
        value = words.cut(match.end(), end)
        trimmed = value.cut(0, len(value.text.rstrip(" ;.,(-–")))
        if match.lastgroup and trimmed:
            task.named[match.lastgroup] = _without_bracket(trimmed)
    task.named = _parted(task.named)


def _without_bracket(words: Words) -> Words:
    """Words without the end of a bracket that was opened before them."""
    opened = words.text.count("(") < words.text.count(")")
    return words.cut(0, len(words.text) - 1) if opened and words.text.endswith(")") else words
