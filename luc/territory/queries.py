"""What is asked of units. Units are the same for every tenant, so no question here needs a viewer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from luc.kernel.prepared import Prepared
from luc.kernel.text import search_key
from luc.kernel.time import valid_on
from luc.territory.models import Succession, TenantUnit, Unit

_SAME = (Succession.Kind.UNCHANGED, Succession.Kind.RENAMED)


# units of today by their codes: (key, code, full name)
named: Prepared[tuple[int, str, str]] = Prepared(
    lambda level, codes: Unit.objects.filter(level=level, code__in=codes, valid_to=None).values_list(
        "pk", "code", "full_name"
    )
)


def unit_by_code(level: str, code: str, on: date) -> Unit | None:
    """The unit that a code meant on a day, None when it meant none."""
    return Unit.objects.filter(valid_on(on), level=level, code=code).select_related("parent").first()


def provinces(on: date) -> QuerySet[Unit]:
    """The provinces of a day, each with `communes`: how many lie in it (0 before the districts ended)."""
    in_it = Count("children", filter=Q(children__level=Unit.Level.COMMUNE) & valid_on(on, "children__"))
    rows = Unit.objects.filter(valid_on(on), level=Unit.Level.PROVINCE)
    return rows.annotate(communes=in_it).order_by("sort_key")


def country() -> Unit:
    """The whole country, which is the territory of what a ministry does; made when it is first asked for."""
    values = {"type": "quoc_gia", "name": "Việt Nam", "full_name": "Cả nước", "name_en": "Viet Nam"}
    return Unit.objects.get_or_create(level=Unit.Level.COUNTRY, code="VN", defaults=values)[0]


def children(unit: Unit, on: date) -> QuerySet[Unit]:
    """The units of the next level in a unit: those of the day, or of its last day when it ended before."""
    rows = Unit.objects.filter(parent=unit)
    current = rows if unit.valid_to and unit.valid_to <= on else rows.filter(valid_on(on))
    return current.order_by("sort_key")


def search(words: str, *, on: date | None = None) -> QuerySet[Unit]:
    """Units whose name has all the words, with or without marks; only those of a day when one is given."""
    found = Unit.objects.select_related("parent__parent")
    for word in search_key(words).split():
        found = found.filter(search_key__contains=word)
    if on is not None:
        found = found.filter(valid_on(on))
    return found.order_by(F("valid_to").desc(nulls_first=True), "sort_key", "pk")


def successors(units: Collection[int]) -> dict[int, list[Succession]]:
    """What directly became of units: by unit, each with `new`."""
    rows = Succession.objects.filter(old__in=units).select_related("new__parent").order_by("new__sort_key")
    return _grouped((row.old_id, row) for row in rows)


def predecessors(units: Collection[int]) -> dict[int, list[Succession]]:
    """What units were directly made from: by unit, each with `old`."""
    rows = (
        Succession.objects.filter(new__in=units)
        .select_related("old__parent__parent")
        .order_by("old__sort_key")
    )
    return _grouped((row.new_id, row) for row in rows)


def became_of(unit: Unit) -> list[Succession]:
    """What became of a unit; of a district, of its communes (a district itself had no successor)."""
    old = [unit.pk]
    if unit.level == Unit.Level.DISTRICT:
        old += Unit.objects.filter(parent=unit).values_list("pk", flat=True)
    rows = (
        Succession.objects.filter(old__in=old)
        .select_related("old", "new__parent")
        .order_by("new__sort_key", "old__sort_key")
    )
    return list(rows)


def _grouped(pairs: Iterable[tuple[int, Succession]]) -> dict[int, list[Succession]]:
    found: dict[int, list[Succession]] = {}
    for key, row in pairs:
        found.setdefault(key, []).append(row)
    return found


def units_within(province: int, on: date) -> set[int]:
    """The communes of a day that lie, wholly or partly, in what a (possibly ended) province is or was.

    Follows the succession of its communes and districts; empty where that is not known.
    """
    same = _same_province(province)
    inside = Q(parent__in=same) | Q(parent__parent__in=same)
    begun = set(Unit.objects.filter(inside).values_list("pk", flat=True))
    reached, step = begun, begun
    while step:
        pairs = Succession.objects.filter(old__in=list(step), on__lte=on).values_list("new_id", flat=True)
        step = set(pairs) - reached
        reached = reached | step
    # one statement however many units: those that hold on the day
    held = Unit.objects.filter(valid_on(on), level=Unit.Level.COMMUNE, pk__in=list(reached))
    return set(held.values_list("pk", flat=True))


def _same_province(province: int) -> set[int]:
    """A province with itself under its earlier and later names, as long as nothing was merged."""
    links = list(
        Succession.objects.filter(old__level=Unit.Level.PROVINCE, kind__in=_SAME).values_list(
            "old_id", "new_id"
        )
    )
    same, more = set[int](), {province}
    while more - same:
        same |= more
        more = {new for old, new in links if old in same} | {old for old, new in links if new in same}
    return same


def knows_communes() -> bool:
    """Whether the succession of communes was loaded (it is data of its own, which may be absent)."""
    return Succession.objects.filter(old__level=Unit.Level.COMMUNE, old__valid_from=None).exists()


def governing(units: Collection[int], on: date) -> dict[int, int]:
    """The tenant that governs each unit on a day, by unit; a unit that no tenant here governs is left out."""
    rows = TenantUnit.objects.filter(valid_on(on), unit__in=units).order_by("pk")
    return dict(rows.values_list("unit", "tenant"))


def tenant_units(tenant: int, on: date | None = None) -> QuerySet[Unit]:
    """The provinces that a tenant governs and inherited, today's first; of a day when one is given."""
    rows = Unit.objects.filter(pk__in=TenantUnit.objects.filter(tenant=tenant).values("unit"))
    if on is not None:
        rows = rows.filter(valid_on(on))
    return rows.order_by(F("valid_from").desc(nulls_last=True), "sort_key")
