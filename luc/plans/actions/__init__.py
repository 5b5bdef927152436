"""What people do with plans: bring a paper, correct what was read of it, say who is meant, adopt it."""

from luc.plans.actions.adopt import NotReady, adopt, discard
from luc.plans.actions.choose import (
    accept_suggestions,
    choose_covered,
    choose_frame,
    choose_meaning,
    choose_party,
    create_missing,
    create_party,
    report_through_focal,
)
from luc.plans.actions.correct import add, correct, drop, restore
from luc.plans.actions.upload import upload

__all__ = [
    "NotReady",
    "accept_suggestions",
    "add",
    "adopt",
    "choose_covered",
    "choose_frame",
    "choose_meaning",
    "choose_party",
    "correct",
    "create_missing",
    "create_party",
    "discard",
    "drop",
    "report_through_focal",
    "restore",
    "upload",
]
