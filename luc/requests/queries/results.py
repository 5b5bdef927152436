"""What the answers to a request say together, at any moment, with their coverage: a fixed number of statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from luc.agencies.issuing import short_name
from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.figures.units import is_share
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import now
from luc.requests.content import is_said, printed
from luc.requests.models import Column, Kind, Question, Request
from luc.requests.queries.requests import questions
from luc.rounds import queries as rounds
from luc.rounds.models import Cycle, Obligation, Submission
from luc.rounds.queries import Completeness
from luc.rounds.words import Standing, standing

_FIRST = ("overdue", "returned", "open", "waiting", "accepted")
HEARD = (Obligation.State.SUBMITTED, Obligation.State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One addressee: how it stands, and its answers by question where it handed some in that count."""

    obligation: Obligation
    standing: Standing
    submission: Submission | None = None
    rows: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def party(self) -> Party:
        return self.obligation.party

    @property
    def title(self) -> str:
        """The name as it stands in a narrow cell."""
        return short_name(self.party)

    @property
    def tone(self) -> str:
        return self.standing.tone

    @property
    def state(self) -> str:
        return self.standing.words

    @property
    def is_waiting(self) -> bool:
        return self.obligation.state == Obligation.State.SUBMITTED

    @property
    def is_late(self) -> bool:
        """Whether it was first handed in when it was due already."""
        at = self.obligation.submitted_at
        return at is not None and at >= self.obligation.due_at


@dataclass(frozen=True, slots=True)
class Voice:
    """One answer to one question, of an addressee."""

    line: Line
    row: Mapping[str, Any]

    @property
    def words(self) -> str:
        return printed(self.row)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the numbers of a question or a column say together; a share has no total."""

    count: int
    total: Decimal | None
    average: Decimal
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """A column of numbers over all rows of all tables."""

    column: Column
    sum: Sum | None


@dataclass(frozen=True, slots=True)
class Summary:
    """One question over all addressees that are heard."""

    question: Question
    columns: list[Column]
    voices: list[Voice]
    nil: int
    silent: int

    @property
    def key(self) -> str:
        return f"q{self.question.pk}"

    @property
    def sum(self) -> Sum | None:
        """Of a number question; None while nobody gave one."""
        if self.question.kind != Kind.NUMBER:
            return None
        return summed([Decimal(voice.row["value"]) for voice in self.voices], self.question.unit)

    @property
    def highest_voices(self) -> list[Voice]:
        """The five largest numbers."""
        return sorted(self.voices, key=lambda voice: -Decimal(voice.row["value"]))[:5]

    @property
    def alike(self) -> list[tuple[str, list[Voice]]]:
        """The words that were said with who said them, the same words of many once, most said first."""
        groups: dict[str, list[Voice]] = {}
        for voice in self.voices:
            groups.setdefault(search_key(voice.words), []).append(voice)
        return sorted(((group[0].words, group) for group in groups.values()), key=lambda one: -len(one[1]))

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How often each choice was taken, in the order of the question; choices of earlier words behind them."""
        taken = Counter(choice for voice in self.voices for choice in voice.row.get("choices", []))
        return [(choice, taken[choice]) for choice in dict.fromkeys([*self.question.choices, *taken])]

    @property
    def first_day(self) -> str:
        return min((voice.row["value"] for voice in self.voices), default="")

    @property
    def last_day(self) -> str:
        return max((voice.row["value"] for voice in self.voices), default="")

    @property
    def row_count(self) -> int:
        """The rows of all tables."""
        return sum(len(voice.row.get("cells", [])) for voice in self.voices)

    @property
    def file_count(self) -> int:
        return sum(len(voice.row.get("files", [])) for voice in self.voices)

    @property
    def column_sums(self) -> list[ColumnSum]:
        """The columns of numbers of a table question, summed."""
        return [
            ColumnSum(column, summed(list(self._cells(column)), column.unit))
            for column in self.columns
            if column.kind == Kind.NUMBER
        ]

    def _cells(self, column: Column) -> Iterator[Decimal]:
        for voice in self.voices:
            place = next((n for n, one in enumerate(voice.row["columns"]) if one["id"] == column.pk), None)
            for cells in voice.row.get("cells", []) if place is not None else ():
                if cells[place]:
                    yield Decimal(cells[place])


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that was answered to a request until a moment."""

    request: Request
    cycle: Cycle
    at: datetime
    counts: Completeness
    lines: list[Line]
    summaries: list[Summary]
    accepted_only: bool

    @property
    def heard(self) -> list[Line]:
        """Who is in these results."""
        return [line for line in self.lines if line.submission is not None]

    @property
    def missing(self) -> list[Line]:
        """Who is not in these results."""
        return [line for line in self.lines if line.submission is None]

    @property
    def missing_groups(self) -> list[tuple[Standing, list[Line]]]:
        """Who is missing, by how it stands, late ones first."""
        groups: dict[Standing, list[Line]] = {}
        for line in self.missing:
            groups.setdefault(line.standing, []).append(line)
        return sorted(groups.items(), key=lambda group: _FIRST.index(group[0].name))

    @property
    def is_partial(self) -> bool:
        return bool(self.missing)

    @property
    def is_mixed(self) -> bool:
        """Whether answers are in it that nobody has accepted yet."""
        return any(line.is_waiting for line in self.heard)


def summed(values: Sequence[Decimal], unit: str) -> Sum | None:
    """Total, average (to two decimals, half up), lowest and highest of exact numbers; None for none."""
    if not values:
        return None
    total = sum(values, Decimal(0))
    average = (total / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Sum(len(values), None if is_share(unit) else total, average, min(values), max(values))


def results(viewer: Viewer, request: Request, *, accepted_only: bool = False) -> Results:
    """The results of a sent request as they are now: six statements, whoever and whatever was asked.

    Who only follows reads what was accepted; what was returned does not count until it is corrected.
    """
    assert request.cycle is not None
    cycle = request.cycle
    counted = (Obligation.State.ACCEPTED,) if accepted_only else HEARD
    last = rounds.last_submissions(viewer).filter(obligation__cycle=cycle, obligation__state__in=counted)
    handed = {row.obligation_id: row for row in last}
    owing = rounds.overseen_obligations(viewer).filter(cycle=cycle).select_related("party__unit")
    lines = [_line(row, handed.get(row.pk)) for row in owing.order_by(*by_kind("party__"))]
    return Results(
        request=request,
        cycle=cycle,
        at=now(),
        counts=rounds.completeness(viewer, [cycle.pk])[cycle.pk],
        lines=lines,
        summaries=[_summary(question, columns, lines) for question, columns in questions(request)],
        accepted_only=accepted_only,
    )


def _line(obligation: Obligation, submission: Submission | None) -> Line:
    rows = {row["id"]: row for row in submission.content["rows"]} if submission else {}
    return Line(obligation, standing(obligation), submission, rows)


def _summary(question: Question, columns: list[Column], lines: Sequence[Line]) -> Summary:
    heard = [line for line in lines if line.submission is not None]
    asked = [(line, line.rows.get(question.pk)) for line in heard]
    voices = [Voice(line, row) for line, row in asked if row and not row["nil"] and is_said(row)]
    nil = sum(1 for _line_, row in asked if row and row["nil"])
    return Summary(question, columns, voices, nil, len(heard) - len(voices) - nil)
