"""What people do with papers on their way out."""

from luc.issuing.actions.at_once import start_paper
from luc.issuing.actions.commenting import comment, resolve
from luc.issuing.actions.drafting import drop, start
from luc.issuing.actions.editing import (
    WRITTEN,
    add_block,
    bind_figure,
    confirm_figure,
    move_block,
    remove_block,
    save_block,
    save_head,
)
from luc.issuing.actions.files import start_file
from luc.issuing.actions.opinions import ask, give, settle, write_opinions
from luc.issuing.actions.outlining import reset_outline, save_outline
from luc.issuing.actions.refreshing import refresh
from luc.issuing.actions.versions import keep

__all__ = [
    "WRITTEN",
    "add_block",
    "ask",
    "bind_figure",
    "comment",
    "confirm_figure",
    "drop",
    "give",
    "keep",
    "move_block",
    "refresh",
    "remove_block",
    "reset_outline",
    "resolve",
    "save_block",
    "save_head",
    "save_outline",
    "settle",
    "start",
    "start_file",
    "start_paper",
    "write_opinions",
]
