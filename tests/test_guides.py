"""Every picture of a guide is there, is shown by a guide, and is one that a journey takes."""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys import guides

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"\]\((?:\.\./)?(?:docs/)?pictures/([\w-]+)\.png\)")
# a name of a look, wherever it is put together
LOOKED = re.compile(r'"((?:[\w]+-)+[\w-]+)"')


def _shown() -> set[str]:
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    return {name for page in pages for name in SHOWN.findall(page.read_text(encoding="utf-8"))}


def test_guides_show_the_pictures_that_are_there() -> None:
    there = {one.stem for one in guides.GUIDES.glob("*.png")}
    assert there == _shown() == {*guides.TAKEN, *guides.BY_HAND}


def test_every_picture_is_a_look_of_a_journey() -> None:
    journeys = (ROOT / "tests" / "journeys").glob("test_*.py")
    looked = {name for one in journeys for name in LOOKED.findall(one.read_text(encoding="utf-8"))}
    assert {look for look, _height in guides.TAKEN.values()} <= looked
