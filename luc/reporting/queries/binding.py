"""What opening a cycle would mean: who is bound, what each is asked, what stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.agencies.queries import resolve
from luc.kernel.time import valid_on
from luc.plans.models import Plan, Regime, RegimeParty
from luc.reporting import cut
from luc.reporting.asked import Asked, Row, Thing, asked
from luc.reporting.cut import Sections
from luc.rounds.actions import Bound, Reason
from luc.rounds.models import Stands


@dataclass(frozen=True, slots=True)
class Line:
    """A party as the page of an opening shows it: why it is bound, what kind it is, how many rows it is asked."""

    party: Party
    reasons: tuple[Reason, ...]
    audience: cut.Audience
    sections: tuple[str, ...]
    rows: int

    @property
    def words(self) -> str:
        """The reasons in words, one after another."""
        return "; ".join(dict.fromkeys(reason.note for reason in self.reasons if reason.note))


@dataclass(frozen=True, slots=True)
class Binding:
    """Who would be bound, who is asked something and is not, and what stands in the way of opening.

    orphans: what nobody answers for; unasked: what is left out for all who would answer. offered: by kind of
    party, the sections in which the plans ask it something; sections: those that it is asked in this cycle.
    """

    plans: list[Plan]
    bound: list[Line]
    left_out: list[Line]
    nobody: list[RegimeParty]
    orphans: list[Row]
    unasked: list[Row]
    asked: Asked
    offered: dict[str, list[str]]
    sections: dict[str, list[str]]
    orphan_parties: dict[int, Party] = field(default_factory=dict)
    added: frozenset[int] = frozenset()

    @property
    def optional(self) -> list[tuple[str, list[Line]]]:
        """Whom the officer may add or has added, by kind of party in words."""
        lines = [line for line in self.bound if line.party.pk in self.added] + self.left_out
        kinds: dict[str, list[Line]] = {}
        for kind in Party.Kind.values:
            found = [line for line in lines if line.party.kind == kind]
            if found:
                kinds[kind] = sorted(found, key=lambda line: line.party.sort_key)
        return list(kinds.items())

    @property
    def stops(self) -> bool:
        """Whether the opening has to wait for an answer."""
        return bool(self.nobody or self.orphans or not self.bound)

    def as_bound(self) -> list[Bound]:
        """The plain values that rounds opens a cycle with."""
        return [Bound(line.party.pk, line.reasons) for line in self.bound]

    def rows_of(self, line: Line) -> list[Row]:
        """What a party would be asked."""
        return self.asked.of(line.party.pk, line.sections)

    def examples(self) -> list[Line]:
        """One bound party of each kind: the one that is asked most."""
        found: dict[str, Line] = {}
        for line in self.bound:
            kind = found.setdefault(line.audience, line)
            if line.rows > kind.rows:
                found[line.audience] = line
        return [found[kind] for kind in cut.Audience.values if kind in found]


def binding(
    regimes: Regime | Sequence[Regime],
    on: date,
    extra: Collection[int] = (),
    *,
    sections: Sections | None = None,
    shared: Mapping[Thing, Thing] | None = None,
) -> Binding:
    """Who is bound by regimes that share a cycle on a day, with `extra` parties that the officer adds.

    `sections`: what each kind of party is asked, all that the plans ask where nothing is said.
    """
    of = [regimes] if isinstance(regimes, Regime) else list(regimes)
    plans = list({regime.plan_id: regime.plan for regime in of}.values())
    reasons, nobody = _reasons(of, on)
    all_asked = asked(plans, on, shared)
    sections_of = all_asked.sections()
    more = frozenset(set(extra) & sections_of.keys() - reasons.keys())
    for party in sorted(more):
        added = Reason(party, Stands.Why.NAMED, _("được phân công trong kế hoạch, thêm khi mở kỳ"))
        reasons[party] = [added]
    people = _parties({*reasons, *sections_of})
    audiences = {pk: cut.audience(party.kind, sections_of.get(pk, ())) for pk, party in people.items()}
    offered = _offered(reasons, audiences, sections_of)
    wanted = sections or {}
    chosen = {kind: cut.ordered(wanted.get(kind, cut.usual(offer))) for kind, offer in offered.items()}
    cuts = {pk: tuple(chosen.get(kind, cut.OF_ROWS)) for pk, kind in audiences.items()}
    lines = {
        pk: Line(party, tuple(reasons.get(pk, ())), audiences[pk], cuts[pk], len(all_asked.of(pk, cuts[pk])))
        for pk, party in people.items()
    }
    orphans = all_asked.orphans(reasons)
    without = {row.key for row in orphans}
    return Binding(
        plans=plans,
        bound=[line for pk, line in lines.items() if pk in reasons],
        left_out=[line for pk, line in lines.items() if pk not in reasons],
        nobody=nobody,
        orphans=orphans,
        unasked=[row for row in all_asked.orphans(reasons, cuts) if row.key not in without],
        asked=all_asked,
        offered=offered,
        sections=chosen,
        orphan_parties=_parties({row.party for row in orphans}),
        added=more,
    )


def _reasons(regimes: Sequence[Regime], on: date) -> tuple[dict[int, list[Reason]], list[RegimeParty]]:
    """Why each party is bound, and the parties named by regimes for whom nobody answers."""
    reasons: dict[int, list[Reason]] = {}
    nobody = []
    for regime in regimes:
        rows = RegimeParty.objects.filter(valid_on(on), regime=regime).select_related("party").order_by("pk")
        named = list(rows)
        answering = resolve({row.party_id for row in named}, on, regime.plan.territory_id)
        for row in named:
            for one in answering[row.party_id]:
                there = reasons.setdefault(one.party, [])
                if row.party_id not in {reason.bound for reason in there}:
                    there.append(Reason(row.party_id, one.why, one.note))
        nobody += [row for row in named if not answering[row.party_id]]
    return reasons, nobody


def _offered(
    bound: Collection[int], audiences: Mapping[int, cut.Audience], asked_in: Mapping[int, Collection[str]]
) -> dict[str, list[str]]:
    by_kind_of_party: dict[str, set[str]] = {}
    for party in bound:
        by_kind_of_party.setdefault(audiences[party], set()).update(asked_in.get(party, ()))
    return {
        kind: cut.offered(by_kind_of_party[kind]) for kind in cut.Audience.values if kind in by_kind_of_party
    }


def _parties(ids: Collection[int]) -> dict[int, Party]:
    return {party.pk: party for party in Party.objects.filter(pk__in=ids).order_by(*by_kind())}
