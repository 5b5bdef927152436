"""How parties stand in one round on the map, and how they kept the due moments of the last rounds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from luc.agencies.issuing import short_name
from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.kernel import registry
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today
from luc.rounds import queries
from luc.rounds.models import Cycle, Obligation
from luc.rounds.words import standing
from luc.territory import maps
from luc.territory.models import Unit
from luc.territory.queries import tenant_units

ROUNDS = 8  # as many columns as a page shows


def on_map(viewer: Viewer, cycle: Cycle) -> maps.Map | None:
    """The communes of the tenant's province, or a ministry's provinces, by how they stand in a round.

    None without boundaries.
    """
    governed = list(tenant_units(cycle.tenant_id, today()))
    province = next((unit for unit in governed if unit.level == Unit.Level.PROVINCE), None)
    whole = any(unit.level == Unit.Level.COUNTRY for unit in governed)
    if province is None and not whole:
        return None
    kind = Party.Kind.COMMUNE if province else Party.Kind.PROVINCE
    rows = list(
        queries.overseen_obligations(viewer).filter(cycle=cycle, party__kind=kind, party__unit__isnull=False)
    )
    # the room whose round it is registers where what a party handed in is read
    read_at = registry.find(viewer, f"{cycle.source_kind}.obligation", [row.pk for row in rows])
    said = {}
    for row in rows:
        stands, source = standing(row), read_at.get(row.pk)
        if row.party.unit_id is not None:
            said[row.party.unit_id] = maps.Said(stands.tone, stands.words, source.address if source else "")
    return maps.of_province(province.pk, said) if province else maps.of_country(said)


@dataclass(frozen=True, slots=True)
class Mark:
    """How one party kept the due moment of one round."""

    name: str
    tone: str
    words: str


UNBOUND = Mark("", "none", "")


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party with a mark for each round."""

    party: Party
    marks: list[Mark]

    @property
    def title(self) -> str:
        return short_name(self.party)

    def count(self, name: str) -> int:
        """In how many of the rounds it has this mark."""
        return sum(mark.name == name for mark in self.marks)

    @property
    def bound(self) -> int:
        return len(self.marks) - self.count("")

    @property
    def on_time(self) -> int:
        return self.count("on_time")

    @property
    def late(self) -> int:
        return self.count("late")

    @property
    def missing(self) -> int:
        return self.count("missing")


@dataclass(frozen=True, slots=True)
class CycleColumn:
    """A round with how many kept its due moment."""

    cycle: Cycle
    counts: Counter[str]

    @property
    def parts(self) -> list[tuple[str, str, int]]:
        """(tone, words, count), as a bar takes them."""
        kinds = [
            ("good", _("đúng hạn"), "on_time"),
            ("warn", _("gửi muộn"), "late"),
            ("bad", _("quá hạn, chưa gửi"), "missing"),
            ("idle", _("còn hạn"), "open"),
        ]
        return [(tone, words, self.counts[name]) for tone, words, name in kinds if self.counts[name]]


@dataclass(frozen=True, slots=True)
class OverTime:
    """The last rounds, oldest first, and every party that was bound in one of them; who failed most stands first."""

    columns: list[CycleColumn]
    lines: list[PartyLine]


def over_time(viewer: Viewer, *, kind: str = "") -> OverTime:
    """How the due moments of the last rounds were kept that a viewer oversees; of one kind of party when given.

    Rounds of enterprises, of which there are hundreds, have a board of their own.

    A fixed number of statements. What was handed in first counts: a report that was returned later was in time.
    """
    agencies = Obligation.objects.filter(cycle=OuterRef("pk"), party__is_listed=True)
    cycles = list(queries.cycles(viewer).filter(Exists(agencies))[:ROUNDS])[::-1]
    rows = queries.overseen_obligations(viewer).filter(cycle__in=[cycle.pk for cycle in cycles])
    if kind:
        rows = rows.filter(party__kind=kind)
    found = list(rows.select_related("party__unit").order_by(*by_kind("party__")))
    marks = {(row.party_id, row.cycle_id): mark_of(row) for row in found}
    parties = {row.party_id: row.party for row in found}
    lines = [
        PartyLine(party, [marks.get((party.pk, cycle.pk), UNBOUND) for cycle in cycles])
        for party in parties.values()
    ]
    counts: dict[int, Counter[str]] = {cycle.pk: Counter() for cycle in cycles}
    for (_party, cycle), mark in marks.items():
        counts[cycle][mark.name] += 1
    return OverTime(
        [CycleColumn(cycle, counts[cycle.pk]) for cycle in cycles],
        sorted(lines, key=lambda line: (-line.missing, -line.late)),
    )


def mark_of(row: Obligation) -> Mark:
    """Whether a party handed in in time, late (and by how many days), not at all, or still has time."""
    if row.submitted_at is None:
        if row.due_at <= now():
            return Mark("missing", "bad", _("chưa gửi"))
        return Mark("open", "idle", _("còn hạn"))
    if row.submitted_at < row.due_at:
        return Mark("on_time", "good", _("đúng hạn"))
    days = (row.submitted_at - row.due_at).days + 1
    return Mark("late", "warn", _("muộn %(days)d ngày") % {"days": days})
