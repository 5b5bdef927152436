"""Outlines of units, from GeoJSON in degrees (WGS 84) to SVG paths in the pixels of a frame.

They are drawn once, when they are loaded. Without the files there are no maps, and pages say so.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from luc.territory.models import Boundary, Unit
from luc.territory.reference import rows

LARGE, SMALL, ISLANDS = 720, 200, 150  # the longer side of a frame, in pixels
_DOT = "h2v2h-2z"  # an island smaller than a pixel is still seen

Ring = list[tuple[float, float]]
Outline = list[Ring]  # every ring of every polygon; holes are rings that run the other way


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the earth on a sheet of pixels: equirectangular, true to scale in its middle."""

    west: float
    north: float
    per_lon: float
    per_lat: float
    width: int
    height: int

    @staticmethod
    def around(outlines: Iterable[Outline], longest: int, margin: int = 2) -> Frame:
        """The frame whose longer side is `longest` pixels and that holds all outlines."""
        points = [point for outline in outlines for ring in outline for point in ring]
        west, east = min(x for x, _y in points), max(x for x, _y in points)
        south, north = min(y for _x, y in points), max(y for _x, y in points)
        squeeze = math.cos(math.radians((south + north) / 2))
        scale = (longest - 2 * margin) / max((east - west) * squeeze, north - south)
        width = round((east - west) * squeeze * scale) + 2 * margin
        height = round((north - south) * scale) + 2 * margin
        return Frame(
            west - margin / scale / squeeze,
            north + margin / scale,
            scale * squeeze,
            scale,
            width,
            height,
        )

    def at(self, point: tuple[float, float]) -> tuple[int, int]:
        """Where a point (longitude, latitude) lies on the sheet."""
        return round((point[0] - self.west) * self.per_lon), round((self.north - point[1]) * self.per_lat)

    def path(self, outline: Outline) -> str:
        """An outline as the `d` of an SVG path, in relative steps."""
        drawn = [_ring([self.at(point) for point in ring]) for ring in outline]
        return "".join(dict.fromkeys(drawn))


def _ring(points: list[tuple[int, int]]) -> str:
    kept = [point for before, point in zip([None, *points], points, strict=False) if point != before]
    x, y = kept[0]
    if len(set(kept)) < 3:
        return f"M{x} {y}{_DOT}"
    open_ring = kept[:-1] if kept[-1] == kept[0] else kept  # z closes it
    steps = [f"{x1 - x0} {y1 - y0}" for (x0, y0), (x1, y1) in pairwise(open_ring)]
    return f"M{x} {y}l{' '.join(steps)}z".replace(" -", "-")


def outlines(file: Path) -> dict[str, Outline]:
    """Every outline of a GeoJSON file, by the code of its unit. Raises OSError, KeyError, ValueError when broken."""
    found = json.loads(file.read_text(encoding="utf-8"))
    return {feature["properties"]["code"]: _outline(feature["geometry"]) for feature in found["features"]}


def _outline(geometry: Mapping[str, Any]) -> Outline:
    if geometry["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(f"an outline is a Polygon or a MultiPolygon, not a {geometry['type']}")
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(x, y) for x, y, *_height in ring] for polygon in polygons for ring in polygon]


def read(folder: Path) -> list[Boundary]:
    """The boundaries of refdata/boundaries, each with a `unit` that only has its level and code."""
    provinces = outlines(folder / "provinces.geojson")
    islands = {row["code"]: row for row in rows(folder / "archipelagos.csv")}
    country, small = (Frame.around(provinces.values(), longest) for longest in (LARGE, SMALL))
    found = [
        _boundary(Unit.Level.PROVINCE, code, country, outline, small) for code, outline in provinces.items()
    ]
    for code in provinces:
        found += _communes(outlines(folder / "communes" / f"{code}.geojson"), islands, small)
    return found


def _communes(
    communes: Mapping[str, Outline], islands: Mapping[str, Mapping[str, str]], small: Frame
) -> list[Boundary]:
    frame = Frame.around((outline for code, outline in communes.items() if code not in islands), LARGE)
    found = []
    for code, outline in communes.items():
        if (island := islands.get(code)) is None:
            found.append(_boundary(Unit.Level.COMMUNE, code, frame, outline))
            continue
        spots = [small.at(point) for ring in outline for point in ring]
        row = _boundary(Unit.Level.COMMUNE, code, Frame.around([outline], ISLANDS), outline, small)
        row.label, row.label_en = island["label"], island["label_en"]
        row.label_x = sum(x for x, _y in spots) // len(spots)
        row.label_y = min(y for _x, y in spots)
        found.append(row)
    return found


def _boundary(level: str, code: str, frame: Frame, outline: Outline, small: Frame | None = None) -> Boundary:
    row = Boundary(
        unit=Unit(level=level, code=code), path=frame.path(outline), width=frame.width, height=frame.height
    )
    if small is not None:
        row.small, row.small_width, row.small_height = small.path(outline), small.width, small.height
    return row


def load(folder: Path) -> int:
    """Bring the boundaries of today's units to what the files say; how many there are (none without files).

    Raises OSError, KeyError, ValueError for a broken file, KeyError for a unit that is not known.
    """
    if not folder.exists():
        Boundary.objects.all().delete()
        return 0
    wanted = read(folder)
    today = {(unit.level, unit.code): unit for unit in Unit.objects.filter(valid_to=None)}
    for row in wanted:
        row.unit = today[row.unit.level, row.unit.code]
    Boundary.objects.all().delete()
    Boundary.objects.bulk_create(wanted, batch_size=500)
    return len(wanted)
