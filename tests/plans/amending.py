"""The invented plan as a draft, its signed paper, and a paper that amends it."""

from __future__ import annotations

from luc.plans import actions, queries
from luc.plans.models import Plan, Reading
from luc.plans.queries.comparison import Comparison, compared, hindrances
from tests.cast import Side
from tests.plans.papers import PLAN
from tests.plans.test_reading import read

DRAFT = PLAN.replace("Số: 31/KH-UBND", "Số:      /KH-UBND").replace("ngày 12 tháng 3", "ngày    tháng    ")
SIGNED = (
    PLAN.replace("đạt ít nhất 35%", "đạt ít nhất 40%")
    .replace("| UBND các xã, phường | Hàng năm |", "| UBND các xã, phường | Năm 2027 |")
    .replace(
        "| 2026 - 2028 |\n",
        "| 2026 - 2028 |\n| 4 | Thí điểm thu gom dầu ăn thải tại chợ | Sở Công Thương | | 2027 |\n",
    )
)
AMENDMENT = """ỦY BAN NHÂN DÂN
THÀNH PHỐ CẦN THƠ
Số: 77/KH-UBND

Cần Thơ, ngày 15 tháng 9 năm 2026

KẾ HOẠCH
Sửa đổi, bổ sung một số nội dung của Kế hoạch số 31/KH-UBND ngày 12 tháng 3 năm 2026

Căn cứ Kế hoạch số 31/KH-UBND ngày 12 tháng 3 năm 2026;

Ủy ban nhân dân thành phố sửa đổi, bổ sung một số nội dung như sau:

1. Sửa đổi thời gian thực hiện nhiệm vụ số 1 tại Phụ lục từ “Năm 2026” thành “Năm 2027”.

2. Bổ sung nhiệm vụ số 4 vào Phụ lục như sau: “4. Thí điểm thu gom dầu ăn thải tại chợ; \
cơ quan chủ trì: Sở Công Thương; thời gian thực hiện: năm 2027”.

3. Bãi bỏ nhiệm vụ số 2 tại Phụ lục.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Mẫu
"""


def adopted(side: Side, text: str = PLAN) -> Plan:
    """A paper, every proposal accepted, adopted as a plan of its own."""
    reading, viewer = read(side, text), side.viewer("officer")
    if reading.relation["plan"]:
        actions.relate(viewer, reading.pk, kind="")
    actions.accept_suggestions(viewer, reading.pk)
    return actions.adopt(viewer, reading.pk)


def set_against(side: Side, text: str) -> tuple[Reading, Comparison]:
    """A paper that the machine proposes for a plan, accepted as such, with its names settled."""
    reading, viewer = read(side, text), side.viewer("officer")
    said = reading.relation
    actions.relate(viewer, reading.pk, kind=said["kind"], plan=said["plan"], scope=said["scope"])
    seen = queries.review(viewer, reading.pk)
    if any(seen.meant(name) is None for name in seen.names):
        actions.create_missing(viewer, reading.pk)
    actions.accept_suggestions(viewer, reading.pk)
    return reading, compared(viewer, reading.pk)


def accept_all(side: Side, reading: Reading) -> Comparison:
    """Every difference accepted; nothing is left in the way."""
    viewer = side.viewer("officer")
    found = compared(viewer, reading.pk)
    actions.decide(viewer, reading.pk, keys=[one.key for one in found.changes], accept=True)
    found = compared(viewer, reading.pk)
    assert hindrances(found) == []
    return found
