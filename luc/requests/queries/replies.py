"""The draft of a reply: its questions with what was typed, for the agency that owes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from luc.kernel.rights import Viewer
from luc.requests.answering import Answer, understand
from luc.requests.models import Attachment, Reply
from luc.requests.queries.requests import questions
from luc.rounds import queries as rounds
from luc.rounds.correcting import Correction, to_correct
from luc.rounds.models import Obligation, Presentation
from luc.rounds.presenting import presented


def replies(viewer: Viewer) -> QuerySet[Reply]:
    """The replies that the viewer's agencies write."""
    own = rounds.own_obligations(viewer).order_by().values("pk")
    rows = Reply.objects.filter(obligation__in=own)
    return rows.select_related(
        "request__paper", "obligation__party", "obligation__cycle__collector", "saved_by"
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply with every question and its answer so far.

    `returned` says what has to be corrected, `presented` what waits for the approver or was passed back.
    """

    reply: Reply
    answers: list[Answer]
    returned: Correction | None
    presented: Presentation | None = None

    @property
    def obligation(self) -> Obligation:
        return self.reply.obligation

    @property
    def is_writable(self) -> bool:
        """Whether it can be written now."""
        return self.obligation.is_writable

    @property
    def answered(self) -> int:
        return sum(answer.is_answered for answer in self.answers)

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def has_several(self) -> bool:
        """Whether its questions need numbers."""
        return len(self.answers) > 1

    @property
    def open_answers(self) -> list[Answer]:
        """What keeps it from being handed in."""
        return [answer for answer in self.answers if answer.lack]

    @property
    def says_nothing(self) -> bool:
        """Whether no question at all is answered: nothing to hand in, even where none is required."""
        return not any(answer.is_nil or answer.has_words for answer in self.answers)

    @property
    def is_nil(self) -> bool:
        """Whether it only says that there is nothing."""
        return bool(self.answers) and all(answer.is_nil for answer in self.answers)

    @property
    def is_ready(self) -> bool:
        return not self.open_answers and not self.says_nothing


def draft(reply: Reply, given: Mapping[str, Mapping[str, Any]] | None = None) -> Draft:
    """A reply with its questions; `given` stands over what is kept. Six statements, however many questions."""
    files: dict[int, list[Attachment]] = {}
    kept = Attachment.objects.filter(reply=reply, removed_at=None).select_related("file")
    for one in kept.order_by("pk"):
        files.setdefault(one.question_id, []).append(one)
    typed = merged(reply.typed, given or {})
    answers = [
        understand(question, columns, typed.get(str(question.pk), {}), files.get(question.pk, []))
        for question, columns in questions(reply.request)
    ]
    shown = presented(reply.obligation) if reply.obligation.is_writable else None
    return Draft(reply, answers, to_correct(reply.obligation), shown)


def merged(kept: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is kept with what was typed over it, question by question."""
    return {**kept, **{key: {**kept.get(key, {}), **values} for key, values in given.items()}}


def marked(draft: Draft, kept: Draft, words: str) -> Draft:
    """The answers that differ from what is kept, marked with words: somebody else saved in the meantime."""
    same = {answer.key: (answer.is_nil, answer.typed, answer.chosen, answer.grid) for answer in kept.answers}
    answers = [
        answer
        if same[answer.key] == (answer.is_nil, answer.typed, answer.chosen, answer.grid)
        else replace(answer, conflict=words)
        for answer in draft.answers
    ]
    return replace(draft, answers=answers)
