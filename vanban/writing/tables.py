"""Tables: the bordered ones of a paper, and the frameless ones that hold its head and foot together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vanban.writing.elements import Element, border, el, paragraph, spacer, twips
from vanban.writing.layout import TableLook
from vanban.writing.metrics import text_width
from vanban.writing.paper import Align, Cell, Column, Row, Table, Text
from vanban.writing.phrases import clean_lines, words
from vanban.writing.sheet import Sheet, style_id

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def plain_table(widths: Sequence[float], rows: Sequence[Sequence[Sequence[Element]]]) -> Element:
    """A table without borders, widths in points; a cell is its paragraphs. Rows stay whole on a page."""
    made = el("tbl", _properties(sum(widths), el("tblCellMar", *_margins(0))), _grid(widths))
    for row in rows:
        cells = [el("tc", _cell_width(width), *cell) for width, cell in zip(widths, row, strict=True)]
        made.append(el("tr", el("trPr", el("cantSplit")), *cells))
    return made


def write_table(sheet: Sheet, table: Table, width: float) -> None:
    """A table of the paper over a width in points, with its title, unit and note.

    Raises ValueError where spans overlap or the cells of a row do not fill its columns.
    """
    widths = _shares(sheet, table, width)
    if table.title:
        sheet.write(aside(sheet, table.title, "center", bold=True, keep=True))
    if table.unit:
        sheet.write(aside(sheet, table.unit, "right", italic=True, keep=True))
    look = sheet.layout.table
    lines = el("tblBorders", *(border(side, look.border) for side in _SIDES))
    made = el("tbl", _properties(width, lines, el("tblCellMar", *_margins(look.cell_margin))), _grid(widths))
    for index, row in enumerate(laid_out((*table.head, *table.rows), len(widths))):
        made.append(_row(sheet, row, table.columns, widths, head=index < len(table.head)))
    sheet.write(made)
    if table.note:
        sheet.write(aside(sheet, table.note, "left", italic=True))
    sheet.write(spacer(style_id("table"), 6))


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at its first column; `covered` is the lower part of a cell that spans rows."""

    cell: Cell
    column: int
    covered: bool = False


def laid_out(rows: tuple[Row, ...], columns: int) -> list[list[Placed]]:
    """Each row with the cells that reach down into it, in the order of the columns."""
    reaching: dict[int, tuple[Placed, int]] = {}
    out = []
    for index, row in enumerate(rows):
        cells, line, column = iter(row), [], 0
        while column < columns:
            if column in reaching:
                above, left = reaching.pop(column)
                placed = Placed(above.cell, column, covered=True)
            else:
                cell = next(cells, None)
                if cell is None:
                    raise ValueError(f"row {index + 1} of the table has too few cells")
                placed, left = Placed(cell, column), cell.rowspan
            if left > 1:
                reaching[column] = (placed, left - 1)
            line.append(placed)
            column += placed.cell.colspan
        if column > columns or next(cells, None) is not None:
            raise ValueError(f"row {index + 1} of the table has more cells than columns")
        out.append(line)
    if reaching:
        raise ValueError("a cell of the table spans more rows than there are")
    return out


def _row(
    sheet: Sheet, row: list[Placed], columns: Sequence[Column], widths: list[float], *, head: bool
) -> Element:
    made = el("tr", el("trPr", el("cantSplit"), *([el("tblHeader")] if head else [])))
    # a bold row over several columns heads the rows below it
    heads = any(placed.cell.bold and placed.cell.colspan > 1 for placed in row)
    for placed in row:
        first, cell = placed.column, placed.cell
        merge = [el("vMerge", val="continue" if placed.covered else "restart")] if cell.rowspan > 1 else []
        span = [el("gridSpan", val=cell.colspan)] if cell.colspan > 1 else []
        width = el("tcW", w=twips(sum(widths[first : first + cell.colspan])), type="dxa")
        middle = el("vAlign", val="center")
        shown = Cell() if placed.covered else cell
        content = _content(sheet, shown, columns[first], head=head, keep=heads)
        made.append(el("tc", el("tcPr", width, *span, *merge, middle), *content))
    return made


def _content(sheet: Sheet, cell: Cell, column: Column, *, head: bool, keep: bool) -> list[Element]:
    align = cell.align or ("center" if head else column.align)
    texts = [*clean_lines(cell.text)] if isinstance(cell.text, str) else [cell.text]
    look = sheet.layout.table
    lines = [sheet.runs("table", text, bold=head or cell.bold, italic=cell.italic) for text in texts or [""]]
    marked = sheet.bookmarked([run for line in lines for run in line], cell.key)
    if cell.key is not None:
        lines[0] = [marked[0], *lines[0]]
        lines[-1] = [*lines[-1], marked[-1]]
    kept = ["keepNext"] if keep else []
    return [
        paragraph(
            style_id("table"), line, properties=[*(el(name) for name in kept), *_cell_lines(look, align)]
        )
        for line in lines
    ]


def _cell_lines(look: TableLook, align: Align) -> tuple[Element, Element]:
    space = twips(look.cell_space)
    spacing = el("spacing", before=space, after=space, line=240, lineRule="auto")
    return spacing, el("jc", val="both" if align == "justify" else align)


def aside(
    sheet: Sheet, text: Text, align: Align, *, bold: bool = False, italic: bool = False, keep: bool = False
) -> Element:
    """A line above or below a table or picture; `keep`: on the page of what follows it."""
    kept = [el("keepNext")] if keep else []
    return sheet.line("table", text, *kept, *_cell_lines(sheet.layout.table, align), bold=bold, italic=italic)


def _shares(sheet: Sheet, table: Table, width: float) -> list[float]:
    """The widths of the columns by their shares, but none so narrow that a word of its head is broken."""
    whole = sum(column.width for column in table.columns)
    if whole <= 0:
        raise ValueError("a table needs columns with a width")
    shares = [width * column.width / whole for column in table.columns]
    needed = _needed(sheet, table)
    spare = sum(max(share - need, 0) for share, need in zip(shares, needed, strict=True))
    lack = sum(max(need - share, 0) for share, need in zip(shares, needed, strict=True))
    if lack == 0 or lack > spare:
        return shares
    kept = 1 - lack / spare
    return [need + max(share - need, 0) * kept for share, need in zip(shares, needed, strict=True)]


def _needed(sheet: Sheet, table: Table) -> list[float]:
    """For each column the room of the longest word that stands in its head alone."""
    look = replace(sheet.look("table"), bold=True)
    aside = 2 * (sheet.layout.table.cell_margin + sheet.layout.table.border)
    needed = [0.0] * len(table.columns)
    for row in laid_out(table.head, len(table.columns)):
        for placed in row:
            if placed.cell.colspan == 1:
                longest = max((text_width(w, look) for w in words(placed.cell.text).split()), default=0)
                needed[placed.column] = max(needed[placed.column], longest + aside)
    return needed


def _properties(width: float, *more: Element) -> Element:
    lines, margins = (more[:-1], more[-1])
    return el(
        "tblPr",
        el("tblW", w=twips(width), type="dxa"),
        *lines,
        el("tblLayout", type="fixed"),
        margins,
    )


def _grid(widths: Sequence[float]) -> Element:
    return el("tblGrid", *(el("gridCol", w=twips(width)) for width in widths))


def _margins(aside: float) -> list[Element]:
    return [el(side, w=twips(aside), type="dxa") for side in ("left", "right")]


def _cell_width(width: float) -> Element:
    return el("tcPr", el("tcW", w=twips(width), type="dxa"))
