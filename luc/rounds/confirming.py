"""The page that asks before an answer or a whole round is opened again: what it is about, what follows, why."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from luc.kernel.pages import Request
from luc.rounds.models import Submission


def words_of(row: Submission) -> str:
    """Whose answer it is, in which round."""
    return f"{row.obligation.party}. {row.obligation.cycle.title}."


def confirm_step(
    request: Request, about: str, title: str, consequences: list[str], *, back: str, form: Any = None
) -> HttpResponse:
    """Ask whether a step shall be taken; 422 with what its form lacks."""
    context = {
        "title": title,
        "text": [about],
        "consequences": consequences,
        "form": form,
        "action": title,
        "back": back,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "components/confirm.html", context, status=status)
