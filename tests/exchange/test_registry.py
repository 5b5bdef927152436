"""The registry for programs: what is public and nothing else, page by page, from any site, nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luc.exchange import limiting
from luc.exchange.api import description
from luc.industry import actions
from tests.cast import Side
from tests.industry import life

API = "/api/v1/"
SNAPSHOT = Path(__file__).with_name("openapi.json")
HOUSEHOLD = "092090001234"


@pytest.fixture
def side(here: Side) -> Side:
    life.axes()
    return here


@pytest.fixture
def client() -> Client:
    return Client()


def ask(client: Client, address: str, status: int = 200) -> Any:
    answer = client.get(f"{API}{address}")
    assert answer.status_code == status, (address, answer.content)
    return json.loads(answer.content)


def several(side: Side) -> list[int]:
    codes = [life.CODE, "0200493225", "5700434869"]
    return [life.verified(side, code, f"m{n}@xanh.example.vn")[1].pk for n, code in enumerate(codes)]


def test_a_program_reads_an_enterprise_and_what_it_offers(side: Side, client: Client) -> None:
    _viewer, row, offer = life.verified(side)
    (listed,) = ask(client, "enterprises")["items"]
    assert (listed["id"], listed["tax_code"], listed["vsic"]) == (row.pk, life.CODE, "37002")
    assert listed["province"]["code"] == "92"
    assert listed["page"].endswith(f"/cong-khai/danh-ba/doanh-nghiep/{row.pk}/")
    whole = ask(client, f"enterprises/{row.pk}")
    assert whole["offers"] == [offer.pk]
    told = {one["field"]: one for one in whole["told"]}
    assert told["about"]["source"] == "Doanh nghiệp tự khai"
    one = ask(client, f"offers/{offer.pk}")
    assert (one["field"], one["kind"], one["capacity"]) == ("nuoc_thai", "thiet_bi", 20)
    assert one["enterprise"] == row.pk
    assert "nuoc_thai" in {axis["code"] for axis in ask(client, "fields")}
    assert len(ask(client, "kinds")) == 4


def test_all_is_read_once_page_by_page_though_some_goes_meanwhile(side: Side, client: Client) -> None:
    known = several(side)
    first = ask(client, "enterprises?limit=1&tim=xanh&la=1")
    assert "la=1" not in first["next"]
    second = json.loads(client.get(first["next"]).content)
    third = json.loads(client.get(second["next"]).content)
    assert [page["items"][0]["id"] for page in (first, second, third)] == known
    assert third["next"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *[("", 1), ("tinh=92", 1), ("tinh=01", 0), ("linh-vuc=nuoc_thai&linh-vuc=x", 1), ("loai=x", 0)],
        *[("tim=loc+nuoc", 1), ("tim=kimcuong", 0), ("quy-mo=small", 1), ("khung=1,2,3,4&tim=loc", 0)],
    ],
)
def test_the_filters_are_those_of_the_public_search(
    query: str, found: int, side: Side, client: Client
) -> None:
    life.verified(side)
    assert len(ask(client, f"offers?{query}")["items"]) == found


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("limit=0", "limit", "Phải từ 1 trở lên."),
        ("limit=201", "limit", "Nhiều nhất là 200."),
        ("limit=-1", "limit", "Phải từ 1 trở lên."),
        ("after=mai", "after", "Phải là số nguyên."),
        (f"after={10**40}", "after", "Nhiều nhất là 4611686018427387904."),
    ],
)
def test_a_wrong_parameter_is_told_in_vietnamese(
    query: str, field: str, words: str, side: Side, client: Client
) -> None:
    told = ask(client, f"offers?{query}", 422)
    assert (told["code"], told["status"]) == ("invalid", 422)
    assert told["errors"] == [{"field": field, "message": words}]


def test_faults_are_problems_as_rfc_9457_has_them(side: Side, client: Client) -> None:
    for address in ("enterprises/999999", "offers/99999999999999999999", "la", "enterprises/1/x"):
        answer = client.get(f"{API}{address}")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert json.loads(answer.content)["code"] == "not_found"
    refused = client.post(f"{API}enterprises", {})
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert json.loads(refused.content)["code"] == "read_only"


def test_any_site_may_read_and_no_cookie_is_set(side: Side, client: Client) -> None:
    answer = client.get(f"{API}offers", headers={"origin": "https://khac.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    asked = client.options(f"{API}offers", headers={"access-control-request-method": "GET"})
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.head(f"{API}offers").status_code == 200
    assert client.cookies == {}


def test_what_is_known_is_not_sent_again(side: Side, client: Client) -> None:
    viewer, _row, offer = life.verified(side)
    first = client.get(f"{API}offers")
    again = client.get(f"{API}offers", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    one = client.get(f"{API}offers/{offer.pk}")
    since = {"if-modified-since": one["Last-Modified"]}
    assert client.get(f"{API}offers/{offer.pk}", headers=since).status_code == 304
    actions.withdraw(viewer, "offer", offer.pk)
    assert ask(client, "offers")["items"] == []
    assert client.get(f"{API}offers", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(f"{API}offers/{offer.pk}", headers=since).status_code == 404


def test_who_asks_too_often_waits(side: Side, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "MOST", 3)
    with time_machine.travel("2026-11-22 09:00:20+07:00", tick=False) as clock:
        asked = [client.get(f"{API}{path}") for path in ("offers", "offers/1", "la", "offers", "la")]
        assert [one.status_code for one in asked] == [200, 404, 404, 429, 429]
        assert (asked[3]["Retry-After"], json.loads(asked[3].content)["code"]) == ("40", "too_many")
        other = Client(REMOTE_ADDR="203.0.113.9")
        assert other.get(f"{API}offers").status_code == 200
        clock.shift(40)
        assert client.get(f"{API}offers").status_code == 200


@pytest.mark.parametrize(
    ("address", "most"), [("enterprises", 9), ("offers?tim=loc&tinh=92", 9), ("fields", 7)]
)
def test_an_answer_costs_a_fixed_few_statements(address: str, most: int, side: Side, client: Client) -> None:
    several(side)
    client.get(f"{API}{address}")
    with CaptureQueriesContext(connection) as asked:
        ask(client, address)
    assert len(asked) <= most, [one["sql"][:80] for one in asked]


def test_the_description_is_as_it_was() -> None:
    """What programs count on changes knowingly. Renewed by: python -m tests.exchange.snapshot"""
    assert json.loads(SNAPSHOT.read_text()) == json.loads(json.dumps(description()))
