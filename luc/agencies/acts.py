"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import EVERYBODY, SIGNED_IN, act

ACTS = [
    act("agencies.view", _("Xem danh sách cơ quan, đơn vị của tỉnh mình"), {SIGNED_IN}),
    act("agencies.manage", _("Thêm, sửa, kết thúc cơ quan, đơn vị và nhóm"), {"administrator"}),
    act(
        "agencies.add_named",
        _("Thêm đơn vị mà văn bản đang rà soát nhắc tên (trừ UBND cấp tỉnh)"),
        {"officer", "focal_head"},
    ),
    act(
        "agencies.see_people",
        _("Xem người và vai trò: của đơn vị mình, hoặc của cả tỉnh với người quản trị"),
        {"administrator", "head", "focal_head"},
    ),
    act("agencies.people", _("Mời và kết thúc vai trò của mọi người trong tỉnh"), {"administrator"}),
    act(
        "agencies.own_people",
        _("Mời và kết thúc vai trò của người trong đơn vị mình"),
        {"head", "focal_head"},
        "own",
    ),
    act(
        "agencies.delegate",
        _("Ủy quyền cho người khác thay mặt ở đơn vị mình trong một thời gian"),
        {"head", "focal_head"},
        "own",
    ),
    act(
        "agencies.approvals",
        _("Quy định báo cáo có phải duyệt trước khi gửi không, của mọi đơn vị"),
        {"administrator"},
    ),
    act(
        "agencies.own_approval",
        _("Quy định báo cáo của đơn vị mình có phải duyệt trước khi gửi không"),
        {"head", "focal_head"},
        "own",
    ),
    act(
        "agencies.accounts",
        _("Khóa, mở tài khoản; cấp đường dẫn đặt lại mật khẩu; bỏ bước đăng nhập thứ hai"),
        {"administrator"},
    ),
    act("agencies.accept", _("Nhận lời mời bằng đường dẫn một lần"), {EVERYBODY}, "any"),
    act("agencies.myself", _("Xem các vai trò của mình"), {SIGNED_IN}, "any"),
]
