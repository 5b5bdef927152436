"""How each component of a paper looks: the rules of NĐ 30/2020, Phụ lục I.

Read from vanban/data/nd30_2020.json: the ranges of the decree and, under `choices`, what we take where it
leaves a choice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from vanban.writing.paper import Align

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Look:
    """How one component is set; sizes and spaces in points. `outline`: its level in the navigation pane."""

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    upper: bool = False
    align: Align = "left"
    before: float = 0
    after: float = 0
    indent: float = 0
    keep: bool = False
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class TableLook:
    """How tables are set, in points."""

    border: float
    cell_margin: float
    cell_space: float


@dataclass(frozen=True, slots=True)
class Texts:
    """The fixed words of a paper, as patterns."""

    number: str
    blank: str
    place_date: str
    date: str
    letter_title: str
    letter_kind: str
    addressees: str
    recipients: str
    list_mark: str
    list_end: str
    last_end: str
    closing: str
    annex: str
    annex_reference: str
    quoc_hieu: str
    tieu_ngu: str
    as_above: str
    as_article: str
    filed: str
    filed_at_registry: str
    draft: str
    copies_issued: str
    division: str
    article: str
    divisions: tuple[str, ...]
    roman_divisions: tuple[str, ...]
    honours: tuple[str, ...]
    months_with_zero: tuple[int, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole layout, lengths in points."""

    font: str
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    header_distance: float
    line_spacing: float
    rule_share: float
    rule_weight: float
    signature_space: float
    contact_separator: str
    urgency_colour: str
    urgency_boxes: Mapping[str, tuple[float, float]]
    authority: Mapping[str, str]
    abbreviations: Mapping[str, str]
    copy_abbreviations: Mapping[str, str]
    table: TableLook
    texts: Texts
    looks: Mapping[str, Look]

    def text_width(self, *, landscape: bool = False) -> float:
        """The width between the margins."""
        return (self.height if landscape else self.width) - self.left - self.right


@cache
def layout() -> Layout:
    """The layout of NĐ 30/2020 with our choices."""
    rules = json.loads((files("vanban") / "data" / "nd30_2020.json").read_text(encoding="utf-8"))
    page, choices, urgency = rules["page"], rules["choices"], rules["components"]["do_khan"]
    margin = {side: value * MM for side, value in choices["margin_mm"].items()}
    return Layout(
        font=rules["font"]["family"],
        width=page["width_mm"] * MM,
        height=page["height_mm"] * MM,
        **margin,
        header_distance=choices["header_distance_mm"] * MM,
        line_spacing=choices["line_spacing"],
        rule_share=choices["rule_share_of_line"],
        rule_weight=choices["rule_weight_pt"],
        signature_space=choices["signature_space_pt"],
        contact_separator=choices["contact_separator"],
        urgency_colour=choices["ink"][urgency["ink"]],
        urgency_boxes={name: (wide * MM, high * MM) for name, (wide, high) in urgency["boxes_mm"].items()},
        authority=rules["components"]["quyen_han_chuc_vu"]["prefixes"],
        abbreviations=rules["type_abbreviations"]["papers"],
        copy_abbreviations=rules["type_abbreviations"]["copies"],
        table=_table(choices["table"]),
        texts=_texts(rules),
        looks=_looks(rules),
    )


def _texts(rules: dict[str, Any]) -> Texts:
    words = {key: value for key, value in rules["texts"].items() if key != "what"}
    fixed = {name: rules["components"][name]["text"] for name in ("quoc_hieu", "tieu_ngu")}
    lists: dict[str, Any] = {
        name: tuple(words.pop(name)) for name, held in list(words.items()) if isinstance(held, list)
    }
    return Texts(**words, **fixed, **lists)


def _table(choice: dict[str, Any]) -> TableLook:
    return TableLook(choice["border_pt"], choice["cell_margin_mm"] * MM, choice["cell_space_pt"])


def _looks(rules: dict[str, Any]) -> dict[str, Look]:
    choices = rules["choices"]
    found = {name: _look(rules, name, choice) for name, choice in choices["paragraphs"].items()}
    cell = choices["table"]
    size = _size(rules["components"][cell["of"]]["size_pt"], cell["size"])
    found["table"] = Look(cell["style"], size)
    return found


def _look(rules: dict[str, Any], name: str, choice: dict[str, Any]) -> Look:
    if name == "page_number":
        rule = rules["page_number"]
    else:
        rule = rules["components"] | rules["copies"] | rules["practice"]
        for step in name.split("."):
            rule = rule[step]
    style = rule["style"].split("(")[0].split()
    return Look(
        name=choice["style"],
        size=_size(rule["size_pt"], choice.get("size", rules["choices"]["size"])),
        bold="bold" in style,
        italic="italic" in style,
        upper=rule.get("case") == "upper",
        align=choice["align"],
        before=choice["before_pt"],
        after=choice["after_pt"],
        indent=rules["choices"]["first_line_indent_cm"] * 10 * MM if choice.get("indent") else 0,
        keep=choice.get("keep", False),
        outline=choice.get("outline"),
    )


def _size(bounds: list[float], end: str) -> float:
    return bounds[0] if end == "lower" else bounds[1]
