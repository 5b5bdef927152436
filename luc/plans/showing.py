"""What the review shows of each item: its words, what was read before it was corrected, who is proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luc.kernel.templatetags.luc import number
from luc.plans.fields import LISTS, SECTIONS, Field, Section
from luc.plans.forms import ItemForm
from luc.plans.intake import Item, items
from luc.plans.queries.readings import Review

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PICKS: Mapping[str, StrOrPromise] = {
    "leads": gettext_lazy("Chủ trì"),
    "answering": gettext_lazy("Đơn vị trả lời"),
    "collectors": gettext_lazy("Cơ quan tổng hợp"),
    "reporters": gettext_lazy("Đơn vị phải báo cáo"),
}
# shown in the head of a card, not as a line of it
_HEAD = {"text", "title", "quote"}
# said by the heading and the number of a card, or together as the level of a target
_SAID = {"group", "no", "comparator", "value_min", "value_max", "unit", "is_decrease", "baseline_year"}
# said by the words of another field, where it has any
_SAID_BY = {
    **dict.fromkeys(("start", "end", "recurrence"), "timeframe"),
    **dict.fromkeys(("period_start", "period_end"), "period"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card; `read` is what the machine read where a person changed it."""

    label: str
    value: str
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """Somebody to be chosen for an item: who is proposed or chosen, and why."""

    kind: str
    label: str
    party: int | None
    name: str
    accepted: bool
    why: str = ""
    reason: str = ""
    likeness: int = 0


@dataclass(frozen=True, slots=True)
class Cover:
    """The row of the appendix that an item of the body repeats."""

    row: str
    words: str
    accepted: bool
    likeness: int


@dataclass(slots=True)
class Card:
    """One item as the review shows it."""

    section: Section
    item: Item
    words: str
    words_read: str | None
    facts: list[Fact]
    picks: list[Pick] = field(default_factory=list)
    cover: Cover | None = None
    form: ItemForm | None = None
    is_new: bool = False
    is_dropped: bool = False
    is_unchecked: bool = False

    @property
    def key(self) -> str:
        return str(self.item["key"])

    @property
    def has_level(self) -> bool:
        """Whether this is a target with a figure."""
        return any(self.item.get(name) is not None for name in ("value_min", "value_max"))

    @property
    def is_corrected(self) -> bool:
        return self.words_read is not None or any(fact.read is not None for fact in self.facts)

    @property
    def is_open(self) -> bool:
        """Whether something here waits for a decision."""
        waits = self.cover is not None and self.cover.row and not self.cover.accepted
        return bool(waits) or any(not pick.accepted for pick in self.picks)


def cards(review: Review, section: Section) -> list[Card]:
    """The items of a section in order, dropped ones last."""
    listed = _listed(review.content, section)
    read = {item["key"]: item for item in _listed(review.read, section)}
    found = [_card(review, section, item, read.get(item["key"])) for item in listed]
    there = {item["key"] for item in listed}
    for key, item in read.items():
        if key not in there:
            gone = _card(review, section, item, item)
            gone.picks, gone.cover, gone.is_dropped = [], None, True
            found.append(gone)
    return found


def _listed(content: Mapping[str, Any], section: Section) -> list[Item]:
    found = content[section.name]
    return [found] if isinstance(found, dict) else found


def _card(review: Review, section: Section, item: Item, read: Item | None) -> Card:
    head = next((name for name in ("text", "title", "quote") if name in item), "")
    words, before = str(item.get(head) or ""), str((read or item).get(head) or "")
    facts = [fact for field in section.fields if field.name not in _HEAD for fact in _fact(field, item, read)]
    card = Card(section, item, words, before if before != words else None, facts, is_new=read is None)
    card.picks = list(_picks(review, item["key"]))
    card.cover = _cover(review, item["key"])
    if card.cover and card.cover.row:
        card.picks = [pick for pick in card.picks if pick.kind != "leads"]
    return card


