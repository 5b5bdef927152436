"""The report of one obligation: its form, its files, the last look before it is handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.figures.models import Figure
from luc.kernel.errors import Conflict, Refused
from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment
from luc.papers.queries import content as bytes_of
from luc.reporting import actions, years
from luc.reporting.actions.handing import sends_straight
from luc.reporting.actions.writing import NUMBERS
from luc.reporting.checks import Proof
from luc.reporting.cut import OF_ROWS, Section
from luc.reporting.doubts import proofs
from luc.reporting.forms import EvidenceForm, number, rest_nil, typed
from luc.reporting.models import Evidence, Report
from luc.reporting.money import NO_MONEY, TITLES, MoneyLine, Source, says
from luc.reporting.pages.sections import ANCHORS, sections
from luc.reporting.pages.sending import unwritable, whole_draft
from luc.reporting.queries.consolidation import progress_choices
from luc.reporting.queries.drafts import NO_OBSTACLES, Draft, Line
from luc.reporting.queries.plans import addressees, plans_of
from luc.reporting.queries.reports import draft, reports
from luc.reporting.upwards.lineage import origins
from luc.reporting.upwards.pairing import own_tenant
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle

TOP = "bieu"  # where the form begins
BLANK_OBSTACLES = 2
BLANK_MONEY = 2


@page("reporting.write")
def own(request: Request) -> HttpResponse:
    """Every report that the viewer's agency owes or owed, newest first."""
    rows = list(
        rounds.own_obligations(request.viewer)
        .exclude(report=None)
        .select_related("report__plan")
        .defer("report__plan__document")
        .order_by("-due_at", "-pk")[:200]
    )
    plans = plans_of([row.cycle for row in rows])
    listed = [(row, plans.get(row.cycle_id, [])) for row in rows]
    return render(request, "reporting/own.html", {"obligations": listed})


@page("reporting.write")
def form(request: Request, report: int) -> HttpResponse:
    """The form of a report, all sections; every Save keeps all that was typed."""
    if request.method == "POST":
        return _save(request, report)
    whole = whole_draft(request, report)
    if not whole.is_writable:
        return unwritable(request, whole)
    return _show(request, whole)


def _save(request: Request, report: int) -> HttpResponse:
    is_auto = request.headers.get("X-Autosave") == "1"
    rows = typed(request.POST)
    nil = request.POST.get("report-nil") == "1" if "report-nil" in request.POST else None
    version = number(request.POST.get("version"), -1)
    try:
        saved = actions.save_draft(
            request.viewer, report, version=version, rows=rows, is_nil=nil, rest_nil=rest_nil(request.POST)
        )
    except Report.DoesNotExist as missing:
        raise Http404 from missing
    except Refused as refusal:
        return _refuse(request, report, refusal, is_auto)
    if is_auto:
        wrong = {"error": next(iter(saved.problems.values()))} if saved.problems else {}
        return JsonResponse({"fields": {"version": str(saved.version)}} | wrong)
    if saved.problems:
        return _show(request, whole_draft(request, report), rows, saved.problems)
    return _onwards(request, report, saved.version)


def _refuse(request: Request, report: int, refusal: Refused, is_auto: bool) -> HttpResponse:
    if is_auto:
        return JsonResponse({"error": refusal.message})
    if not isinstance(refusal, Conflict):
        raise refusal
    whole = whole_draft(request, report)
    if not whole.is_writable:
        raise refusal
    return _show(request, whole, typed(request.POST), conflict=refusal)


def _onwards(request: Request, report: int, version: int) -> HttpResponse:
    """Where the button that was pressed leads."""
    section = request.POST.get("nil-section", "")
    if section:
        actions.nil_section(request.viewer, report, version=version, section=section)
    address = reverse("reporting:form", args=[report])
    onwards = {
        "evidence": reverse("reporting:evidence", args=[report]),
        "review": reverse("reporting:review", args=[report]),
    }
    goto = request.POST.get("goto", "")
    if goto in onwards:
        return redirect(onwards[goto])
    anchors = {str(name): anchor for name, anchor in ANCHORS.items()}
    return redirect(f"{address}#{anchors.get(section or goto, TOP)}")


