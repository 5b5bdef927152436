"""What is asked of plans and of the readings they come from."""

from luc.plans.queries.amendments import amendment_items, amendments, told_of
from luc.plans.queries.levels import TargetRow, target_parts, target_rows, told_rows
from luc.plans.queries.plans import (
    all_parties,
    duties,
    duties_of,
    parts_in,
    parts_of,
    plans,
    regimes,
    targets,
    targets_of,
    tasks,
)
from luc.plans.queries.readings import Review, readings, review
from luc.plans.queries.states import (
    Filters,
    Share,
    TaskRow,
    narrowed,
    progress_of,
    shares,
    task_rows,
    totals,
    with_states,
)

__all__ = [
    "Filters",
    "Review",
    "Share",
    "TargetRow",
    "TaskRow",
    "all_parties",
    "amendment_items",
    "amendments",
    "duties",
    "duties_of",
    "narrowed",
    "parts_in",
    "parts_of",
    "plans",
    "progress_of",
    "readings",
    "regimes",
    "review",
    "shares",
    "target_parts",
    "target_rows",
    "targets",
    "targets_of",
    "task_rows",
    "tasks",
    "told_of",
    "told_rows",
    "totals",
    "with_states",
]
