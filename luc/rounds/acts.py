"""The rights of the room: who answers, who collects, who follows."""

from luc.kernel.rights import act

ACTS = [
    act("rounds.answer", "Xem nghĩa vụ báo cáo của đơn vị mình", {"clerk", "approver", "head"}, "own"),
    act("rounds.collect", "Xem các kỳ báo cáo do đơn vị mình tổng hợp", {"officer", "focal_head"}, "own"),
    act(
        "rounds.follow",
        "Theo dõi các kỳ báo cáo của tỉnh, thành phố",
        {"leader", "secretariat", "ministry_reader", "administrator"},
    ),
]
