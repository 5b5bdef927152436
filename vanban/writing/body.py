"""The body of a paper (ô 6; Phụ lục I, II.6) and its annexes (III.1): sections, paragraphs, tables, pictures."""

from __future__ import annotations

from collections import Counter

from vanban.writing.copies import write_copy
from vanban.writing.elements import Element
from vanban.writing.layout import layout
from vanban.writing.paper import (
    Annex,
    Article,
    Block,
    Division,
    Item,
    Level,
    Paper,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    Text,
)
from vanban.writing.phrases import (
    annex_names,
    annex_reference,
    article_number,
    clean,
    clean_lines,
    division_line,
    section_number,
)
from vanban.writing.pictures import write_picture
from vanban.writing.sheet import Sheet
from vanban.writing.tables import write_table


class Numbers:
    """How far divisions and articles are counted: articles and chapters through the paper, mục from 1 in each."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self._count: Counter[str] = Counter()

    def division(self, word: Level) -> int:
        """The position of the next division of this word, from 0."""
        words = layout().texts.divisions
        for lower in words[words.index(word) + 1 :]:
            if lower not in layout().texts.roman_divisions:
                self._count[lower] = 0
        return self._next(word)

    def article(self) -> int:
        """The position of the next article, from 0."""
        return self._next("")

    def _next(self, word: str) -> int:
        self._count[word] += 1
        return self._count[word] - 1


def write_blocks(
    sheet: Sheet, blocks: tuple[Block, ...], width: float, depth: int = 0, numbers: Numbers | None = None
) -> None:
    """The blocks in order; sections are numbered by their depth, in an article from "1.".

    Raises ValueError below the third level.
    """
    position = 0
    numbers = numbers or Numbers()
    for block in blocks:
        if isinstance(block, Division):
            sheet.write(*_division(sheet, block, numbers.division(block.word)))
            write_blocks(sheet, block.blocks, width, 0, numbers)
        elif isinstance(block, Article):
            sheet.write(_article(sheet, block, numbers.article()))
            write_blocks(sheet, block.blocks, width, 1, numbers)
        elif isinstance(block, Section):
            sheet.write(_title(sheet, block, depth, position))
            write_blocks(sheet, block.blocks, width, depth + 1, numbers)
            position += 1
        elif isinstance(block, Table):
            write_table(sheet, block, width)
        elif isinstance(block, Picture):
            write_picture(sheet, block, width)
        else:
            sheet.write(*_lines(sheet, block))


def write_annexes(sheet: Sheet, paper: Paper) -> None:
    """Each annex on pages of its own."""
    for name, annex in zip(annex_names(paper.annexes), paper.annexes, strict=True):
        width = sheet.layout.text_width(landscape=annex.landscape)
        sheet.write(*_annex_head(sheet, paper, name, annex, width))
        write_blocks(sheet, annex.blocks, width)
        last = annex is paper.annexes[-1]
        if last and paper.copy is not None:
            write_copy(sheet, paper.copy, width)
        sheet.end_section(landscape=annex.landscape, last=last)


def _annex_head(sheet: Sheet, paper: Paper, name: str, annex: Annex, width: float) -> list[Element]:
    return [
        sheet.line("phu_luc", name),
        *(sheet.even_line("phu_luc.title", line, width) for line in clean_lines(annex.title)),
        sheet.even_line("phu_luc.reference_line", annex_reference(paper), width),
    ]


def _division(sheet: Sheet, division: Division, position: int) -> list[Element]:
    upper = division.word in sheet.layout.texts.roman_divisions
    name = "phan_chuong" if upper else "muc_tieu_muc"
    title = division.title
    texts: list[Text] = [*clean_lines(title)] if isinstance(title, str) else [title]
    lines = (sheet.line(f"{name}.title", text) for text in texts)
    return [sheet.line(name, division_line(division.word, position)), *lines]


def _article(sheet: Sheet, article: Article, position: int) -> Element:
    number = article_number(position)
    if not article.sentence:
        return sheet.line("dieu", _behind(number, article.title))
    said = (Run(clean(article.title)),) if isinstance(article.title, str) else article.title
    return sheet.line("noi_dung", (Run(number, bold=True), *said))


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
