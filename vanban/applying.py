"""What the instructions of an amending paper make of the reading of the amended one, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vanban import agencies, headings, regimes, targets, tasks, timeframes
from vanban.checks.paper import same_body
from vanban.difference import Change, Item, Pair, compare, paired
from vanban.document import Words
from vanban.folding import bare, folded
from vanban.likeness import alike
from vanban.outline import Line, Section
from vanban.referring import LABELLED, Path

if TYPE_CHECKING:
    from vanban.amendments import Amendment

_DUTY = re.compile(r"\b(?:nhiem vu|trach nhiem) cua\b")
_FIGURE = re.compile(r"\d[\d.,]*\s*%?")
_TARGET = re.compile(r"\bchi tieu\b")
_WHOLE = re.compile(r"\b(?:thay the|thay|ban hanh moi)(?: toan bo)? phu luc\b")
_SECTIONS = ("targets", "tasks", "body_tasks", "organisation", "reporting")
# what the words of an item say of it, beside themselves
_SAID = {
    "targets": ("value_min", "value_max", "unit", "comparator", "year"),
    "reporting": ("frequency", "deadline_day", "deadline_month"),
}
# so alike are old words quoted in an instruction and the item that they stand for
_QUOTED = 0.75


def changes(amendments: Sequence[Amendment], reading: Item) -> list[Change]:
    """What the instructions change in the reading of the amended paper, by its items.

    An instruction whose place is not found there gives a change with neither side matched: `old` is None, and
    `new` holds its words as {"text", "refers"}, in the section "text".
    """
    return [change for amendment in amendments for change in _change(amendment, reading)]


def _change(amendment: Amendment, reading: Item) -> Iterator[Change]:
    if amendment.action == "words" and amendment.old:
        yield from _reworded_items(amendment, reading)
        return
    if amendment.rows:
        yield from _by_rows(amendment, reading)
        return
    for path in amendment.places:
        yield from _at(amendment, path, reading) or [_unplaced(amendment, path)]


def _unplaced(amendment: Amendment, path: Path) -> Change:
    text = amendment.new.text if amendment.new else amendment.sentence.text
    refers = [list(level) for level in path]
    return Pair("text", None, {"text": text, "refers": refers, "places": amendment.as_json()["places"]})


def _at(amendment: Amendment, path: Path, reading: Item) -> list[Change]:
    number = dict(path).get("task")
    if number:
        return list(_of_task(amendment, number, reading))
    here = {name: _within(reading, name, path) for name in _SECTIONS}
    if not any(here.values()):
        here = _meant(amendment, reading)
    if amendment.action == "drop":
        return [Pair(name, item, None) for name, items in here.items() for item in items]
    if not amendment.new or (amendment.action == "replace" and path and path[0][0] == "appendix"):
        return []
    if amendment.action == "add":
        name, beside = _beside(reading, path, here, amendment)
        return [Pair(name, None, item) for item in _read(name, amendment, beside)] if name else []
    out: list[Change] = []
    for name, items in here.items():
        if items:
            out += _replaced(name, items, amendment)
    return out


def _of_task(amendment: Amendment, number: str, reading: Item) -> Iterator[Change]:
    task = _task(reading, amendment, number)
    if amendment.action == "drop" and task:
        yield Pair("tasks", task, None)
    elif amendment.action == "replace" and task and amendment.new:
        yield paired("tasks", task, _with(task, amendment))
    elif amendment.action == "add" and amendment.new and task and amendment.field:
        yield paired("tasks", task, _with(task, amendment, added=True))
    elif amendment.action in {"add", "replace"} and amendment.new and not task and not amendment.field:
        yield Pair(
            "tasks",
            None,
            _read_task(amendment.new) | {"no": number, "places": amendment.as_json()["new_places"]},
        )


def _task(reading: Item, amendment: Amendment, number: str) -> Item | None:
    """The task with this number; of several, the one in the named group."""
    found = [task for task in reading.get("tasks") or [] if _same_number(task.get("no"), number)]
    said = folded(amendment.sentence.text)
    in_group = [task for task in found if task.get("group") and folded(task["group"]) in said]
    if len(found) > 1 and not in_group and amendment.old:
        by_words = [task for task in found if alike(task.get("text") or "", amendment.old.text) >= _QUOTED]
        in_group = by_words if len(by_words) == 1 else []
    return (in_group or found or [None])[0] if len(found) < 2 or in_group else None


def _same_number(printed: str | None, number: str) -> bool:
    plain = (printed or "").strip(" .)").lower()
    return plain == number.lower() or (plain.isdecimal() and number.isdecimal() and int(plain) == int(number))


def _within(reading: Item, name: str, path: Path) -> list[Item]:
    """The items of a section of the reading that stand at or under a place."""
    heading = headings.find(reading.get("outline") or [], path)
    if heading is None:
        if name == "tasks" and path and path[0] == ("appendix", None):
            return [task for task in reading.get("tasks") or [] if task.get("source") == "appendix"]
        return []
    return [item for item in _items(reading, name) if _stands_under(item, heading)]


def _stands_under(item: Item, heading: headings.Heading) -> bool:
    blocks = [place["block"] for place in item.get("places") or [] if place.get("row") is None]
    return bool(blocks) and all(headings.is_under(block, heading) for block in blocks)


def _items(reading: Item, name: str) -> list[Item]:
    """The items of a section; each duty with its agency."""
    found = reading.get(name) or []
    if name != "organisation":
        return list(found)
    out = []
    for entry in found:
        where = entry.get("item_places") or [entry.get("places")] * len(entry["items"])
        pairs = zip(entry["items"], where, strict=False)
        out += [{"agency": entry["agency"], "text": text, "places": places} for text, places in pairs]
    return out


def _meant(amendment: Amendment, reading: Item) -> dict[str, list[Item]]:
    """The items that an instruction means by their words: those it quotes as old, or the target it names."""
    asked = amendment.old.text if amendment.old else ""
    sentence = bare(amendment.sentence.text)
    out: dict[str, list[Item]] = {}
    for name in _SECTIONS:
        for item in _items(reading, name):
            text = str(item.get("text") or item.get("quote") or "")
            if asked and alike(text, asked) >= _QUOTED:
                out.setdefault(name, []).append(item)
    if not out and _TARGET.search(sentence):
        out = {"targets": [item for item in _items(reading, "targets") if _is_named(item, sentence)]}
    if not out and _DUTY.search(sentence) and (agency := _agency(amendment, [])):
        out = {
            "organisation": [
                duty for duty in _items(reading, "organisation") if same_body(duty["agency"], agency)
            ]
        }
    if not out and re.search(r"\b(?:che do|thoi han|ky) bao cao\b", sentence):
        regimes_ = _items(reading, "reporting")
        out = {"reporting": regimes_} if len(regimes_) == 1 else {}
    return out


def _is_named(target: Item, sentence: str) -> bool:
    """Whether a sentence names what a target measures: the words before its figure, or its subject."""
    parts = [_core(bare(part)) for part in _FIGURE.split(str(target.get("text") or ""))]
    subject = bare(str(target.get("subject") or ""))
    return any(len(words.split()) > 2 and f" {words} " in f" {sentence} " for words in (*parts, subject))


def _core(text: str) -> str:
    """What is measured without the verb before the figure."""
    return re.sub(r"^(?:phan dau |den nam )*|\s*(?:dat|tu|khoang|it nhat|toi thieu|tren|duoi)*\s*$", "", text)


def _beside(
    reading: Item, path: Path, here: dict[str, list[Item]], amendment: Amendment
) -> tuple[str | None, list[Item]]:
    """Of which section added words are, and the items beside which they stand: at the place or around it."""
    if path and path[0][0] == "appendix":
        return "tasks", []
    for steps in (path, path[1:], path[2:]):
        around = (
            {name: items for name in _SECTIONS if (items := _within(reading, name, steps))} if steps else {}
        )
        if found := around or {name: items for name, items in here.items() if items}:
            name = max(found, key=lambda name: len(found[name]))
            return name, found[name]
    if any(name == "target" for name, _ in path) or _TARGET.search(bare(amendment.sentence.text)):
        return "targets", []
    return None, []


def _replaced(name: str, items: list[Item], amendment: Amendment) -> list[Change]:
    """Items and what comes in their place; a change of one wording or field leaves the rest of an item as it is."""
    if amendment.old and len(items) == 1 and amendment.new and not _is_whole(items[0], amendment.old.text):
        after = [_read_again(name, _reworded(items[0], amendment.old.text, amendment.new.text))]
    else:
        after = _read(name, amendment, items)
    if len(items) == len(after) == 1:
        said = {key: value for key, value in after[0].items() if _is_said(key, value)}
        return [paired(name, items[0], items[0] | said)]
    return [c for c in compare(_as_section(name, items), _as_section(name, after)) if c.section == name]


def _read_again(name: str, item: Item) -> Item:
    """An item with what its new words say: the figure of a target, the days of a report."""
    section = Section(
        "I.", Words(""), 1, [Line("-", Words(str(item.get("text") or item.get("quote") or "")), 0)]
    )
    found: list[Item] = []
    if name == "targets":
        found = targets.read(section)
    elif name == "reporting":
        found = regimes.read([section])
    if len(found) != 1:
        return item
    return item | {key: found[0][key] for key in _SAID[name] if _is_said(key, found[0].get(key))}


def _is_said(field: str, value: Any) -> bool:
    """Whether new words say a field; a bound that they leave open is open."""
    return value not in (None, [], "") or field.startswith("value_")


def _is_whole(item: Item, quoted: str) -> bool:
    return alike(str(item.get("text") or item.get("quote") or ""), quoted) >= _QUOTED


def _as_section(name: str, items: list[Item]) -> Item:
    if name != "organisation":
        return {name: items}
    entries = [
        {"agency": i["agency"], "items": [i["text"]], "item_places": [i.get("places") or []]} for i in items
    ]
    return {name: entries}


def _read(name: str, amendment: Amendment, there: list[Item]) -> list[Item]:
    """The new words as items of a section, with the places where they are printed."""
    lines = [Line(marker or "-", words, 0) for marker, words in amendment.parts]
    section = Section("I.", Words(""), 1, lines)
    if name == "targets":
        year = {item.get("year") for item in there}
        return [
            _placed(item, year.copy().pop() if len(year) == 1 else None) for item in targets.read(section)
        ]
    if name == "reporting":
        return [_placed(item) for item in regimes.read([section])]
    if name == "organisation":
        agency = _agency(amendment, there)
        return [
            {"agency": agency, "text": line.words.text, "places": [p.as_json() for p in line.words.places]}
            for line in lines
            if not (agency and same_body(line.words.text.rstrip(" :"), agency))
        ]
    group = {item.get("group") for item in there}
    found = [_read_task(line.words) | {"places": [p.as_json() for p in line.words.places]} for line in lines]
    return [task | ({"group": next(iter(group))} if len(group) == 1 else {}) for task in found]


def _agency(amendment: Amendment, there: list[Item]) -> str:
    """Whose duty new words are: that of the items at the place, else the body that the instruction names."""
    if there:
        return str(there[-1]["agency"])
    text = amendment.sentence.text
    return next((text[start:end] for start, end in agencies.mentions(text)), "")


def _placed(item: Item, year: int | None = None) -> Item:
    places = [place if isinstance(place, dict) else place.as_json() for place in item.get("places") or []]
    return item | {"places": places} | ({"year": year} if year and not item.get("year") else {})


def _by_rows(amendment: Amendment, reading: Item) -> Iterator[Change]:
    """The rows of a table: a whole appendix anew, or the rows of these numbers and words."""
    old = [task for task in reading.get("tasks") or [] if task.get("source", "appendix") == "appendix"]
    new = [dict(row) for row in amendment.rows]
    whole = amendment.refers and amendment.refers[0][0] == "appendix"
    if whole and _WHOLE.search(bare(amendment.sentence.text)):
        yield from (c for c in compare({"tasks": old}, {"tasks": new}) if c.section == "tasks")
        return
    for row in new:
        same = [task for task in old if row.get("no") and _same_number(task.get("no"), str(row["no"]))]
        near = [task for task in same or old if alike(task["text"], row["text"]) >= _QUOTED]
        if amendment.action == "add" or not (near or len(same) == 1):
            yield Pair("tasks", None, row)
            continue
        task = (near or same)[0]
        said = {key: value for key, value in row.items() if value not in (None, [], "")}
        yield paired("tasks", task, task | said)


def _with(task: Item, amendment: Amendment, added: bool = False) -> Item:
    """The task as it is amended: one field, or all that the new words name; `added` to what is there."""
    new = amendment.new or Words("")
    name = amendment.field
    if name == "text":
        return task | {"text": new.text}
    if name:
        values = _field(name, new)
        if added and isinstance(values[name], list):
            values[name] = [*(task.get(name) or []), *values[name]]
        return task | values
    if amendment.old and amendment.old.text in str(task):
        return dict(_reworded(task, amendment.old.text, new.text))
    given = _read_task(new)
    kept = {key: value for key, value in given.items() if value not in (None, [], "body") and key in task}
    return task | kept


def _field(name: str, new: Words) -> Item:
    """A field of a task from the words for it alone."""
    if name in {"lead", "coordinate"}:
        return {name: [single.text for single in agencies.split(new)]}
    if name == "timeframe":
        return {name: timeframes.read(new.text)}
    return {name: new.text}


def _read_task(words: Words) -> Item:
    """A task read from the words of an instruction ("25. Lập …; cơ quan chủ trì: Sở X; thời gian: 2027")."""
    marker = re.match(r"\s*(?:\d+(?:\.\d+)*[a-zđ]?|[a-zđ])\s*[.)]\s*", words.text)
    plain = words.cut(marker.end()) if marker else words
    label = next((match for match in LABELLED.finditer(plain.text) if match.start()), None)
    text = plain.cut(0, label.start()).text.rstrip(" ;.,(") if label else plain.text
    given = tasks.of_body(Section("I.", Words("Nhiệm vụ"), 1, [Line("-", plain, 0)]))
    return (given[0] if given else {}) | {"text": text}


def _reworded_items(amendment: Amendment, reading: Item) -> Iterator[Change]:
    """One wording for another in all items at the places that are named; everywhere where none is."""
    old, new = amendment.old.text if amendment.old else "", amendment.new.text if amendment.new else ""
    places = [path for path in amendment.places if path]
    if not places:
        yield from compare(reading, _reworded(reading, old, new))
        return
    for name in _SECTIONS:
        items = [item for item in _items(reading, name) if _is_at(item, name, places, reading)]
        after = [_read_again(name, _reworded(item, old, new)) for item in items]
        yield from (
            c for c in compare(_as_section(name, items), _as_section(name, after)) if c.section == name
        )


def _is_at(item: Item, name: str, places: list[Path], reading: Item) -> bool:
    for path in places:
        level, number = path[0]
        if name == "tasks" and level == "task" and number and _same_number(item.get("no"), number):
            return True
        if name == "tasks" and level == "appendix" and item.get("source", "appendix") == "appendix":
            return True
        heading = headings.find(reading.get("outline") or [], path)
        if heading and _stands_under(item, heading):
            return True
    return False


def _reworded(value: Any, old: str, new: str) -> Any:
    """A reading in which one wording stands for another; places and numbered places stay as they are."""
    if isinstance(value, str):
        return " ".join(value.replace(old, new).split()) if old in value else value
    if isinstance(value, dict):
        return {
            key: inner if "places" in key or key == "outline" else _reworded(inner, old, new)
            for key, inner in value.items()
        }
    return [_reworded(inner, old, new) for inner in value] if isinstance(value, list) else value
