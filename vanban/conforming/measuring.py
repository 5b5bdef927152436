"""What Word shows of each line: place, letters, alignment, indents, spaces, frames, out of styles and direct marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

POINT = 20  # twips
TWIPS_OF_MM = 1440 / 25.4
_TOGGLES = ("b", "i")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as it is shown. Lengths in points; `where` is body, header, first_header or first_footer.

    `cell` is (table, row, column, columns) in a table without borders; `boxed` in one with borders; `drawn` is a
    picture in the line without words. `bold` and `italic` are None where some letters are and some are not.
    """

    text: str
    where: str
    section: int
    sizes: frozenset[float]
    fonts: frozenset[str]
    colours: frozenset[str]
    bold: bool | None
    italic: bool | None
    align: str
    first: float
    left: float
    right: float
    before: float
    after: float
    spacing: float | None
    height: float | None
    frame: frozenset[str]
    padding: float
    room: float
    cell: tuple[int, int, int, int] | None = None
    boxed: bool = False
    drawn: bool = False
    counts_pages: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The pages of a section, lengths in millimetres."""

    width: float
    height: float
    margins: dict[str, float]
    header: float
    starts_at: str | None
    first_differs: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A whole file."""

    lines: tuple[Line, ...]
    sections: tuple[Section, ...]


def measure(data: bytes) -> Measured:
    """Measure a .docx. Raises what python-docx raises for a file that is none."""
    word = docx.Document(BytesIO(data))
    styles = _Styles(word)
    sections = tuple(_section(section) for section in word.sections)
    lines = list(_body(word, styles, sections))
    for number, section in enumerate(word.sections):
        room = _room(sections[number])
        for where, part in _edges(section):
            if not part.is_linked_to_previous or number == 0:
                lines += [styles.line(p, where, number, room) for p in part._element.iter(qn("w:p"))]
    return Measured(tuple(lines), sections)


def _edges(section: Any) -> list[tuple[str, Any]]:
    held = {reference.get(qn("w:type")) for reference in section._sectPr.findall(qn("w:footerReference"))}
    edges = [("header", section.header), ("first_header", section.first_page_header)]
    return edges + ([("first_footer", section.first_page_footer)] if "first" in held else [])


def _section(section: Any) -> Section:
    numbered = section._sectPr.find(qn("w:pgNumType"))
    return Section(
        width=section.page_width.mm,
        height=section.page_height.mm,
        margins={side: getattr(section, f"{side}_margin").mm for side in ("top", "bottom", "left", "right")},
        header=section.header_distance.mm,
        starts_at=None if numbered is None else numbered.get(qn("w:start")),
        first_differs=section.different_first_page_header_footer,
    )


def _room(section: Section) -> float:
    return (section.width - section.margins["left"] - section.margins["right"]) * TWIPS_OF_MM / POINT


def _body(word: Any, styles: _Styles, sections: tuple[Section, ...]) -> Iterator[Line]:
    number = tables = 0
    for child in word.element.body:
        if child.tag == qn("w:tbl"):
            yield from _table(child, tables, number, styles)
            tables += 1
        elif child.tag == qn("w:p"):
            yield styles.line(child, "body", number, _room(sections[number]))
            shape = child.find(qn("w:pPr"))
            number += shape is not None and shape.find(qn("w:sectPr")) is not None


def _table(table: Any, index: int, section: int, styles: _Styles) -> Iterator[Line]:
    boxed = table.find(qn("w:tblPr")).find(qn("w:tblBorders")) is not None
    for at, row in enumerate(table.findall(qn("w:tr"))):
        cells = row.findall(qn("w:tc"))
        for column, cell in enumerate(cells):
            room = int(cell.find(qn("w:tcPr")).find(qn("w:tcW")).get(qn("w:w"))) / POINT
            place = (index, at, column, len(cells))
            for p in cell.findall(qn("w:p")):
                yield styles.line(p, "body", section, room, cell=place, boxed=boxed)


