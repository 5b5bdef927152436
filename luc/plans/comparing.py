"""A paper read against an adopted plan: item by item, field by field. Which items are one is found by vanban."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.templatetags.luc import number
from luc.kernel.text import folded
from luc.plans.fields import DUTIES, HEADER, REGIMES, TARGETS, TASKS, Field, Section
from luc.plans.intake import Item
from luc.plans.models import AmendmentItem
from luc.plans.queries.readings import Review
from luc.plans.showing import section_of, shown
from luc.plans.standing import SECTION_OF, Standing, basis_lines, timeframe_of
from vanban import difference

ADDED, CHANGED, DROPPED, SAME = "added", "changed", "dropped", "same"
COMPARED = (TARGETS, TASKS, DUTIES, REGIMES)
Meaning = Callable[[str], int | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that an item says, before and after, in words; `names` are the fields that say it."""

    names: tuple[str, ...]
    label: str
    old: str
    new: str

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The words in turn: ("", kept), ("del", only before), ("ins", only after)."""
        return worded(self.old, self.new)


@dataclass(slots=True)
class Difference:
    """An item of the plan and what a paper makes of it. `key` is that of the plan's item, else of the paper's."""

    key: str
    section: Section
    old: Item | None
    new: Item | None
    lines: list[Line] = field(default_factory=list)
    is_accepted: bool | None = None
    candidates: list[tuple[str, str]] = field(default_factory=list)  # items of the plan that it could change

    @property
    def what(self) -> str:
        """added, changed, dropped or same."""
        if self.old is None:
            return ADDED
        if self.new is None:
            return DROPPED
        return CHANGED if self.lines else SAME

    @property
    def words(self) -> str:
        """The words of the item: as the plan has them, of an added one as the paper has them."""
        item = self.old or self.new or {}
        return str(next((item[name] for name in ("text", "title", "quote") if item.get(name)), ""))

    @property
    def no(self) -> str:
        return str((self.old or self.new or {}).get("no") or "")

    @property
    def facts(self) -> list[Line]:
        """What an added or dropped item says beside its words, on the side where it is."""
        item = self.old or self.new or {}
        found = []
        together = _TOGETHER.get(self.section.name, {})
        along = {name for names in together.values() for name in names} | _ALONG.get(self.section.name, set())
        for one in self.section.fields:
            if one.name in {"text", "title", "no"} or (one.name in along and one.name not in together):
                continue
            said = _words(one, item)
            if said:
                found.append(Line((one.name,), _label(self.section, one), "", said))
        return found

    @property
    def names(self) -> set[str]:
        """The fields that change."""
        return {name for line in self.lines for name in line.names}

    @property
    def seal(self) -> str:
        """What a decision rests on: when it is another, the decision is no more."""
        names = self.names or {one.name for one in self.section.fields}
        values = [[(item or {}).get(name) for name in sorted(names)] for item in (self.old, self.new)]
        said = json.dumps([self.key, self.what, values], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def review_slug(self) -> str:
        """Where the paper's item is looked through."""
        found = section_of(self.new["key"]) if self.new else None
        return found.slug if found else self.section.slug

    @property
    def anchor(self) -> str:
        """The id of the item in a page."""
        return self.key.replace("/", "-")


def differences(review: Review, plan: Standing) -> list[Difference]:
    """All items of both, each once, unchanged ones too; in the order of the paper, what falls away last."""
    relation = review.reading.relation
    found = [] if relation["kind"] == "amends" else [_header(review, plan)]
    dropped = {one["of"] for one in relation.get("drops", ())} if relation.get("scope") == "named" else None
    for section in COMPARED:
        pairs = _pairs(section, plan.content[section.name], _new(review, section), dropped)
        found += [_difference(section, old, new, review.meant) for old, new in pairs]
    decided = relation.get("decided", {})
    for one in found:
        made = decided.get(one.key)
        if made and made["seal"] == one.seal:
            one.is_accepted = made["accept"]
    return found


def difference_of(section: Section, old: Item, new: Item, meant: Meaning) -> Difference:
    """What changes an item of the plan into another one."""
    return _difference(section, old, new, meant)


def _header(review: Review, plan: Standing) -> Difference:
    new = {**review.content["header"], "bases": basis_lines(review.content["bases"])}
    return _difference(HEADER, plan.content["header"], new, review.meant)


