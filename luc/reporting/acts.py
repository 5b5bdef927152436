"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

_AGENCY = {"clerk", "approver", "head"}
_FOCAL = {"officer", "focal_head"}
_FOLLOW = {"leader", "secretariat", "ministry_reader", "administrator"}

ACTS = [
    act("reporting.open", _("Mở kỳ báo cáo"), _FOCAL, "own"),
    act("reporting.write", _("Soạn báo cáo của đơn vị mình"), _AGENCY, "own"),
    act("reporting.submit", _("Gửi báo cáo của đơn vị mình"), _AGENCY, "own"),
    act("reporting.judge", _("Trả lại, chấp nhận báo cáo; khép kỳ báo cáo"), _FOCAL, "own"),
    act("reporting.view", _("Xem báo cáo đã gửi"), _AGENCY | _FOCAL | _FOLLOW),
    act("reporting.board", _("Xem bảng theo dõi và tổng hợp của kỳ báo cáo"), _FOCAL | _FOLLOW),
    act("reporting.paper", _("Lập dự thảo báo cáo tổng hợp (.docx)"), _FOCAL, "own"),
]
