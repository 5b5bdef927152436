"""Pieces of WordprocessingML: paragraphs, runs, rules and fields as elements."""

from __future__ import annotations

from collections.abc import Iterable

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree

from vanban.writing.layout import Layout, Look

Element = etree._Element


def el(tag: str, *children: Element, **attributes: str | float) -> Element:
    """An element of the w: namespace with its attributes and children: `el("jc", val="center")`."""
    made: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def part(parent: Element, tag: str) -> Element:
    """The child of a tag of the w: namespace. Raises LookupError where there is none."""
    found = parent.find(qn(f"w:{tag}"))
    if found is None:
        raise LookupError(f"no w:{tag}")
    return found


def twips(points: float) -> int:
    """Points in twentieths, the measure of lengths in Word."""
    return round(points * 20)


def run(text: str, *, bold: bool = False, italic: bool = False, colour: str = "") -> Element:
    """A run; bold, italic and a colour are added to what the style of the paragraph says."""
    words = el("t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    marks = [el(tag) for tag, on in (("b", bold), ("i", italic)) if on]
    marks += [el("color", val=colour)] if colour else []
    return el("r", *([el("rPr", *marks)] if marks else []), words)


def paragraph(style: str, runs: Iterable[Element] = (), *, properties: Iterable[Element] = ()) -> Element:
    """A paragraph of a style; `properties` in the order of the schema (CT_PPr) go over the style."""
    return el("p", el("pPr", el("pStyle", val=style), *properties), *runs)


def indents(left: float = 0, right: float = 0, *, first: float | None = None) -> Element:
    """Indents in points; a negative `first` hangs."""
    made = el("ind", left=twips(left), right=twips(right))
    if first is not None:
        made.set(qn("w:hanging" if first < 0 else "w:firstLine"), str(twips(abs(first))))
    return made


def exactly(height: float, before: float = 0, after: float = 0) -> Element:
    """A line height in points that does not depend on the letters."""
    return el("spacing", before=twips(before), after=twips(after), line=twips(height), lineRule="exact")


def border(side: str, weight: float, space: int = 0, colour: str = "000000") -> Element:
    """One line of a frame; weight in points."""
    return el(side, val="single", sz=round(weight * 8), space=space, color=colour)


def frame(weight: float, space: int, colour: str = "000000") -> Element:
    """A line around a paragraph."""
    sides = ("top", "left", "bottom", "right")
    return el("pBdr", *(border(side, weight, space, colour) for side in sides))


def rule(style: str, length: float, width: float, layout: Layout, after: float = 0) -> Element:
    """A solid line of a length, in the middle of a width: the upper edge of a paragraph without words."""
    aside = max((width - length) / 2, 0)
    edge = el("pBdr", border("top", layout.rule_weight))
    properties = (edge, exactly(4, before=3, after=after), indents(aside, aside, first=0))
    return paragraph(style, properties=properties)


def spacer(style: str, height: float) -> Element:
    """An empty paragraph of a height in points; Word wants one after a table."""
    return paragraph(style, properties=(exactly(height),))


def page_number() -> list[Element]:
    """The field that shows the number of the page."""
    instruction = el("instrText")
    instruction.text = "PAGE"
    marks = [el("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    shown = el("t")
    shown.text = "2"
    return [el("r", part) for part in (marks[0], instruction, marks[1], shown, marks[2])]


def style(name: str, look: Look, layout: Layout) -> Element:
    """The paragraph style of a component."""
    wide = layout.line_spacing if look.indent else 1
    spacing = el("spacing", before=twips(look.before), after=twips(look.after), line=round(240 * wide))
    spacing.set(qn("w:lineRule"), "auto")
    kept = [el("keepNext")] if look.keep else []
    align = el("jc", val="both" if look.align == "justify" else look.align)
    outline = [] if look.outline is None else [el("outlineLvl", val=look.outline)]
    shape = el("pPr", *kept, spacing, indents(first=look.indent), align, *outline)
    bold = [el("b"), el("bCs")] if look.bold else []
    italic = [el("i"), el("iCs")] if look.italic else []
    half = round(look.size * 2)
    letters = el("rPr", *bold, *italic, el("sz", val=half), el("szCs", val=half))
    head = (el("name", val=look.name), el("basedOn", val="Normal"), el("qFormat"))
    return el("style", *head, shape, letters, type="paragraph", customStyle="1", styleId=name)
