"""What the first page of a plan shows, put together from an edition (or from what would become one)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from luc.portal import rows
from luc.portal.changes import sentence
from luc.portal.reading import as_day

SHOWN = 8  # changes, deadlines on the first page; the others have pages of their own


def overview(content: Mapping[str, Any], changes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Plain values for the template `portal/plan_body.html`."""
    tasks, targets, units = rows.tasks(content), rows.targets(content), rows.units(content)
    told = [(one, sentence(one)) for one in changes[:SHOWN]]
    return {
        "head": content["plan"],
        "until": as_day(content["until"]),
        "whole": rows.whole(tasks),
        "shares": rows.shares(content, tasks),
        "targets": targets,
        "reached": sum(row.state == "reached" for row in targets),
        "deadlines": [one for one in rows.deadlines(tasks, targets) if one.day],
        "changes": told,
        "more_changes": len(changes) - len(told),
        "reports": [(row, as_day(row["date"])) for row in content["reports"]],
        "units": rows.unit_shares(units),
        "unit_count": len(units),
    }
