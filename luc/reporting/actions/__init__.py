"""What people do with reports: open a cycle, write, hand in, judge, make the paper."""

from luc.reporting.actions.handing import submit
from luc.reporting.actions.judging import accept, give_back
from luc.reporting.actions.opening import close_cycle, open_cycle
from luc.reporting.actions.writing import Saved, add_evidence, nil_section, remove_evidence, save_draft

__all__ = [
    "Saved",
    "accept",
    "add_evidence",
    "close_cycle",
    "give_back",
    "nil_section",
    "open_cycle",
    "remove_evidence",
    "save_draft",
    "submit",
]
