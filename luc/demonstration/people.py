"""Invented people for every agency of a province, and who of them is shown at start."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db.models import Exists, OuterRef, Q

from luc.agencies.models import Membership, Party, Role
from luc.kernel.history import action
from luc.kernel.models import Tenant, User
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key, sort_key
from luc.rounds.models import Obligation

PASSWORD = "lucxanh2026"  # noqa: S105 - of the demonstration, printed at start
DATA = Path(__file__).parent / "data"
SINCE = date(2025, 7, 1)
FOCAL = ("so cong thuong", "so tai chinh")  # of CNMT, and of TTX as heir of planning and investment
# which clerks are shown: of what kind of party, with a report in which state
CLERKS = (
    (Party.Kind.COMMUNE, Obligation.State.OPEN),
    (Party.Kind.DEPARTMENT, Obligation.State.RETURNED),
)


@dataclass(frozen=True, slots=True)
class Account:
    """An account that is printed at start."""

    username: str
    role: str
    party: str


def people_for(tenant: Tenant) -> None:
    """Make people for every party of today that has an account."""
    suffix = f".{tenant.code}" if Tenant.objects.filter(pk__lt=tenant.pk).exists() else ""
    viewer, chance = Viewer.for_system(tenant.pk), random.Random(tenant.code)
    parties = Party.objects.filter(tenant=tenant, valid_to=None).exclude(
        kind__in=["group", "enterprise", "other"]
    )
    hashed, users, members = make_password(PASSWORD), [], []
    for party in parties.select_related("unit").order_by("kind", "sort_key"):
        for role in roles_of(party):
            user = User(username=username(party, role, suffix), full_name=full_name(chance), password=hashed)
            user.email = "" if party.kind == Party.Kind.COMMUNE else f"{user.username}@vidu.invalid"
            user.sort_key = sort_key(user.full_name)
            users.append(user)
            members.append(Membership(tenant=tenant, party=party, role=role, user=user, valid_from=SINCE))
    with action(
        viewer, "agencies.people", tenant=tenant.pk, reason="Người hư cấu của bản trình diễn"
    ) as acting:
        User.objects.bulk_create(users, batch_size=500)
        Membership.objects.bulk_create(members, batch_size=500)
        acting.log(tenant, None, {"users": len(users)})


def worth_showing(tenant: Tenant) -> list[Account]:
    """One account of every role, the focal agency's first; as clerks a commune's whose report is open and a
    department's that was returned."""
    members = Membership.objects.filter(~Q(role=Role.CLERK), tenant=tenant, valid_to=None)
    shown: dict[str, Account] = {}
    for member in members.select_related("party", "user").order_by("pk"):
        if member.party.search_key == FOCAL[0]:
            shown[member.role] = _account(member)
        shown.setdefault(member.role, _account(member))
    order = list(Role.values)
    return _clerks(tenant) + sorted(shown.values(), key=lambda account: order.index(account.role))


def _clerks(tenant: Tenant) -> list[Account]:
    """Clerks who have something to do now; where a round that runs has none such, any."""
    clerks = Membership.objects.filter(tenant=tenant, role=Role.CLERK, valid_to=None)
    clerks = clerks.exclude(party__search_key=FOCAL[0])  # it is shown by its other people
    owing = Obligation.objects.filter(cycle__closed_at=None, party=OuterRef("party"))
    found = []
    for kind, state in CLERKS:
        rows = clerks.filter(party__kind=kind).select_related("party", "user")
        best = rows.annotate(has_to_do=Exists(owing.filter(state=state))).order_by("-has_to_do", "pk").first()
        found += [_account(best)] if best else []
    return found


def _account(member: Membership) -> Account:
    return Account(member.user.username, member.role, member.party.name)


def roles_of(party: Party) -> list[str]:
    """Which roles somebody holds in a party."""
    if party.kind == Party.Kind.CENTRAL:
        return [Role.MINISTRY_READER] if party.search_key.startswith("bo ") else []
    if party.kind == Party.Kind.PROVINCE:
        return [Role.LEADER]
    if party.kind == Party.Kind.COMMUNE:
        return [Role.CLERK]
    if party.search_key.startswith("van phong"):
        return [Role.SECRETARIAT, Role.ADMINISTRATOR, Role.CLERK]
    more = [Role.APPRAISER] if party.search_key == FOCAL[1] else []
    focal = [Role.OFFICER, Role.FOCAL_HEAD] if party.search_key in FOCAL else []
    return [Role.CLERK, Role.APPROVER, Role.HEAD, *focal, *more]


def username(party: Party, role: str, suffix: str) -> str:
    """ "soct.officer"; a commune's with its code, since names come twice; `suffix` tells further provinces."""
    if party.kind == Party.Kind.COMMUNE and party.unit:
        name = search_key(party.unit.name) + party.unit.code
    elif party.kind == Party.Kind.PROVINCE:
        name = "ubnd"
    else:
        name = search_key(party.short or party.name)
    return f"{''.join(name.split())[:24]}.{role}{suffix}"


def full_name(chance: random.Random) -> str:
    """An invented name."""
    names = json.loads((DATA / "names.json").read_text(encoding="utf-8"))
    return " ".join(chance.choice(names[part]) for part in ("family", "middle", "given"))
