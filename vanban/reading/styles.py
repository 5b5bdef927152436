"""What the styles of a Word file give a paragraph: list, heading level, bold, italic, alignment."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from vanban.reading.numbering import W, whole

_HEADING = re.compile(r"heading\s?(\d)$", re.IGNORECASE)
_RUN, _TEXT, _PROPERTIES = f"{W}r", f"{W}t", f"{W}pPr"
_TO_PAGE = re.compile(r"PAGEREF\s+_Toc")
_OFF = {"0", "false", "off", "none"}
_Question = Callable[[etree._Element | None, str], str | None]  # asked of properties and the name of a style


class Styles:
    """The styles of one document; a question is asked of the paragraph, then of its style and its parents."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else list(root.iter(f"{W}style"))
        self._by_id = {str(style.get(f"{W}styleId")): style for style in styles}
        normal = [s for s in styles if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"]
        self._normal = str(normal[0].get(f"{W}styleId")) if normal else ""
        self._asked: etree._Element | None = None
        self._looks: dict[tuple[str, str], bool] = {}
        self._properties: etree._Element | None = None
        self._its_style = ""
        self._lines: dict[str, list[etree._Element]] = {}
        self._answers: dict[tuple[_Question, str], str | None] = {}

    def listing(self, paragraph: etree._Element) -> tuple[str | None, str, int | None]:
        """The list of a paragraph, the style that puts it there, and its level (from 0); None where none is said."""
        level: int | None = None
        for source in self._chain(paragraph):
            found = source.find(f"{W}pPr/{W}numPr")
            if found is None:
                continue
            if level is None and (value := _value(found, "ilvl")):
                level = whole(value, 0)
            if list_id := _value(found, "numId"):
                style = str(source.get(f"{W}styleId") or self._style(paragraph))
                return (None if list_id == "0" else list_id), style, level
        return None, "", None

    def heading(self, paragraph: etree._Element) -> int | None:
        """The heading level from 1, by outline level or by the name of the style."""
        found = self._first(_heading, paragraph)
        return int(found) if found else None

    def is_contents(self, paragraph: etree._Element, has_fields: bool) -> bool:
        """Whether it is a line of a table of contents, by its style or by a field that names the page of a heading."""
        if self._first(_contents, paragraph) is not None:
            return True
        return has_fields and any(
            _TO_PAGE.search(code.text or "") for code in paragraph.iter(f"{W}instrText")
        )

    def align(self, paragraph: etree._Element) -> str | None:
        """ "left", "center", "right", "both", or None where nothing is said."""
        return self._first(_alignment, paragraph)

    def _first(self, ask: _Question, paragraph: etree._Element) -> str | None:
        """The first answer of a paragraph and its styles; what a style answers is asked once."""
        style = self._style(paragraph)
        if self._properties is not None and (own := ask(self._properties, "")):
            return own
        key = (ask, style)
        if key not in self._answers:
            of_styles = (
                ask(source.find(_PROPERTIES), _value(source, "name")) for source in self._parents(style)
            )
            self._answers[key] = next((found for found in of_styles if found), None)
        return self._answers[key]

    def all_have(self, paragraph: etree._Element, name: str) -> bool:
        """Whether all words of a paragraph have a property: "b" bold, "i" italic."""
        runs = [run for run in paragraph.iter(_RUN) if any((t.text or "").strip() for t in run.iter(_TEXT))]
        default = self.has(paragraph, name)
        return bool(runs) and all(self.of_run(run, name, default) for run in runs)

    def has(self, paragraph: etree._Element, name: str) -> bool:
        """Whether the style of a paragraph gives its words a property: "caps" all in capitals."""
        key = (name, self._style(paragraph))
        if key not in self._looks:
            of_styles = (_on(source, name) for source in self._parents(key[1]))
            self._looks[key] = next((on for on in of_styles if on is not None), False)
        return self._looks[key]

    def hidden(self, run: etree._Element) -> bool:
        """Whether the words of a run are not printed."""
        return bool(_on(run, "vanish"))

    def is_raised(self, run: etree._Element) -> bool:
        """Whether a run stands above the line, as marks of footnotes and powers do."""
        return _value(run.find(f"{W}rPr"), "vertAlign") == "superscript"

    def of_run(self, run: etree._Element, name: str, default: bool) -> bool:
        """Whether a run has a property by itself, by its style, or as its paragraph has it."""
        if run.find(f"{W}rPr") is None:
            return default
        own = _on(run, name)
        if own is None and (style := _value(run.find(f"{W}rPr"), "rStyle")):
            own = next((on for s in self._parents(style) if (on := _on(s, name)) is not None), None)
        return default if own is None else own

    def _chain(self, paragraph: etree._Element) -> list[etree._Element]:
        return [paragraph, *self._parents(self._style(paragraph))]

    def _style(self, paragraph: etree._Element) -> str:
        if paragraph is not self._asked:  # several questions are asked of one paragraph after the other
            self._asked = paragraph
            self._properties = paragraph.find(_PROPERTIES)
            self._its_style = _value(self._properties, "pStyle") or self._normal
        return self._its_style

    def _parents(self, style_id: str) -> list[etree._Element]:
        """A style, the style on which it is based, and so on."""
        if style_id not in self._lines:
            out: list[etree._Element] = []
            now = style_id
            while now in self._by_id and self._by_id[now] not in out:
                out.append(self._by_id[now])
                now = _value(out[-1], "basedOn")
            self._lines[style_id] = out
        return self._lines[style_id]


def _heading(properties: etree._Element | None, name: str) -> str | None:
    if (level := _value(properties, "outlineLvl")) and whole(level, 9) < 9:
        return str(whole(level, 9) + 1)
    match = _HEADING.search(name)
    return match[1] if match else None


def _contents(_properties: etree._Element | None, name: str) -> str | None:
    return "toc" if name.lower().startswith("toc ") else None


def _alignment(properties: etree._Element | None, _name: str) -> str | None:
    found = _value(properties, "jc")
    return {"start": "left", "end": "right"}.get(found, found) or None


def _value(element: etree._Element | None, name: str) -> str:
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def _on(element: etree._Element, name: str) -> bool | None:
    found = element.find(f"{W}rPr/{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF
