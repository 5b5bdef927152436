"""Where the answers of a report were taken from: shown beside the draft, frozen with what is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from luc.agencies.models import Party
from luc.kernel import registry
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.reporting.content import Content, all_rows
from luc.reporting.models import Report
from luc.reporting.upwards.models import Origin
from luc.reporting.upwards.queries import CELLS


def origins(report: Report) -> dict[str, Origin]:
    """Where rows of a draft were taken from, by row. Only provinces answer out of what they consolidated."""
    if report.obligation.party.kind != Party.Kind.PROVINCE:
        return {}
    return {row.key: row for row in Origin.objects.filter(report=report)}


def with_lineage(content: Content, report: Report) -> Content:
    """A content with, in each row that was taken, `from`: the round, its coverage, rows and versions below.

    `rewritten` where the row says something else than what was taken.
    """
    found = origins(report)
    if not found:
        return content
    names = ("rows", "money", "obstacles")
    return content | {name: [_row(row, found.get(row["key"])) for row in content[name]] for name in names}


def _row(row: Content, origin: Origin | None) -> Content:
    if origin is None:
        return row
    section = row["key"].partition("-")[0]
    names = [name for name in CELLS[section] if name != "kind"]
    is_rewritten = any((row.get(name) or "") != (origin.said.get(name) or "") for name in names)
    kept = {name: value for name, value in origin.content.items() if name not in {"said", "token"}}
    return row | {"from": kept | ({"rewritten": True} if is_rewritten else {})}


def taken_rows(content: Mapping[str, Any]) -> list[Content]:
    """The rows of a frozen report, of money and obstacles too, that were taken from a round below."""
    return [row for row in all_rows(content) if row.get("from")]


def sources(viewer: Viewer, rows: Iterable[Mapping[str, Any]]) -> dict[int, Source]:
    """The reports below from which rows of a frozen report were taken, of those that the viewer may read."""
    ids = {submission for row in rows for submission, _version, _key in row["from"]["rows"]}
    return registry.find(viewer, "reporting.submission", ids) if ids else {}