def _fact(field: Field, item: Item, read: Item | None) -> Iterator[Fact]:
    value, before = shown(field, item[field.name]), shown(field, (read or item)[field.name])
    said = field.name in _SAID or bool(item.get(_SAID_BY.get(field.name, "")))
    if before != value or (value and not said):
        yield Fact(str(field.label), value, before if before != value else None)


def shown(field: Field, value: Any) -> str:
    """A value as people read it."""
    if field.kind in {"names", "lines"}:
        return "; ".join(value)
    if field.kind == "flag":
        return _("có") if value else ""
    if field.kind == "choice":
        return str(dict(field.choices).get(value, value)) if value else ""
    if field.kind == "number":
        return number(value)
    if field.kind == "date" and value:
        year, month, last = value.split("-")
        return f"{last}/{month}/{year}"
    return "" if value is None else str(value)


def _picks(review: Review, key: str) -> Iterator[Pick]:
    for kind, label in PICKS.items():
        made = review.choices.get(kind, {}).get(key)
        if made is None:
            continue
        party = review.party_of(made)
        name = review.name_of(party) or made["name"]
        reason = "" if made["party"] else _reason(review, made)
        yield Pick(kind, str(label), party, name, made["accepted"], made["why"], reason, made["likeness"])


def _reason(review: Review, made: Mapping[str, Any]) -> str:
    """Why somebody is proposed: whose words are close, else that it is the focal agency."""
    found = next((item for _s, item in items(review.content) if item["key"] == made["why"]), None)
    if found is not None:
        return str(found.get("text", ""))
    return _("Không có trách nhiệm nào gần với nội dung này: gợi ý cơ quan đầu mối.")


def _cover(review: Review, key: str) -> Cover | None:
    made = review.choices.get("covered", {}).get(key)
    if made is None:
        return None
    words = next((task["text"] for task in review.content["tasks"] if task["key"] == made["row"]), "")
    return Cover(made["row"] if words else "", words, made["accepted"], made["likeness"])


def marks(review: Review, current: str) -> list[dict[str, Any]]:
    """The marks in the paper: one for each item that has a place, leading to the item beside it."""
    found = []
    for section, item in items(review.content):
        if item.get("places") and section.name != "header":
            href = f"#{item['key']}"
            if section.slug != current:
                href = f"{reverse('plans:section', args=[review.reading.pk, section.slug])}{href}"
            title = str(section.one)
            found.append({"id": f"noi-{item['key']}", "places": item["places"], "href": href, "title": title})
    return found


def finding_marks(review: Review) -> list[dict[str, Any]]:
    """The marks of the findings, shown instead of the items when the findings are looked at."""
    return [
        {
            "id": f"noi-phat-hien-{n}",
            "places": found["places"],
            "href": f"#phat-hien-{n}",
            "title": found["message"],
        }
        for n, found in enumerate(review.reading.findings, 1)
        if found.get("places")
    ]


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name of a body, where it stands, and who is meant."""

    printed: str
    uses: int
    key: str
    party: int | None
    name: str
    is_settled: bool
    is_sure: bool
    likeness: int
    kind: str


def names(review: Review, kind_of: Any) -> list[Name]:
    """Every printed name: those that wait for a decision first, then in the order of the paper."""
    found = []
    for printed, keys in review.names.items():
        match = review.matches.get(printed)
        found.append(
            Name(
                printed,
                len(keys),
                keys[0],
                review.meant(printed),
                review.name_of(review.meant(printed)),
                review.settled(printed) is not None,
                bool(match and match.sure and not match.chosen),
                round((match.likeness if match else 0) * 100),
                kind_of(printed),
            )
        )
    return sorted(found, key=lambda name: (name.is_settled, name.party is not None))


def counts(review: Review) -> dict[str, int]:
    """How many items each section has, by its name."""
    return {section.name: len(review.content[section.name]) for section in LISTS}


def section_of(key: str) -> Section | None:
    """The section to which a key belongs by its beginning."""
    return next((section for section in SECTIONS if key.startswith(section.prefix)), None)