def _show(
    request: Request,
    whole: Draft,
    given: dict[str, dict[str, str]] | None = None,
    problems: dict[str, str] | None = None,
    conflict: Conflict | None = None,
) -> HttpResponse:
    """The form with what is kept, or with what was typed where that could not be kept."""
    given, problems = given or {}, problems or {}
    lines = [_typed_over(line, given.get(line.row.key, {}), problems, conflict) for line in whole.lines]
    shown = replace(whole, lines=lines)
    said = given.get(NO_OBSTACLES, {}).get("nil", "1" if whole.no_obstacles else "")
    rest = rest_nil(request.POST)
    money = _money(whole, given, problems)
    context = form_context(shown) | {
        "money": money,
        "no_money": given.get(NO_MONEY, {}).get("nil", "1" if whole.no_money else "") == "1",
        "obstacles": _obstacles(whole, given),
        "no_obstacles": said == "1",
        "rest_nil": shown.rest_is_nil if rest is None else rest,
        "problems": [
            *_problems((line.row.key, line.row.text, line.errors) for line in lines),
            *_problems((line.key, line.title, line.errors) for line in money),
        ],
        "conflict": conflict,
        "addressees": addressees(shown.obligation.cycle),
        "answers_upwards": own_tenant(request.viewer, shown.report) is not None,
        "reasons": rounds.stands_of(shown.obligation),
    }
    status = 409 if conflict else 422 if problems else 200
    return render(request, "reporting/form.html", context, status=status)


def _problems(lines: Iterable[tuple[str, str, Mapping[str, str]]]) -> Iterator[tuple[str, str, str]]:
    """The cells that could not be read: where each is, of what, what is wrong."""
    for key, title, errors in lines:
        for name, words in errors.items():
            if name in NUMBERS:
                yield f"{key}-{name}", title, words


def _money(whole: Draft, given: Mapping[str, dict[str, str]], problems: Mapping[str, str]) -> list[MoneyLine]:
    """The rows of money with what was just typed over what is kept, and some blank ones to write into."""
    kept = {line.key: line for line in whole.money}
    keys = {int(key[6:]): key for key in [*kept, *given] if key.startswith("money-") and key != NO_MONEY}
    lines = []
    for order, key in sorted(keys.items()):
        line, mine = kept.get(key, MoneyLine({"order": order})), given.get(key, {})
        wrong = {name: problems[f"{key}-{name}"] for name in mine if f"{key}-{name}" in problems}
        lines.append(replace(line, values={**line.values, **mine}, errors=wrong))
    said = [line for line in lines if says(line.values)]
    free = [order for order in range(1, 99) if order not in {int(line.values["order"]) for line in said}]
    return said + [MoneyLine({"order": order}) for order in free[:BLANK_MONEY]]


def _typed_over(
    line: Line, mine: dict[str, str], problems: dict[str, str], conflict: Conflict | None
) -> Line:
    """A row with what was just typed over what is kept, and what is wrong with it."""
    key = line.row.key
    wrong = {name: problems[f"{key}-{name}"] for name in mine if f"{key}-{name}" in problems}
    differs = conflict and any((line.values.get(name) or "") != value.strip() for name, value in mine.items())
    errors = wrong | ({"conflict": _("Khác với bản người kia vừa lưu.")} if differs else {})
    return replace(line, values=line.values | mine, errors=errors)


def form_context(shown: Draft) -> dict[str, Any]:
    """What the templates of a form's sections need, for the form itself and for its preview."""
    return {
        "draft": shown,
        "report": shown.report,
        "obligation": shown.obligation,
        "origins": origins(shown.report),
        "cycle": shown.obligation.cycle,
        "sections": sections(shown),
        "asks_obstacles": shown.asks(Section.OBSTACLE),
        "asks_money": shown.asks(Section.MONEY),
        "money": _money(shown, {}, {}),
        "no_money": shown.no_money,
        "no_money_key": NO_MONEY,
        "money_sources": Source.choices,
        "money_cells": [(name, str(title)) for name, title in TITLES.items()],
        "asks_evidence": shown.asks_evidence,
        "no_obstacles_key": NO_OBSTACLES,
        "rest_nil": shown.rest_is_nil,
        "states": progress_choices(),
        "kinds": Figure.Kind.choices,
        "estimated": estimated_words(shown.obligation.cycle),
    }


def estimated_words(cycle: Cycle) -> str:
    """What is estimated, in words; a form that is only looked at may have no period yet."""
    return years.words(years.estimated(cycle)) if cycle.period_start and cycle.period_until else _("cả năm")