class _Styles:
    """Marks of letters and paragraphs as they come down from the defaults over the styles."""

    def __init__(self, word: Any) -> None:
        root = word.styles.element
        self._by_id = {style.get(qn("w:styleId")): style for style in root.findall(qn("w:style"))}
        self._root = root
        self._default = next(
            (
                key
                for key, style in self._by_id.items()
                if style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph"
            ),
            None,
        )

    def line(
        self,
        p: Any,
        where: str,
        section: int,
        room: float,
        *,
        cell: tuple[int, int, int, int] | None = None,
        boxed: bool = False,
    ) -> Line:
        """One paragraph, measured."""
        shape = self._shape(p)
        letters = [(self._letters(p, run), text) for run in p.iter(qn("w:r")) if (text := _words(run))]
        seen = [marks for marks, text in letters if text.strip()]
        edges = shape.get("pBdr", {})
        return Line(
            text="".join(text for _, text in letters).strip(),
            where=where,
            section=section,
            sizes=frozenset(float(marks.get("sz", 20)) / 2 for marks in seen),
            fonts=frozenset(str(marks.get("rFonts", "")) for marks in seen),
            colours=frozenset(str(marks.get("color", "auto")) for marks in seen),
            bold=_all([bool(marks.get("b")) for marks in seen]),
            italic=_all([bool(marks.get("i")) for marks in seen]),
            align=str(shape.get("jc", "left")).replace("both", "justify").replace("start", "left"),
            **_lengths(shape),
            frame=frozenset(edges),
            padding=edges.get("left", 0.0),
            room=room,
            cell=cell,
            boxed=boxed,
            drawn=next(p.iter(qn("wp:inline")), None) is not None,
            counts_pages=any((e.text or "").strip().startswith("PAGE") for e in p.iter(qn("w:instrText"))),
        )

    def _chain(self, p: Any) -> list[Any]:
        """The styles of a paragraph, the most general first."""
        own = p.find(qn("w:pPr"))
        named = own.find(qn("w:pStyle")) if own is not None else None
        key = named.get(qn("w:val")) if named is not None else self._default
        found: list[Any] = []
        while key in self._by_id and self._by_id[key] not in found:
            found.insert(0, self._by_id[key])
            based = self._by_id[key].find(qn("w:basedOn"))
            key = based.get(qn("w:val")) if based is not None else None
        return found

    def _defaults(self, tag: str) -> list[Any]:
        held = self._root.find(f"{qn('w:docDefaults')}/{qn(f'w:{tag}Default')}/{qn(f'w:{tag}')}")
        return [] if held is None else [held]

    def _shape(self, p: Any) -> dict[str, Any]:
        layers = [*self._defaults("pPr"), *(style.find(qn("w:pPr")) for style in self._chain(p))]
        out: dict[str, Any] = {"ind": {}, "spacing": {}}
        for layer in [*layers, p.find(qn("w:pPr"))]:
            for child in layer if layer is not None else ():
                tag = child.tag.rpartition("}")[2]
                if tag in {"ind", "spacing"}:
                    out[tag] |= {key.rpartition("}")[2]: value for key, value in child.attrib.items()}
                elif tag == "pBdr":
                    out[tag] = {
                        e.tag.rpartition("}")[2]: float(e.get(qn("w:space"), "0"))
                        for e in child
                        if e.get(qn("w:val")) not in {"none", "nil"}
                    }
                elif tag == "jc":
                    out[tag] = child.get(qn("w:val"))
        return out

    def _letters(self, p: Any, run: Any) -> dict[str, Any]:
        layers = [*self._defaults("rPr"), *(style.find(qn("w:rPr")) for style in self._chain(p))]
        out: dict[str, Any] = {}
        for layer in [*layers, run.find(qn("w:rPr"))]:
            for child in layer if layer is not None else ():
                tag = child.tag.rpartition("}")[2]
                if tag in _TOGGLES:
                    out[tag] = child.get(qn("w:val")) not in {"0", "false"}
                elif tag in {"sz", "color"}:
                    out[tag] = child.get(qn("w:val"))
                elif tag == "rFonts":
                    out[tag] = child.get(qn("w:ascii")) or out.get(tag, "")
        return out


def _lengths(shape: dict[str, Any]) -> dict[str, Any]:
    held, spaced = shape["ind"], shape["spacing"]
    line, kind = float(spaced.get("line", 240)), spaced.get("lineRule", "auto")
    hanging = float(held.get("hanging", 0))
    return {
        "first": (float(held.get("firstLine", 0)) - hanging) / POINT,
        "left": float(held.get("left", held.get("start", 0))) / POINT,
        "right": float(held.get("right", held.get("end", 0))) / POINT,
        "before": float(spaced.get("before", 0)) / POINT,
        "after": float(spaced.get("after", 0)) / POINT,
        "spacing": line / 240 if kind == "auto" else None,
        "height": line / POINT if kind == "exact" else None,
    }


def _words(run: Any) -> str:
    parts = {qn("w:t"): None, qn("w:tab"): "\t", qn("w:br"): " "}
    return "".join(parts[e.tag] or e.text or "" for e in run if e.tag in parts)


def _all(marks: list[bool]) -> bool | None:
    return marks[0] if marks and all(mark == marks[0] for mark in marks) else (None if marks else False)
