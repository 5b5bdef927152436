"""The file a paper is written into: its styles, its running number, its sections, its bookmarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from vanban.writing.elements import (
    Element,
    el,
    indents,
    page_number,
    paragraph,
    part,
    run,
    spacer,
    style,
    twips,
)
from vanban.writing.layout import Layout, Look
from vanban.writing.metrics import even_width, text_width
from vanban.writing.paper import Run, Text
from vanban.writing.phrases import safe

_PARTS = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
}
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")


class Sheet:
    """A document in the making. What is written goes to `body`; components are named as in the rules."""

    def __init__(self, layout: Layout) -> None:
        """An empty document with a style for each component of the layout."""
        self.layout = layout
        self.document = Document()
        self._drop_foreign_parts()
        self.body: Element = self.document.element.body
        self._keys: set[str] = set()
        self._has_left = False
        self._end = self._base_section()
        self._set_styles()
        self._set_age()

    def look(self, name: str) -> Look:
        """How a component is set."""
        return self.layout.looks[name]

    def line(
        self, name: str, text: Text, *properties: Element, bold: bool = False, italic: bool = False
    ) -> Element:
        """A paragraph of a component with its words on one line of thought."""
        return self.with_runs(name, self.runs(name, text, bold=bold, italic=italic), *properties)

    def with_runs(self, name: str, runs: list[Element], *properties: Element) -> Element:
        """A paragraph of a component with runs that are made already."""
        return paragraph(style_id(name), runs, properties=properties)

    def even_line(self, name: str, text: str, width: float) -> Element:
        """A centred paragraph; where it needs several lines over a width, they come out even."""
        look = self.look(name)
        if text_width(text, look) <= width:
            return self.line(name, text)
        # a hair of room, so that rounding in Word never breaks a line earlier than we did
        aside = max((width - even_width(text, look, width)) / 2 - 2, 0)
        return self.line(name, text, indents(aside, aside, first=0))

    def runs(
        self, name: str, text: Text, *, bold: bool = False, italic: bool = False, colour: str = ""
    ) -> list[Element]:
        """The words of a component as runs, bookmarked where they have a key."""
        upper = self.look(name).upper
        out: list[Element] = []
        for piece in (Run(text),) if isinstance(text, str) else text:
            words = safe(piece.text)
            shown = words.upper() if upper else words
            made = [run(shown, bold=bold or piece.bold, italic=italic or piece.italic, colour=colour)]
            out += self.bookmarked(made, piece.key)
        return out

    def bookmarked(self, runs: Sequence[Element], key: str | None) -> list[Element]:
        """The runs inside a bookmark. Raises ValueError for a key that is no name or stands twice."""
        if key is None:
            return list(runs)
        if not _KEY.fullmatch(key) or key.lower() in self._keys:
            raise ValueError(f"{key!r} is no name for a bookmark, or stands twice")
        number = len(self._keys)
        self._keys.add(key.lower())
        return [el("bookmarkStart", id=number, name=key), *runs, el("bookmarkEnd", id=number)]

    def write(self, *elements: Element) -> None:
        """Put elements at the end of the document."""
        for element in elements:
            self._end.addprevious(element)

    def last(self) -> Element | None:
        """What was written last."""
        return self._end.getprevious()

    def end_section(self, *, landscape: bool, last: bool) -> None:
        """End the pages written since the last end; the next ones are numbered from 1 again."""
        closing = spacer(style_id("noi_nhan_list"), 2)
        self.write(closing)
        section = self._end if last else deepcopy(self._end)
        if landscape:
            self._turn(section)
        if not last:
            part(closing, "pPr").append(section)
            self._leave_contact()

    def put_contact(self, line: str, *properties: Element) -> None:
        """The address of the issuer at the foot of the first page (III.4), not of the annexes."""
        if not line:
            return
        footer = self.document.sections[0].first_page_footer
        footer.is_linked_to_previous = False
        _fill(footer, self.line("dia_chi", line, *properties))

    def _leave_contact(self) -> None:
        """A section takes the foot of the one before unless it has its own: an empty one."""
        reference = self._end.find(qn("w:footerReference"))
        if reference is None or self._has_left:
            return
        footer, name = self.document.part.add_footer_part()  # type: ignore[no-untyped-call]
        _fill_root(footer.element, paragraph(style_id("dia_chi")))
        reference.set(qn("r:id"), name)
        self._has_left = True

    def describe(self, *, title: str, author: str, when: datetime) -> None:
        """The properties of the file; nothing of the machine or the hour it was written."""
        core = self.document.core_properties
        core.title, core.author, core.last_modified_by, core.comments = title[:255], author[:255], "", ""
        core.created = core.modified = when.astimezone(UTC).replace(tzinfo=None)
        core.language = "vi-VN"

    def _drop_foreign_parts(self) -> None:
        """The template brings a picture, lists and styles of its own, which are not ours."""
        for relations in (self.document.part.package.rels, self.document.part.rels):
            for name in [name for name, relation in relations.items() if relation.reltype not in _PARTS]:
                relations.pop(name)

    def _turn(self, section: Element) -> None:
        size = part(section, "pgSz")
        high, wide = twips(self.layout.width), twips(self.layout.height)
        for name, value in (("w", wide), ("h", high), ("orient", "landscape")):
            size.set(qn(f"w:{name}"), str(value))

    def _base_section(self) -> Element:
        first = self.document.sections[0]
        first.header.is_linked_to_previous = False
        first.first_page_header.is_linked_to_previous = False
        number = style_id("page_number")
        _fill(first.header, paragraph(number, page_number()))
        _fill(first.first_page_header, paragraph(number))
        section = part(self.body, "sectPr")
        for child in list(section):
            if child.tag != qn("w:headerReference"):
                section.remove(child)
        sides = {side: twips(getattr(self.layout, side)) for side in ("top", "right", "bottom", "left")}
        apart = twips(self.layout.header_distance)
        section.extend(
            [
                el("pgSz", w=twips(self.layout.width), h=twips(self.layout.height)),
                el("pgMar", **sides, header=apart, footer=apart, gutter=0),
                el("pgNumType", start=1),
                el("titlePg"),
            ]
        )
        return section

    def _set_styles(self) -> None:
        styles = self.document.styles.element
        for old in styles.findall(qn("w:style")):
            if old.get(qn("w:default")) != "1":
                styles.remove(old)
        defaults = part(styles, "docDefaults")
        for child in list(defaults):
            defaults.remove(child)
        defaults.extend([el("rPrDefault", self._letters()), el("pPrDefault")])
        for name, look in self.layout.looks.items():
            styles.append(style(style_id(name), look, self.layout))

    def _set_age(self) -> None:
        """The age of Word the file is for: in an older one tables would stand outside the margin."""
        settings = self.document.settings.element
        office = "http://schemas.microsoft.com/office/word"
        age = el("compat", el("compatSetting", name="compatibilityMode", uri=office, val=15))
        settings.replace(part(settings, "compat"), age)

    def _letters(self) -> Element:
        font = self.layout.font
        half = round(self.look("noi_dung").size * 2)
        fonts = el("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font)
        return el(
            "rPr", fonts, el("sz", val=half), el("szCs", val=half), el("lang", val="vi-VN", eastAsia="vi-VN")
        )


def style_id(name: str) -> str:
    """The id of the style of a component."""
    return name.replace("_", "-").replace(".", "-")


def _fill(header: Any, line: Element) -> None:
    _fill_root(header._element, line)


def _fill_root(root: Element, line: Element) -> None:
    for child in list(root):
        root.remove(child)
    root.append(line)
