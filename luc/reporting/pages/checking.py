"""What is checked in the reports of a cycle: bounds of figures, totals and parts, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.reporting import actions
from luc.reporting.asked import Row, rows_on
from luc.reporting.checks import Checks, Proof, thing_key
from luc.reporting.cut import OF_ROWS
from luc.reporting.doubts.sums import printed
from luc.reporting.forms import bounds, checked
from luc.reporting.models import CycleForm
from luc.reporting.queries import scoped
from luc.reporting.queries.asking import opened_on
from luc.reporting.queries.plans import plans_of
from luc.reporting.queries.reports import checks_of, shown


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure as the page shows it; bounds are None where an earlier row has the same indicator."""

    row: Row
    bounds: tuple[str, str] | None
    totals: list[tuple[str, str, bool]]
    has_parts: bool
    is_within: bool
    printed: str
    proof: str
    errors: list[str]


@page("reporting.open")
def checking(request: Request, cycle: int) -> HttpResponse:
    """The figures of a cycle with what is checked, what wants a file; and the change of it."""
    row = get_object_or_404(scoped.cycles(request.viewer), pk=cycle)
    request.viewer.require("reporting.open", tenant=row.tenant_id, party=row.collector_id)
    rows = rows_on(plans_of([row]).get(row.pk, []), opened_on(row))
    figures = [one for one in rows if one.section == "figure"]
    checks = checks_of(row)
    typed: dict[str, str] = {}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        checks = checked(request.POST)
        typed = {name: str(value) for name, value in request.POST.items()}
        pairs, wrong = bounds(request.POST, figures)
        try:
            if wrong:
                raise Refused(next(iter(wrong.values())), wrong)
            actions.check(request.viewer, row.pk, checks=checks, bounds=pairs)
        except Refused as refused:
            wrong = dict(refused.fields) or {"": refused.message}
        else:
            messages.success(request, _("Đã lưu. Báo cáo gửi từ bây giờ được kiểm tra như vậy."))
            return redirect("reporting:checking", row.pk)
    context = {
        "cycle": row,
        "has_form": CycleForm.objects.filter(cycle=row).exists(),
        "figures": _figures(figures, checks, typed, wrong),
        "sections": _sections(rows, checks),
        "rows": [(thing_key(one.thing), one, checks.of_row(one)) for one in _things(rows)],
        "proofs": [(value, str(label)) for value, label in Proof.choices],
        "wrong": wrong,
    }
    return render(request, "reporting/checking.html", context, status=422 if wrong else 200)


def _things(rows: Iterable[Row]) -> list[Row]:
    """The tasks, by their first leading part, and the duties."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.section != "figure" and not row.is_coordinated:
            found.setdefault(thing_key(row.thing), row)
    return list(found.values())


def _sections(rows: Iterable[Row], checks: Checks) -> list[tuple[str, str, str]]:
    """The sections that ask something: name, words, whether a file is wanted."""
    asked = {row.asked_in for row in rows}
    return [(name.value, str(name.label), checks.proof.get(name, "")) for name in OF_ROWS if name in asked]


def _figures(
    figures: list[Row], checks: Checks, typed: Mapping[str, str], wrong: Mapping[str, str]
) -> list[FigureLine]:
    texts = {row.key: row.text for row in figures}
    of_which = {part: total for part, total in printed(figures) if part not in checks.parts}
    totals = {*checks.parts.values(), *of_which.values()}
    seen: set[int | None] = set()
    lines = []
    for row in figures:
        is_first = row.indicator not in seen
        seen.add(row.indicator)
        names = (f"low-{row.key}", f"high-{row.key}", f"part-{row.key}")
        kept = {names[0]: shown(row.lowest), names[1]: shown(row.highest), **typed}
        lines.append(
            FigureLine(
                row,
                (kept[names[0]], kept[names[1]]) if is_first else None,
                [
                    (one.key, one.text, checks.parts.get(row.key) == one.key)
                    for one in figures
                    if one.key != row.key and one.unit == row.unit
                ],
                row.key in totals,
                row.key in checks.within,
                texts.get(of_which.get(row.key, ""), ""),
                checks.of_row(row),
                [wrong[name] for name in names if name in wrong],
            )
        )
    return lines
