"""Charts of a draft in its paper: pictures drawn once, with their figures in words, bound as before."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

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
def test_every_mark_is_another_picture_and_none_a_box() -> None:
    """Each letter is drawn as itself: not left out, not the box that stands for a letter that is missing."""
    drawn = {
        charts.bars([(letter, Decimal(5), "5")]) for letter in "aăâáàảãạằẵặấẫậđeêềễệiìĩịoôơốổỗộờởỡợuưừữựyỳỵ"
    }
    assert len(drawn) == len("aăâáàảãạằẵặấẫậđeêềễệiìĩịoôơốổỗộờởỡợuưừữựyỳỵ")
    assert None not in drawn
    assert drawn.isdisjoint({charts.bars([(nothing, Decimal(5), "5")]) for nothing in ("", "\ue000")})


BARE = """
import django
django.setup()
from pathlib import Path
from django.conf import settings
from luc.kernel import charts
from luc.kernel.health.findings import examine
settings.TYPEFACES = Path("none-was-fetched")
charts._FONT = {font} or charts._FONT
print(charts.draws_letters(), [found.level.value for title, found in examine() if title.startswith("Biểu đồ")])
"""
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/root/.fonts")


@pytest.mark.parametrize(("font", "told"), [("", "True ['good']"), ("No Such Face", "False ['warn']")])
def test_a_machine_without_any_typeface_draws_with_what_comes_with_the_project(
    tmp_path: Path, font: str, told: str
) -> None:
    """Nothing was fetched, and no folder of the machine holds a typeface, where it lets us hide them."""
    hidden = " && ".join(f"if [ -d {one} ]; then mount -t tmpfs none {one}; fi" for one in FOLDERS)
    apart = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0
    command = ["unshare", "-m", "sh", "-c", f'{hidden} && exec "$0" -c "$1"'] if apart else []
    words = (
        [sys.executable, BARE.format(font=repr(font))]
        if apart
        else [sys.executable, "-c", BARE.format(font=repr(font))]
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "luc.site.settings", "LUC_HOME": str(tmp_path)}
    done = subprocess.run(
        [*command, *words],
        capture_output=True,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.stdout.strip() == told, done.stderr[-2000:]


@pytest.fixture
def _without_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no typeface can be had."""
    monkeypatch.setattr(charts, "_FONT", "No Such Face")
    charts.draws_letters.cache_clear()
    yield
    charts.draws_letters.cache_clear()


@pytest.mark.usefixtures("_without_letters")
def test_a_paper_goes_out_without_pictures_where_no_letter_is_drawn(here: Side) -> None:
    draft = drafted(here)
    chart = next(block for block in blocks_of(draft) if block.kind == Block.Kind.CHART)
    version = actions.keep(here.viewer("officer"), draft.pk)
    data = write_docx(paper_of(version)[0])
    document = docx.Document(io.BytesIO(data))
    assert list(document.element.body.iter(qn("wp:inline"))) == []
    told = [line for line in lines_of(data) if line.text.startswith(chart.content["title"])]
    assert len(told[0].marks) == len(list(chips(chart.content)))


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
