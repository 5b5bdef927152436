"""The words of letters in the rounds of a regime: looked at, changed, tried with examples, the default again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.letters import settling
from luc.issuing.letters.places import PLACES
from luc.issuing.letters.previewing import preview
from luc.issuing.letters.wording import Letter
from luc.issuing.models import Draft
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page
from luc.plans.models import Regime

EMPTY_ROWS = 2
_BY_SLUG = {
    "de-nghi": Draft.Kind.ASKING,
    "don-doc": Draft.Kind.REMINDER,
    "giao-viec": Draft.Kind.ASSIGNMENTS,
    "bao-cao-don-vi": Draft.Kind.AGENCY_REPORT,
}
_EMPTY: Mapping[str, Any] = {"paragraph": ""}


@page("issuing.draft")
def settled(request: Request, regime: int, letter: str) -> HttpResponse:
    """Look at the words of a kind of letter, try a change with examples, keep it, take the default again."""
    row = get_object_or_404(queries.regimes(request.viewer), pk=regime)
    if letter not in _BY_SLUG:
        raise Http404
    kind = _BY_SLUG[letter]
    words, kept = settling.of_regime(row, kind.value)
    refusal, tried = None, False
    if request.method == "POST":
        words = words if request.POST.get("viec") == "mac-dinh" else _typed(request.POST)
        try:
            tried = request.POST.get("viec") == "xem"
            if tried:
                settling.checked(kind.value, words)
            else:
                _keep(request, row, kind, words)
                return redirect("letters:wording", row.pk, letter)
        except Refused as refused:
            refusal = refused
    context = {
        "regime": row,
        "kind": kind.label,
        "words": words,
        "rows": _rows(words),
        "places": PLACES[kind.value],
        "tabs": [
            (one.label.capitalize(), reverse("letters:wording", args=[row.pk, slug]), slug == letter)
            for slug, one in _BY_SLUG.items()
        ],
        "is_default": kept is None or kept.words is None,
        "seen": request.POST.get("version") or (kept.version if kept else 0),
        "refusal": refusal,
        "tried": tried,
        "preview": preview(kind.value, words) if refusal is None else None,
    }
    return render(request, "issuing/letters/wording.html", context, status=422 if refusal else 200)


def _keep(request: Request, row: Regime, kind: Draft.Kind, words: Letter) -> None:
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() and len(given) < 9 else 0
    if request.POST.get("viec") == "mac-dinh":
        settling.reset(request.viewer, row.pk, kind.value, version=version)
        messages.success(request, _("Đã trở về lời văn chung."))
    else:
        settling.settle(request.viewer, row.pk, kind.value, version=version, words=words)
        messages.success(request, _("Đã lưu lời văn. Công văn lập từ nay theo lời văn này."))


def _rows(words: Letter) -> list[tuple[int, dict[str, Any]]]:
    """The blocks as the form has them, and some empty ones."""
    return [(n, _row(block)) for n, block in enumerate([*words.blocks, *[_EMPTY] * EMPTY_ROWS])]


def _row(block: Mapping[str, Any]) -> dict[str, Any]:
    said = next((key for key in settling.SAID if key in block), "table")
    on = next((f"{name}:{block[name]}" for name in ("when", "unless") if name in block), "")
    more = {name: block.get(name, "") for name in ("table", "each", "landscape")}
    return {"said": said, "text": block.get(said, "") if said != "table" else "", "on": on, **more}


def _typed(given: QueryDict) -> Letter:
    """The words as they were typed, in the order that was typed; empty rows are left out."""
    numbers = [value for value in given.getlist("row") if value.isdecimal() and len(value) < 4][:200]
    rows = [(_order(given.get(f"order-{n}"), int(n)), _block(given, n)) for n in numbers]
    blocks = [block for _place, block in sorted(rows, key=lambda one: one[0]) if block]
    return Letter(" ".join(given.get("title", "").split()), tuple(blocks))


def _order(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else otherwise


def _block(given: QueryDict, n: str) -> dict[str, Any]:
    said, text = given.get(f"said-{n}", "paragraph"), " ".join(given.get(f"text-{n}", "").split())
    table, on = given.get(f"table-{n}", ""), given.get(f"on-{n}", "")
    if said == "table":
        block: dict[str, Any] = {"table": table} if table else {}
    elif text and said in settling.SAID:
        block = {said: text}
        if said == "section":
            block["table"] = table
        if said == "item" and given.get(f"each-{n}"):
            block["each"] = given[f"each-{n}"]
        if said == "annex" and given.get(f"landscape-{n}"):
            block["landscape"] = True
    else:
        block = {}
    name, _colon, what = on.partition(":")
    if block and name in {"when", "unless"}:
        block[name] = what
    return block
