"""What makes a paper a copy on paper: the block below its last words (Phụ lục I, Phần II, II)."""

from __future__ import annotations

from vanban.writing.elements import Element, rule, spacer
from vanban.writing.foot import write_foot_of_copy
from vanban.writing.head import issuer_lines, place_and_date, place_width
from vanban.writing.paper import Copy
from vanban.writing.phrases import clean, number_words
from vanban.writing.sheet import Sheet, style_id
from vanban.writing.tables import plain_table

_AIR, _HAIR = 12, 6


def write_copy(sheet: Sheet, copy: Copy, width: float) -> None:
    """A rule over the whole width, the form with the head of who copies, recipients and signer.

    Raises ValueError for a form that the decree does not have.
    """
    form = clean(copy.form)
    if form.capitalize() not in sheet.layout.copy_abbreviations:
        raise ValueError(f"{copy.form!r} is no form of copy")
    sheet.write(rule(style_id("hinh_thuc_sao"), width, width, sheet.layout, after=_AIR))
    right = max(width / 2, place_width(sheet, copy) + _HAIR)
    left: list[Element] = issuer_lines(sheet, copy.issuer, width - right - _AIR)
    rows = [
        [left, [sheet.line("hinh_thuc_sao", form)]],
        [[sheet.line("so_ky_hieu", number_words(copy))], [place_and_date(sheet, copy)]],
    ]
    sheet.write(plain_table([width - right, right], rows), spacer(style_id("hinh_thuc_sao"), _AIR))
    write_foot_of_copy(sheet, copy, width)
