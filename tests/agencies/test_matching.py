"""Which party a paper means by a name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from luc.agencies.models import Party
from luc.agencies.queries import Candidate, match
from luc.kernel.models import Tenant
from luc.kernel.writing import writing

OLD, NEW = date(2022, 8, 1), date(2026, 3, 1)
COMMITTEE = "Ủy ban nhân dân"


@pytest.fixture
def tenants(db: None) -> Iterator[dict[str, int]]:
    """Two real provinces, a city and a province with special zones."""
    call_command("load")
    for code in ("92", "91"):
        call_command("init", province=code)
    found = dict(Tenant.objects.values_list("code", "pk"))
    with scope(tenant=list(found.values())):
        yield found


# the name in a paper, its day, the party it means, whether that is sure
CITY = [
    ("Sở Công Thương", NEW, "Sở Công Thương", True),
    ("sở công thương", NEW, "Sở Công Thương", True),
    ("SỞ CÔNG THƯƠNG THÀNH PHỐ CẦN THƠ", NEW, "Sở Công Thương", True),
    ("Sở CT", NEW, "Sở Công Thương", True),
    ("So Cong Thuong", NEW, "Sở Công Thương", True),
    ("Giám đốc Sở Công Thương", NEW, "Sở Công Thương", True),
    ("Sở KH&ĐT", OLD, "Sở Kế hoạch và Đầu tư", True),
    ("Sở KHĐT", OLD, "Sở Kế hoạch và Đầu tư", True),
    ("Sở Kế hoạch & Đầu tư", OLD, "Sở Kế hoạch và Đầu tư", True),
    ("Sở Kế hoạch và Đầu tư", NEW, "Sở Kế hoạch và Đầu tư", False),
    ("Sở NN và PTNT", OLD, "Sở Nông nghiệp và Phát triển nông thôn", True),
    ("Sở Văn hoá, Thể thao và Du lịch", OLD, "Sở Văn hóa, Thể thao và Du lịch", True),
    ("Sở TP", OLD, "Sở Tư pháp", True),
    ("Văn phòng UBND thành phố", NEW, "Văn phòng Ủy ban nhân dân", True),
    ("VP.UBND thành phố (2,3)", NEW, "Văn phòng Ủy ban nhân dân", True),
    ("VP UBND TP", NEW, "Văn phòng Ủy ban nhân dân", True),
    ("UBND thành phố", NEW, f"{COMMITTEE} thành phố Cần Thơ", True),
    ("UBND TP. Cần Thơ", NEW, f"{COMMITTEE} thành phố Cần Thơ", True),
    ("UBND tỉnh Sóc Trăng", OLD, f"{COMMITTEE} tỉnh Sóc Trăng", True),
    ("Sở Công Thương tỉnh Sóc Trăng", OLD, "Sở Công Thương", False),
    ("Các sở, ban, ngành thành phố", NEW, "Các sở, ban, ngành", True),
    ("Các sở, ngành liên quan", NEW, "Các sở, ban, ngành", False),
    ("UBND các quận, huyện", OLD, f"{COMMITTEE} quận, huyện", True),
    ("Chủ tịch UBND quận, huyện", OLD, f"{COMMITTEE} quận, huyện", True),
    ("UBND các quận, huyện", NEW, f"{COMMITTEE} quận, huyện", False),
    ("UBND xã, phường", NEW, f"{COMMITTEE} các xã, phường", True),
    ("UBND phường Ninh Kiều", NEW, f"{COMMITTEE} phường Ninh Kiều", True),
    ("UBND phường Ninh Kiều", OLD, f"{COMMITTEE} phường Ninh Kiều", False),
    ("UBND phường Sóc Trăng", NEW, f"{COMMITTEE} phường Sóc Trăng", True),
    ("Thành đoàn", OLD, "Thành đoàn Cần Thơ", True),
    ("Thanh tra thành phố", NEW, "Thanh tra thành phố", True),
    ("BQL các KCX và công nghiệp Cần Thơ", NEW, "Ban Quản lý các khu chế xuất và công nghiệp Cần Thơ", True),
    ("Sở Công thưong", NEW, "Sở Công Thương", True),
    ("Sở Công Thươngg", NEW, "Sở Công Thương", False),
]
PROVINCE = [
    ("UBND tỉnh", NEW, f"{COMMITTEE} tỉnh An Giang", True),
    ("UBND các xã, phường, đặc khu", NEW, f"{COMMITTEE} các xã, phường, đặc khu", True),
    ("UBND đặc khu Phú Quốc", NEW, f"{COMMITTEE} đặc khu Phú Quốc", True),
    ("UBND các huyện, thị xã, thành phố", OLD, f"{COMMITTEE} quận, huyện", True),
    ("Thanh tra tỉnh", NEW, "Thanh tra tỉnh", True),
]


def test_names_of_papers_find_their_party(tenants: dict[str, int]) -> None:
    wrong = []
    for code, cases in (("92", CITY), ("91", PROVINCE)):
        for name, day, party, sure in cases:
            best = match(tenants[code], [name], day)[name][0]
            if (best.name, best.sure) != (party, sure):
                wrong.append((name, day, best))
    assert wrong == []


def test_what_is_like_nothing_finds_nothing_sure(tenants: dict[str, int]) -> None:
    names = [
        "Công ty Cổ phần Cấp thoát nước",
        "Bộ Công Thương",
        "UBND quận Ninh Kiều",
        "",
        "các đơn vị có liên quan",
    ]
    found = match(tenants["92"], names, OLD)
    assert set(found) == set(names)
    assert not any(candidate.sure for candidates in found.values() for candidate in candidates)
    assert found["Công ty Cổ phần Cấp thoát nước"] == found["Bộ Công Thương"] == []
    assert all(len(candidates) <= 5 for candidates in found.values())


def party(tenant: Tenant, name: str, **more: object) -> Party:
    with writing():
        return Party.objects.create(tenant=tenant, kind="commune", name=name, **more)


@pytest.fixture
def tenant(db: None) -> Iterator[Tenant]:
    with writing():
        tenant = Tenant.objects.create(code="00", name="Tỉnh Thử")
    with scope(tenant=[tenant.pk]):
        yield tenant


def test_of_two_with_one_name_that_of_the_papers_day_comes_first(tenant: Tenant) -> None:
    change = date(2025, 7, 1)
    old = party(tenant, "UBND xã Long Phú", valid_to=change)
    new = party(tenant, "UBND xã Long Phú", valid_from=change)
    before, after = (match(tenant.pk, ["UBND xã Long Phú"], day)["UBND xã Long Phú"] for day in (OLD, NEW))
    assert [(c.party, c.sure) for c in before] == [(old.pk, True), (new.pk, False)]
    assert [(c.party, c.sure) for c in after] == [(new.pk, True), (old.pk, False)]


def test_two_with_one_name_at_one_time_are_never_sure(tenant: Tenant) -> None:
    ids = {party(tenant, "UBND xã Long Phú").pk, party(tenant, "UBND xã Long Phú").pk}
    found = match(tenant.pk, ["UBND xã Long Phú"], NEW)["UBND xã Long Phú"]
    assert {c.party for c in found} == ids
    assert not any(c.sure for c in found)


def test_names_that_differ_by_a_mark_are_told_apart(tenant: Tenant) -> None:
    first = party(tenant, "Ủy ban nhân dân xã Thạnh Hòa")
    second = party(tenant, "Ủy ban nhân dân xã Thanh Hóa")
    found = match(tenant.pk, ["UBND xã Thạnh Hoà", "UBND xã Thanh Hóa", "UBND xa Thanh Hoa"], NEW)
    assert found["UBND xã Thạnh Hoà"][0] == Candidate(first.pk, first.name, 1.0, True)
    assert found["UBND xã Thanh Hóa"][0] == Candidate(second.pk, second.name, 1.0, True)
    assert not any(candidate.sure for candidate in found["UBND xa Thanh Hoa"])


def test_statements_do_not_grow_with_names(tenant: Tenant) -> None:
    party(tenant, "Ủy ban nhân dân xã Một")
    counts = []
    for names in (["một"], [f"tên {n}" for n in range(50)]):
        with CaptureQueriesContext(connection) as captured:
            match(tenant.pk, names, NEW)
        counts.append(len(captured))
    assert counts == [3, 3]
