"""What a comparison means for the open rounds of reports: who is asked more, who less, who only with the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from luc.agencies.models import Party
from luc.agencies.queries import resolve
from luc.agencies.resolving import Answerer
from luc.kernel.time import today
from luc.plans.comparing import ADDED, CHANGED, DROPPED, Difference
from luc.plans.models import Duty, Regime, Target, Task
from luc.plans.queries.comparison import Comparison
from luc.rounds.models import Cycle, Obligation

_FROZEN = {Obligation.State.SUBMITTED, Obligation.State.ACCEPTED}


Rounds = Callable[[Collection[int]], QuerySet[Any]]
_rounds: list[Rounds] = []


def asked_in(rounds: Rounds) -> None:
    """A room above says in which rounds regimes are asked beside those that are theirs alone: ids of cycles."""
    if rounds not in _rounds:
        _rounds.append(rounds)


@dataclass(frozen=True, slots=True)
class Asked:
    """A party, and how many things it is asked more or less."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Running:
    """An open round: who of it is asked more or less, whose report is in already, who only comes in with the next."""

    cycle: Cycle
    more: list[Asked]
    less: list[Asked]
    frozen: list[Asked]
    later: list[Asked]


def running(found: Comparison) -> list[Running]:
    """The open rounds of a plan, newest first, what is undecided counts as accepted; a fixed number of statements."""
    regimes = list(Regime.objects.filter(plan=found.plan).values_list("pk", flat=True))
    asking = Q(source_kind="plans.regime", source_id__in=regimes)
    for rounds in _rounds:
        asking |= Q(pk__in=rounds(regimes))
    listed = list(Cycle.objects.filter(asking, closed_at=None).order_by("-period_start"))
    if not listed:
        return []
    more, less = _moved(found)
    states: dict[int, dict[int, str]] = {cycle.pk: {} for cycle in listed}
    rows = Obligation.objects.filter(cycle__in=listed).exclude(state=Obligation.State.HANDED_ON)
    for cycle, party, state in rows.values_list("cycle", "party", "state"):
        states[cycle][party] = state
    names = dict(Party.objects.filter(pk__in={*more, *less}).order_by("sort_key").values_list("pk", "name"))
    return [_running(cycle, states[cycle.pk], more, less, names) for cycle in listed]


def _running(
    cycle: Cycle, states: dict[int, str], more: Counter[int], less: Counter[int], names: dict[int, str]
) -> Running:
    open_ = {party for party, state in states.items() if state not in _FROZEN}
    frozen = set(states) - open_
    return Running(
        cycle,
        more=[Asked(name, more[pk]) for pk, name in names.items() if more[pk] and pk in open_],
        less=[Asked(name, less[pk]) for pk, name in names.items() if less[pk] and pk in open_],
        frozen=[Asked(name, more[pk] + less[pk]) for pk, name in names.items() if pk in frozen],
        later=[Asked(name, more[pk]) for pk, name in names.items() if more[pk] and pk not in states],
    )


def _moved(found: Comparison) -> tuple[Counter[int], Counter[int]]:
    """How many things each party is asked more and less, whoever answers for the printed one today."""
    wanted = [one for one in found.changes if one.is_accepted is not False]
    now = [(_new_parties(found, one), _old_parties(found, one)) for one in wanted]
    named = {party for pair in now for side in pair for party in side}
    answering = resolve(sorted(named), today(), found.plan.territory_id) if named else {}
    more: Counter[int] = Counter()
    less: Counter[int] = Counter()
    for new, old in now:
        comes, goes = (_answerers(answering, side) for side in (new, old))
        more.update(comes - goes)
        less.update(goes - comes)
    return more, less


def _answerers(answering: Mapping[int, list[Answerer]], parties: Iterable[int]) -> set[int]:
    return {one.party for party in parties for one in answering.get(party, ())}


def _old_parties(found: Comparison, one: Difference) -> set[int]:
    """Who has a part in an item as it is; nobody of one that stays as it was for everybody."""
    if one.what == ADDED or (one.what == CHANGED and not one.names & _WHO):
        return set()
    rows = found.standing.rows.get(one.key, [])
    taking = [part for row in rows if isinstance(row, Task) for part in found.standing.parts.get(row.pk, ())]
    parties = {part.party_id for part in taking}
    parties |= {row.party_id for row in rows if isinstance(row, Duty)}
    return parties | {row.answering_id for row in rows if isinstance(row, Target)}


_WHO = {"lead", "coordinate", "agencies"}


def _new_parties(found: Comparison, one: Difference) -> set[int]:
    """Who would have a part in an item, as far as it is known who is meant."""
    if one.new is None or one.what == DROPPED or (one.what == CHANGED and not one.names & _WHO):
        return set()
    review, key = found.review, one.new["key"]
    meant = {review.meant(name) for name in _named(one)}
    if one.section.name in {"tasks", "body"} and not one.new["lead"]:
        meant.add(review.party_of(review.chosen("leads", key)))
    if one.section.name == "targets":
        meant.add(review.party_of(review.chosen("answering", key)))
    return {party for party in meant if party}


def _named(one: Difference) -> Iterator[str]:
    for name in _WHO:
        yield from (one.new or {}).get(name, ())
