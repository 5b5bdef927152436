"""What is asked of the registry: what everybody sees, the own desk, what an agency keeps, what waits for an officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django_scopes import scopes_disabled

from luc.agencies.models import Membership, Party
from luc.industry.confirming.steps import unconfirmed
from luc.industry.fields import Names, of_columns, specs_of
from luc.industry.models import (
    Application,
    Contact,
    Enterprise,
    Entry,
    Offer,
    Park,
    Picture,
    Sheet,
    State,
    Suggestion,
    Value,
)
from luc.industry.saying import enterprise_of, standing
from luc.industry.tax import is_household
from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on

F = TypeVar("F", Picture, Sheet)
NEEDS_AN_OFFICER = (State.WAITING,)


def public_enterprises(on: date | None = None) -> QuerySet[Enterprise]:
    """The enterprises that everybody sees today (`on`: this day), of all tenants, by name; their columns are what was
    verified."""
    with scopes_disabled():
        rows = Enterprise.objects.filter(valid_on(on or today()), is_public=True)
    return rows.select_related("unit__parent", "park").order_by("sort_key", "pk")


def public_offers(on: date | None = None) -> QuerySet[Offer]:
    """The offers that everybody sees today (`on`: this day): verified, of an enterprise that is seen."""
    day = on or today()
    with scopes_disabled():
        rows = Offer.objects.filter(
            valid_on(day), valid_on(day, "enterprise__"), is_public=True, enterprise__is_public=True
        )
    return rows.select_related("enterprise__unit__parent", "field", "kind").order_by("sort_key", "pk")


_read_enterprise = Prepared(lambda pk, on: public_enterprises(on).filter(pk=pk))
_read_offer = Prepared(lambda pk, on: public_offers(on).filter(pk=pk))


def public_enterprise(pk: int) -> Enterprise | None:
    """One enterprise that everybody sees today."""
    return _read_enterprise.first(pk=pk, on=today())


def public_offer(pk: int) -> Offer | None:
    """One offer that everybody sees today."""
    return _read_offer.first(pk=pk, on=today())


def by_field() -> dict[str, int]:
    """How many public offers stand in each field, by code."""
    return _counts("field__code")


def by_kind() -> dict[str, int]:
    """How many public offers are of each kind, by code."""
    return _counts("kind__code")


def _counts(name: str) -> dict[str, int]:
    rows = public_offers().order_by().values_list(name).annotate(n=Count("pk"))
    return dict(rows)


def by_province() -> dict[int, int]:
    """How many public enterprises lie in each province, by unit."""
    rows = public_enterprises().order_by().exclude(unit=None)
    return dict(rows.values_list("unit__parent").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class Line:
    """One field of an entry in words, with whose word it is and of which day."""

    name: str
    title: str
    text: str
    source: str = ""
    on: date | None = None


@dataclass(slots=True)
class Shown:
    """A public entry with its sources; pictures and sheets of an offer, the contact of an enterprise."""

    entry: Entry
    lines: list[Line]
    tax_code: str = ""
    contact: Contact | None = None
    unconfirmed_since: datetime | None = None
    pictures: list[Picture] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)


def shown(entry: Entry) -> Shown:
    """An entry as everybody sees it (a row of `public_enterprises` or `public_offers`).

    The code of a household is its owner's personal number: it is shown to nobody.
    """
    key = "offer" if isinstance(entry, Offer) else "enterprise"
    with scopes_disabled():
        sources = {row.field: row for row in _read_values[key](entry=entry.pk)}
        found = Shown(entry, _lines(entry, of_columns(entry), sources))
        if isinstance(entry, Offer):
            found.pictures = _read_pictures(offer=entry.pk)
            found.sheets = _read_sheets(offer=entry.pk)
        else:
            assert isinstance(entry, Enterprise)
            found.tax_code = "" if is_household(entry.tax_code) else entry.tax_code
            found.contact = _read_contact.first(enterprise=entry.pk)
        owner = enterprise_of(entry)
        found.unconfirmed_since = unconfirmed([owner]).get(owner.pk)
    return found


_read_values = {
    "enterprise": Prepared(lambda entry: _verified().filter(enterprise=entry)),
    "offer": Prepared(lambda entry: _verified().filter(offer=entry)),
}
_read_pictures = Prepared(lambda offer: _seen(Picture.objects.filter(offer=offer)))
_read_sheets = Prepared(lambda offer: _seen(Sheet.objects.filter(offer=offer).select_related("file")))
_read_contact = Prepared(
    lambda enterprise: Contact.objects.filter(enterprise=enterprise, withdrawn_at=None).order_by("pk")[:1]
)


def _verified() -> QuerySet[Value]:
    return Value.objects.filter(standing=Value.Standing.VERIFIED)


def _seen(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(removed_at=None, verified_at__isnull=False).order_by("pk")


def _lines(entry: Entry, values: dict[str, Any], sources: dict[str, Value]) -> list[Line]:
    names = Names([values])
    found = []
    for spec in specs_of(entry):
        if text := names.shown(spec.name, values.get(spec.name)):
            row = sources.get(spec.name)
            found.append(
                Line(spec.name, str(spec.title), text, row.source if row else "", row.on if row else None)
            )
    return found


def own(viewer: Viewer) -> QuerySet[Enterprise]:
    """The enterprises whose people the viewer belongs to; open the scope of `tenants_of` first."""
    mine = viewer.parties_for("industry.own")
    return Enterprise.objects.filter(party__in=mine).exclude(state=State.MERGED).order_by("sort_key", "pk")


def tenants_of(viewer: Viewer) -> list[int]:
    """The tenants in whose registry a viewer has something: the own ones, and those of the own enterprises."""
    return sorted(viewer.tenants | {grant.tenant for grant in viewer.grants})


def kept(viewer: Viewer) -> QuerySet[Enterprise]:
    """The enterprises that an agency sees inside: those it entered, those verified in its park, all for an officer.

    What was never handed in is nobody's but the enterprise's own.
    """
    mine = viewer.parties_for("industry.keep")
    in_parks = Q(
        park__board__in=mine, park__in=Park.objects.filter(valid_on(today())), verified_at__isnull=False
    )
    theirs = Q(keeper__in=mine) | in_parks
    handed = Q(handed_at__isnull=False) | Q(verified_at__isnull=False)
    everything = Q(tenant__in=viewer.tenants_for("industry.verify")) & handed
    return (
        Enterprise.objects.filter(theirs | everything).exclude(state=State.MERGED).order_by("sort_key", "pk")
    )


def editable(viewer: Viewer) -> QuerySet[Enterprise]:
    """The enterprises of which a viewer may say something."""
    either = Q(pk__in=own(viewer).order_by().values("pk")) | Q(pk__in=kept(viewer).order_by().values("pk"))
    return Enterprise.objects.filter(either).select_related("party", "keeper", "park__board")


def offers_of(viewer: Viewer) -> QuerySet[Offer]:
    """The offers of which a viewer may say something: the own ones, of others what was handed in or we added."""
    mine = Q(enterprise__party__in=viewer.parties_for("industry.own"))
    mine |= Q(enterprise__keeper__in=viewer.parties_for("industry.keep"))
    ours = Value.objects.filter(offer__isnull=False, field="name", by__in=_colleagues(viewer).values("user"))
    seen = Q(handed_at__isnull=False) | Q(verified_at__isnull=False) | Q(pk__in=ours.values("offer"))
    handed = Q(enterprise__in=kept(viewer).order_by().values("pk")) & seen
    inside = Offer.objects.filter(mine | handed).exclude(enterprise__state=State.MERGED)
    return inside.select_related("enterprise__party", "enterprise__keeper", "enterprise__park__board")


def sees_open(viewer: Viewer, entry: Entry, enterprise: Enterprise) -> bool:
    """Whether a viewer sees what was said since: the own people always, others once it was handed in."""
    if enterprise.party_id in viewer.parties_for("industry.own"):
        return True
    if entry.state in {State.WAITING, State.RETURNED}:
        return True
    if enterprise.keeper_id in viewer.parties_for("industry.keep") and not has_people(enterprise):
        return True
    return _said_by_us(viewer, entry)


def _said_by_us(viewer: Viewer, entry: Entry) -> bool:
    """Whether all that was said since are words of the viewer's own agency."""
    said = {row.by_id for row in standing([entry])[entry.pk].values()}
    if not said or None in said:
        return False
    return said == set(_colleagues(viewer).filter(user__in=said).values_list("user", flat=True))


