"""What everybody finds of the registry: what was verified, by name, place, field, from the moment it is public."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from luc.industry import actions, labels, searching
from luc.industry.models import Offer
from luc.kernel.rights import STRANGER
from luc.kernel.search.asking import Asked, asked_from
from luc.kernel.search.finding import Found, find
from luc.kernel.search.indexing import differing, rebuild
from luc.kernel.search.models import Document
from luc.kernel.time import start_of, telling, today
from tests.cast import Side
from tests.industry import life


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


def looked(words: str, query: str = "") -> Found:
    narrowed = asked_from(query, searching.KINDS).narrowed
    return find(STRANGER, Asked(words, searching.KINDS, narrowed))


def titles(found: Found) -> set[str]:
    return {hit.title for hit in found.hits}


def test_a_stranger_types_without_marks_what_and_where(side: Side) -> None:
    life.verified(side)
    found = looked("xu ly nuoc thai can tho")
    assert "Công ty Xanh" in titles(found)
    counts = {facet.name: {value.label: value.count for value in facet.values} for facet in found.facets}
    assert counts["tinh"] == {"Thành phố cần thơ": 2}
    assert counts["linh-vuc"] == {"Xử lý nước thải": 2}
    assert counts["quy-mo"] == {"nhỏ": 2}
    assert titles(looked("", "loai=thiet_bi&tinh=92")) == {"Công ty Xanh", "Bồn lọc nước thải"}
    assert titles(looked("", "tinh=01")) == set()


def test_nothing_unverified_is_found(side: Side) -> None:
    viewer, row = life.register(side)
    life.filled(side, viewer, row)
    actions.hand_in(viewer, row.pk)
    assert not Document.objects.filter(kind__in=searching.KINDS).exists()
    assert looked(life.CODE).total == 0
    life.accept(side, row)
    assert titles(looked(life.CODE)) == {"Công ty Xanh"}
    actions.save(viewer, "enterprise", row.pk, values={"about": "Lò nung hoàng kim"})
    assert looked("hoang kim").total == 0
    assert [*differing(searching.ENTERPRISE), *differing(searching.OFFER)] == []


def test_what_is_withdrawn_is_found_no_more_and_takes_its_offers_along(side: Side) -> None:
    viewer, row, offer = life.verified(side)
    assert looked("bồn lọc").total == 2
    actions.withdraw(viewer, "enterprise", row.pk)
    assert looked("").total == 0
    assert not Document.objects.filter(kind__in=searching.KINDS).exists()
    assert Offer.objects.filter(pk=offer.pk, is_public=True).exists()


def test_a_change_of_the_enterprise_reaches_its_offers(side: Side) -> None:
    viewer, row, _offer = life.verified(side)
    actions.save(viewer, "enterprise", row.pk, values={"name": "Công ty Biếc"})
    actions.hand_in(viewer, row.pk)
    life.accept(side, row)
    assert titles(looked("biếc")) == {"Công ty Biếc", "Bồn lọc nước thải"}
    assert looked("công ty xanh").total == 0


def test_merging_leaves_one(side: Side) -> None:
    _viewer, row, _offer = life.verified(side)
    _other, kept, _offer = life.verified(side, "0200493225", "khac@xanh.example.vn")
    assert looked("").total == 4
    actions.merge(side.viewer("officer"), row.pk, into=kept.pk, reason="một doanh nghiệp")
    assert looked("").total == 3
    assert [*differing(searching.ENTERPRISE), *differing(searching.OFFER)] == []


def test_the_number_of_a_household_s_owner_is_no_word(side: Side) -> None:
    _viewer, _row, _offer = life.verified(side, "092090001234")
    assert looked("công ty xanh").total == 2
    assert looked("092090001234").total == 0


def test_a_rebuild_finds_everything_as_it_is(side: Side) -> None:
    life.verified(side)
    assert [rebuild(kind).same for kind in searching.KINDS] == [1, 1]


def test_a_label_whose_day_has_passed_is_found_no_more_and_said_on_the_entry(side: Side) -> None:
    day = today() + timedelta(days=1)
    label = {"ecolabel": {"name": "Nhãn xanh", "until": day.isoformat()}}
    viewer, row, offer = life.verified(side)
    actions.save(viewer, "offer", offer.pk, values=label)
    actions.hand_in(viewer, row.pk)
    life.accept(side, offer)
    assert titles(looked("", "nhan=con-han")) == {"Bồn lọc nước thải", "Công ty Xanh"}
    assert labels.look() == 0
    with telling(start_of(day)):
        assert labels.look() == 1
        assert labels.look() == 0
        assert titles(looked("", "nhan=con-han")) == set()
        page = Client().get(f"/cong-khai/danh-ba/hang-hoa/{offer.pk}/").content.decode()
        assert f"Nhãn xanh (đã hết hạn từ ngày {day:%d/%m/%Y})" in page
        assert list(differing(searching.OFFER)) == []
