"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import EVERYBODY, act

FOCAL = {"officer", "focal_head"}

ACTS = [
    act("portal.read", _("Đọc các trang công khai, tải dữ liệu đã công bố"), {EVERYBODY}, "any"),
    act("portal.ask", _("Gửi câu hỏi về một kế hoạch đã công bố"), {EVERYBODY}, "any"),
    act("portal.publish", _("Công bố, gỡ trang công khai của kế hoạch mình làm đầu mối"), FOCAL, "own"),
    act("portal.answer", _("Trả lời câu hỏi của người dân về kế hoạch mình làm đầu mối"), FOCAL, "own"),
]
