"""Computes the numbers of automatic lists of a Word file: "II.", "3.1.", "a)", "-" (ECMA-376, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from vanban.markers import roman_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one document. `next` must be called once for every list paragraph, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        abstracts: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        for element in root.iter(f"{W}abstractNum"):
            abstracts[_value(element, "abstractNumId", own=True)] = _levels(element)
        for element in root.iter(f"{W}num"):
            abstract = _value(element, "abstractNumId")
            found = _List(abstract, dict(abstracts.get(abstract, {})))
            for override in element.iter(f"{W}lvlOverride"):
                level = int(_value(override, "ilvl", own=True) or 0)
                found.levels |= _levels(override)
                if start := _value(override, "startOverride"):
                    found.restarts[level] = int(start)
            self._lists[_value(element, "numId", own=True)] = found

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
        out[int(_value(child, "ilvl", own=True) or 0)] = _Level(
            start=int(_value(child, "start") or 1),
            form=_value(child, "numFmt") or "decimal",
            text=_value(child, "lvlText"),
            legal=child.find(f"{W}isLgl") is not None,
            restart=int(restart) if restart else None,
        )
    return out


def written(number: int, form: str) -> str:
    """A number in a format of Word: 4 as "iv", "IV", "d", "D", "04" or "4"."""
    if form in {"lowerRoman", "upperRoman"}:
        roman = roman_text(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in {"lowerLetter", "upperLetter"} and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "none":
        return ""
    return f"{number:02d}" if form == "decimalZero" else str(number)
