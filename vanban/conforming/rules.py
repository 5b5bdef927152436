"""The rules of the decree as they stand in vanban/data/nd30_2020.json."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rules() -> dict[str, Any]:
    """The whole file."""
    held: dict[str, Any] = json.loads(
        (files("vanban") / "data" / "nd30_2020.json").read_text(encoding="utf-8")
    )
    return held


def component(name: str) -> dict[str, Any]:
    """What is said of a component; "phu_luc.title" is the part of one. Raises KeyError."""
    if name == "page_number":
        number: dict[str, Any] = rules()["page_number"]
        return {"name_vi": "Số trang", **number}
    held: dict[str, Any] = rules()["components"] | rules()["copies"] | rules()["practice"]
    above: dict[str, Any] = {}
    for step in name.split("."):
        above, held = held, held[step]
    inherited: dict[str, Any] = {key: above[key] for key in ("name_vi", "clause") if key in above}
    return {**inherited, **held}
