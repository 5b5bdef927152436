"""The rights of the room. Readings belong to the tenant: the focal agency is only known when a plan is adopted."""

from django.utils.translation import gettext_lazy as _

from luc.agencies.models import OUTSIDE, Role
from luc.kernel.rights import Act, act

FOCAL = {Role.OFFICER.value, Role.FOCAL_HEAD.value}

ACTS: list[Act] = [
    act("plans.view", _("Xem kế hoạch, chỉ tiêu, nhiệm vụ, tiến độ"), set(Role.values) - OUTSIDE),
    act("plans.upload", _("Đưa văn bản kế hoạch lên"), FOCAL),
    act("plans.review", _("Rà soát, sửa nội dung máy đã đọc"), FOCAL),
    act("plans.adopt", _("Thông qua kế hoạch đã rà soát"), FOCAL),
    act("plans.succeed", _("Chép kế hoạch sang giai đoạn sau"), FOCAL),
    act("plans.amend", _("Áp dụng bản đã ký, văn bản sửa đổi; đính chính kế hoạch đã thông qua"), FOCAL),
    act(
        "plans.receive",
        _("Xác nhận đã nhận kế hoạch, cử người liên hệ; ghi kế hoạch năm của đơn vị mình"),
        {Role.CLERK.value, Role.APPROVER.value, Role.HEAD.value},
        "own",
    ),
    act(
        "plans.receipts",
        _("Xem đơn vị nào đã nhận kế hoạch và ai là người liên hệ"),
        FOCAL | {Role.LEADER.value, Role.SECRETARIAT.value, Role.ADMINISTRATOR.value},
    ),
    act("plans.discard", _("Bỏ một bản đang rà soát"), FOCAL),
]
