"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

_AGENCY = {"clerk", "approver", "head"}
_FOCAL = {"officer", "focal_head"}
_FOLLOW = {"leader", "secretariat", "ministry_reader", "administrator"}

ACTS = [
    act("requests.ask", _("Soạn, gửi và điều chỉnh yêu cầu báo cáo đột xuất"), _FOCAL, "own"),
    act("requests.answer", _("Trả lời yêu cầu báo cáo đột xuất gửi đến đơn vị mình"), _AGENCY, "own"),
    act("requests.judge", _("Chấp nhận, trả lại câu trả lời; khép yêu cầu"), _FOCAL, "own"),
    act("requests.view", _("Xem yêu cầu báo cáo đột xuất và câu trả lời đã gửi"), _AGENCY | _FOCAL | _FOLLOW),
    act("requests.results", _("Xem kết quả của yêu cầu báo cáo đột xuất"), _FOCAL | _FOLLOW),
]
