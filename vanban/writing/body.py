"""The body of a paper (ô 6; Phụ lục I, II.6) and its annexes (III.1): sections, paragraphs, tables."""

from __future__ import annotations

from vanban.writing.elements import Element
from vanban.writing.paper import Annex, Block, Item, Paper, Paragraph, Run, Section, Table, Text
from vanban.writing.phrases import annex_names, annex_reference, clean, clean_lines, section_number
from vanban.writing.sheet import Sheet
from vanban.writing.tables import write_table


def write_blocks(sheet: Sheet, blocks: tuple[Block, ...], width: float, depth: int = 0) -> None:
    """The blocks in order; sections are numbered by their depth. Raises ValueError below the third level."""
    position = 0
    for block in blocks:
        if isinstance(block, Section):
            sheet.write(_title(sheet, block, depth, position))
            write_blocks(sheet, block.blocks, width, depth + 1)
            position += 1
        elif isinstance(block, Table):
            write_table(sheet, block, width)
        else:
            sheet.write(*_lines(sheet, block))


def write_annexes(sheet: Sheet, paper: Paper) -> None:
    """Each annex on pages of its own."""
    for name, annex in zip(annex_names(paper.annexes), paper.annexes, strict=True):
        width = sheet.layout.text_width(landscape=annex.landscape)
        sheet.write(*_annex_head(sheet, paper, name, annex, width))
        write_blocks(sheet, annex.blocks, width)
        sheet.end_section(landscape=annex.landscape, last=annex is paper.annexes[-1])


def _annex_head(sheet: Sheet, paper: Paper, name: str, annex: Annex, width: float) -> list[Element]:
    return [
        sheet.line("phu_luc", name),
        *(sheet.even_line("phu_luc.title", line, width) for line in clean_lines(annex.title)),
        sheet.even_line("phu_luc.reference_line", annex_reference(paper), width),
    ]


def _title(sheet: Sheet, section: Section, depth: int, position: int) -> Element:
    number = section_number(depth, position)
    if depth == 0:
        return sheet.line("muc_la_ma", _behind(number, section.title))
    if depth == 1 and not section.sentence:
        return sheet.line("khoan.title", _behind(number, section.title))
    return sheet.line("khoan" if depth == 1 else "diem", _behind(number, section.title))


def _lines(sheet: Sheet, block: Paragraph | Item) -> list[Element]:
    mark = sheet.layout.texts.list_mark if isinstance(block, Item) else ""
    if not isinstance(block.text, str):
        return [sheet.line("noi_dung", _behind(mark, block.text))]
    return [sheet.line("noi_dung", mark + line) for line in clean_lines(block.text)]


def _behind(mark: str, text: Text) -> Text:
    """The text with a mark before it."""
    if isinstance(text, str):
        return mark + clean(text)
    return (Run(mark), *text) if mark else text
