"""Boundaries and maps: every unit of today is drawn, in its frame, and both archipelagos are on every map."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luc.territory import boundaries, loading, maps
from luc.territory.models import Boundary, Unit

SignIn = Callable[..., Client]
ARCHIPELAGOS = {"20333": "48", "22736": "56"}


def points_of(path: str) -> list[tuple[int, int]]:
    """Every point of a path of relative steps."""
    found = []
    for x, y, rest in re.findall(r"M(\d+) (\d+)([^M]*)", path):
        at = (int(x), int(y))
        found.append(at)
        steps = [int(n) for n in re.findall(r"-?\d+", rest)] if rest.startswith("l") else []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            at = (at[0] + dx, at[1] + dy)
            found.append(at)
    return found


@pytest.fixture
def drawn(db: None) -> None:
    loading.load(settings.REFDATA)


def province(code: str) -> Unit:
    return Unit.objects.get(level="province", code=code, valid_to=None)


def test_every_unit_of_today_is_drawn_inside_its_frame(drawn: None) -> None:
    today = Unit.objects.filter(valid_to=None).exclude(level="district")
    assert set(Boundary.objects.values_list("unit", flat=True)) == set(today.values_list("pk", flat=True))
    for row in Boundary.objects.all():
        points = points_of(row.path)
        assert points
        assert all(0 <= x <= row.width and 0 <= y <= row.height for x, y in points), row.unit


@pytest.mark.parametrize("code", ["92", "48", "56"])
def test_a_map_of_a_province_shows_its_communes_and_both_archipelagos(drawn: None, code: str) -> None:
    unit = province(code)
    communes = Unit.objects.filter(parent=unit, valid_to=None)
    said = {one.pk: maps.Said("good", "đã gửi") for one in communes}
    whole = maps.of_province(unit.pk, said)
    assert whole is not None
    assert whole.country is not None
    names = {shape.name for shape in whole.shapes} | {one.shape.name for one in whole.islands}
    assert names == set(communes.values_list("full_name", flat=True))
    assert [label.words for label in whole.country.labels] == ["Quần đảo Hoàng Sa", "Quần đảo Trường Sa"]
    assert len(whole.islands) == list(ARCHIPELAGOS.values()).count(code)
    assert whole.legend == [("good", "đã gửi", len(communes))]


def test_the_archipelagos_lie_where_they_are_on_the_small_map(drawn: None) -> None:
    west = {"20333": "48", "22736": "56"}
    for code, near in west.items():
        islands = Boundary.objects.get(unit__code=code, unit__level="commune", unit__valid_to=None)
        mainland = points_of(Boundary.objects.get(unit=province(near)).path)
        scale = Boundary.objects.get(unit=province(near)).width / islands.small_width
        x = min(x for x, _y in points_of(islands.small)) * scale
        assert x > sorted(x for x, _y in mainland)[0]
        assert any(abs(px - x) < 4 * scale for px, _py in mainland), (
            "the province of the country shows them too"
        )


def test_without_boundaries_there_is_no_map_and_the_page_says_so(
    db: None, tmp_path: Path, signed_in: SignIn
) -> None:
    shutil.copytree(settings.REFDATA / "admin", tmp_path / "admin")
    loaded = loading.load(tmp_path)
    assert loaded.outlines == 0
    assert maps.of_country({}) is None
    page = signed_in("officer").get(reverse("territory:unit", args=[province("92").pk])).content.decode()
    assert "chưa có dữ liệu ranh giới" in page


def test_pages_show_maps_at_a_fixed_cost(signed_in: SignIn, drawn: None) -> None:
    client = signed_in("officer")
    counts = []
    for code in ("40", "38"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page = client.get(reverse("territory:unit", args=[province(code).pk])).content.decode()
        counts.append(len(asked))
        assert page.count("<path fill=") == Unit.objects.filter(parent=province(code), valid_to=None).count()
        assert "Quần đảo Hoàng Sa" in page
        assert "Quần đảo Trường Sa" in page
    assert counts[0] == counts[1]
    country = client.get(reverse("territory:units")).content.decode()
    assert country.count("<path fill=") == 34
    assert "Quần đảo Hoàng Sa" in country
    assert "Quần đảo Trường Sa" in country


_degrees = st.tuples(st.floats(102, 118), st.floats(7, 24))
_ring = st.lists(_degrees, min_size=4, max_size=12)


@given(st.lists(_ring, min_size=1, max_size=4))
def test_any_outline_is_a_path_inside_its_frame(outline: boundaries.Outline) -> None:
    xs = [x for ring in outline for x, _y in ring]
    ys = [y for ring in outline for _x, y in ring]
    if max(xs) - min(xs) < 1e-6 and max(ys) - min(ys) < 1e-6:
        return
    frame = boundaries.Frame.around([outline], 300)
    path = frame.path(outline)
    assert re.fullmatch(r"(M\d+ \d+(l-?\d+[ -]\d+( -?\d+[ -]\d+|-\d+[ -]\d+)*|h2v2h-2)z)+", path)
    assert all(0 <= x <= frame.width and 0 <= y <= frame.height for x, y in points_of(path))
    assert max(frame.width, frame.height) in range(299, 302)
