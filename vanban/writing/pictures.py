"""Pictures of a paper: between the margins, with a title above, words for who does not see them, figures below."""

from __future__ import annotations

from io import BytesIO

from docx.shared import Pt

from vanban.writing.elements import Element, el, spacer
from vanban.writing.paper import Picture
from vanban.writing.phrases import clean, clean_lines, safe
from vanban.writing.sheet import Sheet, style_id
from vanban.writing.tables import aside


def write_picture(sheet: Sheet, picture: Picture, width: float) -> None:
    """A picture over its share of a width in points; title, picture and the line below stay on one page.

    Raises ValueError for a share that is not between 0 and 1, and for bytes that are no PNG.
    """
    if not 0 < picture.share <= 1:
        raise ValueError("a picture takes a share of the width between 0 and 1")
    if picture.title:
        sheet.write(aside(sheet, picture.title, "center", bold=True, keep=True))
    line = sheet.line("table", "", *([el("keepNext")] if picture.note else []), el("jc", val="center"))
    line.append(_drawn(sheet, picture, width * picture.share))
    sheet.write(line)
    if isinstance(picture.note, str):
        sheet.write(*(aside(sheet, words, "center", italic=True) for words in clean_lines(picture.note)))
    elif picture.note:
        sheet.write(aside(sheet, picture.note, "center", italic=True))
    sheet.write(spacer(style_id("table"), 6))


def _drawn(sheet: Sheet, picture: Picture, width: float) -> Element:
    """The run that holds the picture, with its alternative text."""
    if not picture.png.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ValueError("a picture of a paper is a PNG")
    inline = sheet.document.part.new_pic_inline(BytesIO(picture.png), width=Pt(width))
    inline.docPr.set("descr", safe(clean(picture.alt)))
    inline.docPr.set("title", safe(clean(picture.title)))
    drawing = el("drawing")
    drawing.append(inline)
    return el("r", drawing)
