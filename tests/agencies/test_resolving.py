"""Who answers for a party on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from luc.agencies.models import GroupMember, Membership, Party, PartySuccession
from luc.agencies.queries import Answerer, answered_by, resolve
from luc.kernel.models import Tenant, User
from luc.kernel.writing import writing
from luc.territory.models import Succession, TenantUnit, Unit
from tests.cast import Side

MERGER, NOW = date(2025, 7, 1), date(2026, 11, 21)


@dataclass
class Province:
    """A province of the tests that grows by what a test says."""

    tenant: Tenant
    parties: dict[str, Party] = field(default_factory=dict)

    def party(self, name: str, kind: str = "department", **more: object) -> Party:
        with writing():
            self.parties[name] = Party.objects.create(tenant=self.tenant, kind=kind, name=name, **more)
        return self.parties[name]

    def became(self, old: str, *new: str, on: date = MERGER, sureness: str = "") -> None:
        with writing():
            for name in new:
                PartySuccession.objects.create(
                    tenant=self.tenant,
                    old=self.parties[old],
                    new=self.parties[name],
                    on=on,
                    sureness=sureness,
                )

    def answers(self, name: str, on: date = NOW, territory: int | None = None) -> dict[str, Answerer]:
        names = {party.pk: party.name for party in self.parties.values()}
        asked = self.parties[name].pk
        found = resolve([asked], on, territory)[asked]
        answering = {answerer.party for answerer in found}
        # asked from the other end it is the same, for each alone and for all together
        assert answered_by(list(names), [asked], on, territory)[asked] == answering
        for one in names:
            assert answered_by([one], [asked], on, territory)[asked] == answering & {one}
        return {names[answerer.party]: answerer for answerer in found}


@pytest.fixture
def province(db: None) -> Iterator[Province]:
    with writing():
        tenant = Tenant.objects.create(code="00", name="Ủy ban nhân dân tỉnh Thử")
    with scope(tenant=[tenant.pk]):
        yield Province(tenant)


def test_an_agency_answers_for_itself(province: Province) -> None:
    party = province.party("Sở A")
    assert resolve([party.pk], NOW) == {party.pk: [Answerer(party.pk, "named", "")]}


def test_an_ended_agency_is_answered_for_by_its_successors(province: Province) -> None:
    province.party("Sở A", valid_to=MERGER)
    province.party("Sở B")
    province.party("Sở C")
    province.became("Sở A", "Sở B", "Sở C", sureness="cần xác nhận")
    found = province.answers("Sở A")
    assert {name: answerer.why for name, answerer in found.items()} == {
        "Sở B": "successor",
        "Sở C": "successor",
    }
    assert found["Sở B"].note == "kế thừa Sở A (từ 01/07/2025) - cần xác nhận"


def test_on_the_last_day_before_its_end_it_answers_itself(province: Province) -> None:
    province.party("Sở A", valid_to=MERGER)
    province.party("Sở B")
    province.became("Sở A", "Sở B")
    assert list(province.answers("Sở A", date(2025, 6, 30))) == ["Sở A"]
    assert list(province.answers("Sở A", MERGER)) == ["Sở B"]


def test_successions_are_followed_as_far_as_the_day(province: Province) -> None:
    later = date(2026, 1, 1)
    province.party("Sở A", valid_to=MERGER)
    province.party("Sở B", valid_from=MERGER, valid_to=later)
    province.party("Sở C", valid_from=later)
    province.became("Sở A", "Sở B")
    province.became("Sở B", "Sở C", on=later)
    assert list(province.answers("Sở A", date(2025, 12, 31))) == ["Sở B"]
    found = province.answers("Sở A", later)
    assert found["Sở C"].note == "kế thừa Sở A (từ 01/07/2025); kế thừa Sở B (từ 01/01/2026)"


def test_two_that_became_one_answer_once_for_each(province: Province) -> None:
    for name in ("Sở A", "Sở B"):
        province.party(name, valid_to=MERGER)
    province.party("Sở C")
    for name in ("Sở A", "Sở B"):
        province.became(name, "Sở C")
    ids = [province.parties[name].pk for name in ("Sở A", "Sở B", "Sở C")]
    found = resolve(ids, NOW)
    assert [[a.party for a in found[pk]] for pk in ids] == [[ids[2]]] * 3
    assert [found[pk][0].why for pk in ids] == ["successor", "successor", "named"]


def test_an_end_without_successor_and_an_unknown_party_are_nobody(province: Province) -> None:
    ended = province.party("Sở A", valid_to=MERGER)
    assert resolve([ended.pk, 999_999], NOW) == {ended.pk: [], 999_999: []}


def test_who_does_not_exist_yet_does_not_answer(province: Province) -> None:
    province.party("Sở A", valid_from=MERGER)
    assert province.answers("Sở A", date(2025, 6, 30)) == {}


def test_a_circle_of_successions_ends(province: Province) -> None:
    province.party("Sở A", valid_to=MERGER)
    province.party("Sở B", valid_to=MERGER)
    province.became("Sở A", "Sở B")
    province.became("Sở B", "Sở A")
    assert province.answers("Sở A") == {}


def test_a_group_is_its_members_of_the_day(province: Province) -> None:
    province.party("Các sở", "group", member_kinds=["department"])
    province.party("Sở A")
    province.party("Sở B", valid_from=MERGER)
    province.party("Sở C", valid_to=MERGER)
    province.party("Ban D", "board")
    assert list(province.answers("Các sở", date(2025, 6, 30))) == ["Sở A", "Sở C"]
    assert list(province.answers("Các sở")) == ["Sở A", "Sở B"]
    assert province.answers("Các sở")["Sở A"] == Answerer(
        province.parties["Sở A"].pk, "member", "thuộc nhóm Các sở"
    )


def test_members_by_name_are_followed_to_their_successors(province: Province) -> None:
    group = province.party("Tổ công tác", "group")
    province.party("Sở A", valid_to=MERGER)
    province.party("Sở B")
    province.party("Sở C")
    province.became("Sở A", "Sở B")
    with writing():
        for name, until in (("Sở A", None), ("Sở C", MERGER)):
            party = province.parties[name]
            GroupMember.objects.create(tenant=province.tenant, group=group, party=party, valid_to=until)
    assert {name: a.why for name, a in province.answers("Tổ công tác").items()} == {"Sở B": "successor"}


def test_a_member_that_is_reached_twice_keeps_the_plainest_reason(province: Province) -> None:
    province.party("Các sở", "group", member_kinds=["department"])
    province.party("Sở A")
    province.party("Ban B", "board", reports_through=province.parties["Sở A"])
    with writing():
        GroupMember.objects.create(
            tenant=province.tenant, group=province.parties["Các sở"], party=province.parties["Ban B"]
        )
    found = province.answers("Các sở")
    assert (list(found), found["Sở A"].why) == (["Sở A"], "member")


@pytest.mark.parametrize("kind", ["central", "association", "enterprise", "other"])
def test_an_outside_body_without_people_is_nobody(province: Province, kind: str) -> None:
    body = province.party("Hội X", kind)
    assert province.answers("Hội X") == {}
    with writing():
        user = User.objects.create_user("hoi.x", full_name="Người của hội")
        Membership.objects.create(
            tenant=province.tenant, user=user, party=body, role="clerk", valid_from=date(2026, 1, 1)
        )
    assert [a.why for a in province.answers("Hội X").values()] == ["named"]


def test_whoever_reports_through_another_is_answered_for_by_it(province: Province) -> None:
    finance = province.party("Sở A", valid_to=MERGER)
    province.party("Sở B")
    province.became("Sở A", "Sở B")
    province.party("Hội X", "association", reports_through=finance)
    found = province.answers("Hội X")
    assert {name: a.why for name, a in found.items()} == {"Sở B": "through"}
    assert found["Sở B"].note.startswith("báo cáo thay cho Hội X; kế thừa Sở A")


def commune(province: Province, name: str, unit: Unit) -> None:
    province.party(f"Ủy ban nhân dân xã {name}", "commune", unit=unit, valid_from=MERGER)


@pytest.fixture
def merged(province: Province) -> tuple[int, int]:
    """Two old provinces that became one: two communes from the first, one from both, one from the second."""
    with writing():
        first, second, new = (
            Unit.objects.create(code=code, level="province", type="tinh", name=code, full_name=code, **dates)
            for code, dates in (
                ("X1", {"valid_to": MERGER}),
                ("X2", {"valid_to": MERGER}),
                ("X3", {"valid_from": MERGER}),
            )
        )
        for old in (first, second):
            Succession.objects.create(old=old, new=new, kind="whole", on=MERGER)
            TenantUnit.objects.create(tenant=province.tenant, unit=old)
        for name, olds in (("Một", [first]), ("Hai", [first]), ("Ba", [first, second]), ("Bốn", [second])):
            unit = Unit.objects.create(
                code=name,
                level="commune",
                type="xa",
                name=name,
                full_name=name,
                parent=new,
                valid_from=MERGER,
            )
            for old in olds:
                district = Unit.objects.create(
                    code=f"{name}{old.code}",
                    level="district",
                    type="huyen",
                    name=name,
                    full_name=name,
                    parent=old,
                    valid_to=MERGER,
                )
                ward = Unit.objects.create(
                    code=f"{name}{old.code}",
                    level="commune",
                    type="xa",
                    name=name,
                    full_name=name,
                    parent=district,
                    valid_to=MERGER,
                )
                kind = "part" if len(olds) > 1 else "whole"
                Succession.objects.create(old=ward, new=unit, kind=kind, on=MERGER)
            commune(province, name, unit)
    province.party("Các xã", "group", member_kinds=["commune"])
    province.party("Các huyện", "group", member_kinds=["district"], valid_to=MERGER)
    province.became("Các huyện", "Các xã")
    province.party("Sở A")
    return first.pk, second.pk


def names(found: dict[str, Answerer]) -> set[str]:
    return {name.removeprefix("Ủy ban nhân dân xã ") for name in found}


def test_ended_districts_are_the_communes_of_their_old_province(
    province: Province, merged: tuple[int, int]
) -> None:
    first, second = merged
    assert names(province.answers("Các huyện")) == {"Một", "Hai", "Ba", "Bốn"}
    assert names(province.answers("Các huyện", territory=first)) == {"Một", "Hai", "Ba"}
    assert names(province.answers("Các huyện", territory=second)) == {"Ba", "Bốn"}
    assert names(province.answers("Các xã", territory=second)) == {"Ba", "Bốn"}
    answerer = next(iter(province.answers("Các huyện", territory=first).values()))
    assert (answerer.why, answerer.note) == (
        "successor",
        "kế thừa Các huyện (từ 01/07/2025); thuộc nhóm Các xã",
    )


def test_a_territory_only_narrows_communes_of_groups(province: Province, merged: tuple[int, int]) -> None:
    _, second = merged
    province.party("Mọi nơi", "group", member_kinds=["commune", "department"])
    assert names(province.answers("Mọi nơi", territory=second)) == {"Ba", "Bốn", "Sở A"}
    assert names(province.answers("Ủy ban nhân dân xã Một", territory=second)) == {"Một"}


def test_statements_do_not_grow(province: Province, merged: tuple[int, int]) -> None:
    def count(parties: list[int], territory: int | None) -> int:
        with CaptureQueriesContext(connection) as captured:
            resolve(parties, NOW, territory)
        return len(captured)

    every = [party.pk for party in province.parties.values()]
    assert count(every[:1], None) == count(every, None) == 4
    assert count(every[:1], merged[0]) == count(every, merged[0]) <= 9


def test_another_tenants_parties_are_nobody(province: Province) -> None:
    with writing():
        other = Tenant.objects.create(code="99", name="Tỉnh khác")
        stranger = Party.objects.create(tenant=other, kind="department", name="Sở của tỉnh khác")
    assert resolve([stranger.pk], NOW) == {stranger.pk: []}


@pytest.fixture
def can_tho(db: None) -> Iterator[Province]:
    """The real merged province, as `luc load` and `luc init` make it."""
    call_command("load", verbosity=0)
    call_command("init", province="92")
    tenant = Tenant.objects.get(code="92")
    with scope(tenant=[tenant.pk]):
        yield Province(tenant, {party.name: party for party in Party.objects.filter(tenant=tenant)})


def test_a_real_merged_province(can_tho: Province) -> None:
    assert settings.REFDATA.is_dir()
    old = Unit.objects.get(level="province", code="92", valid_from=None)
    bound = set(can_tho.answers("Ủy ban nhân dân quận, huyện", territory=old.pk))
    assert len(bound) == 32
    assert "Ủy ban nhân dân phường Ninh Kiều" in bound
    assert "Ủy ban nhân dân phường Sóc Trăng" not in bound
    assert len(can_tho.answers("Ủy ban nhân dân quận, huyện")) == 103
    assert set(can_tho.answers("Sở Kế hoạch và Đầu tư")) == {"Sở Tài chính"}
    assert set(can_tho.answers("Sở Thông tin và Truyền thông")) == {
        "Sở Khoa học và Công nghệ",
        "Sở Văn hóa, Thể thao và Du lịch",
    }
    assert set(can_tho.answers("Ủy ban nhân dân tỉnh Sóc Trăng")) == {"Ủy ban nhân dân thành phố Cần Thơ"}
    assert can_tho.answers("Hội Nông dân thành phố Cần Thơ") == {}


def test_who_has_people_is_asked_of_the_day(here: Side) -> None:
    with writing():
        union = Party.objects.create(tenant=here.tenant, kind="association", name="Hội Nông dân")
        Membership.objects.create(
            tenant=here.tenant,
            user=here.people["officer"],
            party=union,
            role="clerk",
            valid_from=date(2026, 11, 1),
        )
    assert resolve([union.pk], date(2026, 10, 31))[union.pk] == []
    assert [one.party for one in resolve([union.pk], date(2026, 11, 1))[union.pk]] == [union.pk]
