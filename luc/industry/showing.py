"""What the pages of the desk show, gathered in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from luc.industry import queries
from luc.industry.confirming.steps import owed_by
from luc.industry.fields import Names, of_columns, specs_of
from luc.industry.models import Enterprise, Entry, Offer, Picture, Sheet, State, Value
from luc.industry.saying import enterprise_of, missing, wished
from luc.kernel.rights import Viewer
from luc.rounds.words import due_words


def told(viewer: Viewer, entry: Entry) -> dict[str, Any]:
    """What an entry is said to be, as far as a viewer sees it."""
    open_ = (
        queries.open_of([entry])[entry.pk] if queries.sees_open(viewer, entry, enterprise_of(entry)) else {}
    )
    return wished(entry, open_)


@dataclass(frozen=True, slots=True)
class Row:
    """One field beside itself: what was verified, what is said now, whose word that is, what was remarked."""

    name: str
    title: str
    now: str
    before: str
    value: Value | None
    needed: bool

    @property
    def is_new(self) -> bool:
        return self.value is not None


@dataclass(slots=True)
class Side:
    """An entry with its rows and what it lacks."""

    entry: Entry
    rows: list[Row]
    lacking: list[str]
    pictures: list[Picture] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return "offer" if isinstance(self.entry, Offer) else "enterprise"

    @property
    def new(self) -> list[Row]:
        return [row for row in self.rows if row.is_new]

    @property
    def waits(self) -> bool:
        return self.entry.state == State.WAITING

    @property
    def tone(self) -> str:
        """How its state looks."""
        return TONES[self.entry.state]


TONES = {
    State.DRAFT.value: "idle",
    State.WAITING.value: "wait",
    State.RETURNED.value: "warn",
    State.VERIFIED.value: "good",
    State.WITHDRAWN.value: "none",
    State.MERGED.value: "none",
}


def sides(viewer: Viewer, enterprise: Enterprise, entries: list[Any]) -> list[Side]:
    """Entries of one kind side by side with what is open of them."""
    open_ = queries.open_of(entries)
    seen = {one.pk: queries.sees_open(viewer, one, enterprise) for one in entries}
    before = {one.pk: of_columns(one) if one.verified_at else {} for one in entries}
    now = {one.pk: wished(one, open_[one.pk] if seen[one.pk] else {}) for one in entries}
    names = Names([*before.values(), *now.values()])
    found = []
    for one in entries:
        rows = [
            Row(
                spec.name,
                str(spec.title),
                names.shown(spec.name, now[one.pk].get(spec.name)),
                names.shown(spec.name, before[one.pk].get(spec.name)),
                open_[one.pk].get(spec.name) if seen[one.pk] else None,
                spec.needed,
            )
            for spec in specs_of(one)
        ]
        found.append(Side(one, rows, missing(one, now[one.pk])))
    return found


def _with_files(found: list[Side]) -> list[Side]:
    by_pk = {side.entry.pk: side for side in found}
    for picture in queries.pictures_of(by_pk):
        by_pk[picture.offer_id].pictures.append(picture)
    sheets = Sheet.objects.filter(offer__in=list(by_pk), removed_at=None).select_related("file")
    for sheet in sheets.order_by("pk"):
        by_pk[sheet.offer_id].sheets.append(sheet)
    return found


def offers_beside(viewer: Viewer, enterprise: Enterprise, *, waiting: bool = False) -> list[Side]:
    """The offers of an enterprise as a viewer sees them; only those that wait for the officer."""
    rows = enterprise.offers.select_related("field", "kind").order_by("sort_key", "pk")
    seen = queries.offers_of(viewer).order_by().filter(enterprise=enterprise).values("pk")
    offers = list(rows.filter(pk__in=seen))
    if waiting:
        offers = [one for one in offers if one.state == State.WAITING]
    return _with_files(sides(viewer, enterprise, offers))


def desk_of(viewer: Viewer, enterprise: Enterprise) -> dict[str, Any]:
    """What the desk of one entry shows."""
    (head,) = sides(viewer, enterprise, [enterprise])
    offers = offers_beside(viewer, enterprise)
    new = (State.DRAFT, State.RETURNED)
    ready = [side for side in [head, *offers] if side.entry.state in new]
    withdrawn = [side for side in [head, *offers] if side.entry.state == State.WITHDRAWN and side.new]
    owed = owed_by(enterprise)
    return {
        "row": enterprise,
        "head": head,
        "offers": offers,
        "owed": owed,
        "due": due_words(owed) if owed else "",
        "ready": ready + withdrawn,
        "lacking": [side for side in ready + withdrawn if side.lacking],
        "is_own": enterprise.party_id in viewer.parties_for("industry.own"),
        "contact": enterprise.contacts.filter(withdrawn_at=None).first(),
    }


def offer_desk(viewer: Viewer, offer: Offer) -> dict[str, Any]:
    """What the page of one offer shows."""
    (side,) = _with_files(sides(viewer, offer.enterprise, [offer]))
    return {"row": offer.enterprise, "offer": offer, "side": side}


def preview_of(viewer: Viewer, enterprise: Enterprise) -> dict[str, Any]:
    """The entry and its offers as everybody will see them once they are verified."""
    (head,) = sides(viewer, enterprise, [enterprise])
    offers = [side for side in offers_beside(viewer, enterprise) if side.entry.state != State.WITHDRAWN]
    return {
        "row": enterprise,
        "head": head,
        "offers": offers,
        "contact": enterprise.contacts.filter(withdrawn_at=None).first(),
    }
