"""What the public pages of the registry ask: a fixed number of statements each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.core.cache import cache
from django.db.models import Count, Q
from django_scopes import scopes_disabled

from luc.industry import queries as industry
from luc.industry import searching
from luc.industry.confirming.steps import unconfirmed
from luc.industry.fields import every_field, every_kind
from luc.industry.models import Enterprise, Field, Kind, Offer, Picture
from luc.kernel.models import ChainHead
from luc.kernel.prepared import Prepared
from luc.kernel.search.finding import Hit
from luc.kernel.time import today
from luc.territory.models import Unit

Counts = TypeVar("Counts")
NEWEST = 6
_KEPT = 86_400  # seconds
_LISTED = 10_000  # entries of each kind in the map of the site: such a file holds 50,000 addresses


@dataclass(slots=True)
class Listed:
    """One line of a list: an enterprise or an offer with what one needs to choose."""

    kind: str
    pk: int
    title: str
    about: str
    place: str
    row: Enterprise | Offer
    axes: list[str] = field(default_factory=list)
    picture: Picture | None = None
    unconfirmed_since: datetime | None = None

    @property
    def enterprise(self) -> Enterprise:
        return self.row.enterprise if isinstance(self.row, Offer) else self.row

    @property
    def is_offer(self) -> bool:
        return self.kind == searching.OFFER


def mark() -> str:
    """Another one whenever anything was done: only actions write, and each into a history. One statement."""
    return f"{today()}/{'/'.join(f'{pk}:{end[:16]}' for pk, end in _heads())}"


_heads = Prepared(lambda: ChainHead.objects.order_by("pk").values_list("pk", "hash"))


def _kept(name: str, made: Callable[[], Counts]) -> Counts:
    """Counts over the whole registry, counted once after whatever was done, for all processes."""
    now, known = mark(), cache.get(f"registry-{name}")
    if known is None or known[0] != now:
        known = now, made()
        cache.set(f"registry-{name}", known, _KEPT)
    found: Counts = known[1]
    return found


def addresses() -> list[tuple[str, tuple[int, ...], datetime | None]]:
    """Every public entry as (name of its page, id, when it last changed). Two statements."""
    found: list[tuple[str, tuple[int, ...], datetime | None]] = []
    for name, rows in (
        ("registry_enterprise", industry.public_enterprises()),
        ("registry_offer", industry.public_offers()),
    ):
        some = rows.order_by("pk").values_list("pk", "changed_at")[:_LISTED]
        found += [(name, (pk,), at) for pk, at in some]
    return found


def listed(hits: Iterable[Hit]) -> list[Listed]:
    """What was found, in its order, as lines; what is public no more since is left out. At most five statements."""
    hits = list(hits)
    wanted = {kind: [hit.object_id for hit in hits if hit.kind == kind] for kind in searching.KINDS}
    lines: dict[tuple[str, int], Listed] = {}
    if ids := wanted[searching.ENTERPRISE]:
        for row in _read_enterprises(keys=ids, on=today()):
            lines[searching.ENTERPRISE, row.pk] = _of_enterprise(row)
        names = {axis.code: str(axis) for axis in every_field()}
        for hit in hits:
            if line := lines.get((hit.kind, hit.object_id)):
                line.axes = [names[code] for code in hit.facets.get("linh-vuc", ()) if code in names]
    if ids := wanted[searching.OFFER]:
        for line in _offers(ids):
            lines[searching.OFFER, line.pk] = line
    with scopes_disabled():
        since = unconfirmed(line.enterprise for line in lines.values())
    for line in lines.values():
        line.unconfirmed_since = since.get(line.enterprise.pk)
    return [lines[hit.kind, hit.object_id] for hit in hits if (hit.kind, hit.object_id) in lines]


def newest() -> list[Listed]:
    """The offers whose public words changed last. Two statements."""
    return _offers(_read_newest(on=today()))


_read_newest = Prepared(
    lambda on: industry.public_offers(on).order_by("-changed_at", "-pk").values_list("pk", flat=True)[:NEWEST]
)


def offers_of(enterprise: int) -> list[Listed]:
    """The public offers of an enterprise by field and name. Two statements."""
    with scopes_disabled():
        ids = _read_offered(enterprise=enterprise, on=today())
        return sorted(_offers(ids), key=lambda line: (line.axes, line.row.sort_key))


_read_offered = Prepared(
    lambda enterprise, on: (
        industry.public_offers(on).order_by().filter(enterprise=enterprise).values_list("pk", flat=True)
    )
)


# what a line shows of its row; columns that nobody looks at cost more than those that are shown
_OWNER = ("name", "party", "verified_at", "confirmed_at", "unit__full_name", "unit__parent__full_name")
_OF_ENTERPRISE = ("about", "is_invented", *_OWNER)
_OF_OFFER = (
    *("name", "about", "is_invented", "sort_key", *(f"enterprise__{name}" for name in _OWNER)),
    *(f"{axis}__{name}" for axis in ("field", "kind") for name in ("name", "name_en")),
)


_read_enterprises = Prepared(
    lambda keys, on: (
        industry.public_enterprises(on)
        .select_related(None)
        .select_related("unit__parent")
        .only(*_OF_ENTERPRISE)
        .filter(pk__in=keys)
        .order_by()
    )
)
_read_offers = Prepared(
    lambda keys, on: industry.public_offers(on).only(*_OF_OFFER).filter(pk__in=keys).order_by()
)
_read_pictures = Prepared(
    lambda offers: Picture.objects.filter(
        offer__in=offers, removed_at=None, verified_at__isnull=False
    ).order_by("offer", "order", "pk")
)


def _offers(ids: Iterable[int]) -> list[Listed]:
    keys = list(ids)
    rows = {row.pk: row for row in _read_offers(keys=keys, on=today())}
    first: dict[int, Picture] = {}
    with scopes_disabled():
        for picture in _read_pictures(offers=keys):
            first.setdefault(picture.offer_id, picture)
    return [_of_offer(rows[key], first.get(key)) for key in keys if key in rows]


def _of_enterprise(row: Enterprise) -> Listed:
    return Listed(searching.ENTERPRISE, row.pk, row.name, row.about, place_of(row), row)


def _of_offer(row: Offer, picture: Picture | None) -> Listed:
    axes = [str(axis) for axis in (row.field, row.kind) if axis]
    return Listed(searching.OFFER, row.pk, row.name, row.about, place_of(row.enterprise), row, axes, picture)


def place_of(row: Enterprise) -> str:
    """Commune and province in words; "" where it is not known."""
    if row.unit is None:
        return ""
    return ", ".join(unit.full_name for unit in (row.unit, row.unit.parent) if unit)


def province_of(row: Enterprise) -> Unit | None:
    """The province in which an enterprise lies."""
    if row.unit is None:
        return None
    return row.unit if row.unit.level == Unit.Level.PROVINCE else row.unit.parent


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of a statistic: by code and name how many offers and enterprises there are."""

    code: str
    name: str
    offers: int
    enterprises: int


