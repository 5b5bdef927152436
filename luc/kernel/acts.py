"""The rights of the ground floor."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import EVERYBODY, SIGNED_IN, act

ACTS = [
    act("kernel.look", _("Xem các trang chung: giao diện mẫu, khả năng tiếp cận"), {EVERYBODY}, "any"),
    act("kernel.rights", _("Xem bảng quyền"), {SIGNED_IN}, "any"),
    act("kernel.health", _("Hỏi hệ thống có đang chạy tốt không (cho máy giám sát)"), {EVERYBODY}, "any"),
    act("kernel.outbox", _("Xem hộp thư đi (chỉ ở bản trình diễn)"), {EVERYBODY}, "any"),
    act("account.password", _("Đổi mật khẩu của mình"), {EVERYBODY}, "any"),
    act("account.held", _("Gửi lại nội dung đã nhập khi hết phiên làm việc"), {SIGNED_IN}, "any"),
    act("jobs.steer", _("Dừng, chạy lại việc của mình"), {SIGNED_IN}),
    act("jobs.all", _("Xem mọi việc đang chạy của đơn vị quản trị"), {"administrator"}),
    act("history.view", _("Xem nhật ký thay đổi"), {"administrator"}),
]
