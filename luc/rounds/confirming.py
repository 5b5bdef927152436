"""The page that asks before an answer is opened again: what it is about, what follows, why."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from luc.kernel.pages import Request
from luc.rounds.models import Submission


def confirm_step(
    request: Request, row: Submission, title: str, consequences: list[str], *, back: str, form: Any = None
) -> HttpResponse:
    """Ask whether a step about a submission shall be taken; 422 with what its form lacks."""
    context = {
        "title": title,
        "text": [f"{row.obligation.party}. {row.obligation.cycle.title}."],
        "consequences": consequences,
        "form": form,
        "action": title,
        "back": back,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "components/confirm.html", context, status=status)
