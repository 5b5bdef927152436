"""The outline of a regime's report: headings in order, what fills each, the default again."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from luc.issuing import actions, queries
from luc.issuing.outlines import FILLS, Heading, of_regime
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page

EMPTY_ROWS = 3


@page("issuing.draft")
def outline(request: Request, regime: int) -> HttpResponse:
    """Look at the outline, change it, take the default again."""
    row = get_object_or_404(queries.regimes(request.viewer), pk=regime)
    headings, kept = of_regime(row)
    refusal = None
    if request.method == "POST":
        given = request.POST.get("version", "")
        version = int(given) if given.isdecimal() and len(given) < 9 else 0
        try:
            if request.POST.get("viec") == "mac-dinh":
                actions.reset_outline(request.viewer, row.pk, version=version)
            else:
                headings = _typed(request.POST)
                actions.save_outline(request.viewer, row.pk, version=version, headings=headings)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Đã lưu đề cương. Dự thảo soạn từ nay theo đề cương này."))
            return redirect("issuing:outline", row.pk)
    context = {
        "regime": row,
        "rows": list(enumerate([*headings, *[Heading("", 1)] * EMPTY_ROWS])),
        "is_default": kept is None or kept.sections is None,
        "seen": kept.version if kept else 0,
        "fills": list(FILLS.items()),
        "levels": [(1, "I."), (2, "1."), (3, "a)"), (0, _("Phụ lục"))],
        "refusal": refusal,
    }
    return render(request, "issuing/outline.html", context, status=422 if refusal else 200)


def _typed(given: QueryDict) -> list[Heading]:
    """The headings as they were typed, in the order that was typed; rows without title are left out."""
    numbers = [value for value in given.getlist("row") if value.isdecimal()]
    rows = [(_order(given.get(f"order-{n}"), int(n)), _heading(given, n)) for n in numbers[:200]]
    return [heading for _place, heading in sorted(rows, key=lambda one: one[0]) if heading.title]


def _order(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else otherwise


def _heading(given: QueryDict, n: str) -> Heading:
    level = given.get(f"level-{n}", "1")
    fill: Iterable[str] = given.getlist(f"fill-{n}")
    return Heading(
        " ".join(given.get(f"title-{n}", "").split()),
        int(level) if level in {"0", "1", "2", "3"} else 1,
        tuple(name for name in fill if name),
        bool(given.get(f"landscape-{n}")),
    )
