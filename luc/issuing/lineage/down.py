"""Down: the rows of frozen reports behind a number, and behind a row who typed it, when, out of what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luc.figures.numbers import show
from luc.kernel.models import Change
from luc.kernel.rights import Viewer, known_acts
from luc.kernel.time import now
from luc.reporting.content import Content, all_rows, label_of, printed
from luc.reporting.models import Report
from luc.reporting.money import AMOUNTS
from luc.reporting.queries import scoped
from luc.reporting.upwards.lineage import sources
from luc.reporting.word.models import OwnPaper
from luc.rounds.models import Submission
from luc.rounds.past import Counted, counted_on

_CELLS = (
    *("nil", "state", "value", "kind", "estimate", "final", "result", "title", "source"),
    *("approved", "planned", "disbursed", "cumulative", "obstacle", "proposal", "addressee", "explanation"),
)
# what a cell is called where it is typed: the names of the draft's columns
_DRAFT = {"is_nil": "nil"}
_NUMBERS = {"value", "estimate", "final", *AMOUNTS}

RowKey = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A row of a frozen report, as it was handed in, and what became of it since."""

    submission: Submission
    key: str
    text: str
    said: list[tuple[str, str]]
    now: Counted | None = None
    row: Content = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the frozen report is read."""
        return reverse("reporting:submission", args=[self.submission.pk]) + f"#{self.key}"

    @property
    def down(self) -> str:
        """Where this row is followed further down, and up."""
        return reverse("issued:row", args=[self.submission.pk, self.key])

    @property
    def still_counts(self) -> bool:
        """Whether this version is the one that counts now."""
        return bool(self.now and self.now.submission == self.submission.pk)

    @property
    def standing(self) -> str:
        """What this version is now, in words: how it stands, or which later one counts in its place."""
        if self.now is None:
            return ""
        if self.still_counts or self.now.version == self.submission.version:
            return self.now.words
        words = _("đã thay bằng bản gửi lần %(n)d (%(state)s)")
        return words % {"n": self.now.version, "state": self.now.words}


def said(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a row says, cell by cell, in words."""
    return [(label_of(name), printed(name, row[name])) for name in _CELLS if row.get(name)]


def row_of(submission: Submission, key: str) -> Content | None:
    """A row of a frozen report."""
    return next((row for row in all_rows(submission.content) if row["key"] == key), None)


def leaves(viewer: Viewer, rows: Iterable[Sequence[Any]]) -> tuple[list[Leaf], int]:
    """The rows that a viewer may see, in order, and how many there are beside them; in a fixed number of statements."""
    asked: list[RowKey] = list(dict.fromkeys((int(one[0]), str(one[1])) for one in rows))
    found = {one.pk: one for one in scoped.submissions(viewer).filter(pk__in={pk for pk, _key in asked})}
    standing = counted_on({one.obligation_id for one in found.values()}, now())
    out = []
    for pk, key in asked:
        submission = found.get(pk)
        row = row_of(submission, key) if submission else None
        if submission is None or row is None:
            continue
        text = str(row.get("text") or row.get("title") or row.get("obstacle") or row.get("proposal") or "")
        out.append(Leaf(submission, key, text, said(row), standing.get(submission.obligation_id), row))
    return out, len(asked) - len(out)


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody wrote the row: when, who, by which act, what was there before and after."""

    at: datetime
    who: str
    act: str
    changes: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Roots:
    """Where a row of a frozen report comes from."""

    typed: list[Typed]
    papers: list[str]
    evidence: list[Mapping[str, Any]]
    origin: Mapping[str, Any] | None
    below: list[tuple[str, str]]


def roots(viewer: Viewer, leaf: Leaf) -> Roots:
    """Who typed the row and when (from the one history), the papers and files behind it, the round below it."""
    report = Report.objects.filter(obligation=leaf.submission.obligation_id).first()
    evidence = [one for one in leaf.submission.content["evidence"] if one.get("row", "") == leaf.key]
    origin = leaf.row.get("from")
    links = sources(viewer, [leaf.row]) if origin else {}
    rows = origin["rows"] if origin else []
    below = [
        (links[submission].title, reverse("issued:row", args=[submission, key]))
        for submission, _version, key in rows
        if submission in links
    ]
    return Roots(
        typed=_typed(report, leaf) if report else [],
        papers=_papers(report, leaf.key) if report else [],
        evidence=evidence,
        origin=origin,
        below=below,
    )


def _typed(report: Report, leaf: Leaf) -> list[Typed]:
    """The lines of history that changed the row before it was handed in, newest first."""
    lines = Change.objects.filter(
        tenant=report.tenant_id,
        kind="reporting.report",
        object_id=str(report.pk),
        at__lte=leaf.submission.at,
    ).order_by("-sequence")
    acts = known_acts()
    out = []
    for line in lines.only("at", "actor_name", "act", "before", "after"):
        cells = (line.after or {}).get(leaf.key)
        if not isinstance(cells, Mapping):
            value = (line.after or {}).get("value")  # a grid writes one column for many rows
            if not isinstance(value, Mapping) or leaf.key not in value:
                continue
            cells = {"value": value[leaf.key]}
        before = (line.before or {}).get(leaf.key)
        was = before if isinstance(before, Mapping) else {}
        changes = [
            (_label(name), _words(name, was.get(name)), _words(name, value)) for name, value in cells.items()
        ]
        title = str(acts[line.act].title) if line.act in acts else line.act
        out.append(Typed(line.at, line.actor_name, title, changes))
    return out


def _label(name: str) -> str:
    return label_of(_DRAFT.get(name, name))


def _words(name: str, value: object) -> str:
    if name in _NUMBERS and value:
        return show(Decimal(str(value)))  # the history keeps numbers as a machine writes them
    return printed(_DRAFT.get(name, name), value)


def _papers(report: Report, key: str) -> list[str]:
    """The agency's own papers from which the row was taken over."""
    rows = (
        OwnPaper.objects.filter(report=report).select_related("file").only("file__name", "passages", "taken")
    )
    return [
        row.file.name
        for row in rows
        if any(n in row.taken and one.get("item") == key for n, one in enumerate(row.passages))
    ]
