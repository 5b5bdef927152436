"""The fixed cast of the tests: two tenants, their agencies through time, one person for every role.

Tenant `here` is the province of the tests; `there` is an invented second one that must never see or be seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django_scopes import scope, scopes_disabled

from luc.agencies.models import Membership, Party, PartySuccession, Role
from luc.agencies.queries import viewer_of
from luc.kernel.models import Tenant, User
from luc.kernel.rights import Viewer
from luc.kernel.writing import writing
from luc.territory.models import Succession, TenantUnit, Unit

MERGER = date(2025, 7, 1)
REFORM = date(2025, 3, 1)


@dataclass
class Side:
    """One tenant with its people by name of role ("officer", "clerk_finance", "clerk_commune" ...)."""

    tenant: Tenant
    province: Unit
    parties: dict[str, Party]
    people: dict[str, User]

    def viewer(self, person: str) -> Viewer:
        with scope(tenant=[self.tenant.pk]):
            return viewer_of(self.people[person].pk)


@dataclass
class Cast:
    """Both tenants; `both`: clerks of a department here who hold the role of their name there."""

    here: Side
    there: Side
    both: dict[str, User]


def make_cast() -> Cast:
    """Write both tenants; call inside a test's database."""
    with writing(), scopes_disabled():
        here, there = make_side("92", "thành phố Cần Thơ", "a"), make_side("98", "tỉnh Bình Minh", "b")
        both = {person: _in_both(here, there, person) for person in ("officer", "administrator")}
        return Cast(here, there, both)


def _in_both(here: Side, there: Side, person: str) -> User:
    """A clerk of a department here with one of PEOPLE's roles there."""
    user = _person(f"ab.{person}", here.parties["science"], Role.CLERK)
    party, role = PEOPLE[person]
    Membership.objects.create(
        tenant=there.tenant, user=user, party=there.parties[party], role=role, valid_from=date(2020, 1, 1)
    )
    return user


def make_side(code: str, name: str, prefix: str) -> Side:
    """Write one tenant; inside `writing()` and outside any scope. User names begin with the prefix."""
    old = Unit.objects.create(
        code=code, level="province", type="tinh", name=name, full_name=f"{name} (cũ)", valid_to=MERGER
    )
    province = Unit.objects.create(
        code=code,
        level="province",
        type="thanh_pho",
        name=name,
        full_name=name.capitalize(),
        valid_from=MERGER,
    )
    Succession.objects.create(old=old, new=province, kind="unchanged", on=MERGER)
    tenant = Tenant.objects.create(code=code, name=f"Ủy ban nhân dân {name}")
    TenantUnit.objects.create(tenant=tenant, unit=old, valid_to=MERGER)
    TenantUnit.objects.create(tenant=tenant, unit=province, valid_from=MERGER)
    parties = _parties(tenant, province, code)
    people = {
        person: _person(f"{prefix}.{person}", parties[party], role)
        for person, (party, role) in PEOPLE.items()
    }
    return Side(tenant, province, parties, people)


PEOPLE = {
    "officer": ("industry", Role.OFFICER),
    "focal_head": ("industry", Role.FOCAL_HEAD),
    "clerk_finance": ("finance", Role.CLERK),
    "approver_finance": ("finance", Role.APPROVER),
    "head_finance": ("finance", Role.HEAD),
    "clerk_environment": ("environment", Role.CLERK),
    "clerk_science": ("science", Role.CLERK),
    "clerk_commune": ("commune_1", Role.CLERK),
    "clerk_commune_2": ("commune_2", Role.CLERK),
    "appraiser": ("finance", Role.APPRAISER),
    "leader": ("committee", Role.LEADER),
    "secretariat": ("office", Role.SECRETARIAT),
    "administrator": ("office", Role.ADMINISTRATOR),
    "ministry_reader": ("ministry", Role.MINISTRY_READER),
    "enterprise": ("works", Role.ENTERPRISE),
}


def _parties(tenant: Tenant, province: Unit, code: str) -> dict[str, Party]:
    def party(kind: str, name: str, **more: object) -> Party:
        return Party.objects.create(tenant=tenant, kind=kind, name=name, **more)

    units = [
        Unit.objects.create(
            code=f"{code}00{n}",
            level="commune",
            type="phuong",
            name=name,
            full_name=f"Phường {name}",
            parent=province,
            valid_from=MERGER,
        )
        for n, name in enumerate(["An Bình", "Bình Thủy", "Đông Phú"], 1)
    ]
    parties = {
        "committee": party("province", tenant.name),
        "office": party("department", "Văn phòng Ủy ban nhân dân"),
        "industry": party("department", "Sở Công Thương"),
        "finance": party("department", "Sở Tài chính"),
        "planning": party("department", "Sở Kế hoạch và Đầu tư", valid_to=REFORM),
        "environment": party("department", "Sở Nông nghiệp và Môi trường", valid_from=REFORM),
        "resources": party("department", "Sở Tài nguyên và Môi trường", valid_to=REFORM),
        "science": party("department", "Sở Khoa học và Công nghệ"),
        "board": party("board", "Ban Quản lý các khu công nghiệp"),
        "ministry": party("central", "Bộ Công Thương"),
        "works": party("enterprise", "Công ty của bản diễn", is_listed=False),
        "departments": party("group", "Các sở, ban, ngành", member_kinds=["department", "board"]),
        "communes": party("group", "Ủy ban nhân dân các xã, phường", member_kinds=["commune"]),
    }
    for n, unit in enumerate(units, 1):
        parties[f"commune_{n}"] = party(
            "commune", f"Ủy ban nhân dân phường {unit.name}", unit=unit, valid_from=MERGER
        )
    for old, new in [("planning", "finance"), ("resources", "environment")]:
        PartySuccession.objects.create(
            tenant=tenant, old=parties[old], new=parties[new], on=REFORM, sureness="cần xác nhận"
        )
    return parties


def _person(username: str, party: Party, role: Role) -> User:
    user = User(username=username, full_name=f"Người {username}", email=f"{username}@example.vn")
    user.set_password(PASSWORD)
    user.save()
    Membership.objects.create(
        tenant=party.tenant, user=user, party=party, role=role, valid_from=date(2020, 1, 1)
    )
    return user


PASSWORD = "mat khau cua ban dien"
