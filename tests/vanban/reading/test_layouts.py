"""The same paper laid out as the files that offices send says the same: invented papers and the real plans."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import needs_plans
from tests.vanban.reading.laidout import as_html, as_old, as_pdf
from tests.vanban.reading.printed import by_chromium, by_libreoffice, converted_all
from tests.vanban.reading.shares import shares
from tests.vanban.test_further_papers import PAPERS as FURTHER
from tests.vanban.test_understanding import FIELDS, PAPERS, PLANS, placed, said, scorer
from tests.vanban.word import as_word
from vanban.document import Document, Place, Table
from vanban.folding import bare
from vanban.reading import read_file, understand

LAYOUTS: dict[str, Callable[[str], bytes]] = {
    "pdf": as_pdf,
    "pdf without lines": lambda text: as_pdf(text, lines=False),
    "html": as_html,
    "doc": as_old,
}
NEEDS_LINES = {"kinh-te-tuan-hoan"}  # where no line is drawn, nobody sees that a cell holds for two rows
MOST_LOST = 0.03


def laid_out(path: Path, layout: str) -> Document:
    suffix = layout.partition(" ")[0]
    return read_file(LAYOUTS[layout](path.read_text(encoding="utf-8")), f"{path.stem}.{suffix}")


ALL = [*PAPERS, *FURTHER, *PLANS]
SEVERAL: dict[str, Callable[[dict[str, str]], dict[str, bytes]]] = {
    "docx": lambda texts: {stem: as_word(text) for stem, text in texts.items()},
    "html": lambda texts: {stem: as_html(text) for stem, text in texts.items()},
    "html of LibreOffice": lambda texts: by_libreoffice(texts, ".html"),
    "pdf": lambda texts: by_libreoffice(texts, ".pdf"),
    "pdf without lines": lambda texts: by_libreoffice(texts, ".pdf", lines=False),
    "pdf of Chromium": by_chromium,
    "doc as docx": lambda texts: converted_all(by_libreoffice(texts, ".doc"), ".doc", ".docx"),
}


@pytest.mark.parametrize("layout", SEVERAL)
def test_no_paper_says_less_in_another_layout(layout: str) -> None:
    papers = [path for path in ALL if "without" not in layout or not holds_for_rows(path)]
    texts = {path.stem: path.read_text(encoding="utf-8") for path in papers}
    suffix = layout.rpartition(" as ")[2].partition(" ")[0]
    lost = {}
    for stem, data in SEVERAL[layout](texts).items():
        source = next(path for path in papers if path.stem == stem)
        of_text = understand(read_file(source.read_bytes(), source.name))
        here = shares(of_text, understand(read_file(data, f"{stem}.{suffix}")))
        if low := {key: round(value, 3) for key, value in here.items() if value < 1 - MOST_LOST}:
            lost[stem] = low
    assert not lost


def holds_for_rows(path: Path) -> bool:
    """Whether a cell below the head of a table holds for several rows: without lines nobody sees it."""
    tables = (block for block in read_file(path.read_bytes(), path.name).blocks if isinstance(block, Table))
    return any(cell.rowspan > 1 for table in tables for row in table.rows[2:] for cell in row)


CASES = [
    pytest.param(path, layout, id=f"{path.stem}-{layout}")
    for path in PAPERS
    for layout in LAYOUTS
    if path.stem not in NEEDS_LINES or layout != "pdf without lines"
]


@pytest.mark.parametrize(("path", "layout"), CASES)
def test_an_invented_paper_says_what_it_says_in_every_layout(path: Path, layout: str) -> None:
    expected = json.loads(path.with_suffix("").with_suffix(".expected.json").read_text(encoding="utf-8"))
    reading = said(understand(laid_out(path, layout)))
    assert {key: reading[key] for key in FIELDS if key in reading} == expected


@needs_plans
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_real_plan_scores_as_its_text_does(path: Path, layout: str) -> None:
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    score = scorer().score
    of_text = score(gold, understand(read_file(path.read_bytes(), path.name)))
    here = score(gold, understand(laid_out(path, layout)))
    lost = {
        key: (value, here[key]) for key, value in of_text.items() if value and here[key] < value - MOST_LOST
    }
    assert not lost


@pytest.mark.parametrize("layout", ["pdf", "html"])
@pytest.mark.parametrize("path", [*PAPERS, *PLANS], ids=lambda path: path.stem)
def test_every_item_stands_where_its_places_say(path: Path, layout: str) -> None:
    document = laid_out(path, layout)
    for text, places in placed(understand(document)):
        assert places, text
        for place in (Place(**place) for place in places):
            words = document.at(place)
            assert words.strip() == words != ""
            assert bare(words) in bare(text) or text.startswith("Ủy ban nhân dân")
            assert (place.page or 0) > 0 or layout != "pdf"
