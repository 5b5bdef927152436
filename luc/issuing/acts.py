"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

FOCAL = {"officer", "focal_head"}
LEADERS = {"leader", "secretariat"}
AGENCY = {"clerk", "approver", "head"}

ACTS = [
    act("issuing.view", _("Xem dự thảo báo cáo và các phiên bản"), FOCAL | LEADERS),
    act("issuing.follow", _("Xem mọi dự thảo của tỉnh"), LEADERS),
    act("issuing.draft", _("Soạn báo cáo, sửa đề cương, lấy lại số liệu, giữ phiên bản"), FOCAL, "own"),
    act("issuing.comment", _("Góp ý, trao đổi tại từng đoạn của dự thảo"), FOCAL | LEADERS),
    act("issuing.ask", _("Lấy ý kiến các đơn vị về một phiên bản; tiếp thu, giải trình"), FOCAL, "own"),
    act("issuing.give", _("Cho ý kiến về dự thảo được gửi lấy ý kiến"), AGENCY, "own"),
]