def _obstacles(whole: Draft, given: dict[str, dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    """The obstacles as rows of the form, with some blank ones to write into."""
    rows = {f"obstacle-{values['order']}": dict(values) for values in whole.obstacles}
    for key, values in given.items():
        if key.startswith("obstacle-") and key != NO_OBSTACLES:
            rows[key] = rows.get(key, {}) | values
    filled = [
        (key, values) for key, values in rows.items() if values.get("obstacle") or values.get("proposal")
    ]
    taken = {key for key, _values in filled}
    free = [f"obstacle-{n}" for n in range(99) if f"obstacle-{n}" not in taken]
    return filled + [(key, {}) for key in free[:BLANK_OBSTACLES]]


@page("reporting.write")
def nil(request: Request, report: int) -> HttpResponse:
    """Nothing to report: what that says, row by row, and the report is handed in."""
    row = get_object_or_404(reports(request.viewer), pk=report)
    whole = draft(row)
    if not whole.is_writable:
        return unwritable(request, whole)
    if request.method != "POST":
        return _confirm_nil(request, whole)
    try:
        saved = actions.say_nil(request.viewer, row.pk, version=number(request.POST.get("version"), -1))
        if not sends_straight(request.viewer, row.obligation):
            presented = actions.present(request.viewer, row.pk, version=saved.version)
            messages.success(request, _("Đã trình báo cáo không phát sinh."))
            return redirect("reporting:presentation", presented.pk)
        submission = actions.submit(request.viewer, row.pk, version=saved.version)
    except Refused as refusal:
        return _confirm_nil(request, draft(get_object_or_404(reports(request.viewer), pk=row.pk)), refusal)
    messages.success(request, _("Đã gửi báo cáo không phát sinh."))
    return redirect("reporting:submission", submission.pk)


def _confirm_nil(request: Request, whole: Draft, refusal: Refused | None = None) -> HttpResponse:
    context = form_context(whole) | {
        "refusal": refusal,
        "sends": sends_straight(request.viewer, whole.obligation),
    }
    return render(request, "reporting/nil.html", context, status=409 if refusal else 200)


@page("reporting.write")
def evidence(request: Request, report: int) -> HttpResponse:
    """The files of a report: add one, take one out."""
    row = get_object_or_404(reports(request.viewer), pk=report)
    whole = draft(row)
    if not whole.is_writable:
        return unwritable(request, whole)
    wanted = {key: proof == Proof.MUST for key, proof in proofs.lacking(whole)}
    files = EvidenceForm(
        request.POST or None,
        request.FILES or None,
        rows=_provable(whole, wanted),
        initial={"row": request.GET.get("cho", "")},
    )
    if request.method == "POST" and files.is_valid():
        try:
            actions.add_evidence(request.viewer, row.pk, **files.upload())
        except Refused as refusal:
            files.add_error("file", refusal.message)
        else:
            messages.success(request, _("Đã thêm tệp."))
            return redirect("reporting:evidence", row.pk)
    context = {
        "draft": whole,
        "files": [(one, whole.title_of(one.row)) for one in whole.evidence],
        "wanted": [(key, whole.title_of(key), must) for key, must in wanted.items()],
        "report": row,
        "form": files,
        "cycle": row.obligation.cycle,
    }
    return render(request, "reporting/evidence.html", context, status=422 if files.errors else 200)


def _provable(whole: Draft, wanted: Collection[str]) -> list[tuple[str, str]]:
    """What a file can prove: what still needs one first, then all sections and rows that say something."""
    telling = [line.row.key for line in whole.lines if line.has_words]
    asked = [section for section in OF_ROWS if whole.section(section)]
    keys = dict.fromkeys([*wanted, *map(str, asked), *telling])
    return [(key, whole.title_of(key)[:120]) for key in keys]


def _own_evidence(request: Request, report: int, evidence: int) -> Evidence:
    row = get_object_or_404(reports(request.viewer), pk=report)
    return get_object_or_404(
        Evidence.objects.select_related("file"), pk=evidence, report=row, removed_at=None
    )


@page("reporting.write")
@require_POST
def remove_evidence(request: Request, report: int, evidence: int) -> HttpResponse:
    """Take a file out of a draft."""
    actions.remove_evidence(request.viewer, _own_evidence(request, report, evidence).pk)
    messages.success(request, _("Đã bỏ tệp."))
    return redirect("reporting:evidence", report)


@page("reporting.write")
def download_evidence(request: Request, report: int, evidence: int) -> HttpResponse:
    """A file of the own draft."""
    file = _own_evidence(request, report, evidence).file
    return attachment(bytes_of(file), file.name)
