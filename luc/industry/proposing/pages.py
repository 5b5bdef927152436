"""The pages of proposals, without JavaScript: the list, one with its whole history, a new one, its steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.agencies.queries import existing
from luc.industry.catalogue.queries import adopted, choosable
from luc.industry.models import Proposal
from luc.industry.pages import inside
from luc.industry.proposing import actions, queries
from luc.industry.proposing.forms import FollowForm, ProposalForm, StepForm
from luc.kernel.errors import Refused
from luc.kernel.pages import Request
from luc.kernel.time import today

TONES = {
    "draft": "idle",
    "sent": "wait",
    "taken": "good",
    "refused": "bad",
    "included": "good",
    "withdrawn": "none",
}


@inside("industry.proposals")
def proposals(request: Request) -> HttpResponse:
    """The proposals, by state."""
    rows = queries.proposals(request.viewer)
    state = request.GET.get("trang_thai", "")
    if state in Proposal.State.values:
        rows = rows.filter(state=state)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    more = {
        "page": page,
        "state": state,
        "states": Proposal.State.choices,
        "rows": [(one, TONES[one.state]) for one in page],
    }
    return render(request, "industry/proposing/proposals.html", more)


@inside("industry.proposals")
def add(request: Request) -> HttpResponse:
    """A new proposal of an own agency."""
    mine = existing(request.viewer, today()).filter(pk__in=request.viewer.parties_for("industry.propose"))
    form = ProposalForm(
        list(mine.values_list("pk", "name")), _lists(request), request.POST or None, request.FILES or None
    )
    made = form.done(lambda told: actions.draft(request.viewer, **told | {"file": _file(told)}))
    if made:
        return redirect("industry:proposal", made.pk)
    more = {"form": form, "heading": _("Đề xuất bổ sung vào danh mục"), "row": None}
    return render(request, "industry/proposing/form.html", more)


def _lists(request: Request) -> list[tuple[int, str]]:
    return list(adopted(request.viewer).values_list("pk", "name"))


def _file(told: dict[str, Any]) -> actions.File:
    found = told.get("file")
    return (found.name, found.read()) if found else None


def _proposal(request: Request, pk: int) -> Proposal:
    return get_object_or_404(queries.proposals(request.viewer), pk=pk)


@inside("industry.proposals")
def edit(request: Request, proposal: int) -> HttpResponse:
    """Correct a draft."""
    row = _proposal(request, proposal)
    told = {name: getattr(row, name) for name in ("list_name", "name", "reason", "goods")}
    told["catalogue"] = row.catalogue_id
    form = ProposalForm(None, _lists(request), request.POST or None, request.FILES or None, initial=told)
    seen = _seen(request)
    done = form.done(
        lambda said: actions.correct(request.viewer, row.pk, seen=seen, **said | {"file": _file(said)})
    )
    if done:
        return redirect("industry:proposal", row.pk)
    return render(
        request, "industry/proposing/form.html", {"form": form, "heading": _("Sửa đề xuất"), "row": row}
    )


def _seen(request: Request) -> int:
    given = request.POST.get("seen", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


@inside("industry.proposals")
def proposal(request: Request, proposal: int) -> HttpResponse:
    """One proposal with its whole history; the next step of it."""
    row = _proposal(request, proposal)
    onward = actions.ONWARD[row.state]
    items = _items(row) if "included" in onward else []
    form = StepForm(onward, items, request.POST or None, request.FILES or None)
    seen = _seen(request)
    done = form.done(
        lambda told: actions.step(request.viewer, row.pk, seen=seen, **told | {"file": _file(told)})
    )
    if done:
        messages.success(request, _("Đã ghi: %(state)s.") % {"state": done.get_state_display()})
        return redirect("industry:proposal", row.pk)
    told = [
        {
            "when": one.on or one.at.date(),
            "title": capfirst(str(one.get_state_display())),
            "words": one.words,
            "letter": one.letter,
            "by": one.by.full_name,
            "at": one.at,
            "file": one.file_id,
        }
        for one in queries.steps_of(row)
    ]
    more = {
        "row": row,
        "tone": TONES[row.state],
        "steps": told,
        "form": form if onward else None,
        "follow": FollowForm(initial={"remind_on": row.remind_on}),
        "publishes": request.viewer.may("industry.follow"),
        "can_be_public": row.state not in {"draft", "withdrawn"},
    }
    return render(request, "industry/proposing/proposal.html", more)


def _items(row: Proposal) -> list[tuple[int, str]]:
    if row.catalogue_id is None:
        return []
    found = choosable(row.tenant_id).filter(catalogue=row.catalogue_id).order_by("order")
    return [(item.pk, f"{item.parent} › {item}" if item.parent else str(item)) for item in found]


@inside("industry.proposals")
@require_POST
def follow(request: Request, proposal: int) -> HttpResponse:
    """Follow it, and say when to be asked again."""
    row = _proposal(request, proposal)
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Hãy ghi ngày dạng 22/08/2026."))
    actions.follow(request.viewer, row.pk, seen=_seen(request), remind_on=form.cleaned_data["remind_on"])
    messages.success(request, _("Đã ghi ngày nhắc."))
    return redirect("industry:proposal", row.pk)


@inside("industry.follow")
@require_POST
def publish(request: Request, proposal: int) -> HttpResponse:
    """Show it to everybody, or no more."""
    row = _proposal(request, proposal)
    actions.publish(request.viewer, row.pk, seen=_seen(request), public="cong-khai" in request.POST)
    return redirect("industry:proposal", row.pk)
