"""Asking: the list of requests, a draft on one page, its preview, sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.kernel.sending import attachment
from luc.kernel.time import today
from luc.papers.queries import content as bytes_of
from luc.requests import actions, drafting, models, pasting
from luc.requests.actions.asking import asking_party
from luc.requests.forms import PaperForm
from luc.requests.queries import replies, requests
from luc.requests.showing import as_answers
from luc.requests.values import number
from luc.rounds import queries as rounds

Typed = dict[str, Any]


@page("requests.view")
def overview(request: Request) -> HttpResponse:
    """What the own agency is asked, and what it asks or follows, with the coverage of each."""
    viewer = request.viewer
    answers, asks = viewer.may("requests.answer"), viewer.may("requests.ask")
    owed = replies.replies(viewer).order_by("-obligation__due_at", "-pk")[:100] if answers else []
    rows = list(requests.sent(viewer)[:200]) if viewer.may("requests.results") else []
    counts = rounds.completeness(viewer, [row.cycle_id for row in rows if row.cycle_id])
    context = {
        "owed": list(owed),
        "answers": answers,
        "asks": asks,
        "follows": viewer.may("requests.results"),
        "drafts": list(requests.drafts(viewer)[:50]) if asks else [],
        "sent": [(row, counts[row.cycle_id]) for row in rows if row.cycle_id],
    }
    return render(request, "requests/list.html", context)


@page("requests.ask")
def new(request: Request) -> HttpResponse:
    """A new request on one page; with ?mau= as a copy of an earlier one. It is a draft from the first save on."""
    given = request.POST if request.method == "POST" else request.GET
    source = requests.templates(request.viewer).filter(pk=number(given.get("mau"), 0)).first()
    asker = Party.objects.get(pk=asking_party(request.viewer))
    if request.method != "POST":
        typed = drafting.as_typed(source, today()) if source else drafting.fresh(today())
        return _show(request, asker, typed, source=source)
    typed, anchor = _acted(drafting.from_post(request.POST), request.POST)
    row = actions.begin(request.viewer, typed=typed, copy_of=source.pk if source else None)
    return _onwards(request, row, anchor)


@page("requests.ask")
def edit(request: Request, asked: int) -> HttpResponse:
    """A draft; every button keeps all that was typed."""
    row = get_object_or_404(requests.drafts(request.viewer), pk=asked)
    if request.method != "POST":
        return _show(request, row.asker, drafting.as_typed(row, today()), row)
    is_auto = request.headers.get("X-Autosave") == "1"
    typed, anchor = _acted(drafting.from_post(request.POST), request.POST)
    try:
        row = actions.save(
            request.viewer, row.pk, version=number(request.POST.get("version"), -1), typed=typed
        )
    except Refused as refusal:
        if is_auto:
            return JsonResponse({"error": refusal.message})
        return _show(request, row.asker, typed, row, conflict=refusal)
    if is_auto:
        return JsonResponse({"fields": {"version": str(row.version)}})
    return _onwards(request, row, anchor)


def _acted(typed: Typed, post: QueryDict) -> tuple[Typed, str]:
    """What was typed after the button that was pressed did its work, and the place to go on at."""
    act, dash, which = post.get("do", "").partition("-")
    rows: list[Typed] = typed["questions"]
    at = number(which, -1)
    if act == "add" and which in (*models.Kind.values, "yesno"):
        kind = models.Kind.CHOICE.value if which == "yesno" else which
        rows.append(drafting.blank(kind, choices=pasting.YES_NO if which == "yesno" else ""))
        return typed, f"#q{len(rows) - 1}"
    if act == "paste":
        pasted = pasting.questions(post.get("paste", ""), post.get("paste-kind", ""))
        rows = [row for row in rows if row["text"]]
        typed["questions"] = (rows + pasted)[: drafting.MOST_QUESTIONS]
        return typed, f"#q{len(rows)}" if pasted else "#cau-hoi"
    if not dash or not 0 <= at < len(rows):
        return typed, ""
    if act == "remove":
        del rows[at]
        return typed, "#cau-hoi"
    to = {"up": at - 1, "down": at + 1}.get(act, at)
    if 0 <= to < len(rows):
        rows.insert(to, rows.pop(at))
    return typed, f"#q{min(max(to, 0), len(rows) - 1)}"


def _onwards(request: Request, row: models.Request, anchor: str) -> HttpResponse:
    names = {"preview": "requests:preview", "attach": "requests:attach"}
    name = names.get(request.POST.get("do", ""), "requests:edit")
    return redirect(reverse(name, args=[row.pk]) + (anchor if name == "requests:edit" else ""))


@dataclass(frozen=True, slots=True)
class Shown:
    """A question of a draft as its form shows it."""

    at: int
    row: Mapping[str, Any]
    columns: list[Mapping[str, str]]
    problems: Mapping[str, str]


def _show(
    request: Request,
    asker: Party,
    typed: Typed,
    row: models.Request | None = None,
    *,
    source: models.Request | None = None,
    conflict: Refused | None = None,
) -> HttpResponse:
    problems = drafting.understand(typed).problems if request.GET.get("thieu") or conflict else {}
    groups, single = requests.offers(asker, today())
    blank_column = {"text": "", "kind": models.Kind.TEXT.value, "unit": ""}
    questions = [
        Shown(
            at,
            one,
            one["columns"] + [blank_column] * max(2, 3 - len(one["columns"])),
            {name.partition("-")[2]: words for name, words in problems.items() if name.startswith(f"q{at}-")},
        )
        for at, one in enumerate(typed["questions"])
    ]
    chosen = set(typed["parties"])
    context = {
        "draft": row,
        "typed": typed,
        "questions": questions,
        "problems": problems,
        "groups": groups,
        "single": [(kind, parties, sum(party.pk in chosen for party in parties)) for kind, parties in single],
        "chosen": chosen,
        "kinds": models.Kind.choices,
        "column_kinds": [(kind.value, kind.label) for kind in drafting.COLUMN_KINDS],
        "source": source,
        "templates": [] if row else list(requests.templates(request.viewer)[:20]),
        "conflict": conflict,
        "version": row.version if row else 0,
    }
    return render(request, "requests/edit.html", context, status=409 if conflict else 200)


@page("requests.ask")
def attach(request: Request, asked: int) -> HttpResponse:
    """The paper behind a draft: bring it, take it off."""
    row = get_object_or_404(requests.drafts(request.viewer), pk=asked)
    if request.method == "POST" and request.POST.get("do") == "detach":
        actions.detach(request.viewer, row.pk)
        messages.success(request, _("Đã bỏ văn bản đính kèm."))
        return redirect("requests:attach", row.pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.done(lambda _said: actions.attach(request.viewer, row.pk, **form.upload())):
        messages.success(request, _("Đã đính kèm văn bản."))
        return redirect("requests:edit", row.pk)
    context = {"draft": row, "form": form}
    return render(request, "requests/attach.html", context, status=422 if form.errors else 200)


@page("requests.ask")
def preview(request: Request, asked: int) -> HttpResponse:
    """A draft as an addressee will see it, and who that will be; then send it."""
    row = get_object_or_404(requests.drafts(request.viewer), pk=asked)
    refusal = None
    if request.method == "POST":
        try:
            sent = actions.send(request.viewer, row.pk, version=number(request.POST.get("version"), -1))
        except Refused as refused:
            refusal = refused
        else:
            count = rounds.completeness(request.viewer, [sent.cycle_id or 0])[sent.cycle_id or 0].bound
            messages.success(
                request,
                _("Đã gửi yêu cầu cho %(count)d đơn vị. Các đơn vị thấy ngay trong «Việc của tôi».")
                % {"count": count},
            )
            return redirect("requests:results", sent.pk)
    found = drafting.understand(row.typed)
    if found.problems and not refusal:
        return redirect(reverse("requests:edit", args=[row.pk]) + "?thieu=1#thieu")
    context = {
        "draft": row,
        "found": found,
        "answers": as_answers(found),
        "has_several": len(found.questions) > 1,
        "binding": requests.binding(row.asker, found.parties, today()),
        "refusal": refusal,
    }
    return render(request, "requests/preview.html", context, status=409 if refusal else 200)


@page("requests.ask")
def drop(request: Request, asked: int) -> HttpResponse:
    """Ask, then give up a draft."""
    row = get_object_or_404(requests.drafts(request.viewer), pk=asked)
    if request.method == "POST" and request.POST.get("confirmed") == "yes":
        actions.drop(request.viewer, row.pk)
        messages.success(request, _("Đã bỏ bản thảo."))
        return redirect("requests:list")
    context = {
        "title": _("Bỏ bản thảo"),
        "text": [str(row)],
        "consequences": [_("Bản thảo chưa gửi cho ai; bỏ rồi không lấy lại được.")],
        "action": _("Bỏ bản thảo"),
        "kind": "danger",
        "back": reverse("requests:edit", args=[row.pk]),
    }
    return render(request, "components/confirm.html", context)


@page("requests.view")
def paper(request: Request, asked: int) -> HttpResponse:
    """The paper behind a request."""
    row = get_object_or_404(requests.with_paper(request.viewer), pk=asked)
    assert row.paper is not None  # `with_paper` gives no other
    return attachment(bytes_of(row.paper), row.paper.name)
