"""The rights of the ground floor."""

from luc.kernel.rights import EVERYBODY, SIGNED_IN, act

ACTS = [
    act("kernel.look", "Xem các trang chung: giao diện mẫu, khả năng tiếp cận", {EVERYBODY}, "any"),
    act("kernel.rights", "Xem bảng quyền", {SIGNED_IN}, "any"),
    act("kernel.outbox", "Xem hộp thư đi (chỉ ở bản trình diễn)", {EVERYBODY}, "any"),
    act("account.password", "Đổi mật khẩu của mình", {EVERYBODY}, "any"),
    act("jobs.steer", "Dừng, chạy lại việc của mình", {SIGNED_IN}),
    act("jobs.all", "Xem mọi việc đang chạy của đơn vị quản trị", {"administrator"}),
    act("history.view", "Xem nhật ký thay đổi", {"administrator"}),
]
