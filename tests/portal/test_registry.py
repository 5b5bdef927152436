"""The registry as everybody sees it: found, listed, drawn, counted, taken along; never a draft, a household's code."""

from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luc.industry import actions
from luc.territory import loading
from tests.cast import Side
from tests.industry import life

HOME, FOUND = "/cong-khai/danh-ba/", "/cong-khai/danh-ba/tim/"


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


@pytest.fixture
def client() -> Client:
    return Client()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def without(answer: HttpResponse, address: str) -> str:
    """A page without its own address and what is drawn anew for each answer."""
    text = re.sub(r'nonce="[^"]*"|value="[^"]{64}"', "", answer.content.decode())
    return text.replace(address, "")


def entries(text: str) -> set[str]:
    return set(re.findall(r'href="/cong-khai/danh-ba/((?:doanh-nghiep|hang-hoa)/\d+)/"', text))


def test_a_citizen_finds_who_treats_waste_water(side: Side, client: Client) -> None:
    viewer, row, offer = life.verified(side)
    contact = {"name": "Lê Văn Biếc", "position": "", "phone": "0912 345 678", "mail": ""}
    actions.give_contact(viewer, row.pk, **contact, agreed=True)
    assert "Bồn lọc nước thải" in page(client, HOME)
    answer = client.get(FOUND, {"tim": "xu ly nuoc thai can tho"})
    text = answer.content.decode()
    assert {f"doanh-nghiep/{row.pk}", f"hang-hoa/{offer.pk}"} == entries(text)
    narrowed = page(client, f"{FOUND}?tim=xu+ly+nuoc+thai&tinh=92&muc=doanh-nghiep")
    assert entries(narrowed) == {f"doanh-nghiep/{row.pk}"}
    entry = page(client, f"/cong-khai/danh-ba/doanh-nghiep/{row.pk}/")
    for said in ("Lê Văn Biếc", life.CODE, "Doanh nghiệp tự khai", "12 đường Ba Mươi"):
        assert said in entry
    assert "QCVN 40:2025/BTNMT" in page(client, f"/cong-khai/danh-ba/hang-hoa/{offer.pk}/")
    actions.withdraw_contact(viewer, row.pk)
    again = client.get(f"/cong-khai/danh-ba/doanh-nghiep/{row.pk}/")
    assert "Lê Văn Biếc" not in again.content.decode()
    assert "max-age=0" in again["Cache-Control"]
    assert client.cookies == {}


def test_what_is_not_public_is_as_if_it_never_was(side: Side, client: Client) -> None:
    viewer, row = life.register(side)
    offer = life.filled(side, viewer, row)
    actions.hand_in(viewer, row.pk)
    strange = client.get("/cong-khai/danh-ba/doanh-nghiep/999999/")
    for address in (f"doanh-nghiep/{row.pk}", f"hang-hoa/{offer.pk}"):
        answer = client.get(f"/cong-khai/danh-ba/{address}/")
        assert answer.status_code == 404
        assert without(answer, address) == without(strange, "doanh-nghiep/999999")
    for address in (HOME, FOUND, f"{FOUND}?tim={life.CODE}", "/cong-khai/danh-ba/thong-ke/"):
        assert "Công ty Xanh" not in page(client, address)
    for table in ("doanh-nghiep", "hang-hoa"):
        found = json.loads(client.get(f"/cong-khai/danh-ba/du-lieu/{table}.json").content)
        assert found[table] == []


def test_what_was_merged_leads_to_what_is_left(side: Side, client: Client) -> None:
    _viewer, row, _offer = life.verified(side)
    _other, kept, _offer = life.verified(side, "0200493225", "khac@xanh.example.vn")
    actions.merge(side.viewer("officer"), row.pk, into=kept.pk, reason="một doanh nghiệp")
    answer = client.get(f"/cong-khai/danh-ba/doanh-nghiep/{row.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/cong-khai/danh-ba/doanh-nghiep/{kept.pk}/")


def test_the_number_of_a_household_s_owner_stands_nowhere(side: Side, client: Client) -> None:
    _viewer, row, offer = life.verified(side, "092090001234")
    seen = [HOME, f"{FOUND}?tim=xanh", f"{HOME}doanh-nghiep/{row.pk}/", f"{HOME}hang-hoa/{offer.pk}/"]
    seen += [f"{HOME}du-lieu/doanh-nghiep.{form}" for form in ("csv", "json")]
    for address in seen:
        text = page(client, address)
        assert "Công ty Xanh" in text
        assert "092090001234" not in text


