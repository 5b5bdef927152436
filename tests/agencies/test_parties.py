"""What an administrator does with parties, with its exact history."""

from __future__ import annotations

from datetime import date

import pytest

from luc.agencies import actions, queries
from luc.agencies.models import GroupMember, Party, PartyName, PartySuccession
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.models import Change
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
    actions.add_member(viewer, group, party=board)
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
    assert GroupMember.objects.get().valid_to is None


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