def _new(review: Review, section: Section) -> list[Item]:
    """The items of the paper; items of the body that repeat a row of the appendix are not asked twice."""
    listed: list[Item] = review.content[section.name]
    if section is not TASKS:
        return listed
    rows = {item["key"] for item in listed}
    covered = review.choices.get("covered", {})
    own = [
        item
        for item in review.content["body"]
        if covered.get(item["key"], {}).get("row") not in rows and "of" not in item
    ]
    return [*listed, *own]


def _pairs(
    section: Section, old: Sequence[Item], new: Sequence[Item], dropped: set[str] | None
) -> list[tuple[Item | None, Item | None]]:
    """Who became whom: as a person (or the paper) says, else by their words; `dropped` where only these fall away."""
    there = {item["key"]: item for item in old}
    said = {item["of"]: item for item in new if item.get("of") in there}
    free_old = [item for item in old if item["key"] not in said]
    free_new = [item for item in new if "of" not in item and dropped is None]
    found = {id(b): a for a, b in _matched(section, free_old, free_new) if b is not None}
    found |= {id(item): there[key] for key, item in said.items()}
    pairs: list[tuple[Item | None, Item | None]] = [(found.get(id(item)), item) for item in new]
    paired = {item["key"] for item in found.values() if item}
    gone = [item for item in free_old if item["key"] not in paired]
    return pairs + [(item, None) for item in gone if dropped is None or item["key"] in dropped]


_SECTIONS = {"targets": "targets", "tasks": "tasks", "duties": "body_tasks", "regimes": "reporting"}


def _matched(
    section: Section, old: Sequence[Item], new: Sequence[Item]
) -> Iterator[tuple[Item | None, Item | None]]:
    name, same = _SECTIONS[section.name], _same_words(section, old, new)
    yield from ((old[a], new[b]) for a, b in same.items())
    taken = (same.keys(), set(same.values()))
    both = [
        {name: [_plain(section, n, item) for n, item in enumerate(items) if n not in paired]}
        for items, paired in zip((old, new), taken, strict=True)
    ]
    for pair in difference.pairs(*both):
        if pair.section == name:
            yield (old[pair.old["at"]] if pair.old else None, new[pair.new["at"]] if pair.new else None)


