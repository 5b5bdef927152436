"""Invented goods of the field by the thousand, the same each time: a shelf on which mistakes are possible."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from luc.kernel.search.registering import EVERYBODY, Content

DATA = Path(__file__).parent / "data"
FACETS = ("field", "kind", "place", "size", "standard", "market")
_EVERYBODY = frozenset([EVERYBODY])
_DAY = datetime(2026, 1, 1, tzinfo=UTC)

WORDS = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
KINDS = ("technology", "equipment", "product", "service")
SIZES = ("micro", "small", "medium", "large")
STANDARDS = ("ISO 14001", "ISO 9001", "TCVN", "QCVN", "none")
MARKETS = ("here", "country", "asean", "world")


def goods(count: int, seed: int = 6, start: int = 1_000) -> Iterator[Content]:
    """That many public goods with ids from `start`."""
    chance = random.Random(seed)
    fields: dict[str, list[str]] = WORDS["fields"]
    names = list(fields)
    for number in range(start, start + count):
        field = chance.choice(names)
        place = chance.choice(WORDS["places"])
        maker = f"{chance.choice(WORDS['forms'])} {chance.choice(WORDS['first'])} {chance.choice(WORDS['second'])}"
        title = (
            f"{chance.choice(fields[field])} {chance.choice(WORDS['how'])} cho {chance.choice(WORDS['for'])}"
        )
        yield Content(
            object_id=number,
            title=f"{title[0].upper()}{title[1:]} {chance.choice('ABCDEGHKMN')}{chance.randint(10, 999)}",
            audience=_EVERYBODY,
            more=f"{maker}, {place}, {field}",
            body=f"{'. '.join(chance.sample(WORDS['text'], 4))}. Công suất {chance.randint(1, 900)} m3/ngày",
            facets={
                "field": [field],
                "kind": [chance.choice(KINDS)],
                "place": [place],
                "size": [chance.choice(SIZES)],
                "standard": sorted(chance.sample(STANDARDS, chance.randint(1, 2))),
                "market": [chance.choice(MARKETS)],
            },
            fresh=_DAY - timedelta(minutes=chance.randint(0, 500_000)),
            point=(8.5 + chance.random() * 14, 102.5 + chance.random() * 7),
        )


def labelled() -> dict[str, Content]:
    """The goods that the labelled questions name, by their key."""
    with (DATA / "goods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["key"]: Content(
            object_id=number,
            title=row["title"],
            audience=_EVERYBODY,
            more=f"{row['maker']}, {row['place']}",
            body=row["text"],
        )
        for number, row in enumerate(rows, 1)
    }
