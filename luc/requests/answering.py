"""What was typed as an answer, understood: its exact value, or what is wrong with it, in the words of its question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.requests import pasting
from luc.requests.models import Attachment, Column, Kind, Question
from luc.requests.values import exact, plain, read_day, read_number

Typed = dict[str, Any]
MOST_ROWS = 300
LONGEST = 20_000
_NAMED = re.compile(r"q(?P<id>\d{1,18})-(?P<name>nil|value|choice|paste)", re.ASCII)
_CELL = re.compile(r"q(?P<id>\d{1,18})-r(?P<row>\d{1,3})-c(?P<column>\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table in a form: its field, its column, what was typed, what is wrong with it."""

    name: str
    column: Column
    text: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One question with what was typed. `value` (number, day: as files keep them) and `rows` are exact where they
    could be read; `problems` by field of the form say what could not."""

    question: Question
    columns: tuple[Column, ...] = ()
    is_nil: bool = False
    typed: str = ""
    value: str = ""
    chosen: tuple[str, ...] = ()
    grid: tuple[tuple[str, ...], ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[Attachment, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)
    conflict: str = ""

    @property
    def key(self) -> str:
        return f"q{self.question.pk}"

    @property
    def has_words(self) -> bool:
        """Whether anything was typed, chosen or attached."""
        return bool(self.typed or self.chosen or self.grid or self.files)

    @property
    def is_contradictory(self) -> bool:
        """Whether it says that there is nothing, and something."""
        return self.is_nil and self.has_words

    @property
    def is_answered(self) -> bool:
        """Whether it says one thing that can be read."""
        return (self.is_nil or self.has_words) and not self.is_contradictory and not self.problems

    @property
    def lack(self) -> str:
        """Why it cannot be handed in like this; "" when it can."""
        if self.is_contradictory:
            return _("đã chọn «Không có» nhưng vẫn có nội dung")
        if self.problems:
            return next(iter(self.problems.values()))
        if self.question.is_required and not self.is_answered:
            return _("chưa trả lời")
        return ""

    @property
    def error(self) -> str:
        """What is wrong with the value itself, beside its field."""
        return self.problems.get(f"{self.key}-value", "")

    @property
    def form_rows(self) -> list[list[Cell]]:
        """The table of the form: what was typed, and two rows to write into (three when it is empty)."""
        width = len(self.columns)
        blank = [("",) * width] * (2 if self.grid else 3)
        return [
            [
                Cell(name, column, text, self.problems.get(name, ""))
                for column, text in zip(self.columns, row, strict=True)
                for name in [f"{self.key}-r{at}-c{column.pk}"]
            ]
            for at, row in enumerate([*self.grid, *blank][:MOST_ROWS])
        ]


def understand(
    question: Question, columns: Sequence[Column], typed: Mapping[str, Any], files: Sequence[Attachment] = ()
) -> Answer:
    """An answer as it was typed, read."""
    key, problems = f"q{question.pk}", dict[str, str]()
    words, value, rows = str(typed.get("value", "")), "", []
    if words and question.kind in {Kind.NUMBER, Kind.DATE}:
        value = _read(question.kind, words, question, f"{key}-value", problems)
    elif question.kind == Kind.TEXT:
        value = words
    grid = _fitted(typed.get("rows", []), len(columns)) if question.kind == Kind.TABLE else []
    for at, row in enumerate(grid):
        rows.append(
            tuple(
                _read(column.kind, text, column, f"{key}-r{at}-c{column.pk}", problems) if text else ""
                for column, text in zip(columns, row, strict=True)
            )
        )
    asked = set(question.choices)
    return Answer(
        question=question,
        columns=tuple(columns),
        is_nil=bool(typed.get("nil")),
        typed=words if question.kind in {Kind.TEXT, Kind.NUMBER, Kind.DATE} else "",
        value=value,
        chosen=tuple(one for one in typed.get("choices", []) if one in asked),
        grid=tuple(tuple(row) for row in grid),
        rows=tuple(row for row in rows if any(row)),
        files=tuple(files),
        problems=problems,
    )


def _fitted(rows: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    grid = [[*row, *[""] * width][:width] for row in rows]
    while grid and not any(grid[-1]):
        grid.pop()
    return grid


def _read(kind: str, words: str, of: Question | Column, name: str, problems: dict[str, str]) -> str:
    """The exact value of some words, "" with a problem when they cannot be read."""
    if kind == Kind.TEXT:
        return words
    try:
        if kind == Kind.DATE:
            return read_day(words).isoformat()
        bounds = (of.lowest, of.highest) if isinstance(of, Question) else (None, None)
        return exact(read_number(words, of.unit, *bounds))
    except Refused as refusal:
        problems[name] = refusal.message
        return ""


def from_post(
    post: QueryDict, questions: Mapping[int, tuple[Question, Sequence[Column]]]
) -> dict[str, Typed]:
    """The answers that a form sends, by question; questions it does not name are left out."""
    found: dict[str, Typed] = {}
    cells: dict[int, dict[int, dict[int, str]]] = {}
    pasted: dict[int, str] = {}
    for name in post:
        if (match := _CELL.fullmatch(name)) and int(match["id"]) in questions:
            rows = cells.setdefault(int(match["id"]), {})
            rows.setdefault(int(match["row"]), {})[int(match["column"])] = plain(str(post[name]))[:2000]
        elif (match := _NAMED.fullmatch(name)) and int(match["id"]) in questions:
            answer = found.setdefault(match["id"], {})
            if match["name"] == "nil":
                answer["nil"] = post[name] == "1"
            elif match["name"] == "choice":
                given = set(post.getlist(name))
                answer["choices"] = [one for one in questions[int(match["id"])][0].choices if one in given]
            elif match["name"] == "value":
                answer["value"] = plain(str(post[name]))[:LONGEST]
            else:
                pasted[int(match["id"])] = str(post[name])
    for pk, rows in cells.items():
        columns = questions[pk][1]
        grid = [[rows[at].get(column.pk, "") for column in columns] for at in sorted(rows)]
        grid = [row for row in grid if any(row)] + pasting.grid(pasted.get(pk, ""), len(columns))
        found.setdefault(str(pk), {})["rows"] = grid[:MOST_ROWS]
    return found
