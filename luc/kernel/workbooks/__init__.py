"""Workbooks as doors: a table goes out as .xlsx and comes back filled in, each cell with its address.

A workbook that goes out carries, hidden, what it is of, the names of its columns and the keys of its rows; so rows may
be sorted and columns moved. What was changed beside the open cells is not read. Nothing of a person's text is ever a
formula."""

from luc.kernel.workbooks.reading import read
from luc.kernel.workbooks.tables import Cell, Column, Fault, Filled, Returned, Row, Sheet, Value, as_text
from luc.kernel.workbooks.writing import write

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = [
    "MEDIA_TYPE",
    "Cell",
    "Column",
    "Fault",
    "Filled",
    "Returned",
    "Row",
    "Sheet",
    "Value",
    "as_text",
    "read",
    "write",
]
