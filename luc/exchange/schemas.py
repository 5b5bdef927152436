"""What the API says, field by field. Words for readers are Vietnamese here, in English on the English page."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

MOST, USUAL = 200, 50  # entries of one answer
_LAST = 2**62  # no mark of a database is higher


class Part(Schema):
    """Which part of a long list."""

    after: int = Field(0, ge=0, le=_LAST, description=_("Dấu của phần trước, lấy từ next"))
    limit: int = Field(USUAL, ge=1, le=MOST, description=_("Số mục của một phần"))


class Problem(Schema):
    """A fault (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str = Field(description=_("Mã lỗi cho chương trình, không đổi"))
    detail: str
    errors: list[dict[str, str]] = Field([], description=_("Từng tham số sai: field, message"))


class Named(Schema):
    """Something with a code and a name."""

    code: str
    name: str


class Axis(Named):
    """A field or a kind, with how much stands there."""

    name_en: str
    source: str = Field(description=_("Nguồn của phân loại"))


class Entry(Schema):
    """What enterprises and offers share."""

    id: int
    name: str
    about: str
    is_invented: bool = Field(description=_("Mục bịa của bản trình diễn, không phải doanh nghiệp thật"))
    changed_at: datetime | None = Field(description=_("Lần cuối nội dung công khai thay đổi"))
    page: str = Field(description=_("Trang cho người đọc"))


class Enterprise(Entry):
    """A public enterprise; no contact of a person, no code of a household."""

    short: str
    name_en: str
    tax_code: str = Field(description=_("Mã số thuế; để trống với hộ kinh doanh"))
    size: str = Field(description=_("Quy mô: micro, small, medium, large; có thể trống"))
    vsic: str = Field(description=_("Mã ngành chính theo VSIC 2025"))
    founded: int | None
    website: str
    markets: list[str]
    certificates: list[str]
    street: str
    commune: Named | None
    province: Named | None
    park: str = Field(description=_("Khu, cụm công nghiệp"))
    latitude: float | None
    longitude: float | None


class Item(Schema):
    """An item of an official list."""

    id: int
    list: str = Field(description=_("Tên danh mục"))
    number: str
    name: str
    in_force: bool = Field(description=_("Bản danh mục mới nhất còn mục này không"))


class Offer(Entry):
    """A public offer of a public enterprise."""

    enterprise: int = Field(description=_("Mã của doanh nghiệp trong danh bạ"))
    enterprise_name: str
    field: str = Field(description=_("Mã lĩnh vực"))
    kind: str = Field(description=_("Mã loại"))
    capacity: float | None
    capacity_unit: str
    hs_code: str
    standards: list[str]
    references: list[str]
    ecolabel: str
    ecolabel_until: date | None = Field(description=_("Ngày nhãn hết hiệu lực"))
    item: Item | None = Field(description=_("Mục trong danh mục nhà nước"))


class Told(Schema):
    """Whose word a field of an entry is, and of which day."""

    field: str
    text: str = Field(description=_("Nội dung bằng chữ"))
    source: str = Field(description=_("Ai nói"))
    on: date | None = Field(description=_("Nói ngày nào"))


class EnterpriseTold(Enterprise):
    """An enterprise with the source of each field and the ids of its offers."""

    told: list[Told] = Field(description=_("Nguồn và ngày của từng trường"))
    offers: list[int] = Field(description=_("Mã hàng hóa, dịch vụ của doanh nghiệp"))


class OfferTold(Offer):
    """An offer with the source of each field."""

    told: list[Told] = Field(description=_("Nguồn và ngày của từng trường"))


class EnterprisePage(Schema):
    """Some enterprises, and where it goes on."""

    items: list[Enterprise]
    next: str | None = Field(description=_("Địa chỉ của phần tiếp theo; null khi đã hết"))


class OfferPage(Schema):
    """Some offers, and where it goes on."""

    items: list[Offer]
    next: str | None = Field(description=_("Địa chỉ của phần tiếp theo; null khi đã hết"))
