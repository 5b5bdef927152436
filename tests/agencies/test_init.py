"""`luc init`: what a province starts with."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django_scopes import scope
from pytest_django import Settings

from luc.agencies import actions
from luc.agencies.models import Invitation, Membership, Party, PartySuccession
from luc.agencies.queries import match, resolve, viewer_of
from luc.kernel import history
from luc.kernel.models import Tenant, User
from luc.kernel.rights import STRANGER
from luc.kernel.time import today
from luc.territory.models import Unit
from luc.territory.queries import tenant_units


def run(name: str, /, **options: object) -> str:
    out = io.StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def loaded(db: None) -> None:
    run("load")


def names(tenant: Tenant, **which: object) -> set[str]:
    return set(Party.objects.filter(tenant=tenant, **which).values_list("name", flat=True))


def found(code: str) -> Tenant:
    return Tenant.objects.get(code=code)


def test_a_merged_city(loaded: None) -> None:
    said = run("init", province="92", administrator="Trần Thị Quản", mail="a@b.vn", address="https://luc.vn/")
    tenant = found("92")
    assert tenant.name == "Ủy ban nhân dân thành phố Cần Thơ"
    with scope(tenant=[tenant.pk]):
        assert next(iter(tenant_units(tenant.pk))).full_name == "Thành phố Cần Thơ"
        assert {unit.full_name for unit in tenant_units(tenant.pk)} == {
            "Thành phố Cần Thơ",
            "Tỉnh Hậu Giang",
            "Tỉnh Sóc Trăng",
        }
        assert Party.objects.filter(kind="commune", valid_to=None).count() == 103
        assert "Ủy ban nhân dân phường Ninh Kiều" in names(tenant, kind="commune")
        assert {"Thanh tra thành phố", "Văn phòng Ủy ban nhân dân"} <= names(tenant, kind="department")
        assert not [name for name in names(tenant) if "Đồng Tháp" in name or "Quảng Ngãi" in name]
        assert names(tenant, kind="group") == {
            "Các sở, ban, ngành",
            "Ủy ban nhân dân các xã, phường",
            "Ủy ban nhân dân quận, huyện",
        }
        planning = Party.objects.get(name="Sở Kế hoạch và Đầu tư")
        assert planning.valid_to is not None
        assert "cần xác nhận" in planning.sureness
        assert Party.objects.get(name="Sở Công Thương").sureness == ""
        assert history.broken_links(tenant.pk) == []
        link = re.search(r"https://luc\.vn/loi-moi/([\w-]+)/", said)
        assert link
        user = actions.accept_invitation(
            STRANGER, secret=link.group(1), username="quan.tri", password="trời xanh mây trắng"
        )
        assert (user.full_name, viewer_of(user.pk).roles) == ("Trần Thị Quản", {"administrator"})


def test_a_second_run_keeps_what_people_did(loaded: None) -> None:
    run("init", province="92")
    tenant = found("92")
    with scope(tenant=[tenant.pk]):
        count = Party.objects.count()
        viewer = viewer_of(_administrator(run("init", province="92")).pk)
        board = Party.objects.get(name__startswith="Ban Quản lý các khu chế xuất")
        actions.rename(viewer, board.pk, name="Ban Quản lý các khu kinh tế", reason="viết sai")
        said = run("init", province="92")
        assert "thêm mới 0" in said
        assert "Đã có người quản trị" in said
        assert "loi-moi" not in said
        assert Party.objects.count() == count
        assert Party.objects.get(pk=board.pk).name == "Ban Quản lý các khu kinh tế"


def _administrator(said: str) -> User:
    link = re.search(r"/loi-moi/([\w-]+)/", said)
    assert link
    return actions.accept_invitation(
        STRANGER, secret=link.group(1), username="quan.tri", password="trời xanh mây trắng"
    )


def test_a_repeated_run_gives_a_new_link_and_the_old_one_is_void(loaded: None, client: Client) -> None:
    first, second = (re.search(r"/loi-moi/[\w-]+/", run("init", province="92")) for _ in range(2))
    assert first
    assert second
    assert client.get(first.group()).status_code == 410
    assert client.get(second.group()).status_code == 200


def test_a_province_with_special_zones(loaded: None) -> None:
    run("init", province="91")
    tenant = found("91")
    with scope(tenant=[tenant.pk]):
        assert tenant.name == "Ủy ban nhân dân tỉnh An Giang"
        assert "Ủy ban nhân dân các xã, phường, đặc khu" in names(tenant, kind="group")
        assert "Ủy ban nhân dân đặc khu Phú Quốc" in names(tenant, kind="commune")
        assert "Thanh tra tỉnh" in names(tenant)
        assert not [name for name in names(tenant) if "Cần Thơ" in name]


def test_communes_that_changed_their_type_are_two_parties(loaded: None) -> None:
    run("init", province="75")
    with scope(tenant=[found("75").pk]):
        old = Party.objects.get(name="Ủy ban nhân dân xã Long Thành")
        line = PartySuccession.objects.get(old=old)
        assert (line.new.name, line.on) == ("Ủy ban nhân dân phường Long Thành", old.valid_to)
        assert Party.objects.filter(kind="commune", valid_to=None).count() == 95


def test_every_province_can_be_set_up(loaded: None) -> None:
    for unit in Unit.objects.filter(level="province", valid_to=None):
        run("init", province=unit.code)
    assert Tenant.objects.count() == 34
    with scope(tenant=list(Tenant.objects.values_list("pk", flat=True))):
        assert Party.objects.filter(kind="commune", valid_to=None).count() == 3321
        assert Invitation.objects.count() == 34
        assert not Membership.objects.exists()


def test_without_the_succession_folder(db: None, tmp_path: Path, settings: Settings) -> None:
    for folder in ("admin", "agencies", "legal"):
        (tmp_path / folder).symlink_to(settings.REFDATA / folder)
    settings.REFDATA = tmp_path
    assert "Chưa có bảng chuyển đổi xã, phường" in run("load")
    assert "Chưa có bảng chuyển đổi xã, phường" in run("init", province="82")
    with scope(tenant=[found("82").pk]):
        assert "Ủy ban nhân dân tỉnh Tiền Giang" in names(found("82"), kind="province")


def test_what_goes_wrong_is_said(db: None, tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(CommandError, match="luc load"):
        run("init", province="92")
    settings.REFDATA = tmp_path
    with pytest.raises(CommandError, match="Không nạp được"):
        run("load")
    assert not Tenant.objects.exists()


def test_an_unknown_code(loaded: None) -> None:
    assert settings.REFDATA.is_dir()
    with pytest.raises(CommandError, match="mã"):
        run("init", province="94")


def test_a_ministry_binds_the_provinces_of_today(loaded: None) -> None:
    said = run("init", ministry="BCT", name="Bộ Công Thương", administrator="Trần Thị Quản")
    again = run("init", ministry="BCT", name="Bộ Công Thương")
    tenant = found("BCT")
    assert tenant.name == "Bộ Công Thương"
    assert "/loi-moi/" in said
    assert "thêm mới 0" in again
    with scope(tenant=[tenant.pk]):
        (unit,) = tenant_units(tenant.pk)
        provinces = Party.objects.filter(kind="province")
        assert unit.level == "country"
        assert provinces.count() == 34
        assert "Ủy ban nhân dân thành phố Cần Thơ" in names(tenant, kind="province")
        assert Invitation.objects.get(withdrawn_at=None).party.name == "Bộ Công Thương"
        (candidate, *_others) = match(tenant.pk, ["UBND các tỉnh, thành phố"], today())[
            "UBND các tỉnh, thành phố"
        ]
        bound = resolve([candidate.party], today(), unit.pk)[candidate.party]
        assert {one.party for one in bound} == set(provinces.values_list("pk", flat=True))


def test_a_ministry_needs_its_name_and_the_provinces(db: None) -> None:
    with pytest.raises(CommandError, match="tên đầy đủ"):
        run("init", ministry="BCT")
    with pytest.raises(CommandError, match="luc load"):
        run("init", ministry="BCT", name="Bộ Công Thương")
