"""Maps as plain values: shapes in the pixels of a frame, coloured by what a page says of each unit.

Every map shows Hoàng Sa and Trường Sa: that of the country where they lie, that of a province beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from luc.kernel.prepared import Prepared
from luc.territory.models import Boundary


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says of a unit: a tone of the look, that in words, and where it leads ("" for nowhere)."""

    tone: str
    words: str
    address: str = ""


SILENT = Said("none", "")


@dataclass(frozen=True, slots=True)
class Shape:
    """One unit on a map."""

    name: str
    path: str
    said: Said


@dataclass(frozen=True, slots=True)
class Islands:
    """An archipelago in a frame of its own."""

    width: int
    height: int
    shape: Shape


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the map of the country."""

    words: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Country:
    """The small map of the country beside that of a province: `here` is the province."""

    width: int
    height: int
    land: str
    here: str
    islands: str
    labels: list[Label]


@dataclass(frozen=True, slots=True)
class Map:
    """A whole map; `legend` counts what is said: (tone, words, count)."""

    width: int
    height: int
    shapes: list[Shape]
    islands: list[Islands] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    country: Country | None = None

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        counted: dict[tuple[str, str], int] = {}
        for shape in [*self.shapes, *(one.shape for one in self.islands)]:
            if shape.said.words:
                key = shape.said.tone, shape.said.words
                counted[key] = counted.get(key, 0) + 1
        return [(tone, words, count) for (tone, words), count in counted.items()]


def of_province(province: int, said: Mapping[int, Said]) -> Map | None:
    """The communes of a province of today, by unit what is said of each; None without boundaries. Two statements."""
    rows = sorted(_communes(province=province), key=lambda row: row.unit__sort_key)
    main = [row for row in rows if not row.label]
    if not main:
        return None
    return Map(
        width=main[0].width,
        height=main[0].height,
        shapes=[_shape(row, said) for row in main],
        islands=[Islands(row.width, row.height, _shape(row, said)) for row in rows if row.label],
        country=_country(province),
    )


def of_country(said: Mapping[int, Said]) -> Map | None:
    """The provinces of today, by unit what is said of each; None without boundaries. One statement."""
    rows = _provinces()
    land = [row for row in rows if not row.label]
    if not land:
        return None
    first = land[0]
    return Map(
        width=first.width,
        height=first.height,
        shapes=[_shape(row, said) for row in land],
        labels=[_label(row, first.width / first.small_width) for row in rows if row.label],
    )


# of each unit only what is drawn, as plain rows: a map has a hundred
_SHAPE = ("unit", "unit__full_name", "path")
_LABEL = ("label", "label_en", "label_x", "label_y")


# by its parent alone, in no order: an index of all communes in their order is the longer way to a hundred of them
_communes: Prepared[Any] = Prepared(
    lambda province: Boundary.objects.filter(unit__parent=province, unit__valid_to=None).values_list(
        *_SHAPE, "unit__sort_key", "label", "width", "height", named=True
    )
)
_provinces: Prepared[Any] = Prepared(
    lambda: (
        Boundary.objects.exclude(small="")
        .order_by("unit__sort_key")
        .values_list(*_SHAPE, *_LABEL, "width", "height", "small_width", named=True)
    )
)
_small: Prepared[Any] = Prepared(
    lambda: Boundary.objects.exclude(small="").values_list(
        "unit", "small", "small_width", "small_height", *_LABEL, named=True
    )
)


def _shape(row: Any, said: Mapping[int, Said]) -> Shape:
    return Shape(row.unit__full_name, row.path, said.get(row.unit, SILENT))


def _country(province: int) -> Country | None:
    rows = _small()
    if not rows:
        return None
    land = [row for row in rows if not row.label]
    islands = [row for row in rows if row.label]
    return Country(
        width=rows[0].small_width,
        height=rows[0].small_height,
        land="".join(row.small for row in land),
        here="".join(row.small for row in land if row.unit == province),
        islands="".join(row.small for row in islands),
        labels=[_label(row) for row in islands],
    )


def _label(row: Any, scale: float = 1) -> Label:
    """The words of an archipelago, where they stand on the small map, or on one that is `scale` times as large."""
    words = row.label_en if get_language() == "en" else row.label
    return Label(words, round((row.label_x or 0) * scale), round((row.label_y or 0) * scale))
