"""Published plans and the numbers of the registry for programs, and the page that describes the whole API."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from luc.exchange.api import description
from luc.portal import actions as portal
from luc.portal.models import Edition
from tests.cast import Side
from tests.exchange.test_registry import API, ask
from tests.industry import life
from tests.portal.life import publish, reported


@pytest.fixture
def client() -> Client:
    return Client()


def test_a_published_plan_is_read_with_its_targets_and_progress(here: Side, client: Client) -> None:
    plan = reported(here, "environment")
    assert ask(client, "plans") == []
    ask(client, f"plans/{plan.pk}", 404)
    publish(here, plan)
    (listed,) = ask(client, "plans")
    shown = ask(client, f"plans/{plan.pk}")
    assert (listed["id"], listed["edition"]) == (plan.pk, 1)
    content = Edition.objects.get(plan=plan).content
    assert [one["id"] for one in shown["targets"]] == [one["id"] for one in content["targets"]]
    assert len(shown["task_list"]) == listed["tasks"] == len(content["tasks"])
    assert {one["state"] for one in shown["task_list"]} == {one["state"] for one in content["tasks"]}
    assert sum(listed["states"].values()) == listed["tasks"]
    answer = client.get(f"{API}plans/{plan.pk}")
    for page in (answer, client.get(f"{API}plans")):
        again = client.get(page.wsgi_request.path, headers={"if-none-match": page["ETag"]})
        assert again.status_code == 304
    portal.remove(here.viewer("officer"), plan.pk, reason="nhầm")
    ask(client, f"plans/{plan.pk}", 404)
    assert ask(client, "plans") == []


def test_the_numbers_are_those_of_the_public_page(here: Side, client: Client) -> None:
    life.axes()
    life.verified(here)
    told = ask(client, "statistics")
    assert (told["enterprises"], told["offers"]) == (1, 1)
    assert {"code": "nuoc_thai", "name": "Xử lý nước thải", "offers": 1, "enterprises": 1} in told["fields"]
    assert [(one["code"], one["enterprises"]) for one in told["provinces"]] == [("92", 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "said"), [("/cong-khai/api/", "Các doanh nghiệp"), ("/en/public/api/", "Enterprises")]
)
def test_the_page_describes_every_address_without_a_script(address: str, said: str, client: Client) -> None:
    text = client.get(address).content.decode()
    told = description()
    for path, one in told["paths"].items():
        assert f"GET {path}<" in text
        for parameter in one["get"].get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in text
    assert f"<h2>{said}</h2>" in text
    assert "<code>items[].tax_code</code>" in text
    assert not re.search(r"<script(?![^>]*src=)", text)
    assert client.get("/api/")["Location"] == "/cong-khai/api/"


@pytest.mark.django_db
def test_the_description_is_served_as_it_is(client: Client) -> None:
    told = json.loads(client.get(f"{API}openapi.json").content)
    assert told == json.loads(json.dumps(description()))
    assert told["openapi"].startswith("3.1")
    assert {method for one in told["paths"].values() for method in one} == {"get"}
