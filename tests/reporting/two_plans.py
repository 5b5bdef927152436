"""Two plans with one collector and one due day: the second shares some work with the first, in its own words."""

from __future__ import annotations

from luc.kernel.writing import writing
from luc.plans.models import Part, Plan, Regime, Target, Task
from tests.cast import Side
from tests.plan import make_plan

# the same work in much the same words, for the task of this number in both plans
ALIKE = {
    1: (
        "Xây dựng cơ sở dữ liệu về chất thải rắn sinh hoạt",
        "Xây dựng cơ sở dữ liệu chất thải rắn sinh hoạt",
    ),
    2: ("Tập huấn kỹ thuật phân loại chất thải tại nguồn", "Tập huấn kỹ thuật phân loại chất thải tại nguồn"),
}
OWN = ("Kiểm tra khí thải lò hơi công nghiệp", "Phát triển thị trường xe điện công cộng")


def make_two(side: Side) -> tuple[Plan, Plan]:
    """Both plans ask the same parties; tasks 1 and 2 are alike, the others not; the first target is one figure."""
    first, second = make_plan(side, 3), make_plan(side, 3, number="16/KH-UBND")
    with writing():
        for order, texts in ALIKE.items():
            for plan, text in zip((first, second), texts, strict=True):
                Task.objects.filter(plan=plan, order=order).update(text=text)
        for plan, text in zip((first, second), OWN, strict=True):
            Task.objects.filter(plan=plan, order=3).update(text=text)
        indicator = Target.objects.get(plan=first, order=1).indicator
        Target.objects.filter(plan=second, order=1).update(indicator=indicator)
        second.duties.update(text="Nội dung riêng của kế hoạch thứ hai.")
    return first, second


def regimes(plans: tuple[Plan, Plan]) -> tuple[Regime, Regime]:
    one, other = plans
    return Regime.objects.get(plan=one), Regime.objects.get(plan=other)


_WORKS = (
    "Tuyên truyền, vận động Nhân dân",
    "Tập huấn kỹ thuật cho cán bộ, người dân",
    "Rà soát, thống kê số liệu",
    "Kiểm tra, nhắc nhở các cơ sở",
    "Xây dựng mô hình điểm",
    "Bố trí mặt bằng",
    "Phối hợp xử lý kiến nghị của Nhân dân",
    "Huy động nguồn lực xã hội",
)
_MATTERS = (
    "về phân loại chất thải rắn sinh hoạt tại nguồn",
    "về thu gom bao bì thuốc bảo vệ thực vật sau sử dụng",
    "về tiết kiệm điện và chiếu sáng công cộng hiệu suất cao",
    "về xử lý nước thải sinh hoạt ở khu dân cư tập trung",
    "về giảm túi ni lông, đồ nhựa dùng một lần tại chợ",
)


def make_large(side: Side) -> tuple[Plan, Plan]:
    """A plan in which communes work along in 40 tasks, and a second one that shares some of the 12 of its own."""
    texts = [f"{work} {matter}" for matter in _MATTERS for work in _WORKS]
    first, second = make_plan(side, 40), make_plan(side, 12, number="16/KH-UBND")
    with writing():
        _reword(first, texts)
        others = [
            f"Thực hiện tăng trưởng xanh: chuyển đổi {n} phương tiện, nhà máy, tòa nhà" for n in range(8)
        ]
        _reword(second, [*texts[:4], *others])
        Part.objects.filter(task__plan__in=[first, second], role="coordinate").update(
            party=side.parties["communes"]
        )
        Plan.objects.filter(pk=second.pk).update(title="Tăng trưởng xanh giai đoạn 2026 - 2030")
    return first, second


def _reword(plan: Plan, texts: list[str]) -> None:
    for task, text in zip(plan.tasks.order_by("order"), texts, strict=True):
        Task.objects.filter(pk=task.pk).update(text=text)
