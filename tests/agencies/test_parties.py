"""What an administrator does with parties, with its exact history."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django_scopes import scopes_disabled

from luc.agencies import actions, queries
from luc.agencies.models import GroupMember, Party, PartyName, PartySuccession
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.models import Change
from luc.kernel.time import today
from tests.cast import Cast, Side

DAY = date(2026, 10, 1)


def lines() -> list[tuple[str, str, str, dict[str, object] | None, dict[str, object] | None]]:
    rows = Change.objects.order_by("pk")
    return [(row.act, row.kind, row.title, row.before, row.after) for row in rows]


def new_party(side: Side, **more: object) -> Party:
    values = {"tenant": side.tenant.pk, "kind": "department", "name": "Sở Du lịch"} | more
    return actions.add_party(side.viewer("administrator"), **values)  # type: ignore[arg-type]


def test_a_party_is_added_with_its_history(here: Side) -> None:
    row = new_party(here, name="  Sở   Du lịch ", short="Sở DL", valid_from=DAY)
    assert (row.name, row.search_key) == ("Sở Du lịch", "so du lich")
    ((act, kind, title, before, after),) = lines()
    assert (act, kind, title, before) == ("agencies.manage", "agencies.party", "Sở Du lịch", None)
    assert after is not None
    assert (after["name"], after["short"], after["valid_from"]) == ("Sở Du lịch", "Sở DL", "2026-10-01")


@pytest.mark.parametrize("name", ["", "   ", "Sở Công Thương", "SỞ CÔNG THƯƠNG"])
def test_a_party_needs_a_name_of_its_own(here: Side, name: str) -> None:
    with pytest.raises(Refused) as refused:
        new_party(here, name=name)
    assert set(refused.value.fields) == {"name"}
    assert lines() == []


@pytest.mark.parametrize("person", ["officer", "head_finance", "leader", "clerk_commune", "ministry_reader"])
def test_only_the_administrator_manages_parties(here: Side, person: str) -> None:
    viewer, party = here.viewer(person), here.parties["board"].pk
    with pytest.raises(NotAllowed):
        actions.add_party(viewer, tenant=here.tenant.pk, kind="department", name="Sở Du lịch")
    with pytest.raises(NotAllowed):
        actions.rename(viewer, party, name="Ban", reason="thử")
    with pytest.raises(NotAllowed):
        actions.end_party(viewer, party, on=DAY)
    assert lines() == []


def test_another_tenants_parties_are_out_of_reach(cast: Cast, here: Side) -> None:
    theirs = cast.there.parties["board"].pk
    viewer = here.viewer("administrator")
    for act in (
        lambda: actions.end_party(viewer, theirs, on=DAY),
        lambda: actions.add_name(viewer, theirs, name="Ban"),
        lambda: actions.add_member(viewer, here.parties["departments"].pk, party=theirs),
        lambda: new_party(here, reports_through=theirs),
    ):
        with pytest.raises(Party.DoesNotExist):
            act()
    with pytest.raises(NotAllowed):
        new_party(here, tenant=cast.there.tenant.pk)
    with pytest.raises(Refused):
        actions.end_party(viewer, here.parties["board"].pk, on=DAY, successors=[theirs])


def test_a_corrected_name_keeps_the_name_before(here: Side) -> None:
    board = here.parties["board"]
    actions.rename(here.viewer("administrator"), board.pk, name="Ban Quản lý khu kinh tế", reason="viết sai")
    board.refresh_from_db()
    assert (board.name, board.search_key) == ("Ban Quản lý khu kinh tế", "ban quan ly khu kinh te")
    assert list(board.names.values_list("name", flat=True)) == ["Ban Quản lý các khu công nghiệp"]
    kept, renamed = lines()
    assert kept[1] == "agencies.partyname"
    assert renamed[3:] == (
        {"name": "Ban Quản lý các khu công nghiệp"},
        {"name": "Ban Quản lý khu kinh tế"},
    )
    found = queries.match(here.tenant.pk, ["BQL các khu công nghiệp"], DAY)["BQL các khu công nghiệp"]
    assert (found[0].party, found[0].sure) == (board.pk, True)


def test_a_name_is_added_once(here: Side) -> None:
    viewer, board = here.viewer("administrator"), here.parties["board"].pk
    actions.add_name(viewer, board, name="BQL KCN")
    with pytest.raises(Refused):
        actions.add_name(viewer, board, name="bql kcn")
    with pytest.raises(Refused):
        actions.add_name(viewer, board, name="Ban quản lý các khu công nghiệp")
    assert PartyName.objects.count() == 1


def test_an_end_has_its_successors_and_its_history(here: Side) -> None:
    board, industry, science = (here.parties[name] for name in ("board", "industry", "science"))
    actions.end_party(
        here.viewer("administrator"),
        board.pk,
        on=DAY,
        successors=[industry.pk, science.pk],
        note="Quyết định số 1",
        sureness="ngày cần xác nhận",
    )
    board.refresh_from_db()
    assert board.valid_to == DAY
    rows = PartySuccession.objects.filter(old=board)
    assert {(row.new_id, row.on, row.sureness) for row in rows} == {
        (industry.pk, DAY, "ngày cần xác nhận"),
        (science.pk, DAY, "ngày cần xác nhận"),
    }
    ended, *successions = lines()
    assert ended[3:] == ({"valid_to": None}, {"valid_to": "2026-10-01"})
    assert [line[1] for line in successions] == ["agencies.partysuccession"] * 2
    assert set(Change.objects.values_list("reason", flat=True)) == {"Quyết định số 1"}
    answering = queries.resolve([board.pk], DAY)[board.pk]
    assert {answerer.party for answerer in answering} == {industry.pk, science.pk}


def test_what_cannot_end(here: Side) -> None:
    viewer, board = here.viewer("administrator"), here.parties["board"].pk
    cases = [
        (here.parties["planning"].pk, DAY, []),  # has ended
        (here.parties["commune_1"].pk, date(2025, 7, 1), []),  # on the day it began
        (board, DAY, [board]),  # by itself
        (board, DAY, [here.parties["planning"].pk]),  # by one that has ended
        (board, DAY, [999_999]),
    ]
    for party, on, successors in cases:
        with pytest.raises(Refused):
            actions.end_party(viewer, party, on=on, successors=successors)
    assert lines() == []


def test_groups_take_and_lose_members_by_name(here: Side) -> None:
    viewer, group = here.viewer("administrator"), here.parties["communes"].pk
    board = here.parties["board"].pk
    actions.add_member(viewer, group, party=board, valid_from=date(2026, 3, 1))
    assert board in {a.party for a in queries.resolve([group], DAY)[group]}
    with pytest.raises(Refused):
        actions.add_member(viewer, group, party=board)
    with pytest.raises(Refused):
        actions.add_member(viewer, group, party=group)
    with pytest.raises(Refused):
        actions.add_member(viewer, board, party=group)
    actions.end_member(viewer, group, party=board, on=DAY)
    assert board not in {a.party for a in queries.resolve([group], DAY)[group]}
    actions.add_member(viewer, group, party=board)
    was, now = GroupMember.objects.order_by("pk").values_list("valid_from", "valid_to")
    assert (was, now) == ((date(2026, 3, 1), DAY), (today(), None))


def test_what_a_group_was_stays(here: Side) -> None:
    viewer, group, board = here.viewer("administrator"), here.parties["communes"], here.parties["board"]
    actions.add_member(viewer, group.pk, party=board.pk, valid_from=date(2026, 1, 1))
    actions.end_member(viewer, group.pk, party=board.pk, on=date(2026, 3, 1))
    with pytest.raises(Refused):
        actions.add_member(viewer, group.pk, party=board.pk, valid_from=date(2026, 2, 1))
    actions.add_member(viewer, group.pk, party=board.pk, valid_from=date(2026, 6, 1))
    with pytest.raises(Refused):
        actions.end_member(viewer, group.pk, party=board.pk, on=date(2026, 5, 1))
    was_in = {month: board in queries.members(group, date(2026, month, 15)) for month in (2, 4, 7)}
    assert was_in == {2: True, 4: False, 7: True}


def test_a_party_renamed_to_its_own_name_is_told_so(here: Side) -> None:
    board = here.parties["board"]
    with pytest.raises(Refused) as refused:
        actions.rename(here.viewer("administrator"), board.pk, name=f" {board.name} ", reason="bấm hai lần")
    assert set(refused.value.fields) == {"name"}
    assert lines() == []


def test_a_wrong_end_is_corrected_with_its_reason(here: Side) -> None:
    viewer = here.viewer("administrator")
    board, industry, science = (here.parties[name] for name in ("board", "industry", "science"))
    actions.end_party(viewer, board.pk, on=DAY, successors=[industry.pk])
    right = date(2026, 9, 1)
    actions.correct_end(viewer, board.pk, on=right, successors=[science.pk], reason="ghi nhầm")
    board.refresh_from_db()
    assert board.valid_to == right
    assert [(row.new_id, row.on) for row in PartySuccession.objects.filter(old=board)] == [
        (science.pk, right)
    ]
    ended, came, gone = lines()[-3:]
    assert ended[3:] == ({"valid_to": "2026-10-01"}, {"valid_to": "2026-09-01"})
    assert (came[3], gone[4]) == (None, None)
    assert Change.objects.order_by("pk").last().reason == "ghi nhầm"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="thay đổi"):
        actions.correct_end(viewer, board.pk, on=right, successors=[science.pk], reason="lại")
    with pytest.raises(Refused):
        actions.correct_end(viewer, board.pk, on=right, successors=[board.pk], reason="chính nó")
    with pytest.raises(Refused) as refused:
        actions.correct_end(viewer, board.pk, on=None, reason=" ")
    assert set(refused.value.fields) == {"reason"}


def test_an_end_is_taken_back_unless_its_name_was_given_away(here: Side) -> None:
    viewer, board = here.viewer("administrator"), here.parties["board"]
    with pytest.raises(Refused):
        actions.correct_end(viewer, board.pk, on=None, reason="chưa kết thúc")
    actions.end_party(viewer, board.pk, on=DAY, successors=[here.parties["science"].pk])
    actions.correct_end(viewer, board.pk, on=None, reason="ghi nhầm đơn vị")
    board.refresh_from_db()
    assert board.valid_to is None
    assert not PartySuccession.objects.filter(old=board).exists()
    actions.end_party(viewer, board.pk, on=DAY)
    new_party(here, kind="board", name=board.name)
    with pytest.raises(Refused):
        actions.correct_end(viewer, board.pk, on=None, reason="ghi nhầm")


def test_who_reports_for_a_party_is_of_its_own_tenant(cast: Cast, here: Side) -> None:
    viewer = replace(here.viewer("administrator"), tenants=frozenset({here.tenant.pk, cast.there.tenant.pk}))
    with scopes_disabled(), pytest.raises(Party.DoesNotExist):
        actions.edit_party(
            viewer,
            here.parties["board"].pk,
            short="",
            reports_through=cast.there.parties["science"].pk,
            valid_from=None,
            sureness="",
        )


def test_a_body_may_not_report_through_itself(here: Side) -> None:
    viewer = here.viewer("administrator")
    board, industry = here.parties["board"], here.parties["industry"]
    unchanged = {"short": "", "valid_from": None, "sureness": ""}
    actions.edit_party(viewer, board.pk, reports_through=industry.pk, **unchanged)  # type: ignore[arg-type]
    for party, through in ((industry, board), (industry, industry)):
        with pytest.raises(Refused) as refused:
            actions.edit_party(viewer, party.pk, reports_through=through.pk, **unchanged)  # type: ignore[arg-type]
        assert set(refused.value.fields) == {"reports_through"}
    with pytest.raises(Refused, match="thay đổi"):
        actions.edit_party(viewer, board.pk, reports_through=industry.pk, **unchanged)  # type: ignore[arg-type]
    assert [line[4] for line in lines()] == [{"reports_through_id": industry.pk}]
