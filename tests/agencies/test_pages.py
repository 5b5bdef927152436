"""Pages of parties: what they show, for whom, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luc.agencies.models import Membership, Party
from luc.kernel.models import User
from luc.kernel.time import today
from luc.kernel.writing import writing
from tests.cast import Side

SignIn = Callable[..., Client]


def read(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_whom_is_there_and_on_demand_who_ended(here: Side, signed_in: SignIn) -> None:
    client = signed_in("clerk_commune")
    page = read(client, "agencies:parties", q="so", kind="department")
    assert "Sở Tài chính" in page
    assert "Sở Kế hoạch và Đầu tư" not in page
    assert "Thêm cơ quan" not in page
    ended = read(client, "agencies:parties", q="ke hoach", ended="1")
    assert "Sở Kế hoạch và Đầu tư" in ended
    assert "Kết thúc 01/03/2025" in ended


def test_a_party_shows_what_became_of_it_and_how_sure_that_is(here: Side, signed_in: SignIn) -> None:
    page = read(signed_in("officer"), "agencies:party", here.parties["planning"].pk)
    assert "Kết thúc hoạt động từ 01/03/2025" in page
    assert f'href="{reverse("agencies:party", args=[here.parties["finance"].pk])}">Sở Tài chính</a>' in page
    assert "Cần xác nhận" in page
    assert "Việc của người quản trị" not in page
    successor = read(signed_in("officer"), "agencies:party", here.parties["finance"].pk)
    assert "Tiếp nhận từ" in successor
    assert "Người a.clerk_finance" in successor


def test_the_menu_of_a_person_leads_to_their_roles(here: Side, signed_in: SignIn) -> None:
    client = signed_in("clerk_finance")
    menu = read(client, "agencies:parties")
    assert f'<a href="{reverse("agencies:myself")}">Vai trò của tôi</a>' in menu
    assert "Chuyên viên báo cáo" in read(client, "agencies:myself")


def test_an_end_to_come_is_shown_as_such(here: Side, signed_in: SignIn) -> None:
    client, board = signed_in("administrator"), here.parties["board"]
    day = today() + timedelta(days=200)
    typed = {"on": f"{day:%d/%m/%Y}", "successors": [here.parties["science"].pk]}
    assert client.post(reverse("agencies:end", args=[board.pk]), typed).status_code == 302
    page = read(client, "agencies:party", board.pk)
    assert f"Đang hoạt động, đến {day:%d/%m/%Y}" in page
    assert f"Sẽ kết thúc hoạt động từ {day:%d/%m/%Y}" in page
    assert "Mời người dùng" in page


def test_a_wrong_end_is_corrected_on_its_page(here: Side, signed_in: SignIn) -> None:
    client, planning = signed_in("administrator"), here.parties["planning"]
    address = reverse("agencies:correct_end", args=[planning.pk])
    assert address in read(client, "agencies:party", planning.pk)
    form = read(client, "agencies:correct_end", planning.pk)
    assert re.search(rf'value="{here.parties["finance"].pk}"[^>]*checked', form)
    assert client.post(address, {"on": "", "reason": "ghi nhầm"}).status_code == 302
    planning.refresh_from_db()
    assert planning.valid_to is None
    assert client.get(address).status_code == 404


def test_a_name_is_not_corrected_twice(here: Side, signed_in: SignIn) -> None:
    client, board = signed_in("administrator"), here.parties["board"]
    typed = {"name": "Ban Quản lý khu kinh tế", "reason": "viết sai"}
    address = reverse("agencies:rename", args=[board.pk])
    assert [client.post(address, typed).status_code for _ in range(2)] == [302, 200]


def test_an_end_without_successor_is_told(here: Side, signed_in: SignIn) -> None:
    with writing():
        Party.objects.filter(pk=here.parties["board"].pk).update(valid_to=date(2026, 1, 1))
    page = read(signed_in("officer"), "agencies:party", here.parties["board"].pk)
    assert "Chưa ghi đơn vị kế thừa" in page


def test_the_administrator_ends_a_party_on_the_page(here: Side, signed_in: SignIn) -> None:
    client, board = signed_in("administrator"), here.parties["board"]
    address = reverse("agencies:end", args=[board.pk])
    wrong = client.post(address, {"on": "31/02/2026", "note": "Quyết định số 1"})
    assert wrong.status_code == 200
    assert "Quyết định số 1" in wrong.content.decode()
    form = {"on": "01/10/2026", "successors": [here.parties["industry"].pk], "note": "Quyết định số 1"}
    page = client.post(address, form, follow=True).content.decode()
    assert "Đã ghi ngày kết thúc" in page
    assert "Sở Công Thương" in page
    board.refresh_from_db()
    assert board.valid_to == date(2026, 10, 1)


def test_the_administrator_adds_edits_and_names_a_party(here: Side, signed_in: SignIn) -> None:
    client = signed_in("administrator")
    form = {"name": "Sở Du lịch", "kind": "department", "short": "Sở DL", "valid_from": "01/03/2026"}
    client.post(reverse("agencies:add"), form)
    row = Party.objects.get(name="Sở Du lịch")
    assert (row.tenant_id, row.valid_from) == (here.tenant.pk, date(2026, 3, 1))
    client.post(reverse("agencies:edit", args=[row.pk]), {"short": "Sở DL", "sureness": "ngày thành lập"})
    client.post(reverse("agencies:add_name", args=[row.pk]), {"name": "Sở Du lịch và Lữ hành"})
    page = read(client, "agencies:party", row.pk)
    assert "ngày thành lập" in page
    assert "Sở Du lịch và Lữ hành" in page
    twice = client.post(reverse("agencies:add"), form).content.decode()
    assert "Đã có đơn vị tên" in twice


def test_members_of_a_group_are_shown_and_changed(here: Side, signed_in: SignIn) -> None:
    client, group = signed_in("administrator"), here.parties["communes"].pk
    board = here.parties["board"].pk
    page = client.post(reverse("agencies:add_member", args=[group]), {"party": board}, follow=True)
    assert "Ban Quản lý các khu công nghiệp</a>" in page.content.decode()
    client.post(reverse("agencies:end_member", args=[group, board]))
    assert "Ban Quản lý các khu công nghiệp</a>" not in read(client, "agencies:party", group)


@pytest.mark.parametrize("person", ["clerk_commune", "officer", "head_finance", "leader", "ministry_reader"])
def test_who_may_not_manage_gets_403(here: Side, signed_in: SignIn, person: str) -> None:
    client, party = signed_in(person), here.parties["board"].pk
    for name, args in (("add", []), ("edit", [party]), ("end", [party]), ("rename", [party])):
        assert client.get(reverse(f"agencies:{name}", args=args)).status_code == 403


def test_ones_own_roles_of_every_tenant(here: Side, cast: object, signed_in: SignIn) -> None:
    there = cast.there  # type: ignore[attr-defined]
    with writing():
        Membership.objects.create(
            tenant=there.tenant,
            user=here.people["ministry_reader"],
            party=there.parties["ministry"],
            role="ministry_reader",
            valid_from=date(2026, 1, 1),
        )
    page = read(signed_in("ministry_reader"), "agencies:myself")
    assert here.tenant.name in page
    assert there.tenant.name in page


def fill(side: Side, many: int) -> None:
    with writing():
        for n in range(many):
            name = f"Sở số {n}"
            party = Party.objects.create(tenant=side.tenant, kind="department", name=name)
            user = User.objects.create_user(f"them.{side.tenant.pk}.{n}", full_name=f"Người số {n}")
            Membership.objects.create(
                tenant=side.tenant, user=user, party=party, role="clerk", valid_from=date(2026, 1, 1)
            )


@pytest.mark.parametrize("name", ["parties", "people", "invite", "add"])
def test_pages_cost_the_same_however_many_rows(here: Side, signed_in: SignIn, name: str) -> None:
    client = signed_in("administrator")
    counts = []
    for many in (30, 0):
        with CaptureQueriesContext(connection) as captured:
            read(client, f"agencies:{name}")
        counts.append(len(captured))
        fill(here, many)
    assert counts[0] == counts[1] <= 12


def test_a_group_page_costs_the_same_however_many_members(here: Side, signed_in: SignIn) -> None:
    client, group = signed_in("administrator"), here.parties["departments"].pk
    counts = []
    for many in (30, 0):
        with CaptureQueriesContext(connection) as captured:
            read(client, "agencies:party", group)
        counts.append(len(captured))
        fill(here, many)
    assert counts[0] == counts[1] <= 16