def by_axis(model: type[Field] | type[Kind]) -> list[Counted]:
    """By field or kind, those without an entry too. Three statements once counted."""
    counts = _kept("axes", _axes)[0]["field" if model is Field else "kind"]
    every = every_field if model is Field else every_kind
    return [Counted(axis.code, str(axis), *counts.get(axis.code, (0, 0))) for axis in every()]


def enterprises() -> int:
    """How many enterprises are public. Two statements once counted."""
    return _kept("axes", _axes)[1]


def _axes() -> tuple[dict[str, dict[str, tuple[int, int]]], int]:
    """What the first page says, counted together: offers and enterprises by field and kind, all enterprises."""
    found = {}
    for name in ("field", "kind"):
        rows = industry.public_offers().order_by().values_list(f"{name}__code")
        told = rows.annotate(n=Count("pk"), e=Count("enterprise", distinct=True))
        found[name] = {code: (offers, enterprises) for code, offers, enterprises in told}
    return found, industry.public_enterprises().count()


def by_province() -> tuple[list[Counted], int]:
    """By province of today that has some; and how many enterprises say none. Three statements once counted."""
    told, offers, total = _kept("provinces", _by_province)
    named = Unit.objects.filter(level=Unit.Level.PROVINCE, valid_to=None, code__in=[c for c in told if c])
    rows = [
        Counted(unit.code, unit.full_name, offers.get(unit.code, 0), told[unit.code])
        for unit in named.order_by("sort_key")
    ]
    return rows, total - sum(row.enterprises for row in rows)


def _by_province() -> tuple[dict[str, int], dict[str, int], int]:
    province = Q(unit__level=Unit.Level.PROVINCE)
    told = industry.public_enterprises().order_by()
    found = dict(told.exclude(province).values_list("unit__parent__code").annotate(n=Count("pk")))
    for code, n in told.filter(province).values_list("unit__code").annotate(n=Count("pk")):
        found[code] = found.get(code, 0) + n
    offered = industry.public_offers().order_by().values_list("enterprise__unit__parent__code")
    return found, dict(offered.annotate(n=Count("pk"))), told.count()


def merged_into(pk: int) -> int | None:
    """Where a public entry stands now that was merged into it; None where nothing of it is public."""
    with scopes_disabled():
        into = Enterprise.objects.filter(pk=pk, merged_into__isnull=False, verified_at__isnull=False)
        kept = into.values_list("merged_into", flat=True).first()
    return kept if kept and industry.public_enterprises().filter(pk=kept).exists() else None
