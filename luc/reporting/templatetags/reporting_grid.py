"""The rows of the grid: thousands of cells, put together without a template for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from luc.reporting.grid.cells import GridColumn, GridLine

register = template.Library()


@register.simple_tag
def grid_rows(
    lines: Iterable[GridLine], columns: Sequence[GridColumn], problems: Mapping[str, str]
) -> SafeString:
    """The body of the table: a cell is open, handed in, or not asked of its party."""
    return mark_safe("".join(_grid_row(line, columns, problems) for line in lines))


def _grid_row(line: GridLine, columns: Sequence[GridColumn], problems: Mapping[str, str]) -> str:
    cells = []
    for cell, column in zip(line.cells, columns, strict=True):
        value = escape(cell.value)
        note = f'<span class="cell-note">{escape(cell.note)}</span>' if cell.note else ""
        if cell.is_told:
            cells.append(f'<td class="is-sent">{value}{note}</td>')
        elif not cell.name:
            cells.append('<td class="not-asked">–</td>')
        elif not line.is_writable:
            cells.append(f'<td class="is-sent">{value}{note}</td>')
        else:
            wrong = ' aria-invalid="true"' if cell.name in problems else ""
            cells.append(
                f'<td class="figure"><input id="c-{cell.name}" name="c-{cell.name}" value="{value}" inputmode="decimal"'
                f' autocomplete="off" aria-labelledby="p-{line.report.pk} f-{column.key}"{wrong}>{note}</td>'
            )
    note = f'<span class="cell-note">{escape(line.standing.words)}</span>'
    return f'<tr><th scope="row" id="p-{line.report.pk}">{escape(line.title)}{note}</th>{"".join(cells)}</tr>'
