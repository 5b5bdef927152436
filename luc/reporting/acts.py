"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

_AGENCY = {"clerk", "approver", "head"}
_FOCAL = {"officer", "focal_head"}
_FOLLOW = {"leader", "secretariat", "ministry_reader", "administrator"}

ACTS = [
    act("reporting.open", _("Mở kỳ báo cáo"), _FOCAL, "own"),
    act("reporting.write", _("Soạn báo cáo của đơn vị mình"), _AGENCY, "own"),
    act(
        "reporting.submit",
        _("Trình duyệt, gửi, rút lại báo cáo của đơn vị mình; đề nghị cho sửa"),
        _AGENCY,
        "own",
    ),
    act(
        "reporting.approve",
        _("Xác nhận và gửi, hoặc chuyển lại báo cáo được trình ở đơn vị mình"),
        {"approver", "head"},
        "own",
    ),
    act(
        "reporting.judge",
        _(
            "Trả lại, chấp nhận, mở lại báo cáo; khép, mở lại kỳ báo cáo; cho gửi sau khi khép; cử đơn vị báo cáo thay"
        ),
        _FOCAL,
        "own",
    ),
    act(
        "reporting.enter",
        _("Nhập số liệu vào bảng chung, thay cho đơn vị chưa gửi, theo văn bản hoặc tệp của đơn vị"),
        _FOCAL,
        "own",
    ),
    act("reporting.view", _("Xem báo cáo đã gửi"), _AGENCY | _FOCAL | _FOLLOW),
    act("reporting.board", _("Xem bảng theo dõi và tổng hợp của kỳ báo cáo"), _FOCAL | _FOLLOW),
]
