"""The rights of the room."""

from luc.kernel.rights import SIGNED_IN, act

ACTS = [
    act("territory.view", "Tra cứu đơn vị hành chính", {SIGNED_IN}, "any"),
]
