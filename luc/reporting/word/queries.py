"""An agency's own paper beside the form: each passage with what stands in the draft, and what would go into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from luc.kernel.rights import Viewer
from luc.reporting.cut import Section
from luc.reporting.models import Report
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft, Line
from luc.reporting.queries.reports import reports
from luc.reporting.word.models import OwnPaper
from vanban.reported import GENERAL

# the fields of each section of the form that a passage may fill, in their order
FIELDS: Mapping[str, tuple[str, ...]] = {
    Section.LEAD: ("state", "result", "obstacle", "proposal"),
    Section.COORDINATE: ("result", "obstacle", "proposal"),
    Section.DUTY: ("result",),
    Section.FIGURE: ("value", "estimate", "result"),
    GENERAL: ("obstacle", "proposal"),
}
ALL = ("state", "value", "estimate", "result", "obstacle", "proposal")
WORDS = frozenset({"result", "obstacle", "proposal"})


def own_papers(viewer: Viewer, report: Report | None = None) -> QuerySet[OwnPaper]:
    """The own papers of reports that the viewer writes, newest first, with their files and jobs."""
    of = OwnPaper.objects.filter(report__in=reports(viewer).order_by())
    of = of if report is None else of.filter(report=report)
    return of.select_related("file", "job").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Offer:
    """One value of a passage: its field, what would be written, the paper's words, why it is asked, what is there."""

    name: str
    value: str
    words: str
    doubt: str
    now: str = ""

    @property
    def offered(self) -> str:
        """What the field holds when the page opens: a doubtful figure or state is never filled in for anybody."""
        return self.value if self.name in WORDS or not self.doubt else ""


@dataclass(frozen=True, slots=True)
class Card:
    """A passage as it is looked at. `item` is the key of its row (or GENERAL), "" where a person must say which."""

    number: int
    passage: Mapping[str, Any]
    item: str
    line: Line | None
    offers: list[Offer] = field(default_factory=list)
    is_nil: bool = False
    is_done: bool = False

    @property
    def number_text(self) -> str:
        return str(self.number)

    @property
    def doubt(self) -> str:
        """Why the item itself must be asked."""
        return str(self.passage["doubt"])

    @property
    def is_sure(self) -> bool:
        """Whether it goes in without being looked at one by one: nothing of it is doubted or there already."""
        free = not any(offer.doubt or offer.now for offer in self.offers)
        words = self.line is not None and (self.line.has_words or self.line.is_nil)
        return bool(self.item) and not self.doubt and free and not (self.is_nil and words)

    @property
    def guess(self) -> str:
        """The item that a doubtful passage is most like."""
        return str(self.passage["item"] or "")


def cards(paper: OwnPaper, draft: Draft) -> list[Card]:
    """The passages of a paper beside a draft; those on what the report is not asked come last."""
    lines = {line.row.key: line for line in draft.lines}
    made = [_card(n, passage, lines, paper, draft) for n, passage in enumerate(paper.passages)]
    return sorted(made, key=lambda card: (not card.passage["item"], card.number))


def _card(
    n: int, passage: Mapping[str, Any], lines: Mapping[str, Line], paper: OwnPaper, draft: Draft
) -> Card:
    key = passage["item"] or ""
    known = key in lines or (key == GENERAL and draft.asks(Section.OBSTACLE))
    item = key if known and not passage["doubt"] else ""
    line = lines.get(item)
    said = {one["field"]: one for one in passage["said"]}
    if line is not None and not line.asks_estimate and "estimate" in said and "value" not in said:
        said["value"] = said.pop("estimate") | {"field": "value"}
    names = [name for name in _names(item, line) if name in said]
    offers = [_offer(said[name], line) for name in names]
    return Card(n, passage, item, line, offers, "nil" in said, n in paper.taken)


def _names(item: str, line: Line | None) -> tuple[str, ...]:
    """The fields that a passage may fill; of one whose item is not known yet all that there are."""
    if line is not None:
        names = FIELDS[line.row.asked_in]
        return names if line.asks_estimate else tuple(name for name in names if name != "estimate")
    return FIELDS[GENERAL] if item == GENERAL else ALL


def _offer(said: Mapping[str, Any], line: Line | None) -> Offer:
    now = str(line.values.get(said["field"]) or "") if line else ""
    same = now.strip() == said["value"].strip()
    return Offer(said["field"], said["value"], said["words"], said["doubt"], "" if same else now)


def marks(found: Iterable[Card]) -> list[dict[str, Any]]:
    """The marks in the paper: the title and the values of each passage, leading to its card."""
    return [mark for card in found for mark in _marks(card)]


def _marks(card: Card) -> Iterator[dict[str, Any]]:
    places = [*card.passage["places"], *(place for one in card.passage["said"] for place in one["places"])]
    unique = list({tuple(sorted(place.items())): place for place in places}.values())
    if unique:
        yield {"id": f"noi-{card.number}", "places": unique, "href": f"#muc-{card.number}", "title": ""}


def choices(draft: Draft) -> list[tuple[str, str]]:
    """The items that a passage may be said to mean."""
    found = [
        (line.row.key, f"{line.row.number}. {line.row.text}" if line.row.number else line.row.text)
        for line in draft.lines
    ]
    general = [(GENERAL, "")] if draft.asks(Section.OBSTACLE) else []
    return [*found, *general]


def next_orders(draft: Draft) -> Iterator[str]:
    """The keys of free rows for obstacles."""
    there = {int(values["order"]) for values in draft.obstacles}
    return (f"obstacle-{n}" for n in range(1, 99) if n not in there and f"obstacle-{n}" != NO_OBSTACLES)
