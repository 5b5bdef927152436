"""The registry as tables to take along: what its pages show, no contact of a person, no code of a household."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from luc.industry import queries as industry
from luc.industry.models import Enterprise, Field, Kind, Offer
from luc.industry.tax import is_household
from luc.portal.registry import queries
from luc.portal.tables import Table, Value

E = TypeVar("E", Enterprise, Offer)
_MOST = 20_000  # rows of a file; the API gives the rest page by page


def enterprises(ids: Collection[int] | None = None) -> Table:
    """Every public enterprise, or some of them."""
    columns = [
        ("id", _("Mã")),
        ("name", _("Tên doanh nghiệp")),
        ("tax_code", _("Mã số thuế")),
        ("size", _("Quy mô")),
        ("vsic", _("Ngành chính (VSIC 2025)")),
        ("street", _("Địa chỉ")),
        ("unit", _("Xã, phường, đặc khu")),
        ("province", _("Tỉnh, thành phố")),
        ("park", _("Khu, cụm công nghiệp")),
        ("latitude", _("Vĩ độ")),
        ("longitude", _("Kinh độ")),
        ("changed", _("Ngày cập nhật")),
    ]
    with scopes_disabled():
        rows: list[Sequence[Value]] = [
            (
                row.pk,
                row.name,
                "" if is_household(row.tax_code) else row.tax_code,
                row.size,
                row.branch,
                row.street,
                row.unit.full_name if row.unit else "",
                (province.full_name if (province := queries.province_of(row)) else ""),
                row.park.name if row.park else "",
                row.latitude,
                row.longitude,
                row.changed_at.date() if row.changed_at else None,
            )
            for row in _some(industry.public_enterprises(), ids)
        ]
    return Table("doanh-nghiep", _("Doanh nghiệp"), columns, rows)


def offers(ids: Collection[int] | None = None) -> Table:
    """Every public offer, or some of them."""
    columns = [
        ("id", _("Mã")),
        ("name", _("Tên hàng hóa, dịch vụ")),
        ("enterprise", _("Mã doanh nghiệp")),
        ("enterprise_name", _("Tên doanh nghiệp")),
        ("field", _("Lĩnh vực")),
        ("kind", _("Loại")),
        ("capacity", _("Năng lực cung cấp")),
        ("capacity_unit", _("Đơn vị tính")),
        ("hs_code", _("Mã HS")),
        ("item", _("Mục trong danh mục nhà nước")),
        ("standards", _("Tiêu chuẩn, quy chuẩn")),
        ("ecolabel", _("Nhãn sinh thái")),
        ("ecolabel_until", _("Nhãn hết hạn ngày")),
        ("changed", _("Ngày cập nhật")),
    ]
    with scopes_disabled():
        rows: list[Sequence[Value]] = [
            (
                row.pk,
                row.name,
                row.enterprise_id,
                row.enterprise.name,
                str(row.field),
                str(row.kind),
                row.capacity,
                row.capacity_unit,
                row.hs_code,
                str(row.item or ""),
                "; ".join(row.standards),
                row.ecolabel,
                row.ecolabel_until,
                row.changed_at.date() if row.changed_at else None,
            )
            for row in _some(industry.public_offers().select_related("item"), ids)
        ]
    return Table("hang-hoa", _("Hàng hóa, dịch vụ"), columns, rows)


def _some(rows: QuerySet[E], ids: Collection[int] | None) -> QuerySet[E]:
    return rows[:_MOST] if ids is None else rows.filter(pk__in=ids)


def _counted(name: str, title: str, what: str, found: Sequence[queries.Counted]) -> Table:
    columns = [
        ("code", _("Mã")),
        ("name", what),
        ("offers", _("Số hàng hóa, dịch vụ")),
        ("enterprises", _("Số doanh nghiệp")),
    ]
    return Table(name, title, columns, [(one.code, one.name, one.offers, one.enterprises) for one in found])


def fields() -> Table:
    """How many offers and enterprises there are in each field."""
    return _counted("linh-vuc", _("Theo lĩnh vực"), _("Lĩnh vực"), queries.by_axis(Field))


def kinds() -> Table:
    """How many there are of each kind."""
    return _counted("loai", _("Theo loại"), _("Loại"), queries.by_axis(Kind))


def provinces() -> Table:
    """How many lie in each province."""
    return _counted("tinh", _("Theo tỉnh, thành phố"), _("Tỉnh, thành phố"), queries.by_province()[0])


TABLES: Mapping[str, Callable[[], Table]] = {
    "doanh-nghiep": enterprises,
    "hang-hoa": offers,
    "linh-vuc": fields,
    "loai": kinds,
    "tinh": provinces,
}


def titles() -> list[tuple[str, str]]:
    """The names and titles of all tables."""
    return [
        ("doanh-nghiep", _("Doanh nghiệp")),
        ("hang-hoa", _("Hàng hóa, dịch vụ")),
        ("linh-vuc", _("Theo lĩnh vực")),
        ("loai", _("Theo loại")),
        ("tinh", _("Theo tỉnh, thành phố")),
    ]