def _colleagues(viewer: Viewer) -> QuerySet[Membership]:
    """Who holds a role in the agencies for which the viewer keeps enterprises."""
    return Membership.objects.filter(party__in=viewer.parties_for("industry.keep"))


def has_people(enterprise: Enterprise) -> bool:
    """Whether somebody of the enterprise itself speaks for it."""
    return Party.objects.filter(pk=enterprise.party_id, memberships__role="enterprise").exists()


def queue(viewer: Viewer) -> QuerySet[Enterprise]:
    """The enterprises of which something waits for the officer, longest first."""
    waiting = Q(state__in=NEEDS_AN_OFFICER) | Q(offers__state__in=NEEDS_AN_OFFICER)
    rows = Enterprise.objects.filter(waiting, tenant__in=viewer.tenants_for("industry.verify"))
    return rows.exclude(state=State.MERGED).distinct().order_by("handed_at", "pk")


def suggestions(viewer: Viewer) -> QuerySet[Suggestion]:
    """What anybody suggested in the viewer's tenants, oldest first."""
    rows = Suggestion.objects.filter(tenant__in=viewer.tenants_for("industry.verify"))
    return rows.select_related("enterprise", "offer").order_by("at", "pk")


def parks(viewer: Viewer) -> QuerySet[Park]:
    """The parks and clusters of today in the viewer's tenants."""
    rows = Park.objects.filter(valid_on(today()), tenant__in=tenants_of(viewer))
    return rows.select_related("unit", "board").order_by("sort_key", "pk")


