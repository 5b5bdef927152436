"""The wrong rows of a file as a workbook of their own: corrected there, brought again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from luc.industry.importing.looking import look, table_of
from luc.industry.models import Import
from luc.kernel import workbooks
from luc.kernel.rights import Viewer
from luc.kernel.workbooks.tables import Row, as_text


def wrong_rows(viewer: Viewer, one: Import) -> bytes:
    """An .xlsx with the headings and the wrong rows of a file as they stand there, each with what is to be corrected.

    Raises Refused as `look`.
    """
    table = table_of(one)
    head = table.rows[one.head - 1]
    width = max(len(row) for row in table.rows[one.head - 1 :])
    titles = [as_text(head[x])[:80] if x < len(head) and head[x] is not None else "" for x in range(width)]
    columns = [workbooks.Column("wrong", _("Ô phải sửa"), kind="fixed", width=48)]
    columns += [workbooks.Column(f"c{x}", title, width=24) for x, title in enumerate(titles)]
    rows = []
    for row in look(viewer, one).rows:
        if row.faults:
            said = "\n".join(f"{fault.address}: {fault.words}" for fault in row.faults)
            given = {f"c{x}": value for x, value in enumerate(table.rows[row.number - 1])}
            rows.append(Row("", {"wrong": said} | given))
    lines = [_("Tệp %(name)s: sửa các ô đã nêu rồi tải lên lại.") % {"name": one.file.name}]
    return workbooks.write([workbooks.Sheet(_("Dòng phải sửa"), columns, rows, lines)])
