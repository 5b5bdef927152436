"""rdflib reads the catalogue of open data in both forms, and the shapes of DCAT-AP 3 hold (shapes.ttl, our own)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from tests.cast import Side
from tests.industry import life
from tests.portal.life import publish, reported

# rdflib warns of a class that it uses itself while it parses and pyshacl while it validates
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
SHAPES = Path(__file__).with_name("shapes.ttl")
FORMS = {"ttl": "turtle", "jsonld": "json-ld"}


@pytest.fixture
def read(here: Side) -> dict[str, Graph]:
    life.axes()
    life.verified(here)
    publish(here, reported(here, "environment"))
    found = {}
    for form, name in FORMS.items():
        answer = Client().get(f"/danh-muc-du-lieu.{form}")
        found[form] = Graph().parse(data=answer.content, format=name)
    return found


def holds(graph: Graph) -> tuple[bool, str]:
    kept, _report, words = validate(graph, shacl_graph=Graph().parse(SHAPES), inference="none")
    return bool(kept), words


def test_the_shapes_hold_in_both_forms(read: dict[str, Graph]) -> None:
    assert isomorphic(read["ttl"], read["jsonld"])
    for graph in read.values():
        kept, words = holds(graph)
        assert kept, words
    (catalogue,) = read["ttl"].subjects(RDF.type, DCAT.Catalog)
    assert len(list(read["ttl"].objects(catalogue, DCAT.dataset))) == 6


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (DCAT.Catalog, DCTERMS.publisher),
        (DCAT.Dataset, DCTERMS.description),
        (DCAT.Dataset, DCAT.distribution),
        (DCAT.Distribution, DCAT.accessURL),
        (FOAF.Agent, FOAF.name),
    ],
)
def test_the_shapes_miss_what_is_left_out(kind: URIRef, name: URIRef, read: dict[str, Graph]) -> None:
    graph = read["ttl"]
    subject = next(iter(sorted(graph.subjects(RDF.type, kind), key=str)))
    graph.remove((subject, name, None))
    kept, words = holds(graph)
    assert not kept
    assert str(name).rsplit("/", 1)[-1].rsplit("#", 1)[-1] in words
