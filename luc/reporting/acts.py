"""The rights of the room."""

from luc.kernel.rights import act

_AGENCY = {"clerk", "approver", "head"}
_FOCAL = {"officer", "focal_head"}
_FOLLOW = {"leader", "secretariat", "ministry_reader", "administrator"}

ACTS = [
    act("reporting.open", "Mở kỳ báo cáo", _FOCAL, "own"),
    act("reporting.write", "Soạn báo cáo của đơn vị mình", _AGENCY, "own"),
    act("reporting.submit", "Gửi báo cáo của đơn vị mình", _AGENCY, "own"),
    act("reporting.judge", "Trả lại, chấp nhận báo cáo; khép kỳ báo cáo", _FOCAL, "own"),
    act("reporting.view", "Xem báo cáo đã gửi", _AGENCY | _FOCAL | _FOLLOW),
    act("reporting.board", "Xem bảng theo dõi và tổng hợp của kỳ báo cáo", _FOCAL | _FOLLOW),
    act("reporting.paper", "Lập dự thảo báo cáo tổng hợp (.docx)", _FOCAL, "own"),
]
