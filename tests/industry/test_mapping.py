"""Goods on items of official lists: proposed, said by enterprises, set by officers, found, listed when an item goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from luc.industry import actions as registry
from luc.industry.catalogue import queries
from luc.industry.catalogue.mapping import actions
from luc.industry.catalogue.mapping.likeness import propose
from luc.industry.models import Enterprise, Offer, Value
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.rights import Viewer
from tests.cast import Side
from tests.industry import life, listed

SignedIn = Callable[..., Client]


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    listed.in_force(here)
    return here


@pytest.fixture
def public(side: Side) -> tuple[Viewer, Enterprise, Offer]:
    return life.verified(side)


def items(side: Side) -> list[str]:
    """The items that are proposed for the good of the tests."""
    offer = Offer.objects.get()
    return [
        one.item.name for one in propose(offer, queries.items_by_tenant([side.tenant.pk])[side.tenant.pk])
    ]


def test_items_are_proposed_by_name_and_by_code(side: Side, public: tuple[Viewer, Enterprise, Offer]) -> None:
    viewer, _row, offer = public
    assert items(side) == ["Bồn lọc nước thải ba lớp"]
    registry.save(viewer, "offer", offer.pk, values={"name": "Thiết bị rửa khí", "hs_code": "84213920"})
    registry.hand_in(viewer, offer.enterprise_id)
    life.accept(side, offer)
    assert items(side) == ["Tháp hấp thụ khí axit"]
    registry.save(viewer, "offer", offer.pk, values={"name": "Xe ép rác", "hs_code": ""})
    registry.hand_in(viewer, offer.enterprise_id)
    life.accept(side, offer)
    assert items(side) == []


def test_what_the_enterprise_says_is_public_once_verified(
    side: Side, public: tuple[Viewer, Enterprise, Offer], client: Client
) -> None:
    viewer, row, offer = public
    chosen = listed.item("Bồn lọc")
    actions.choose(viewer, offer.pk, item=chosen.pk)
    path = f"/cong-khai/danh-ba/hang-hoa/{offer.pk}/"
    assert listed.NAME not in client.get(path).content.decode()
    registry.hand_in(viewer, row.pk)
    life.accept(side, offer)
    page = client.get(path).content.decode()
    assert f"Bồn lọc nước thải ba lớp ({listed.NAME})" in page
    assert "Doanh nghiệp tự khai" in page
    found = client.get(f"/cong-khai/danh-ba/tim/?muc=hang-hoa&danh-muc={chosen.pk}").content.decode()
    assert f"/hang-hoa/{offer.pk}/" in found
    other = listed.item("Quạt hút")
    empty = client.get(f"/cong-khai/danh-ba/tim/?muc=hang-hoa&danh-muc={other.pk}").content.decode()
    assert f"/hang-hoa/{offer.pk}/" not in empty
    told = client.get(f"/api/v1/offers/{offer.pk}").json()["item"]
    assert told == {
        "id": chosen.pk,
        "list": listed.NAME,
        "number": "1",
        "name": "Bồn lọc nước thải ba lớp",
        "in_force": True,
    }
    assert client.get(f"/api/v1/offers?danh-muc={chosen.pk}").json()["items"][0]["id"] == offer.pk
    assert "Bồn lọc nước thải ba lớp" in client.get("/cong-khai/danh-ba/du-lieu/hang-hoa.csv").content.decode(
        "utf-8-sig"
    )


def test_an_officers_own_word_holds_at_once(side: Side, public: tuple[Viewer, Enterprise, Offer]) -> None:
    viewer, _row, offer = public
    officer, chosen = side.viewer("officer"), listed.item("Bồn lọc")
    actions.place(officer, offer.pk, item=chosen.pk)
    offer.refresh_from_db()
    assert (offer.item, offer.state) == (chosen, "verified")
    assert Value.objects.get(offer=offer, field="item", standing="verified").source == "Cơ quan đầu mối"
    with pytest.raises(Refused, match="đúng mục ấy"):
        actions.place(officer, offer.pk, item=chosen.pk)
    actions.choose(viewer, offer.pk, item=listed.item("Máy ép").pk)
    with pytest.raises(Refused, match="đề nghị một mục khác"):
        actions.place(officer, offer.pk, item=None)
    assert broken_links(side.tenant.pk) == []


def test_only_items_that_hold_and_only_by_whom_it_concerns(
    side: Side, public: tuple[Viewer, Enterprise, Offer]
) -> None:
    viewer, _row, offer = public
    branch = listed.item("Xử lý nước thải")
    for wrong in (branch.pk, 10**9):
        with pytest.raises(Refused, match="danh mục đang dùng"):
            actions.choose(viewer, offer.pk, item=wrong)
        with pytest.raises(Refused, match="danh mục đang dùng"):
            actions.place(side.viewer("officer"), offer.pk, item=wrong)
    for person in ("clerk_finance", "enterprise"):
        with pytest.raises((Offer.DoesNotExist, NotAllowed)):
            actions.place(side.viewer(person), offer.pk, item=None)
        with pytest.raises((Offer.DoesNotExist, NotAllowed)):
            actions.choose(side.viewer(person), offer.pk, item=None)


def test_goods_on_an_item_that_goes_are_listed_and_moved(
    side: Side, public: tuple[Viewer, Enterprise, Offer], signed_in: SignedIn, client: Client
) -> None:
    offer, officer = public[2], signed_in("officer")
    fan = listed.item("Quạt hút")
    actions.place(side.viewer("officer"), offer.pk, item=fan.pk)
    lines = [line for line in listed.LATER if "Máy ép" not in line]
    listed.adopted(
        side, listed.brought(side, listed.paper([*lines, "| 3 | Máy ép bùn khung bản | | | |"])), "2/QĐ"
    )
    assert "1 hàng hóa đứng ở mục" in officer.get("/danh-muc-hang-hoa/").content.decode()
    page = officer.get("/danh-muc-hang-hoa/doi-chieu/").content.decode()
    assert "Quạt hút chịu ăn mòn" in page
    assert "bỏ theo 2/QĐ" in page
    assert "không còn từ 2/QĐ" in client.get(f"/cong-khai/danh-ba/hang-hoa/{offer.pk}/").content.decode()
    assert client.get(f"/api/v1/offers/{offer.pk}").json()["item"]["in_force"] is False
    found = client.get(f"/cong-khai/danh-ba/tim/?muc=hang-hoa&danh-muc={fan.pk}").content.decode()
    assert f"/hang-hoa/{offer.pk}/" not in found
    filter_ = listed.item("Bồn lọc")
    path = f"/danh-muc-hang-hoa/doi-chieu/{offer.pk}/"
    assert "Bồn lọc nước thải ba lớp" in officer.get(f"{path}?q=bon loc").content.decode()
    assert officer.post(path, {"item": filter_.pk}).status_code == 302
    assert not queries.stranded(side.viewer("officer")).exists()
    shown = {one.item.pk: one.goods for one in queries.shown(filter_.catalogue)}
    assert shown[filter_.pk] == 1


def test_the_enterprise_chooses_by_search_without_a_script(
    side: Side, public: tuple[Viewer, Enterprise, Offer], client: Client
) -> None:
    _viewer, row, offer = public
    client.force_login(row.values.first().by)  # type: ignore[union-attr, arg-type]
    path = f"/hang-hoa-cua-toi/{offer.pk}/danh-muc/"
    assert "Bồn lọc nước thải ba lớp" in client.get(path).content.decode()
    page = client.get(f"{path}?q=thap hap thu").content.decode()
    assert "Tháp hấp thụ khí axit" in page
    assert "Bồn lọc nước thải ba lớp" not in page
    assert "Tháp hấp thụ" in client.get(f"{path}?q=8421.39").content.decode()
    assert client.post(path, {"item": listed.item("Tháp").pk}).status_code == 302
    assert "Tháp hấp thụ khí axit" in client.get(f"/hang-hoa-cua-toi/{offer.pk}/").content.decode()
