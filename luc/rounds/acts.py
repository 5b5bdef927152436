"""The rights of the room: who answers, who collects, who follows."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

ACTS = [
    act("rounds.answer", _("Xem nghĩa vụ báo cáo của đơn vị mình"), {"clerk", "approver", "head"}, "own"),
    act("rounds.collect", _("Xem các kỳ báo cáo do đơn vị mình tổng hợp"), {"officer", "focal_head"}, "own"),
    act(
        "rounds.follow",
        _("Theo dõi các kỳ báo cáo của tỉnh, thành phố"),
        {"leader", "secretariat", "ministry_reader", "administrator"},
    ),
    act(
        "rounds.unaccepted",
        _("Xem cả báo cáo chưa được chấp nhận và dự thảo báo cáo tổng hợp"),
        {"leader", "secretariat", "administrator"},
    ),
]
