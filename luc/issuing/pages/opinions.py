"""Opinions: asked of agencies on a version, given by them, taken over or explained by who writes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.issuing import actions, queries, showing
from luc.issuing.actions.opinions import about
from luc.issuing.forms import AskForm, OpinionForm, SettleForm
from luc.issuing.models import Draft, Opinion, OpinionRemark
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page


@page("issuing.ask")
def ask(request: Request, version: int) -> HttpResponse:
    """Choose the agencies and the day."""
    row = get_object_or_404(queries.versions(request.viewer), pk=version)
    there = set(row.opinions.values_list("party", flat=True))
    parties = Party.objects.filter(tenant=row.tenant_id, valid_to=None).exclude(kind=Party.Kind.GROUP)
    parties = parties.exclude(pk__in=there | {row.draft.party_id}).order_by(*by_kind())
    form = AskForm(list(parties.values_list("pk", "name")), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask(request.viewer, row.pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Đã gửi lấy ý kiến %(n)d đơn vị.") % {"n": len(made)})
            return redirect("issuing:opinions", row.draft_id)
    context = {"frozen": row, "draft": row.draft, "form": form}
    return render(request, "issuing/ask.html", context, status=422 if form.errors else 200)


@page("issuing.view")
def opinions(request: Request, paper: int) -> HttpResponse:
    """What agencies answered, remark by remark; written into the paper as an annex."""
    row = get_object_or_404(queries.drafts(request.viewer), pk=paper)
    if request.method == "POST":
        actions.write_opinions(request.viewer, row.pk)
        messages.success(request, _("Đã đưa bảng tổng hợp ý kiến vào dự thảo, ở phụ lục cuối."))
        return redirect("issuing:draft", row.pk)
    return _opinions(request, row)


def _opinions(request: Request, row: Draft, at: int = 0, form: SettleForm | None = None) -> HttpResponse:
    asked = list(queries.opinions(request.viewer).filter(version__draft=row))
    remarks = list(queries.remarks(request.viewer).filter(opinion__version__draft=row))
    may_ask = request.viewer.may("issuing.ask", tenant=row.tenant_id, party=row.party_id)
    context = {
        "draft": row,
        "opinions": asked,
        "remarks": [(one, about(one), form if form and at == one.pk else _settling(one)) for one in remarks],
        "answered": sum(one.state != Opinion.State.ASKED for one in asked),
        "waiting": sum(one.taken == OpinionRemark.Taken.WAITING for one in remarks),
        "may_ask": may_ask and row.state == Draft.State.DRAFTING,
    }
    return render(request, "issuing/opinions.html", context, status=422 if form else 200)


def _settling(row: OpinionRemark) -> SettleForm:
    taken = "" if row.taken == OpinionRemark.Taken.WAITING else row.taken
    return SettleForm(initial={"taken": taken, "explanation": row.explanation}, auto_id=f"id_{row.pk}_%s")


@page("issuing.ask")
@require_POST
def settle(request: Request, remark: int) -> HttpResponse:
    """Take a remark over, or explain why not."""
    row = get_object_or_404(queries.remarks(request.viewer), pk=remark)
    form = SettleForm(request.POST, auto_id=f"id_{row.pk}_%s")
    draft = row.opinion.version.draft
    if not form.is_valid():
        return _opinions(request, draft, row.pk, form)
    try:
        actions.settle(request.viewer, row.pk, **form.cleaned_data)
    except Refused as refusal:
        form.add_refusal(refusal)
        return _opinions(request, draft, row.pk, form)
    return redirect("issuing:opinions", draft.pk)


@page("issuing.give")
def asked(request: Request) -> HttpResponse:
    """What the own agencies are asked for their opinion on."""
    rows = list(queries.asked_of(request.viewer).order_by("answered_at", "until")[:100])
    context = {
        "waiting": [row for row in rows if row.state == Opinion.State.ASKED],
        "given": [row for row in rows if row.state != Opinion.State.ASKED],
    }
    return render(request, "issuing/asked.html", context)


@page("issuing.give")
def give(request: Request, opinion: int) -> HttpResponse:
    """The one version that was asked about, with a box at each block; answered once."""
    row = get_object_or_404(queries.asked_of(request.viewer), pk=opinion)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give(request.viewer, row.pk, remarks=_remarks(request.POST), **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Đã gửi ý kiến."))
            return redirect("issuing:give", row.pk)
    is_open = row.state == Opinion.State.ASKED and row.version.draft.state == Draft.State.DRAFTING
    typed = _remarks(request.POST) if form.errors else {}
    said = {one.block_id or 0: one.text for one in row.remarks.all()}
    blocks = showing.frozen(row.version.content["blocks"])
    context = {
        "opinion": row,
        "frozen": row.version,
        "blocks": [(one, typed.get(one.pk) or said.get(one.pk, "")) for one in blocks],
        "general": said.get(0, ""),
        "is_open": is_open,
        "form": form,
    }
    return render(request, "issuing/give.html", context, status=422 if form.errors else 200)


def _remarks(given: QueryDict) -> dict[int, str]:
    """What was typed beside blocks."""
    found = {name.removeprefix("doan-"): value for name, value in given.items() if name.startswith("doan-")}
    return {
        int(pk): str(text)
        for pk, text in found.items()
        if pk.isdecimal() and len(pk) < 12 and str(text).strip()
    }
