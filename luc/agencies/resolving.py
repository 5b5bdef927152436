"""Who answers for a party on a day: through groups, successions and bodies that report through another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.db.models import Q
from django.utils.translation import gettext as _

from luc.agencies.models import GroupMember, Membership, Party, PartySuccession
from luc.kernel.time import valid_on
from luc.territory.queries import units_within

Why = Literal["named", "member", "successor", "through"]
_STRENGTH: dict[Why, int] = {"named": 0, "member": 1, "successor": 2, "through": 3}
# bodies that the province cannot oblige unless they take part themselves
OUTSIDE = frozenset({Party.Kind.CENTRAL, Party.Kind.ASSOCIATION, Party.Kind.ENTERPRISE, Party.Kind.OTHER})
LOCAL = frozenset({Party.Kind.COMMUNE, Party.Kind.DISTRICT})


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers for a party, and how it came to that: in a code for programs and a note for people."""

    party: int
    why: Why
    note: str


@dataclass(frozen=True, slots=True)
class Step:
    """The way so far from the party that was asked for."""

    why: Why
    notes: tuple[str, ...]

    def further(self, why: Why, note: str) -> Step:
        """One step on; the strongest reason of the way is the reason of its end."""
        return Step(max(self.why, why, key=_STRENGTH.__getitem__), (*self.notes, note))


Near = Mapping[str, Any]


def _of(name: str, near: Near) -> Q:
    return Q(**{f"{name}__{what}": value for what, value in near.items()})


class Register:
    """Parties with their links, these in three statements.

    `near`: which rows of links are theirs, as a filter of a party ({"tenant__in": ...}).
    """

    def __init__(self, parties: Iterable[Party], on: date, inside: set[int] | None, near: Near) -> None:
        self.on = on
        self.inside = inside
        self.parties = {party.pk: party for party in parties}
        self.successions: dict[int, list[PartySuccession]] = {}
        for line in PartySuccession.objects.filter(_of("old", near), on__lte=on):
            self.successions.setdefault(line.old_id, []).append(line)
        self.members: dict[int, list[GroupMember]] = {}
        for member in GroupMember.objects.filter(_of("group", near)):
            self.members.setdefault(member.group_id, []).append(member)
        held = Membership.objects.filter(valid_on(on), _of("party", near))
        self.with_people = set(held.values_list("party", flat=True).distinct())

    @staticmethod
    def of_tenants(parties: Collection[int], on: date, inside: set[int] | None) -> Register:
        """All parties of the tenants of some."""
        tenants = Party.objects.filter(pk__in=parties).values("tenant")
        rows = Party.objects.filter(tenant__in=tenants).order_by("sort_key", "pk")
        return Register(rows, on, inside, {"tenant__in": tenants})

    @staticmethod
    def towards(parties: Collection[int], on: date, territory: int | None) -> Register:
        """Only those for which some parties may answer: a step back at a time, until there is nothing further back."""
        tenants = Party.objects.filter(pk__in=parties).values("tenant")
        rows = list(Party.objects.filter(Q(pk__in=parties) | Q(tenant__in=tenants, kind=Party.Kind.GROUP)))
        groups = [party for party in rows if party.kind == Party.Kind.GROUP]
        found = {party.pk: party for party in rows if party.pk in parties}
        is_local = any(party.kind in LOCAL for party in found.values())
        inside = units_within(territory, on) if is_local and territory is not None else None
        step: Collection[Party] = list(found.values())
        while step:
            kinds, pks = {party.kind for party in step}, [party.pk for party in step]
            by_kind = [group for group in groups if kinds & set(group.member_kinds)]
            back = Q(reports_through__in=pks) | Q(successions__new__in=pks) | Q(members__party__in=pks)
            further = [*by_kind, *Party.objects.filter(back).distinct()]
            step = {party.pk: party for party in further if party.pk not in found}.values()
            found |= {party.pk: party for party in step}
        return Register(found.values(), on, inside, {"in": list(found)})

    def exists(self, party: Party) -> bool:
        return _holds(party, self.on)

    def members_of(self, group: Party) -> Iterator[Party]:
        """Whoever belongs to a group that day, by kind or by name, in the order of names."""
        named = {row.party_id for row in self.members.get(group.pk, []) if _holds(row, self.on)}
        for party in self.parties.values():
            by_kind = (
                party.kind in group.member_kinds and party.kind != Party.Kind.GROUP and self.exists(party)
            )
            if by_kind or party.pk in named:
                yield party

    def is_inside(self, party: Party) -> bool:
        """Whether a commune lies in the territory asked for; whoever has no commune's territory does."""
        return self.inside is None or party.kind not in LOCAL or party.unit_id in self.inside


