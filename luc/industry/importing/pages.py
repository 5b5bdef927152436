"""The pages of an import, all without JavaScript: bring, match, look, confirm, see what became of it, undo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from luc.agencies.queries import existing
from luc.industry.importing import actions, queries
from luc.industry.importing.columns import TARGETS, match
from luc.industry.importing.forms import BringForm, MatchForm
from luc.industry.importing.judging import MOST_ROWS
from luc.industry.importing.wrong import wrong_rows
from luc.industry.models import Import
from luc.industry.pages import inside
from luc.kernel import workbooks
from luc.kernel.pages import Request
from luc.kernel.sending import attachment
from luc.kernel.text import written
from luc.kernel.time import today
from luc.kernel.workbooks.foreign import Table, tables
from luc.kernel.workbooks.tables import as_text
from luc.papers.queries import content

TONES = {"matching": "idle", "running": "wait", "done": "good", "undoing": "wait", "undone": "none"}
_SAMPLES = 3


@inside("industry.keep")
def imports(request: Request) -> HttpResponse:
    """The files that were brought; a new one."""
    mine = existing(request.viewer, today()).filter(pk__in=request.viewer.parties_for("industry.keep"))
    form = BringForm(list(mine.values_list("pk", "name")), request.POST or None, request.FILES or None)
    if request.method == "POST":
        made = form.done(
            lambda values: actions.bring(
                request.viewer,
                keeper=values["keeper"],
                name=values["file"].name,
                data=values["file"].read(),
            )
        )
        if made:
            return redirect("industry:import", made.pk)
    page = Paginator(queries.imports(request.viewer), 50).get_page(request.GET.get("page"))
    return render(request, "industry/importing/imports.html", {"form": form, "page": page, "tones": TONES})


@inside("industry.keep")
def sample(_request: Request) -> HttpResponse:
    """An empty table with the headings that are known, for who has none yet."""
    with written():
        columns = [workbooks.Column(one.name, str(one.title), width=24) for one in TARGETS]
        lines = [
            _(
                "Mỗi dòng một hàng hóa, dịch vụ; doanh nghiệp có nhiều hàng hóa ghi nhiều dòng cùng mã số thuế."
            )
        ]
        sheet = workbooks.Sheet(_("Doanh nghiệp"), columns, [], lines, spare=50)
        return attachment(workbooks.write([sheet]), "mau-nhap-doanh-nghiep.xlsx")


@inside("industry.keep")
def wrong(request: Request, source: int) -> HttpResponse:
    """The wrong rows of a file that was looked at, to be corrected and brought again."""
    row = _import(request, source)
    if row.state != Import.State.MATCHING:
        raise Http404
    with written():
        return attachment(wrong_rows(request.viewer, row), f"dong-phai-sua-{row.pk}.xlsx")


def _import(request: Request, pk: int) -> Import:
    return get_object_or_404(queries.imports(request.viewer), pk=pk)


@inside("industry.keep")
def one(request: Request, source: int) -> HttpResponse:
    """One file where it stands: its columns and preview before it is put in, what became of it after."""
    row = _import(request, source)
    if row.state == Import.State.MATCHING:
        return _matching(request, row)
    rows = queries.kept_on(row) if row.state == Import.State.UNDONE else queries.entries_of(row)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    more = {"row": row, "page": page, "tone": TONES[row.state], "undoable": queries.can_be_undone(row)}
    return render(request, "industry/importing/result.html", more)


def _matching(request: Request, row: Import) -> HttpResponse:
    found = tables(row.file.name, content(row.file), most=MOST_ROWS)
    form = MatchForm(row, [table.name for table in found], request.POST or None)
    saved = form.done(lambda values: actions.match(request.viewer, row.pk, **values))
    if saved:
        return redirect("industry:import", row.pk)
    table = next((table for table in found if table.name == row.sheet), found[0])
    more = {"row": row, "form": form, "columns": _columns(row, table, form), "looked": row.looked}
    return render(request, "industry/importing/match.html", more)


def _columns(row: Import, table: Table, form: MatchForm) -> list[dict[str, Any]]:
    """Every column that holds something, with its heading, some of its cells and its choice."""
    head = table.rows[row.head - 1]
    proposed = match(head)
    found = []
    for x in range(len(row.columns)):
        cells = [as_text(line[x])[:60] for line in table.rows[row.head :] if line[x : x + 1] and line[x]]
        heading = as_text(head[x]) if x < len(head) else ""
        if heading or cells:
            sure = not row.columns[x] or proposed[x].is_sure or proposed[x].target != row.columns[x]
            told = {
                "name": xl_col_to_name(x),
                "heading": heading[:80],
                "cells": cells[:_SAMPLES],
                "sure": sure,
            }
            found.append(told | {"field": form[f"column_{x}"]})
    return found


@inside("industry.keep")
@require_POST
def confirm(request: Request, source: int) -> HttpResponse:
    """Put in what was shown."""
    row = _import(request, source)
    job = actions.confirm(request.viewer, row.pk, only_good="only_good" in request.POST)
    return redirect("kernel:job", job.pk)


@inside("industry.keep")
def undo(request: Request, source: int) -> HttpResponse:
    """Ask, then undo the whole import."""
    row = _import(request, source)
    if request.method == "POST":
        job = actions.undo(request.viewer, row.pk)
        messages.info(request, _("Đang bỏ lần nhập này."))
        return redirect("kernel:job", job.pk)
    told = row.result or {}
    lines = [
        _("Gỡ %(n)d doanh nghiệp và %(m)d hàng hóa do tệp này tạo ra.")
        % {"n": told.get("enterprises", 0), "m": told.get("offers", 0)},
        _("Trả %(n)d hồ sơ có sẵn về nội dung trước khi nhập.") % {"n": told.get("changed", 0)},
        _("Giữ nguyên những gì người khác đã sửa hoặc xác minh từ đó, và liệt kê ra."),
    ]
    more = {"title": _("Bỏ lần nhập %(name)s?") % {"name": row.file.name}, "consequences": lines}
    more |= {"back": f"/doanh-nghiep/nhap-tep/{row.pk}/", "action": _("Bỏ cả lần nhập"), "kind": "danger"}
    return render(request, "components/confirm.html", more)
