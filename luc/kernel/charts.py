"""Charts as pictures (PNG), the one door: drawn by Vega-Lite in the worker, kept by what they show.

`vl_convert` is loaded when the first chart is drawn: processes that answer pages never draw (a test holds it).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.cache import cache

Bar = tuple[str, Decimal, str]  # label, value, the value as it is written
_KEPT = 30 * 24 * 3600
_SCALE = 2.5  # of a picture: sharp on paper at the width between the margins
_INK, _COLOUR = "#000000", "#2f5d8c"
_FONT = "Times New Roman, Liberation Serif, Tinos, DejaVu Serif, serif"
_WIDTH, _LABELS, _STEP = 300, 230, 26


def bars(rows: Sequence[Bar]) -> bytes:
    """Bars that lie, one a row in the given order, each with its label and its number."""
    return _drawn(_bars(rows))


def _bars(rows: Sequence[Bar]) -> dict[str, Any]:
    axis = {
        "title": None,
        "labelLimit": _LABELS,
        "minExtent": _LABELS,
        "maxExtent": _LABELS,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    values = [
        {"n": n, "label": label, "value": float(value), "shown": shown}
        for n, (label, value, shown) in enumerate(rows)
    ]
    labels = {str(n): label for n, (label, _value, _shown) in enumerate(rows)}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": _WIDTH,
        "height": {"step": _STEP},
        "background": "white",
        "padding": 2,
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "n",
                "type": "ordinal",
                "axis": axis | {"labelExpr": f"{json.dumps(labels, ensure_ascii=False)}[datum.value]"},
            },
            "x": {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}},
        },
        "layer": [
            {"mark": {"type": "bar", "height": _STEP * 0.6, "color": _COLOUR}},
            {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"text": {"field": "shown"}}},
        ],
        "config": {
            "font": _FONT,
            "axis": {"labelFontSize": 13, "labelColor": _INK},
            "text": {"fontSize": 13, "color": _INK},
            "view": {"stroke": None},
        },
    }


def _drawn(spec: dict[str, Any]) -> bytes:
    """The picture of a specification: as it is kept, else drawn and kept."""
    told = json.dumps([spec, _SCALE], sort_keys=True, ensure_ascii=False)
    name = f"chart:{hashlib.sha256(told.encode()).hexdigest()}"
    there = cache.get(name)
    if isinstance(there, bytes):
        return there
    import vl_convert

    made: bytes = vl_convert.vegalite_to_png(spec, scale=_SCALE)
    cache.set(name, made, _KEPT)
    return made
