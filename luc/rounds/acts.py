"""The rights of the room: who answers, who collects, who follows."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import EVERYBODY, SIGNED_IN, act

ACTS = [
    act("rounds.answer", _("Xem nghĩa vụ báo cáo của đơn vị mình"), {"clerk", "approver", "head"}, "own"),
    act("rounds.collect", _("Xem các kỳ báo cáo do đơn vị mình tổng hợp"), {"officer", "focal_head"}, "own"),
    act(
        "rounds.follow",
        _("Theo dõi các kỳ báo cáo của tỉnh, thành phố"),
        {"leader", "secretariat", "ministry_reader", "administrator"},
    ),
    act(
        "rounds.board",
        _("Xem các kỳ trên bản đồ và việc giữ hạn qua các kỳ"),
        {"officer", "focal_head", "leader", "secretariat", "ministry_reader", "administrator"},
    ),
    act(
        "rounds.unaccepted",
        _("Xem cả báo cáo chưa được chấp nhận và dự thảo báo cáo tổng hợp"),
        {"leader", "secretariat", "administrator"},
    ),
    act(
        "rounds.remind",
        _("Nhắc các đơn vị, xem đã nhắc ai, đặt lịch nhắc của kỳ do đơn vị mình tổng hợp"),
        {"officer", "focal_head"},
        "own",
    ),
    act(
        "rounds.reminder_policy",
        _("Đặt lịch nhắc chung của tỉnh"),
        {"officer", "focal_head", "administrator"},
    ),
    act(
        "rounds.bounces",
        _("Xem ai không nhận được thư nhắc, vì sao"),
        {"officer", "focal_head", "administrator"},
    ),
    act("rounds.see_calendar", _("Xem lịch làm việc: ngày nghỉ, giờ gửi thư"), {SIGNED_IN}),
    act("rounds.calendar", _("Sửa lịch làm việc: ngày nghỉ, ngày làm bù, giờ gửi thư"), {"administrator"}),
    act(
        "rounds.own_reminders", _("Xem lời nhắc, chọn cách nhận nhắc, lịch hạn của mình"), {SIGNED_IN}, "any"
    ),
    act("rounds.feed", _("Đọc lịch hạn báo cáo bằng địa chỉ riêng"), {EVERYBODY}, "any"),
]
