"""The foot of a paper: recipients on the left, the signer on the right (ô 7 and 9b)."""

from __future__ import annotations

from docx.oxml.ns import qn

from vanban.writing.elements import Element, el, part, twips
from vanban.writing.paper import Paper, Signer
from vanban.writing.phrases import listed
from vanban.writing.sheet import Sheet
from vanban.writing.tables import plain_table


def write_foot(sheet: Sheet, paper: Paper) -> None:
    """Recipients and signer side by side; they stand on the page of the last words of the body."""
    width = sheet.layout.text_width()
    _keep_with_last(sheet)
    widths = [width * 0.5, width * 0.5]
    sheet.write(plain_table(widths, [[_recipients(sheet, paper), _signer(sheet, paper.signer)]]))


def _recipients(sheet: Sheet, paper: Paper) -> list[Element]:
    label = sheet.line("noi_nhan_label", sheet.layout.texts.recipients)
    return [label, *(sheet.line("noi_nhan_list", line) for line in listed(paper.recipients))]


def _signer(sheet: Sheet, signer: Signer) -> list[Element]:
    lines = [sheet.line("quyen_han_chuc_vu", line) for line in (*signer.authority, signer.title)]
    room = el("spacing", before=twips(sheet.layout.signature_space), after=0, line=240, lineRule="auto")
    return [*lines, sheet.line("ho_ten", signer.name, room)]


def _keep_with_last(sheet: Sheet) -> None:
    last = sheet.last()
    if last is not None and last.tag == qn("w:p"):
        part(last, "pPr").insert(1, el("keepNext"))
