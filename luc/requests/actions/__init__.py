"""What people do with requests: draft and send, change what runs, answer, hand in, judge."""

from luc.requests.actions.asking import attach, begin, detach, drop, save, send
from luc.requests.actions.changing import add_addressees, close, correct_question, move_due
from luc.requests.actions.handing import submit
from luc.requests.actions.judging import accept, accept_all, give_back
from luc.requests.actions.writing import Saved, add_file, nil_rest, remove_file, save_reply

__all__ = [
    "Saved",
    "accept",
    "accept_all",
    "add_addressees",
    "add_file",
    "attach",
    "begin",
    "close",
    "correct_question",
    "detach",
    "drop",
    "give_back",
    "move_due",
    "nil_rest",
    "remove_file",
    "save",
    "save_reply",
    "send",
    "submit",
]
