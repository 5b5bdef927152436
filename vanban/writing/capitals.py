"""Names of administrative units as papers write them (NĐ 30/2020, Phụ lục II, III.1 and Phụ lục I, II.4.a)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _rules() -> dict[str, Any]:
    held = json.loads((files("vanban") / "data" / "nd30_2020.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = held["capitals"]
    return found


def takes_full_name(name: str) -> bool:
    """Whether a unit is named with a number, after a person or an event: its kind belongs to the name."""
    return any(char.isdigit() for char in name) or name in _rules()["named_after_people_or_events"]


def place_name(name: str, full_name: str) -> str:
    """What stands before the date: "Cần Thơ", but "Thành phố Hồ Chí Minh", "Phường 5"."""
    return full_name[:1].upper() + full_name[1:] if takes_full_name(name) else name


def unit_name(name: str, full_name: str) -> str:
    """A unit inside a sentence: "thành phố Cần Thơ", but "Phường 5", "Thành phố Hồ Chí Minh", "Thủ đô Hà Nội"."""
    if takes_full_name(name) or full_name in _rules()["special_units"]:
        return full_name[:1].upper() + full_name[1:]
    return full_name[:1].lower() + full_name[1:]
