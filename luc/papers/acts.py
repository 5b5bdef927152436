"""The rights of the room."""

from luc.kernel.rights import SIGNED_IN, act

ACTS = [
    act("papers.view", "Tải tệp mình đã đưa lên, và tệp gốc của kế hoạch mình được xem", {SIGNED_IN}),
    act("papers.legal", "Xem danh mục văn bản pháp lý", {SIGNED_IN}, "any"),
]
