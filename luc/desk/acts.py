"""The rights of the room."""

from luc.kernel.rights import EVERYBODY, act

ACTS = [act("desk.home", "Xem trang việc của tôi", {EVERYBODY}, "any")]
