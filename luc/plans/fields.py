"""The sections of a reading and the fields of their items: one table for forms, history and comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from luc.plans.models import Regime, Target

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Kind = Literal["line", "text", "names", "lines", "number", "integer", "date", "choice", "flag", "group"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an item. `names` and `lines` are lists of words, one a line; `names` are bodies."""

    name: str
    label: StrOrPromise
    kind: Kind = "line"
    choices: tuple[tuple[str, StrOrPromise], ...] = ()
    required: bool = False
    limit: int = 0
    help: StrOrPromise = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a reading; `slug` is its word in addresses, `prefix` begins the keys of its items."""

    name: str
    slug: str
    title: StrOrPromise
    short: StrOrPromise
    one: StrOrPromise
    prefix: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


RECURRENCES = (
    ("", "-"),
    ("annual", _("hằng năm")),
    ("quarterly", _("hằng quý")),
    ("monthly", _("hằng tháng")),
    ("continuous", _("thường xuyên")),
    ("event", _("khi có sự việc")),
)
_ONE = _("Mỗi dòng một tên.")
_PARTIAL = _("Năm, tháng hoặc quý: 2026, 2026-05, 2026-Q2.")
_COMPARATORS = tuple(Target.Comparator.choices)
_FREQUENCIES = tuple(Regime.Frequency.choices)

HEADER = Section(
    "header",
    "dau-van-ban",
    _("Đầu văn bản"),
    _("Đầu văn bản"),
    _("phần đầu văn bản"),
    "dau",
    (
        Field("number", _("Số, ký hiệu"), limit=60),
        Field("date", _("Ngày văn bản"), "date"),
        Field("issuer", _("Cơ quan ban hành"), required=True, limit=250),
        Field("kind", _("Loại văn bản"), required=True, limit=60),
        Field("title", _("Trích yếu"), "text", required=True),
        Field("period", _("Giai đoạn")),
        Field("period_start", _("Từ năm"), "integer"),
        Field("period_end", _("Đến năm"), "integer"),
        Field("vision", _("Tầm nhìn đến năm"), "integer"),
        Field("signer_authority", _("Thẩm quyền ký")),
        Field("signer_title", _("Chức vụ người ký")),
        Field("signer_name", _("Người ký")),
        Field("recipients", _("Nơi nhận"), "lines", help=_ONE),
    ),
)
BASES = Section(
    "bases",
    "can-cu",
    _("Căn cứ"),
    _("Căn cứ"),
    _("căn cứ"),
    "can-cu",
    (
        Field("number", _("Số, ký hiệu"), limit=60),
        Field("name", _("Tên (khi không có số)"), "text"),
        Field("date", _("Ngày ban hành"), "date"),
    ),
)
TARGETS = Section(
    "targets",
    "chi-tieu",
    _("Chỉ tiêu"),
    _("Chỉ tiêu"),
    _("chỉ tiêu"),
    "chi-tieu",
    (
        Field("text", _("Lời văn"), "text", required=True),
        Field("subject", _("Đối tượng đo"), "text"),
        Field("comparator", _("So sánh"), "choice", _COMPARATORS, required=True),
        Field("value_min", _("Giá trị (thấp nhất)"), "number"),
        Field("value_max", _("Giá trị cao nhất"), "number"),
        Field("unit", _("Đơn vị tính"), limit=80),
        Field("year", _("Năm đích"), "integer"),
        Field("is_decrease", _("Là mức giảm"), "flag"),
        Field("baseline_year", _("So với năm"), "integer"),
    ),
)
_TASK_FIELDS = (
    Field("group", _("Nhóm nhiệm vụ"), "group"),
    Field("no", _("Số thứ tự"), limit=20),
    Field("text", _("Nội dung nhiệm vụ"), "text", required=True),
    Field("lead", _("Cơ quan chủ trì"), "names", help=_ONE),
    Field("coordinate", _("Cơ quan phối hợp"), "names", help=_ONE),
    Field("timeframe", _("Thời gian"), limit=300),
    Field("start", _("Bắt đầu"), limit=10, help=_PARTIAL),
    Field("end", _("Kết thúc"), limit=10, help=_PARTIAL),
    Field("recurrence", _("Lặp lại"), "choice", RECURRENCES),
    Field("output", _("Kết quả, sản phẩm"), "text"),
    Field("priority", _("Mức ưu tiên"), limit=60),
    Field("funding", _("Nguồn kinh phí"), limit=200),
    Field("note", _("Ghi chú"), "text"),
)
TASKS = Section("tasks", "nhiem-vu", _("Nhiệm vụ"), _("Nhiệm vụ"), _("nhiệm vụ"), "nhiem-vu", _TASK_FIELDS)
BODY = Section(
    "body",
    "than-van-ban",
    _("Nhiệm vụ ở thân văn bản"),
    _("Thân văn bản"),
    _("nhiệm vụ"),
    "noi-dung",
    _TASK_FIELDS,
)
DUTIES = Section(
    "duties",
    "to-chuc-thuc-hien",
    _("Tổ chức thực hiện"),
    _("Tổ chức"),
    _("trách nhiệm"),
    "trach-nhiem",
    (
        Field("agencies", _("Cơ quan"), "names", help=_ONE),
        Field("text", _("Nội dung"), "text", required=True),
    ),
)
REGIMES = Section(
    "regimes",
    "che-do-bao-cao",
    _("Chế độ báo cáo"),
    _("Báo cáo"),
    _("chế độ báo cáo"),
    "bao-cao",
    (
        Field("reporter", _("Ai báo cáo"), "text"),
        Field("reporters", _("Các cơ quan phải báo cáo"), "names", help=_ONE),
        Field("consolidator", _("Cơ quan tổng hợp")),
        Field("to", _("Báo cáo lên"), "lines", help=_ONE),
        Field("frequency", _("Kỳ báo cáo"), "choice", _FREQUENCIES, required=True),
        Field("deadline_day", _("Hạn: ngày"), "integer", limit=31),
        Field("deadline_month", _("Hạn: tháng"), "integer", limit=12),
        Field("includes_day", _("Tính cả ngày hạn (chậm nhất ngày …)"), "flag"),
        Field("also_on_request", _("Cả khi được yêu cầu đột xuất"), "flag"),
        Field("quote", _("Câu trong văn bản"), "text"),
    ),
)

SECTIONS = (HEADER, BASES, TARGETS, TASKS, BODY, DUTIES, REGIMES)
LISTS = SECTIONS[1:]
BY_NAME = {section.name: section for section in SECTIONS}
BY_SLUG = {section.slug: section for section in SECTIONS}


def empty_item(section: Section) -> dict[str, object]:
    """An item in which nothing is filled yet."""
    blank: dict[Kind, object] = {"names": [], "lines": [], "flag": False, "number": None, "integer": None}
    return {field.name: blank.get(field.kind, "") for field in section.fields}
