"""Provinces in the middle of a cycle: every commune a party with a clerk who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django_scopes import scope, scopes_disabled

from luc.agencies.models import Membership, Party, Role
from luc.kernel.models import User
from luc.kernel.sessions import SessionStore
from luc.kernel.writing import writing
from luc.plans.models import Part, Plan, Target
from luc.reporting.models import Report
from luc.rounds.models import Cycle
from luc.territory.models import Unit
from tests.cast import MERGER, Side, make_side
from tests.plan import make_plan
from tests.reporting.life import open_cycle

IN_A_PROVINCE = 98  # 3,321 communes in 34 provinces since 1/7/2025 (refdata/territory)


@dataclass(frozen=True, slots=True)
class Desk:
    """One clerk's place: the session, the report, and which province's board it shows on."""

    name: str
    session: str
    report: int
    province: int


@dataclass(frozen=True, slots=True)
class Collected:
    """One province's round: tenant, cycle, the session of the officer who looks at its board."""

    tenant: int
    cycle: int
    officer: str


def make_country(communes: int, tasks: int) -> tuple[list[Desk], list[Collected]]:
    """Write as many provinces as these communes make up, a plan and an open cycle in each."""
    count = max(1, round(communes / IN_A_PROVINCE))
    desks: list[Desk] = []
    rounds: list[Collected] = []
    for n in range(count):
        with transaction.atomic():
            places, collected = _province(n, communes // count + (n < communes % count), tasks)
        desks += places
        rounds.append(collected)
    return desks, rounds


def _province(n: int, size: int, tasks: int) -> tuple[list[Desk], Collected]:
    with writing(), scopes_disabled():
        side = make_side(f"z{n}", f"tỉnh Mẫu {n}", f"z{n}")
    with scope(tenant=[side.tenant.pk]):
        with writing():
            communes = _communes(side, size)
            sessions = {party.pk: _signed_in(_clerk(party, f"z{n}.{m}")) for m, party in enumerate(communes)}
            officer = _signed_in(side.people["officer"])
        cycle = open_cycle(side, _plan(side, tasks))
        return _desks(cycle, sessions, n), Collected(side.tenant.pk, cycle.pk, officer)


def _communes(side: Side, size: int) -> list[Party]:
    """As many communes as asked; the cast has three."""
    there = [side.parties[f"commune_{n}"] for n in (1, 2, 3)]
    new = [_commune(side, n) for n in range(size - len(there))]
    return (there + new)[:size]


def _commune(side: Side, n: int) -> Party:
    unit = Unit(code=f"{side.province.code}{n + 100}", level="commune", type="xa", name=f"Mẫu {n}")
    unit.full_name, unit.parent, unit.valid_from = f"Xã Mẫu {n}", side.province, MERGER
    unit.save()
    return Party.objects.create(
        tenant=side.tenant, kind="commune", name=f"UBND {unit.full_name}", unit=unit, valid_from=MERGER
    )


def _clerk(party: Party, name: str) -> User:
    user = User(username=name, full_name=f"Người {name}", password="!")
    user.save()
    Membership.objects.create(tenant=party.tenant, user=user, party=party, role=Role.CLERK, valid_from=MERGER)
    return user


def _signed_in(user: User) -> str:
    """The key of a session as signing in makes it."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    return session.session_key


def _plan(side: Side, tasks: int) -> Plan:
    """Communes work along in every task and answer both targets."""
    plan = make_plan(side, tasks)
    with writing():
        Part.objects.filter(task__plan=plan, role="coordinate").update(party=side.parties["communes"])
        Target.objects.filter(plan=plan).update(answering=side.parties["communes"])
    return plan


def _desks(cycle: Cycle, sessions: dict[int, str], province: int) -> list[Desk]:
    rows = Report.objects.filter(obligation__cycle=cycle, obligation__party__in=sessions)
    pairs = rows.values_list("pk", "obligation__party").order_by("pk")
    return [Desk(f"{province}-{pk}", sessions[party], pk, province) for pk, party in pairs]
