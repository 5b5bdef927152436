"""What people do with reports: open a cycle, write, hand in, judge."""

from luc.reporting.actions.asking import ask_otherwise
from luc.reporting.actions.checking import check
from luc.reporting.actions.handing import submit
from luc.reporting.actions.judging import accept, answer_request, give_back, look, reopen
from luc.reporting.actions.opening import Choices, close_cycle, open_cycle
from luc.reporting.actions.presenting import confirm, pass_back, present, withdraw
from luc.reporting.actions.steering import (
    ask_to_correct,
    open_once_more,
    reopen_cycle,
    stand_in,
    take_back,
)
from luc.reporting.actions.writing import (
    Saved,
    add_evidence,
    nil_section,
    remove_evidence,
    save_draft,
    say_nil,
)

__all__ = [
    "Choices",
    "Saved",
    "accept",
    "add_evidence",
    "answer_request",
    "ask_otherwise",
    "ask_to_correct",
    "check",
    "close_cycle",
    "confirm",
    "give_back",
    "look",
    "nil_section",
    "open_cycle",
    "open_once_more",
    "pass_back",
    "present",
    "remove_evidence",
    "reopen",
    "reopen_cycle",
    "save_draft",
    "say_nil",
    "stand_in",
    "submit",
    "take_back",
    "withdraw",
]
