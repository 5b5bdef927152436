"""What is lost, double or half there in the database after a crowd has handed in, against what it was told."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from bench.country import Collected, Desk
from bench.crowd import Told
from luc.kernel.history import broken_links
from luc.rounds.actions import fingerprint
from tests.server import Server

SAVES = (
    "SELECT object_id, after FROM kernel_change WHERE kind = 'reporting.report' AND act = 'reporting.write'"
)
REPORTS = (
    "SELECT r.id, r.version, o.state, o.version FROM reporting_report r "
    "JOIN rounds_obligation o ON o.id = r.obligation_id"
)
SUBMISSIONS = (
    "SELECT r.id, s.id, s.version, s.content, s.sha256 FROM rounds_submission s "
    "JOIN reporting_report r ON r.obligation_id = s.obligation_id"
)
FIGURES = (
    "SELECT f.source_id, f.indicator_id, f.territory_id, s.kind FROM figures_figure f "
    "LEFT JOIN figures_standing s ON s.figure_id = f.id WHERE f.source_kind = 'reporting.submission'"
)


def faults(server: Server, desks: Iterable[Desk], rounds: Iterable[Collected], told: Told) -> list[str]:
    """Every fault in words; empty when nothing is lost, nothing double and every chain of history is whole."""
    saves, reports, submissions, figures = server.rows(SAVES, REPORTS, SUBMISSIONS, FIGURES)
    own = {desk.report for desk in desks}
    return [
        *_saves(saves, reports, told),
        *_submissions([row for row in reports if row[0] in own], submissions, told),
        *_figures(submissions, figures),
        *(f"chain of tenant {row.tenant} is broken" for row in rounds if broken_links(row.tenant)),
    ]


def _saves(saves: list[tuple[Any, ...]], reports: list[tuple[Any, ...]], told: Told) -> Iterator[str]:
    """Each acknowledged save is one line of history; a draft's version is the number of its saves."""
    written = Counter(
        word for _, after in saves for word in set(re.findall(r"\[[\d-]+\]", json.dumps(after)))
    )
    yield from (f"save {word} is lost" for word in sorted(told.words - set(written)))
    yield from (f"save {word} was written {n} times" for word, n in written.items() if n > 1)
    lines = Counter(str(report) for report, _ in saves)
    yield from (
        f"report {pk}: version {version}, {lines[str(pk)]} saves"
        for pk, version, *_ in reports
        if lines[str(pk)] != version
    )


def _submissions(
    reports: list[tuple[Any, ...]], submissions: list[tuple[Any, ...]], told: Told
) -> Iterator[str]:
    """What was handed in is there once, as the first version, frozen as its seal says, with the words of every save."""
    by_report = defaultdict(list)
    for report, *submission in submissions:
        by_report[report].append(submission)
    for report, _, state, last in reports:
        kept = by_report[report]
        if not kept and report not in told.handed_in:
            continue  # whoever did not finish is counted elsewhere
        if len(kept) != 1 or (state, last) != ("submitted", 1):
            yield f"report {report}: {len(kept)} submissions, state {state}, version {last}"
            continue
        ((pk, version, content, sha256),) = kept
        if told.handed_in.get(report, pk) != pk or version != 1 or fingerprint(_content(content)) != sha256:
            yield f"submission {pk} of report {report} is not what was acknowledged"
        if told.by_report[report] - set(re.findall(r"\[[\d-]+\]", json.dumps(_content(content)))):
            yield f"submission {pk} of report {report} lacks words that were saved"


def _figures(submissions: list[tuple[Any, ...]], figures: list[tuple[Any, ...]]) -> Iterator[str]:
    """As many rows of the ledger as a submission has values, each reported once and in a slot of its own."""
    slots = Counter(figures)
    rows = Counter(source for source, *_ in figures)
    for _, pk, _, content, _ in submissions:
        values = sum(bool(row.get("value")) for row in _content(content)["rows"])
        if rows.pop(pk, 0) != values or not values:
            yield f"submission {pk}: {values} values, other rows in the ledger"
    yield from (f"figure {slot} is there {n} times" for slot, n in slots.items() if n > 1)
    yield from (f"figure {slot} is not reported" for slot in slots if slot[3] != "reported")
    yield from (f"the ledger holds rows of {pk}, which was not handed in" for pk in rows)


def _content(kept: Any) -> Any:
    """SQLite hands JSON over as text, PostgreSQL as what it says."""
    return json.loads(kept) if isinstance(kept, str) else kept
