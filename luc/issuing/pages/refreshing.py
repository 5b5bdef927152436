"""What differs between a draft and what is known now: each shown old and new, all taken or single ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luc.issuing import actions, queries
from luc.issuing.actions.refreshing import offered
from luc.issuing.standing import fingerprint
from luc.kernel.errors import Refused
from luc.kernel.pages import Request, page


@page("issuing.draft")
def refresh(request: Request, paper: int) -> HttpResponse:
    """Look at the differences; take them."""
    row = get_object_or_404(queries.drafts(request.viewer), pk=paper)
    refusal = None
    if request.method == "POST":
        take = None if request.POST.get("viec") == "het" else request.POST.getlist("lay")
        try:
            count = actions.refresh(
                request.viewer,
                row.pk,
                seen=request.POST.get("seen", ""),
                take=take,
                words=request.POST.getlist("cau"),
            )
        except Refused as refused:
            refusal = refused
        else:
            words = ngettext("Đã lấy lại %(n)d chỗ.", "Đã lấy lại %(n)d chỗ.", count) % {"n": count}
            messages.success(request, words)
            return redirect("issuing:draft", row.pk)
    found, _made, _known = offered(row)
    context = {
        "draft": row,
        "differences": found,
        "seen": fingerprint(row),
        "refusal": refusal,
        "title": _("Lấy lại số liệu"),
    }
    return render(request, "issuing/refresh.html", context, status=422 if refusal else 200)
