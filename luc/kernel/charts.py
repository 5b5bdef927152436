"""Charts as pictures (PNG), the one door: drawn by Vega-Lite in the worker, kept by what they show.

`vl_convert` is loaded when the first chart is drawn: processes that answer pages never draw (a test holds it). Letters
are those of Times New Roman or what has its measures, of the machine or fetched (`luc.site.assets`), else Liberation
Sans, which is in the wheel: a machine without any typeface draws every Vietnamese mark.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from functools import cache as once
from typing import Any

from django.conf import settings
from django.core.cache import cache

Bar = tuple[str, Decimal, str]  # label, value, the value as it is written
_KEPT = 30 * 24 * 3600
_SCALE = 2.5  # of a picture: sharp on paper at the width between the margins
_INK, _COLOUR = "#000000", "#2f5d8c"
_FONT = "Times New Roman, Liberation Serif, Tinos, DejaVu Serif, Liberation Sans, serif"
_LETTERS, _MISSING = "Đđươặỡệỷ", "\ue000"  # the second is no letter: what stands for one that is not there
_WIDTH, _LABELS, _STEP = 300, 230, 26


def bars(rows: Sequence[Bar]) -> bytes | None:
    """Bars that lie, one a row in the given order, each with its label and number; None where no letter is drawn."""
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


def _drawn(spec: dict[str, Any]) -> bytes | None:
    """The picture of a specification: as it is kept, else drawn and kept; None rather than one with boxes."""
    told = json.dumps([spec, _SCALE, _fetched()], sort_keys=True, ensure_ascii=False)
    name = f"chart:{hashlib.sha256(told.encode()).hexdigest()}"
    there = cache.get(name)
    if isinstance(there, bytes):
        return there
    if not draws_letters():
        return None
    made = _made(spec)
    cache.set(name, made, _KEPT)
    return made


def _made(spec: dict[str, Any]) -> bytes:
    import vl_convert

    _with_typefaces()
    made: bytes = vl_convert.vegalite_to_png(spec, scale=_SCALE)
    return made


def _fetched() -> bool:
    """Whether typefaces of papers were fetched for this installation."""
    return any(settings.TYPEFACES.glob("*.ttf"))


@once
def _with_typefaces() -> None:
    import vl_convert

    if _fetched():
        vl_convert.register_font_directory(str(settings.TYPEFACES))


@once
def draws_letters() -> bool:
    """Whether Vietnamese letters are drawn here, and not boxes or nothing: each of them gives another picture.

    Where they are not, a paper goes out without pictures; their figures stand in words either way.
    """
    drawn = {_letter(letter) for letter in _LETTERS}
    return len(drawn) == len(_LETTERS) and drawn.isdisjoint({_letter(""), _letter(_MISSING)})


def _letter(letter: str) -> bytes:
    return _made(_bars([(letter, Decimal(1), "")]))