def resolve(parties: Collection[int], on: date, territory: int | None = None) -> dict[int, list[Answerer]]:
    """Who answers for each party on a day, in a fixed number of statements; nobody is an empty list.

    A group stands for its members that day, an ended party (or member) for its successors, whoever reports
    through another for that other. Bodies that are not the province's (OUTSIDE) answer only where they have
    people of their own. With `territory`, an ended or existing province, the communes reached through a group
    are those of the day that lie in what that province was (Luật Tổ chức chính quyền địa phương 72/2025/QH15:
    districts ended and communes were merged on 1/7/2025).
    """
    inside = None if territory is None else units_within(territory, on)
    register = Register.of_tenants(parties, on, inside)
    return {pk: _answerers(register, pk) for pk in parties}


def answered_by(
    mine: Collection[int], parties: Collection[int], on: date, territory: int | None = None
) -> dict[int, set[int]]:
    """Which of some own parties answer for each of others, as `resolve` says it, without reading the whole register."""
    register = Register.towards(mine, on, territory)
    return {pk: {one.party for one in _answerers(register, pk)} & set(mine) for pk in parties}


def _answerers(register: Register, asked: int) -> list[Answerer]:
    best: dict[int, Step] = {}
    party = register.parties.get(asked)
    for answerer, step in _walk(register, party, Step("named", ()), frozenset()) if party else ():
        there = best.get(answerer.pk)
        if there is None or _STRENGTH[step.why] < _STRENGTH[there.why]:
            best[answerer.pk] = step
    order = {pk: place for place, pk in enumerate(register.parties)}
    return [
        Answerer(pk, best[pk].why, "; ".join(best[pk].notes)) for pk in sorted(best, key=order.__getitem__)
    ]


def _walk(register: Register, party: Party, step: Step, seen: frozenset[int]) -> Iterator[tuple[Party, Step]]:
    if party.pk in seen or (party.valid_from and party.valid_from > register.on):
        return
    seen |= {party.pk}
    if not register.exists(party):
        for line in register.successions.get(party.pk, []):
            if line.new_id in register.parties:
                new = register.parties[line.new_id]
                yield from _walk(register, new, step.further("successor", _succeeded(party, line)), seen)
    elif party.reports_through_id:
        note = _("báo cáo thay cho %(body)s") % {"body": party.name}
        through = register.parties.get(party.reports_through_id)
        if through is not None:
            yield from _walk(register, through, step.further("through", note), seen)
    elif party.kind == Party.Kind.GROUP:
        note = _("thuộc nhóm %(group)s") % {"group": party.name}
        for member in register.members_of(party):
            if register.is_inside(member):
                yield from _walk(register, member, step.further("member", note), seen)
    elif party.kind not in OUTSIDE or party.pk in register.with_people:
        yield party, step


def _succeeded(party: Party, line: PartySuccession) -> str:
    note = _("kế thừa %(old)s (từ %(day)s)") % {"old": party.name, "day": f"{line.on:%d/%m/%Y}"}
    return f"{note} - {_('cần xác nhận')}" if line.sureness else note


def _holds(row: Party | GroupMember, on: date) -> bool:
    """valid_on, for rows that are at hand."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or row.valid_to > on)