def test_nothing_found_helps_on(side: Side, client: Client) -> None:
    life.verified(side)
    text = page(client, f"{FOUND}?tim=nuoc+thai+kimcuong")
    assert "Không có kết quả" in text
    assert "Không có mục nào chứa “kimcuong”" in text
    assert "?tim=nuoc+thai" in text
    narrowed = page(client, f"{FOUND}?tim=nuoc+thai&quy-mo=large")
    assert "Bỏ phần thu hẹp thì có 2 mục." in narrowed


@pytest.mark.parametrize(
    "query",
    ["trang=0", "trang=999999999", "khung=a", "muc=x&tinh=%0a", "tim=%22%28AND", "khu=abc&xa=1", "nhan=1"],
)
def test_rubbish_in_an_address_is_an_answer(query: str, side: Side, client: Client) -> None:
    life.verified(side)
    page(client, f"{FOUND}?{query}")


def test_both_languages_ask_the_same(side: Side, client: Client) -> None:
    _viewer, row, _offer = life.verified(side)
    text = page(client, "/en/public/danh-ba/tim/?tim=nuoc+thai&tinh=92")
    assert f"/en/public/danh-ba/doanh-nghiep/{row.pk}/" in text
    assert 'href="/cong-khai/danh-ba/tim/?tim=nuoc+thai&amp;tinh=92"' in text
    assert "Waste" in page(client, "/en/public/danh-ba/")


def test_statistics_say_what_they_rest_on_and_can_be_taken_along(side: Side, client: Client) -> None:
    life.verified(side)
    text = page(client, f"{HOME}thong-ke/")
    assert "Tính trên 1 doanh nghiệp" in text
    lines = client.get(f"{HOME}du-lieu/linh-vuc.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "code,name,offers,enterprises"
    assert "nuoc_thai,Xử lý nước thải,1,1" in lines
    assert client.get(f"{HOME}du-lieu/hang-hoa.xlsx").content[:2] == b"PK"
    (offer,) = json.loads(client.get(f"{HOME}du-lieu/hang-hoa.json").content)["hang-hoa"]
    assert (offer["name"], offer["capacity"], offer["capacity_unit"]) == ("Bồn lọc nước thải", 20, "m³/ngày")
    assert client.get(f"{HOME}du-lieu/mat.json").status_code == 404
    assert client.get(f"{HOME}du-lieu/hang-hoa.exe").status_code == 404


def test_a_page_that_is_known_is_not_sent_again(side: Side, client: Client) -> None:
    viewer, _row, offer = life.verified(side)
    first = client.get(f"{FOUND}?tim=loc")
    assert client.get(f"{FOUND}?tim=loc", headers={"if-none-match": first["ETag"]}).status_code == 304
    actions.withdraw(viewer, "offer", offer.pk)
    later = client.get(f"{FOUND}?tim=loc", headers={"if-none-match": first["ETag"]})
    assert later.status_code == 200
    assert f"hang-hoa/{offer.pk}/" not in later.content.decode()


@pytest.mark.django_db
def test_every_map_has_the_archipelagos(client: Client) -> None:
    loading.load(settings.REFDATA)
    for address in (FOUND, f"{FOUND}?tinh=92", f"{FOUND}?tinh=48", f"{HOME}thong-ke/"):
        text = page(client, address)
        assert "Quần đảo Hoàng Sa" in text, address
        assert "Quần đảo Trường Sa" in text, address


@pytest.mark.parametrize("address", [HOME, FOUND, f"{FOUND}?tim=nuoc+thai"])
def test_a_list_costs_a_fixed_number_of_statements(address: str, side: Side, client: Client) -> None:
    life.verified(side)
    with CaptureQueriesContext(connection) as asked:
        page(client, address)
    once = len(asked)
    life.verified(side, "0200493225", "khac@xanh.example.vn")
    life.verified(side, "5700434869", "nua@xanh.example.vn")
    with CaptureQueriesContext(connection) as asked:
        page(client, address)
    assert len(asked) <= once <= 22
