"""The grid of a cycle: typed into, pasted into, taken away and brought back as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.figures.models import Figure
from luc.kernel import workbooks
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.reporting.forms import WorkbookForm, number
from luc.reporting.grid import workbook
from luc.reporting.grid.actions import check_figures, enter_figures
from luc.reporting.grid.cells import Grid, GridLine
from luc.reporting.grid.queries import grid
from luc.rounds import queries as rounds


def _grid(request: Request, cycle: int) -> Grid:
    own = request.viewer.parties_for("reporting.enter")
    return grid(request.viewer, get_object_or_404(rounds.cycles(request.viewer), pk=cycle, collector__in=own))


@page("reporting.enter")
def figures(request: Request, cycle: int) -> HttpResponse:
    """All parties by all figures; what is typed is kept, what cannot be is named at its cell."""
    whole = _grid(request, cycle)
    if request.method != "POST":
        return _show(request, whole)
    typed = {
        name[2:]: value
        for name, value in request.POST.items()
        if name.startswith("c-") and isinstance(value, str)
    }
    versions = {
        number(name[2:], 0): number(str(value), -1)
        for name, value in request.POST.items()
        if name.startswith("v-")
    }
    kind = request.POST.get("kind", "")
    done = enter_figures(
        request.viewer,
        whole.cycle,
        typed=typed,
        versions=versions,
        kind=kind if kind in Figure.Kind.values else Figure.Kind.ACTUAL,
    )
    if not done.problems:
        messages.success(request, _("Đã lưu %(count)d số liệu.") % {"count": done.kept})
        return redirect("reporting:grid", whole.cycle.pk)
    return _show(request, grid(request.viewer, whole.cycle), typed, done.problems, done.kept)


def _show(
    request: Request,
    whole: Grid,
    typed: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    kept: int = 0,
) -> HttpResponse:
    problems = problems or {}
    wrong = {name: (typed or {}).get(name, "") for name in problems}
    lines = [_typed_over(line, wrong) for line in whole.lines] if wrong else whole.lines
    context: dict[str, Any] = {
        "grid": whole,
        "lines": lines,
        "problems": problems,
        "places": list(_places(whole, problems)),
        "kept": kept,
        "kinds": Figure.Kind.choices,
    }
    return render(request, "reporting/grid.html", context, status=422 if problems else 200)


def _typed_over(line: GridLine, wrong: dict[str, str]) -> GridLine:
    return replace(line, cells=[replace(cell, value=wrong.get(cell.name, cell.value)) for cell in line.cells])


def _places(whole: Grid, problems: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Cell, party, figure and words of each problem."""
    known = whole.find()
    for name, words in problems.items():
        line, cell = known.get(name, (None, None))
        yield name, line.title if line else "", cell.column.text if cell else "", words


@page("reporting.enter")
def sheet(request: Request, cycle: int) -> HttpResponse:
    """The grid as .xlsx, for all parties."""
    whole = _grid(request, cycle)
    name = f"so-lieu-ky-{whole.cycle.pk}.xlsx"
    return HttpResponse(
        workbook.sheet(whole),
        content_type=workbooks.MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@page("reporting.enter")
@require_POST
def bring(request: Request, cycle: int) -> HttpResponse:
    """Take a filled workbook: kept whole when every cell is right, else nothing is and each wrong cell is named."""
    whole = _grid(request, cycle)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    brought = workbook.bring(whole, form.cleaned_data["file"].read())
    problems = check_figures(whole, typed=brought.typed, versions=brought.versions)
    faults = [*brought.faults, *workbook.by_place(brought, problems)]
    if faults:
        context = {"cycle": whole.cycle, "faults": faults, "form": WorkbookForm()}
        return render(request, "reporting/grid_faults.html", context, status=422)
    done = enter_figures(request.viewer, whole.cycle, typed=brought.typed, versions=brought.versions)
    messages.success(request, _("Đã đưa %(count)d số liệu từ tệp Excel vào bảng.") % {"count": done.kept})
    for words in sorted(set(done.problems.values())):
        messages.error(request, words)
    return redirect("reporting:grid", whole.cycle.pk)
