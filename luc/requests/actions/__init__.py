"""What people do with requests: draft and send, change what runs, answer, hand in, judge."""

from luc.requests.actions.asking import attach, begin, detach, drop, save, send
from luc.requests.actions.changing import (
    add_addressees,
    close,
    correct_question,
    move_due,
    reopen_request,
)
from luc.requests.actions.handing import confirm, pass_back, present, submit, withdraw
from luc.requests.actions.judging import (
    accept,
    accept_all,
    answer_request,
    ask_to_correct,
    give_back,
    look,
    reopen,
    take_back,
)
from luc.requests.actions.writing import Saved, add_file, nil_rest, remove_file, save_reply

__all__ = [
    "Saved",
    "accept",
    "accept_all",
    "add_addressees",
    "add_file",
    "answer_request",
    "ask_to_correct",
    "attach",
    "begin",
    "close",
    "confirm",
    "correct_question",
    "detach",
    "drop",
    "give_back",
    "look",
    "move_due",
    "nil_rest",
    "pass_back",
    "present",
    "remove_file",
    "reopen",
    "reopen_request",
    "save",
    "save_reply",
    "send",
    "submit",
    "take_back",
    "withdraw",
]
