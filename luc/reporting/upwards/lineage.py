"""Where the answers of a report were taken from: shown beside the draft, frozen with what is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from luc.agencies.models import Party
from luc.kernel import registry
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.reporting.content import Content
from luc.reporting.models import Report
from luc.reporting.upwards.models import Origin

_CELLS = ("state", "value", "result")


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
    return content | {"rows": [_row(row, found.get(row["key"])) for row in content["rows"]]}


def _row(row: Content, origin: Origin | None) -> Content:
    if origin is None:
        return row
    is_rewritten = any((row.get(name) or "") != (origin.said.get(name) or "") for name in _CELLS)
    kept = {name: value for name, value in origin.content.items() if name != "said"}
    return row | {"from": kept | ({"rewritten": True} if is_rewritten else {})}


def taken_rows(content: Mapping[str, Any]) -> list[Content]:
    """The rows of a frozen report that were taken from a round below."""
    return [row for row in content["rows"] if row.get("from")]


def sources(viewer: Viewer, rows: Iterable[Mapping[str, Any]]) -> dict[int, Source]:
    """The reports below from which rows of a frozen report were taken, of those that the viewer may read."""
    ids = {submission for row in rows for submission, _version, _key in row["from"]["rows"]}
    return registry.find(viewer, "reporting.submission", ids) if ids else {}
