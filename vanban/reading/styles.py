"""What the styles of a Word file give a paragraph: list, heading level, bold, italic, alignment."""

from __future__ import annotations

import re

from lxml import etree

from vanban.reading.numbering import W

_HEADING = re.compile(r"heading\s?(\d)$", re.IGNORECASE)
_OFF = {"0", "false", "off", "none"}


class Styles:
    """The styles of one document; a question is asked of the paragraph, then of its style and its parents."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else list(root.iter(f"{W}style"))
        self._by_id = {str(style.get(f"{W}styleId")): style for style in styles}
        normal = [s for s in styles if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"]
        self._normal = str(normal[0].get(f"{W}styleId")) if normal else ""

    def listing(self, paragraph: etree._Element) -> tuple[str | None, int]:
        """The list of a paragraph and its level (from 0); None where it is in no list."""
        level: int | None = None
        for source in self._chain(paragraph):
            found = source.find(f"{W}pPr/{W}numPr")
            if found is None:
                continue
            if level is None and (value := _value(found, "ilvl")):
                level = int(value)
            if list_id := _value(found, "numId"):
                return (None if list_id == "0" else list_id), level or 0
        return None, 0

    def heading(self, paragraph: etree._Element) -> int | None:
        """The heading level from 1, by outline level or by the name of the style."""
        for source in self._chain(paragraph):
            if (value := _value(source.find(f"{W}pPr"), "outlineLvl")) and int(value) < 9:
                return int(value) + 1
            if match := _HEADING.search(_value(source, "name")):
                return int(match[1])
        return None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether it is a line of a table of contents."""
        return any(_value(source, "name").lower().startswith("toc ") for source in self._chain(paragraph))

    def align(self, paragraph: etree._Element) -> str | None:
        """ "left", "center", "right", "both", or None where nothing is said."""
        values = (_value(source.find(f"{W}pPr"), "jc") for source in self._chain(paragraph))
        return next((value for value in values if value), None)

    def all_have(self, paragraph: etree._Element, name: str) -> bool:
        """Whether all words of a paragraph have a property: "b" bold, "i" italic."""
        runs = [
            run for run in paragraph.iter(f"{W}r") if "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
        ]
        of_style = next((on for s in self._chain(paragraph)[1:] if (on := _on(s, name)) is not None), False)
        return bool(runs) and all(self._of_run(run, name, of_style) for run in runs)

    def hidden(self, run: etree._Element) -> bool:
        """Whether the words of a run are not printed."""
        return bool(_on(run, "vanish"))

    def _of_run(self, run: etree._Element, name: str, default: bool) -> bool:
        own = _on(run, name)
        if own is None and (style := _value(run.find(f"{W}rPr"), "rStyle")):
            own = next((on for s in self._parents(style) if (on := _on(s, name)) is not None), None)
        return default if own is None else own

    def _chain(self, paragraph: etree._Element) -> list[etree._Element]:
        style = _value(paragraph.find(f"{W}pPr"), "pStyle") or self._normal
        return [paragraph, *self._parents(style)]

    def _parents(self, style_id: str) -> list[etree._Element]:
        out: list[etree._Element] = []
        while style_id in self._by_id and self._by_id[style_id] not in out:
            out.append(self._by_id[style_id])
            style_id = _value(out[-1], "basedOn")
        return out


def _value(element: etree._Element | None, name: str) -> str:
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else str(child.get(f"{W}val", ""))


def _on(element: etree._Element, name: str) -> bool | None:
    found = element.find(f"{W}rPr/{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF
