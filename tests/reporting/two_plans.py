"""Two plans with one collector and one due day: the second shares some work with the first, in its own words."""

from __future__ import annotations

from luc.kernel.writing import writing
from luc.plans.models import Plan, Regime, Target, Task
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
