"""What a plan is, and the reading it comes from."""

from luc.plans.models.amendment import Amendment, AmendmentItem
from luc.plans.models.plan import Plan, PlanRelation, Programme, Regime, RegimeParty
from luc.plans.models.reading import Match, Reading
from luc.plans.models.receiving import Expectation, Receipt
from luc.plans.models.withdrawal import ProgressWithdrawal
from luc.plans.models.work import Duty, Part, Progress, Target, Task, TaskGroup

__all__ = [
    "Amendment",
    "AmendmentItem",
    "Duty",
    "Expectation",
    "Match",
    "Part",
    "Plan",
    "PlanRelation",
    "Programme",
    "Progress",
    "ProgressWithdrawal",
    "Reading",
    "Receipt",
    "Regime",
    "RegimeParty",
    "Target",
    "Task",
    "TaskGroup",
]
