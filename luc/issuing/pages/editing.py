"""The draft on one page, and what is done block by block. One block at a time is open for writing (?sua=)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luc.issuing import actions, queries, showing
from luc.issuing.bare import spans
from luc.issuing.models import Block, Draft
from luc.issuing.standing import Now, now_of
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and not saved, why, and behind which block it may still be put."""

    text: str
    refusal: Refused
    after: int | None = None


@page("issuing.view")
def draft(request: Request, paper: int) -> HttpResponse:
    """The whole draft, with what is not right at each block and how many there are."""
    row = get_object_or_404(queries.drafts(request.viewer), pk=paper)
    return _show(request, row, _number(request.GET.get("sua")))


def _show(request: Request, row: Draft, editing: int | None, typed: Typed | None = None) -> HttpResponse:
    viewer = request.viewer
    blocks = list(queries.blocks(viewer).filter(draft=row).select_related(None))
    now = now_of(row, blocks)
    whole = _number(request.GET.get("bang"))
    rows = showing.shown(blocks, now, queries.comments(viewer).filter(block__draft=row), whole)
    writable = row.state == Draft.State.DRAFTING
    may_write = writable and viewer.may("issuing.draft", tenant=row.tenant_id, party=row.party_id)
    opened = next((one for one in rows if one.pk == editing), None)
    context = {
        "draft": row,
        "blocks": rows,
        "counts": showing.counts(rows),
        "may_write": may_write,
        "may_comment": writable and viewer.may("issuing.comment", tenant=row.tenant_id),
        "opened": opened,
        "edited": _editing(opened, now, typed) if opened and may_write else None,
        "unsaved": typed if may_write and not opened else None,
        "asked": queries.opinions(viewer).filter(version__draft=row).count(),
        "kinds": [(kind.value, kind.label) for kind in actions.WRITTEN],
    }
    return render(request, "issuing/draft.html", context, status=422 if typed else 200)


def _editing(opened: showing.Shown, now: Now, typed: Typed | None) -> dict[str, object]:
    """What the open block needs beside its words."""
    bare = [(span, showing.choices(span.text, now.cells)) for span in opened.spans if span.kind == "bare"]
    return {
        "text": typed.text if typed else opened.as_marks,
        "refusal": typed.refusal if typed else None,
        "bare": bare,
        "cells": showing.insertable(now.cells),
        "is_words": opened.kind in actions.WRITTEN,
    }


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isdecimal() and len(given) < 12 else None


def _block(request: Request, block: int) -> Block:
    return get_object_or_404(queries.blocks(request.viewer), pk=block)


def _version(request: Request) -> int:
    return _number(request.POST.get("version")) or 0


def _at(row: Block, *, open_again: bool = False) -> str:
    """The place of a block on its page; open for writing when more is to be done there."""
    address = reverse("issuing:draft", args=[row.draft_id])
    return f"{address}?sua={row.pk}#doan-{row.pk}" if open_again else f"{address}#doan-{row.pk}"


@page("issuing.view")
def block(request: Request, block: int) -> HttpResponse:
    """Save the words of a block; what is refused is shown with what was typed, though the block be gone."""
    row = get_object_or_404(queries.every_block(request.viewer), pk=block)
    if request.method != "POST":
        return redirect(_at(row, open_again=True))
    text = request.POST.get("text", "")
    try:
        row = actions.save_block(request.viewer, row.pk, version=_version(request), text=text)
    except Refused as refusal:
        draft = queries.drafts(request.viewer).get(pk=row.draft_id)
        return _show(request, draft, row.pk, Typed(text, refusal, row.pk))
    return redirect(_at(row, open_again=_has_bare(row)))


def _has_bare(row: Block) -> bool:
    return any(span.kind == "bare" for span in spans(row.content))


@page("issuing.draft")
@require_POST
def figure(request: Request, block: int) -> HttpResponse:
    """Bind a bare figure to a cell, or vouch for it with where it is from."""
    row, number = _block(request, block), _number(request.POST.get("so")) or 0
    version = _version(request)
    if request.POST.get("viec") == "nguon":
        source = request.POST.get("nguon", "")
        row = actions.confirm_figure(request.viewer, row.pk, version=version, number=number, source=source)
    else:
        cell = request.POST.get("cell", "")
        row = actions.bind_figure(request.viewer, row.pk, version=version, number=number, cell=cell)
    return redirect(_at(row, open_again=_has_bare(row)))


@page("issuing.draft")
@require_POST
def move(request: Request, block: int) -> HttpResponse:
    """Move a block up or down, or take it out."""
    row, version, deed = _block(request, block), _version(request), request.POST.get("viec")
    if deed == "bo":
        actions.remove_block(request.viewer, row.pk, version=version)
        messages.success(request, _("Đã bỏ đoạn khỏi dự thảo."))
        return redirect("issuing:draft", row.draft_id)
    row = actions.move_block(request.viewer, row.pk, version=version, up=deed == "len")
    return redirect(_at(row, open_again=True))


@page("issuing.draft")
@require_POST
def add(request: Request, paper: int) -> HttpResponse:
    """Add a block behind another; what is refused is shown with what was typed."""
    row = get_object_or_404(queries.drafts(request.viewer), pk=paper)
    after, text = _number(request.POST.get("sau")), request.POST.get("text", "")
    if after:
        get_object_or_404(queries.every_block(request.viewer), pk=after, draft=row)
    kind, level = request.POST.get("kind", ""), _number(request.POST.get("level")) or 2
    try:
        made = actions.add_block(request.viewer, row.pk, after=after, kind=kind, text=text, level=level)
    except Refused as refusal:
        return _show(request, row, None, Typed(text, refusal, after))
    return redirect(_at(made, open_again=_has_bare(made)))


@page("issuing.comment")
@require_POST
def comment(request: Request, block: int) -> HttpResponse:
    """Say something beside a block."""
    row = _block(request, block)
    actions.comment(request.viewer, row.pk, text=request.POST.get("text", ""))
    return redirect(_at(row, open_again=True))


@page("issuing.comment")
@require_POST
def resolve(request: Request, comment: int) -> HttpResponse:
    """What was said is settled."""
    row = get_object_or_404(queries.comments(request.viewer), pk=comment)
    actions.resolve(request.viewer, row.pk)
    return redirect(_at(row.block, open_again=True))
