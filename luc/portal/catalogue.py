"""The catalogue of open data as DCAT-AP 3 (SEMIC, EU): every table of the registry, every published plan.

Facts are triples; two writers say them as JSON-LD and as Turtle, so that both say the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luc.portal.models import Edition

RDF, DCAT, DCT = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/ns/dcat#",
    "http://purl.org/dc/terms/",
)
FOAF, XSD = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/2001/XMLSchema#"
THEMES = "http://publications.europa.eu/resource/authority/data-theme/"
FILES = "http://publications.europa.eu/resource/authority/file-type/"
MEDIA = "https://www.iana.org/assignments/media-types/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/VIE"
FORMS = {
    "csv": ("CSV", "text/csv"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
}
RIGHTS = "Dùng tự do, có ghi nguồn."


@dataclass(frozen=True, slots=True)
class Node:
    """Something with an address."""

    address: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Vietnamese, or of a type."""

    text: str
    kind: str = ""


Triple = tuple[str, str, Node | Words]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Data that is offered: where it is shown, and each form as a file."""

    page: str
    title: str
    about: str
    publisher: str
    files: tuple[tuple[str, str], ...]
    changed: datetime | None = None


def dataset_of(row: Edition, page: str, data: str) -> Dataset:
    """The data of a published plan."""
    plan = row.summary["plan"]
    about = f"Nhiệm vụ, chỉ tiêu, tiến độ của {plan['title']} ({plan['number']}), công bố lần {row.number}."
    return Dataset(page, plan["title"], about, plan["issuer"], (("json", data),), row.at)


def triples(root: str, publisher: str, datasets: Iterable[Dataset]) -> Iterator[Triple]:
    """The whole catalogue as facts; `root` is the address of the site."""
    catalogue, owner = f"{root}/danh-muc-du-lieu", f"{root}/#don-vi"
    yield catalogue, f"{RDF}type", Node(f"{DCAT}Catalog")
    yield catalogue, f"{DCT}title", Words("Danh mục dữ liệu công khai")
    yield catalogue, f"{DCT}description", Words("Dữ liệu về kế hoạch xanh và doanh nghiệp môi trường.")
    yield catalogue, f"{DCT}publisher", Node(owner)
    yield catalogue, f"{DCT}language", Node(LANGUAGE)
    yield catalogue, f"{FOAF}homepage", Node(f"{root}/")
    yield from _agent(owner, publisher)
    for one in datasets:
        yield catalogue, f"{DCAT}dataset", Node(f"{one.page}#du-lieu")
        yield from _dataset(one)


def _agent(address: str, name: str) -> Iterator[Triple]:
    yield address, f"{RDF}type", Node(f"{FOAF}Agent")
    yield address, f"{FOAF}name", Words(name)


def _dataset(one: Dataset) -> Iterator[Triple]:
    here, owner = f"{one.page}#du-lieu", f"{one.page}#don-vi"
    yield here, f"{RDF}type", Node(f"{DCAT}Dataset")
    yield here, f"{DCT}title", Words(one.title)
    yield here, f"{DCT}description", Words(one.about)
    yield here, f"{DCT}publisher", Node(owner)
    yield from _agent(owner, one.publisher)
    yield here, f"{DCAT}theme", Node(f"{THEMES}ENVI")
    yield here, f"{DCAT}landingPage", Node(one.page)
    yield here, f"{DCT}language", Node(LANGUAGE)
    if one.changed:
        yield here, f"{DCT}modified", Words(one.changed.isoformat(), f"{XSD}dateTime")
    for form, address in one.files:
        yield here, f"{DCAT}distribution", Node(f"{address}#tep")
        yield from _file(form, address)


def _file(form: str, address: str) -> Iterator[Triple]:
    here, rights = f"{address}#tep", f"{address}#quyen"
    kind, media = FORMS[form]
    yield here, f"{RDF}type", Node(f"{DCAT}Distribution")
    yield here, f"{DCAT}accessURL", Node(address)
    yield here, f"{DCAT}downloadURL", Node(address)
    yield here, f"{DCT}format", Node(f"{FILES}{kind}")
    yield here, f"{DCAT}mediaType", Node(f"{MEDIA}{media}")
    yield here, f"{DCT}rights", Node(rights)
    yield rights, f"{RDF}type", Node(f"{DCT}RightsStatement")
    yield rights, f"{DCT}description", Words(RIGHTS)


def as_turtle(facts: Iterable[Triple]) -> str:
    """The facts a line each, which Turtle reads (N-Triples is a part of it)."""
    lines = {f"<{subject}> <{verb}> {_turtle(thing)} ." for subject, verb, thing in facts}
    return "\n".join(sorted(lines)) + "\n"


def _turtle(thing: Node | Words) -> str:
    if isinstance(thing, Node):
        return f"<{thing.address}>"
    text = json.dumps(thing.text, ensure_ascii=False)
    return f"{text}^^<{thing.kind}>" if thing.kind else f"{text}@vi"


def as_jsonld(facts: Iterable[Triple]) -> str:
    """The facts as expanded JSON-LD: no context that would have to be fetched."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, verb, thing in dict.fromkeys(facts):
        node = nodes.setdefault(subject, {"@id": subject})
        if verb == f"{RDF}type" and isinstance(thing, Node):
            node.setdefault("@type", []).append(thing.address)
        else:
            node.setdefault(verb, []).append(_jsonld(thing))
    return json.dumps(list(nodes.values()), ensure_ascii=False, indent=1)


def _jsonld(thing: Node | Words) -> dict[str, str]:
    if isinstance(thing, Node):
        return {"@id": thing.address}
    return {"@value": thing.text} | ({"@type": thing.kind} if thing.kind else {"@language": "vi"})
