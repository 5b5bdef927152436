"""A Paper as a .docx file in the layout of NĐ 30/2020."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from vanban.writing.body import write_annexes, write_blocks
from vanban.writing.contact import put_contact
from vanban.writing.copies import write_copy
from vanban.writing.foot import write_foot
from vanban.writing.head import write_head
from vanban.writing.layout import layout
from vanban.writing.paper import Paper
from vanban.writing.phrases import clean, closed
from vanban.writing.sheet import Sheet

_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(paper: Paper) -> bytes:
    """The paper as a Word file. The same paper gives the same bytes.

    Raises ValueError for a date that is not in the calendar, sections deeper than three, a table whose cells
    do not fit its columns, a key that is no bookmark name or stands twice, a degree of urgency or a form of copy
    that the decree does not have.
    """
    sheet = Sheet(layout())
    put_contact(sheet, paper)
    write_head(sheet, paper)
    write_blocks(sheet, closed(paper.body), sheet.layout.text_width())
    write_foot(sheet, paper)
    if paper.copy is not None and not paper.annexes:
        write_copy(sheet, paper.copy, sheet.layout.text_width())
    sheet.end_section(landscape=False, last=not paper.annexes)
    write_annexes(sheet, paper)
    when = datetime(paper.date.year, paper.date.month or 1, paper.date.day or 1, tzinfo=UTC)
    sheet.describe(title=clean(paper.title), author=clean(paper.issuer), when=when)
    out = BytesIO()
    sheet.document.save(out)
    return _sealed(out.getvalue())


def _sealed(data: bytes) -> bytes:
    """The same archive without the hour it was packed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, old.read(name))
    return out.getvalue()
