"""The foot of a paper: recipients on the left, the signer on the right (ô 7 and 9b)."""

from __future__ import annotations

from docx.oxml.ns import qn

from vanban.writing.elements import Element, el, part, twips
from vanban.writing.paper import Copy, Paper, Signer
from vanban.writing.phrases import clean, issued_copies, listed
from vanban.writing.sheet import Sheet
from vanban.writing.tables import plain_table


def write_foot(sheet: Sheet, paper: Paper) -> None:
    """Recipients and signer side by side; they stand on the page of the last words of the body."""
    _keep_with_last(sheet)
    copies = issued_copies(paper)
    below = [sheet.line("ky_hieu_nguoi_soan", copies)] if copies else []
    _write_sides(sheet, paper, sheet.layout.text_width(), below)


def write_foot_of_copy(sheet: Sheet, copy: Copy, width: float) -> None:
    """Recipients and signer of a copy."""
    _write_sides(sheet, copy, width, [])


def _write_sides(sheet: Sheet, paper: Paper | Copy, width: float, below: list[Element]) -> None:
    left = [*_recipients(sheet, paper), *below]
    sheet.write(plain_table([width / 2, width / 2], [[left, _signer(sheet, paper.signer)]]))


def _recipients(sheet: Sheet, paper: Paper | Copy) -> list[Element]:
    label = sheet.line("noi_nhan_label", sheet.layout.texts.recipients)
    return [label, *(sheet.line("noi_nhan_list", line) for line in listed(paper.recipients))]


def _signer(sheet: Sheet, signer: Signer) -> list[Element]:
    lines = [sheet.line("quyen_han_chuc_vu", line) for line in (*signer.authority, signer.title)]
    room = el("spacing", before=twips(sheet.layout.signature_space), after=0, line=240, lineRule="auto")
    if not clean(signer.post):
        return [*lines, sheet.line("ho_ten", signer.name, room)]
    return [
        *lines,
        sheet.line("quyen_han_chuc_vu", signer.post, room),
        sheet.line("ho_ten", signer.name),
    ]


def _keep_with_last(sheet: Sheet) -> None:
    last = sheet.last()
    if last is not None and last.tag == qn("w:p"):
        part(last, "pPr").insert(1, el("keepNext"))
