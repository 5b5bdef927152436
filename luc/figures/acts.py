"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

ACTS = [
    act("figures.own", _("Xem số liệu của đơn vị mình"), {"clerk", "approver", "head"}, "own"),
    act(
        "figures.all",
        _("Xem mọi số liệu của tỉnh, thành phố"),
        {"officer", "focal_head", "leader", "secretariat", "ministry_reader", "administrator"},
    ),
    act(
        "figures.view",
        _("Hỏi một con số: ai báo cáo, khi nào, trước đó là bao nhiêu"),
        {
            "clerk",
            "approver",
            "head",
            "officer",
            "focal_head",
            "leader",
            "secretariat",
            "ministry_reader",
            "administrator",
        },
    ),
]
