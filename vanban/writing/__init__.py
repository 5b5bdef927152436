"""The papers we issue, in the layout of Nghị định 30/2020/NĐ-CP: plain values in, bytes of a file out.

`Paper` and its parts say what stands in the paper; `write_docx` lays it out. What is asked, counted or
decided before stands elsewhere: this room only knows how an office writes a paper down.
"""

from vanban.writing.docx import write_docx
from vanban.writing.paper import (
    Annex,
    Article,
    Block,
    Cell,
    Column,
    Copy,
    Division,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Picture,
    Run,
    Section,
    Signer,
    Table,
    Text,
)
from vanban.writing.pdf import CannotWritePdf, can_write_pdf, write_pdf
from vanban.writing.phrases import recipients, symbol
from vanban.writing.plain import paper_as_json, paper_from_json
from vanban.writing.sheets import write_xlsx
from vanban.writing.signing import signing

__all__ = [
    "Annex",
    "Article",
    "Block",
    "CannotWritePdf",
    "Cell",
    "Column",
    "Copy",
    "Division",
    "IssueDate",
    "Item",
    "Paper",
    "Paragraph",
    "Picture",
    "Run",
    "Section",
    "Signer",
    "Table",
    "Text",
    "can_write_pdf",
    "paper_as_json",
    "paper_from_json",
    "recipients",
    "signing",
    "symbol",
    "write_docx",
    "write_pdf",
    "write_xlsx",
]
