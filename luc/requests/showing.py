"""A draft shown as its addressees will see it: questions that are not kept yet, with nothing typed."""

from __future__ import annotations

from luc.requests.answering import Answer, understand
from luc.requests.drafting import Asked
from luc.requests.models import Column, Question


def as_answers(asked: Asked) -> list[Answer]:
    """The empty form of what a draft asks."""
    found = []
    for at, one in enumerate(asked.questions, 1):
        question = Question(pk=at, order=at, **one.fields())
        columns = [
            Column(pk=place, order=place, text=column.text, kind=column.kind, unit=column.unit)
            for place, column in enumerate(one.columns, 1)
        ]
        found.append(understand(question, columns, {}))
    return found