def found(rows: QuerySet[Enterprise], *, words: str = "", state: str = "") -> QuerySet[Enterprise]:
    """Enterprises of a list narrowed by words of the name or digits of the code, and by state."""
    for word in search_key(words).split():
        rows = rows.filter(Q(search_key__contains=word) | Q(tax_code__startswith=word))
    return rows.filter(state=state) if state else rows


def doubles(enterprise: Enterprise) -> list[Enterprise]:
    """Other entries of the tenant that may be the same enterprise: the same code, the same name without marks."""
    same = Q(tax_code=enterprise.tax_code) | Q(search_key=enterprise.search_key)
    rows = Enterprise.objects.filter(same, tenant=enterprise.tenant_id).exclude(pk=enterprise.pk)
    return list(rows.exclude(state=State.MERGED).order_by("-holds_code", "pk")[:10])


def pictures_of(offers: Iterable[int]) -> QuerySet[Picture]:
    """The pictures of offers that were not removed, in their order."""
    return Picture.objects.filter(offer__in=list(offers), removed_at=None).order_by("offer", "order", "pk")


def picture(viewer: Viewer, pk: int) -> Picture | None:
    """A picture that a viewer may see: of what everybody sees, or of an own offer; None for all others."""
    return _file(viewer, Picture.objects.select_related("large", "small"), pk)


def sheet(viewer: Viewer, pk: int) -> Sheet | None:
    """A data sheet that a viewer may have, as `picture`."""
    return _file(viewer, Sheet.objects.select_related("file"), pk)


def _file(viewer: Viewer, rows: QuerySet[F], pk: int) -> F | None:
    public = Q(verified_at__isnull=False, offer__in=public_offers().order_by().values("pk"))
    mine = Q(offer__in=offers_of(viewer).order_by().values("pk"))
    with scopes_disabled():
        everywhere: QuerySet[F] = rows.model._default_manager.all()
        found = everywhere.filter(public, removed_at=None, pk=pk).first()
    return found or rows.filter(mine, removed_at=None, pk=pk).first()


def open_of(entries: list[Any]) -> dict[int, dict[str, Value]]:
    """What is open of entries of one kind, by entry and field."""
    return standing(entries)


def application_of(secret_hash: str) -> Application | None:
    """The registration that a link belongs to, whoever asks."""
    with scopes_disabled():
        return Application.objects.filter(secret_hash=secret_hash).first()