def _same_words(section: Section, old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """Items that say the same and are the only ones to say so in either paper: most of a long one."""
    if section is REGIMES:
        return {}
    words = [[folded(f"{item.get('subject', '')} {item['text']}") for item in items] for items in (old, new)]
    counted = [Counter(side) for side in words]
    at = {text: n for n, text in enumerate(words[1])}
    once = ((n, text) for n, text in enumerate(words[0]) if counted[0][text] == counted[1][text] == 1)
    return {n: at[text] for n, text in once}


def _plain(section: Section, at: int, item: Item) -> Item:
    """An item as vanban compares it."""
    if section is DUTIES:
        return {"at": at, "text": item["text"], "agency": "; ".join(item["agencies"])}
    if section is TASKS:
        return {**item, "at": at, "timeframe": timeframe_of(item)}
    return {**item, "at": at}


def _difference(section: Section, old: Item | None, new: Item | None, meant: Meaning) -> Difference:
    key = (old or new or {})["key"]
    lines = [] if old is None or new is None else list(_lines(section, old, new, meant))
    return Difference(key, section, old, new, lines)


# what is said by several fields together: its words in one line
_TOGETHER: dict[str, dict[str, tuple[str, ...]]] = {
    "header": {"period": ("period", "period_start", "period_end")},
    "targets": {
        "comparator": ("comparator", "value_min", "value_max", "unit", "is_decrease", "baseline_year")
    },
    "tasks": {"timeframe": ("timeframe", "start", "end", "recurrence")},
    "regimes": {"deadline_day": ("deadline_day", "deadline_month", "includes_day")},
}
# words around what counts: they go along with a change, and are none by themselves
_ALONG = {"regimes": {"reporter", "quote"}}
_BASES = Field("bases", HEADER.field("recipients").label, "lines")


def _lines(section: Section, old: Item, new: Item, meant: Meaning) -> Iterator[Line]:
    together = _TOGETHER.get(section.name, {})
    said = {name for names in together.values() for name in names} | _ALONG.get(section.name, set())
    for one in section.fields:
        names = together.get(one.name, (one.name,))
        if one.name in said and one.name not in together:
            continue
        if any(not _alike(section.field(name), name, old, new, meant) for name in names):
            yield Line(names, _label(section, one), *(_words(one, item) for item in (old, new)))
    if section is HEADER and not _alike(_BASES, "bases", old, new, meant):
        yield Line(("bases",), _("Căn cứ"), "\n".join(old["bases"]), "\n".join(new["bases"]))


def _alike(one: Field, name: str, old: Item, new: Item, meant: Meaning) -> bool:
    a, b = old.get(name), new.get(name)
    if one.kind == "names" or name == "consolidator":
        names = [b] if isinstance(b, str) else list(b or ())
        if name == "consolidator" and not b:
            return True  # the paper leaves open who collects: as it was
        leading = {meant(lead) for lead in new.get("lead", ())} if name == "coordinate" else set()
        parties = [meant(word) for word in names if word]
        same_words = {folded(word) for word in names} == {folded(word) for word in _listed(a)}
        return same_words or (
            set(parties) - leading == old["parties"].get(name, set()) and None not in parties
        )
    if isinstance(a, str) or isinstance(b, str):
        return folded(str(a or "")) == folded(str(b or "")) or (not a and not b)
    if isinstance(a, list) or isinstance(b, list):
        return [folded(word) for word in a or ()] == [folded(word) for word in b or ()]
    return (a or None) == (b or None) if not isinstance(a, int | float) else a == b


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _label(section: Section, one: Field) -> str:
    if section is TARGETS and one.name == "comparator":
        return _("Mức")
    return _("Hạn báo cáo") if one.name == "deadline_day" else str(one.label)


def _words(one: Field, item: Item) -> str:
    """What an item says in one line, as people read it."""
    if one.name == "comparator":
        return level(item)
    if one.name == "deadline_day":
        return _deadline(item)
    if one.name == "timeframe" and not item["timeframe"]:
        return " - ".join(dict.fromkeys(part for part in (item["start"], item["end"]) if part))
    if one.name == "period" and not item["period"]:
        return " - ".join(str(item[name]) for name in ("period_start", "period_end") if item[name])
    return shown(one, item.get(one.name))


def level(item: Item) -> str:
    """The figure of a target in words: "ít nhất 35 %"."""
    low, high = item["value_min"], item["value_max"]
    if low is None and high is None:
        return ""
    lead = {"gte": _("ít nhất"), "gt": _("trên"), "lte": _("không quá"), "lt": _("dưới")}
    one = high if low is None or (item["comparator"] in {"lte", "lt"} and high is not None) else low
    figure = f"{number(low)} - {number(high)}" if item["comparator"] == "range" else number(one)
    parts = [_("giảm") if item["is_decrease"] else "", lead.get(item["comparator"], ""), figure, item["unit"]]
    since = _("so với năm %(year)s") % {"year": item["baseline_year"]} if item["baseline_year"] else ""
    return " ".join(part for part in [*parts, since] if part)


def _deadline(item: Item) -> str:
    if not item["deadline_day"]:
        return ""
    words = _("chậm nhất ngày %(day)s") if item["includes_day"] else _("trước ngày %(day)s")
    said = words % {"day": item["deadline_day"]}
    if not item["deadline_month"]:
        return said
    return _("%(said)s tháng %(month)s") % {"said": said, "month": item["deadline_month"]}


def lines_of(item: AmendmentItem) -> list[dict[str, Any]]:
    """What an amendment said of an item, before and after, word by word."""
    section = SECTION_OF[item.item_kind]
    return [
        {**line, "label": _label_of(section, line["names"][0]), "pieces": worded(line["old"], line["new"])}
        for line in item.fields
    ]


def _label_of(section: Section, name: str) -> str:
    return _("Căn cứ") if name == "bases" else _label(section, section.field(name))


def worded(old: str, new: str) -> list[tuple[str, str]]:
    """The words of both texts in turn: ("", in both), ("del", only in the old), ("ins", only in the new)."""
    before, after = _tokens(old), _tokens(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _READABLE:
        return [piece for piece in (("del", old), ("ins", new)) if piece[1]]
    found = []
    for kind, a, b, c, d in matcher.get_opcodes():
        pieces = [("", before[a:b])] if kind == "equal" else [("del", before[a:b]), ("ins", after[c:d])]
        found += [(name, " ".join(words)) for name, words in pieces if words]
    return found


# below it, one text behind the other is easier to read than their words in turn
_READABLE = 0.4


def _tokens(text: str) -> list[str]:
    return text.split()


def by_section(found: Iterable[Difference]) -> list[tuple[Section, list[Difference]]]:
    """What differs, under its sections."""
    listed = [one for one in found if one.what != SAME]
    sections = (HEADER, *COMPARED)
    return [
        (s, [one for one in listed if one.section is s])
        for s in sections
        if any(o.section is s for o in listed)
    ]
