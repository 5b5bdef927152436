"""What people do with plans: bring a paper, correct what was read of it, say who is meant, adopt it."""

from luc.plans.actions.adopt import NotReady, adopt, discard
from luc.plans.actions.amend import apply
from luc.plans.actions.checking import check
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
from luc.plans.actions.receiving import acknowledge, expect
from luc.plans.actions.rectify import rectify
from luc.plans.actions.relate import decide, pair, place, relate
from luc.plans.actions.succeed import succeed
from luc.plans.actions.upload import upload

__all__ = [
    "NotReady",
    "accept_suggestions",
    "acknowledge",
    "add",
    "adopt",
    "apply",
    "check",
    "choose_covered",
    "choose_frame",
    "choose_meaning",
    "choose_party",
    "correct",
    "create_missing",
    "create_party",
    "decide",
    "discard",
    "drop",
    "expect",
    "pair",
    "place",
    "rectify",
    "relate",
    "report_through_focal",
    "restore",
    "succeed",
    "upload",
]
