"""The rights of the room."""

from django.utils.translation import gettext_lazy as _

from luc.kernel.rights import act

AGENCY = {"clerk", "approver", "head"}
FOCAL = {"officer", "focal_head"}
LEADERS = {"leader", "secretariat"}

ACTS = [
    act(
        "threads.view",
        _("Xem vướng mắc, kiến nghị, câu hỏi của đơn vị mình hoặc gửi đến mình"),
        AGENCY | FOCAL | LEADERS,
    ),
    act(
        "threads.raise", _("Nêu vướng mắc, kiến nghị, câu hỏi về kế hoạch vào bất cứ ngày nào"), AGENCY, "own"
    ),
    act(
        "threads.answer",
        _("Trả lời, chuyển lãnh đạo các vướng mắc, câu hỏi của kế hoạch mình làm đầu mối"),
        FOCAL,
        "own",
    ),
    act("threads.decide", _("Cho ý kiến về vướng mắc, kiến nghị được chuyển lên"), LEADERS),
]
