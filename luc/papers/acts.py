"""The rights of the room."""

from luc.kernel.rights import SIGNED_IN, act

ACTS = [
    act("papers.view", "Tải tệp đã lưu của tỉnh mình", {SIGNED_IN}),
    act("papers.legal", "Xem danh mục văn bản pháp lý", {SIGNED_IN}, "any"),
]
