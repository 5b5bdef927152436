"""Labelled questions over a shelf of some thousand goods: what must be found stands among the first ten.

`data/queries.csv` was written before any of it was searched; a question counts as answered when the thing it names is
among the first ten hits. Kinds: with marks, plain (without), misspelt (letters, marks, Telex, VNI, spaces),
abbreviation (and synonyms).
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from luc.kernel.rights import STRANGER
from luc.kernel.search.asking import Asked
from luc.kernel.search.finding import find
from luc.kernel.search.vocabulary import recount
from tests.search.goods import DATA, FACETS, goods, labelled
from tests.search.shelf import Shelf
from tests.search.shelf import shelf as opened

FIRST = 10
WANTED = {"marks": 1.0, "plain": 1.0, "misspelt": 0.9, "abbreviation": 0.95}


def questions() -> list[dict[str, str]]:
    with (DATA / "queries.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def stocked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Shelf]:
    """4,000 goods beside the labelled ones, counted."""
    with django_db_blocker.unblock(), transaction.atomic(), opened("test.good", FACETS) as made:
        made.put(*labelled().values(), *goods(4_000))
        recount()
        yield made
        transaction.set_rollback(True)


def missed(kind: str) -> list[str]:
    """The questions of a kind that were not answered."""
    keys = {key: content.object_id for key, content in labelled().items()}
    out = []
    for row in questions():
        if row["kind"] != kind:
            continue
        hits = [hit.object_id for hit in find(STRANGER, Asked(row["query"]), with_facets=False).hits[:FIRST]]
        if not {keys[key] for key in row["find"].split()} <= set(hits):
            out.append(row["query"])
    return out


@pytest.mark.parametrize("kind", WANTED)
def test_recall(stocked: Shelf, kind: str, db: None) -> None:
    asked = Counter(row["kind"] for row in questions())[kind]
    missing = missed(kind)
    assert 1 - len(missing) / asked >= WANTED[kind], missing


def test_enough_was_asked() -> None:
    asked = Counter(row["kind"] for row in questions())
    assert sum(asked.values()) >= 200
    assert set(asked) == set(WANTED)
