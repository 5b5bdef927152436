"""Charts of a draft in its paper: pictures drawn once, with their figures in words, bound as before."""

from __future__ import annotations

import io
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn

from luc.issuing import actions
from luc.issuing.actions.files import keep_file
from luc.issuing.content import chips
from luc.issuing.models import Block
from luc.issuing.paper import paper_of
from luc.kernel import charts
from luc.papers.queries import content as bytes_of
from tests.cast import Side
from tests.issuing.life import blocks_of, drafted
from vanban.signed import lines_of
from vanban.writing import write_docx

ROWS = [("Đúng tiến độ", Decimal(30), "30"), ("Chậm tiến độ", Decimal("4.5"), "4,5")]


@pytest.mark.django_db
def test_a_chart_is_drawn_once_and_kept_by_what_it_shows() -> None:
    first = charts.bars(ROWS)
    assert first.startswith(b"\x89PNG")
    assert charts.bars(ROWS) == first
    assert charts.bars([*ROWS[:1], ("Chậm tiến độ", Decimal(9), "9")]) != first


@pytest.mark.django_db
def test_letters_are_drawn_whatever_typefaces_the_machine_has() -> None:
    dark = [_dark(charts.bars([(label, Decimal(5), "5")])) for label in ("", "Đã hoàn thành ấy")]
    assert dark[1] > dark[0] + 200


def _dark(png: bytes) -> int:
    from PIL import Image

    return sum(Image.open(io.BytesIO(png)).convert("L").histogram()[:64])


def test_the_figures_of_a_chart_stand_below_it_with_their_bookmarks(here: Side) -> None:
    draft = drafted(here)
    chart = next(block for block in blocks_of(draft) if block.kind == Block.Kind.CHART)
    version = actions.keep(here.viewer("officer"), draft.pk)
    file = keep_file(here.viewer("officer"), version.pk)
    data = bytes_of(file.file)
    document = docx.Document(io.BytesIO(data))
    pictures = list(document.element.body.iter(qn("wp:inline")))
    assert len(pictures) == len([block for block in blocks_of(draft) if block.kind == Block.Kind.CHART])
    assert chart.content["title"] in pictures[0].docPr.get("descr")
    bound = {line["bookmark"] for line in file.sources if line["block"] == chart.pk}
    assert len(bound) == len(list(chips(chart.content)))
    marked = {mark.key for line in lines_of(data) for mark in line.marks}
    assert bound <= marked
    assert "█" not in "".join(line.text for line in lines_of(data))
    assert write_docx(paper_of(version)[0]) == data
