"""How a map is drawn: as text, for a hundred shapes must stay quick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_PATH = '<path fill="url(#{}-{})" d="{}"><title>{}</title></path>'


def map_of(drawing: Any, label: str, name: str = "map") -> dict[str, Any]:
    """A map of territory.maps with its legend; `name` tells two maps of one page apart. The table stands beside it."""
    if drawing is None:
        return {"map": None}
    islands = [(one, _shapes([one.shape], name)) for one in drawing.islands]
    tones = {shape.said.tone for shape in [*drawing.shapes, *(one.shape for one in drawing.islands)]}
    return {
        "map": drawing,
        "label": label,
        "id": name,
        "tones": sorted(tones),
        "shapes": _shapes(drawing.shapes, name),
        "islands": islands,
    }


def _shapes(shapes: Iterable[Any], name: str) -> SafeString:
    return format_html_join("", "{}", ((_shape(one, name),) for one in shapes))


def _shape(shape: Any, name: str) -> SafeString:
    said = shape.said
    words = f"{shape.name}: {said.words}" if said.words else shape.name
    drawn = format_html(_PATH, name, said.tone, shape.path, words)
    return format_html('<a href="{}">{}</a>', said.address, drawn) if said.address else drawn
