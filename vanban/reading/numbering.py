"""Computes the numbers of automatic lists of a Word file: "II.", "3.1.", "a)", "-" (ECMA-376, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from vanban.markers import roman_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COUNTED = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document. `next` must be called once for every list paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        self._linked: dict[tuple[str, str], int] = {}  # list and style of a paragraph -> level
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        elements = {_value(found, "abstractNumId", own=True): found for found in root.iter(f"{W}abstractNum")}
        by_style = {name: found for found in elements.values() if (name := _value(found, "styleLink"))}
        for key, element in elements.items():  # a list may be that of a list style
            elements[key] = by_style.get(_value(element, "numStyleLink"), element)
            abstracts[key] = _levels(elements[key])
        for element in root.iter(f"{W}num"):
            abstract = _value(element, "abstractNumId")
            found = _List(abstract, dict(abstracts.get(abstract, {})))
            for override in element.iter(f"{W}lvlOverride"):
                level = whole(_value(override, "ilvl", own=True), 0)
                found.levels |= _levels(override)
                if start := _value(override, "startOverride"):
                    found.restarts[level] = whole(start, 1)
            list_id = _value(element, "numId", own=True)
            self._lists[list_id] = found
            self._linked |= {(list_id, shape.style): n for n, shape in found.levels.items() if shape.style}

    def level_of(self, list_id: str, style: str) -> int:
        """The level (from 0) at which a list numbers the paragraphs of a style."""
        return self._linked.get((list_id, style), 0)

    def next(self, list_id: str, level: int) -> str | None:
        """The number of the next paragraph of this list at this level (from 0); None where it shows none."""
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return None
        counts = self._counts.setdefault(found.abstract, {})
        if list_id not in self._begun:
            self._begun.add(list_id)
            for restarted, start in found.restarts.items():
                counts[restarted] = start - 1
        shape = found.levels[level]
        counts[level] = counts.get(level, shape.start - 1) + 1
        for deeper in [d for d in counts if d > level]:
            limit = found.levels[deeper].restart if deeper in found.levels else None
            if limit is None or 0 < limit <= level + 1:
                del counts[deeper]
        return self._shown(found, shape, counts)

    @staticmethod
    def _shown(found: _List, shape: _Level, counts: dict[int, int]) -> str | None:
        if shape.form == "none" and "%" not in shape.text:
            return shape.text.strip() or None
        if shape.form == "bullet":
            return shape.text.strip() if shape.text.strip() in {"-", "–", "—", "+", "*"} else "•"
        text = shape.text
        for level in range(9):
            if f"%{level + 1}" in text:
                part = found.levels.get(level, _Level())
                form = "decimal" if shape.legal and level < 9 else part.form
                text = text.replace(f"%{level + 1}", written(counts.get(level, part.start), form))
        return text.strip() or None


def _value(element: etree._Element, name: str, own: bool = False) -> str:
    if own:
        return str(element.get(f"{W}{name}", ""))
    child = element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def _levels(element: etree._Element) -> dict[int, _Level]:
    out = {}
    for child in element.iterchildren(f"{W}lvl"):
        restart = _value(child, "lvlRestart")
        out[whole(_value(child, "ilvl", own=True), 0)] = _Level(
            start=whole(_value(child, "start"), 1),
            form=_value(child, "numFmt") or "decimal",
            text=_value(child, "lvlText"),
            legal=child.find(f"{W}isLgl") is not None,
            restart=whole(restart, 0) if restart else None,
            style=_value(child, "pStyle"),
        )
    return out


def whole(text: str, default: int) -> int:
    """A number of a file; the default where it is none, or one that no list or table has."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else default


def written(number: int, form: str) -> str:
    """A number in a format of Word: 4 as "iv", "IV", "d", "D", "04", "(4)", "bốn" or "4"."""
    if form in {"lowerRoman", "upperRoman"}:
        roman = roman_text(number % 4000)
        return roman if form == "upperRoman" else roman.lower()
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "none":
        return ""
    if form == "vietnameseCounting" and 0 < number <= len(_COUNTED):
        return _COUNTED[number - 1]
    if form == "decimalEnclosedParen":
        return f"({number})"
    return f"{number:02d}" if form == "decimalZero" else str(number)
