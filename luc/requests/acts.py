"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

_AGENCY = {"clerk", "approver", "head"}
_FOCAL = {"officer", "focal_head"}
_FOLLOW = {"leader", "secretariat", "ministry_reader", "administrator"}

ACTS = [
    act("requests.ask", _("Soạn, gửi và điều chỉnh yêu cầu báo cáo đột xuất"), _FOCAL, "own"),
    act("requests.answer", _("Trả lời yêu cầu báo cáo đột xuất gửi đến đơn vị mình"), _AGENCY, "own"),
    act(
        "requests.approve",
        _("Xác nhận và gửi, hoặc chuyển lại câu trả lời được trình ở đơn vị mình"),
        {"approver", "head"},
        "own",
    ),
    act("requests.judge", _("Chấp nhận, trả lại, mở lại câu trả lời; khép, mở lại yêu cầu"), _FOCAL, "own"),
    act("requests.view", _("Xem yêu cầu báo cáo đột xuất và câu trả lời đã gửi"), _AGENCY | _FOCAL | _FOLLOW),
    act("requests.results", _("Xem kết quả của yêu cầu báo cáo đột xuất"), _FOCAL | _FOLLOW),
]
