"""Units of measure: what is counted takes whole numbers, a share lies between 0 and 100 %."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.figures.numbers import parse, show
from luc.kernel.errors import Refused

# the first words of units that count whole things; every other unit measures
_COUNTED = """
buổi; bài; bể; bệnh viện; bộ; ca; chi nhánh; chiếc; chuyên gia; chuyến; chủ thể; cuộc; cái; cán bộ;
cây; công nghệ; công trình; công ty; cơ quan; cơ sở; cụm; cụm công nghiệp; cửa hàng; doanh nghiệp;
dây chuyền; dịch vụ; dự án; gian hàng; giải pháp; giấy phép; giống; hoạt động; hệ thống; học sinh;
học viên; hồ sơ; hộ; hộ gia đình; hộ kinh doanh; hội chợ; hội nghị; hội thảo; hợp tác xã; hợp đồng;
khu; khu công nghiệp; khóa; kỹ sư; lao động; làng nghề; lượt; lượt người; lớp; máy; mô hình; mũi; mẫu;
ngành; người; nhiệm vụ; nhà; nhà máy; nhân lực; nhãn; nhóm; phòng; phương tiện; phường; quy chuẩn;
quy trình; quyết định; sinh viên; sáng chế; sáng kiến; sản phẩm; sự kiện; thiết bị; thành viên; thôn;
thông số; tin; tiêu chuẩn; trung tâm; trường; trường học; trạm; tuyến; tòa nhà; tập đoàn; tổ; tổ chức;
tờ; văn bản; vườn ươm; vị trí; vụ; xe; xã; xưởng; ý tưởng; đoàn; đô thị; đơn vị; đề tài; đề án; đợt
"""
COUNTED = frozenset(" ".join(unit.split()) for unit in _COUNTED.split(";"))
_TIMES = frozenset({"năm", "quý", "tháng", "tuần", "ngày"})
SHARES = frozenset({"%", "phần trăm"})


def _plain(unit: str) -> str:
    return " ".join(unit.casefold().split())


def is_counted(unit: str) -> bool:
    """Whether a unit counts whole things: "doanh nghiệp", "lượt người/năm"; a density ("người/km2") does not."""
    what, slash, per = _plain(unit).partition("/")
    if slash and per.strip() not in _TIMES:
        return False
    words = what.split()
    return any(" ".join(words[:length]).strip(",") in COUNTED for length in range(1, len(words) + 1))


def is_share(unit: str) -> bool:
    """Whether a unit is a share of a whole."""
    return _plain(unit) in SHARES


def must_fit(value: Decimal, unit: str) -> Decimal:
    """The value, when its unit can have it. Raises Refused: a part of what is counted in wholes, or fewer than none."""
    if is_counted(unit) and (value != value.to_integral_value() or value < 0):
        raise Refused(_("Số %(unit)s phải là số nguyên, không âm.") % {"unit": unit})
    return value


MONEY = {
    "đồng": 1,
    "nghìn đồng": 10**3,
    "ngàn đồng": 10**3,
    "triệu đồng": 10**6,
    "triệu": 10**6,
    "tỷ đồng": 10**9,
    "tỉ đồng": 10**9,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
_WITH_MONEY = re.compile(
    rf"(?P<number>[-+]?[0-9][0-9., ]*?)\s*(?P<unit>{'|'.join(sorted(MONEY, key=len, reverse=True))})"
)


def read(text: str, unit: str) -> Decimal:
    """The value of what a person typed into a cell of a unit.

    Raises Refused as `numbers.parse` and `must_fit`; also for an amount in another unit of money, with what it may be.
    """
    found = _WITH_MONEY.fullmatch(" ".join(text.casefold().split()))
    own = MONEY.get(_plain(unit))
    if found is None or own is None:
        return must_fit(parse(text, unit), unit)
    value = parse(found["number"])
    if MONEY[found["unit"]] != own:
        words = _("«%(text)s» là %(value)s %(unit)s phải không? Ô này tính bằng %(unit)s: hãy ghi lại số.")
        meant = value * MONEY[found["unit"]] / own
        raise Refused(words % {"text": text.strip(), "value": show(meant), "unit": unit})
    return must_fit(value, unit)
