"""The catalogue of open data: what DCAT-AP 3 wants of a catalogue, a dataset, a distribution; every file is there.

Mandatory properties: https://semiceu.github.io/DCAT-AP/releases/3.0.0/ (Catalogue, Dataset, Distribution, Agent).
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.test import Client

from luc.portal.catalogue import DCAT, DCT, FOAF
from tests.cast import Side
from tests.industry import life
from tests.portal.life import publish, reported

MANDATORY = {
    f"{DCAT}Catalog": {f"{DCT}title", f"{DCT}description", f"{DCT}publisher", f"{DCAT}dataset"},
    f"{DCAT}Dataset": {f"{DCT}title", f"{DCT}description"},
    f"{DCAT}Distribution": {f"{DCAT}accessURL"},
    f"{FOAF}Agent": {f"{FOAF}name"},
}


@pytest.fixture
def text(here: Side) -> dict[str, str]:
    life.axes()
    life.verified(here)
    publish(here, reported(here, "environment"))
    return {form: Client().get(f"/danh-muc-du-lieu.{form}").content.decode() for form in ("jsonld", "ttl")}


def test_every_node_has_what_its_class_needs(text: dict[str, str]) -> None:
    nodes = json.loads(text["jsonld"])
    seen = defaultdict[str, int](int)
    for node in nodes:
        for kind in node["@type"]:
            seen[kind] += 1
            assert MANDATORY.get(kind, set()) <= node.keys(), node
    assert (seen[f"{DCAT}Catalog"], seen[f"{DCAT}Dataset"], seen[f"{DCAT}Distribution"]) == (1, 6, 16)
    known = {node["@id"] for node in nodes}
    (catalogue,) = (node for node in nodes if f"{DCAT}Catalog" in node["@type"])
    assert {one["@id"] for one in catalogue[f"{DCAT}dataset"]} <= known
    assert all(one["@id"] in known for node in nodes for one in node.get(f"{DCAT}distribution", []))


def test_every_file_is_there(text: dict[str, str]) -> None:
    files = [one["@id"] for node in json.loads(text["jsonld"]) for one in node.get(f"{DCAT}downloadURL", [])]
    assert len(files) == 16
    for file in files:
        assert Client().get(urlsplit(file).path).status_code == 200, file


def test_both_forms_say_the_same(text: dict[str, str]) -> None:
    lines = text["ttl"].splitlines()
    pattern = re.compile(
        r'<[^<>"{}|^`\\\s]+> <[^<>\s]+> (<[^<>"{}|^`\\\s]+>|"(?:[^"\\]|\\.)*"(?:@vi|\^\^<[^<>]+>)) \.'
    )
    assert [line for line in lines if not pattern.fullmatch(line)] == []
    facts = sum(
        len(values) for node in json.loads(text["jsonld"]) for key, values in node.items() if key != "@id"
    )
    assert len(lines) == facts


def test_no_other_form(here: Side) -> None:
    assert here
    assert Client().get("/danh-muc-du-lieu.xml").status_code == 404
