"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import EVERYBODY, act

ACTS = [
    act("desk.home", _("Xem trang việc của tôi"), {EVERYBODY}, "any"),
    act(
        "desk.brief",
        _("Xem trang tóm tắt cho lãnh đạo: việc chờ ý kiến, đơn vị chậm, chỉ tiêu"),
        {"leader", "secretariat", "officer", "focal_head"},
    ),
]
