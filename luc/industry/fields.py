"""What is said of an entry, field by field: its name on pages, whether it is needed, how its value reads and is set.

A value is plain JSON. Some fields are several columns: an address is street and commune, a capacity amount and unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from luc.figures.numbers import show
from luc.industry.models import Branch, CatalogueItem, Enterprise, Entry, Field, Kind, Offer, Park
from luc.industry.units import per_year
from luc.kernel.prepared import Prepared
from luc.kernel.time import today
from luc.territory.models import Unit

if TYPE_CHECKING:
    from luc.kernel.rights import Title

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its name in `Value`, its title, whether an entry cannot be public without it."""

    name: str
    title: Title
    needed: bool = False


ENTERPRISE = (
    Spec("name", lazy("Tên doanh nghiệp"), True),
    Spec("short", lazy("Tên viết tắt")),
    Spec("name_en", lazy("Tên tiếng Anh")),
    Spec("size", lazy("Quy mô")),
    Spec("branch", lazy("Ngành chính (VSIC 2025)")),
    Spec("founded", lazy("Năm thành lập")),
    Spec("address", lazy("Địa chỉ"), True),
    Spec("park", lazy("Khu, cụm công nghiệp")),
    Spec("point", lazy("Tọa độ")),
    Spec("about", lazy("Giới thiệu"), True),
    Spec("markets", lazy("Thị trường")),
    Spec("certificates", lazy("Chứng nhận")),
    Spec("website", lazy("Trang web")),
)
OFFER = (
    Spec("name", lazy("Tên hàng hóa, dịch vụ"), True),
    Spec("field", lazy("Lĩnh vực"), True),
    Spec("kind", lazy("Loại"), True),
    Spec("about", lazy("Mô tả"), True),
    Spec("capacity", lazy("Năng lực cung cấp")),
    Spec("standards", lazy("Tiêu chuẩn, quy chuẩn")),
    Spec("hs_code", lazy("Mã HS")),
    Spec("item", lazy("Mục trong danh mục nhà nước")),
    Spec("ecolabel", lazy("Nhãn sinh thái")),
    Spec("references", lazy("Công trình, khách hàng tiêu biểu")),
)
LISTS = frozenset({"markets", "certificates", "standards", "references"})


def specs_of(entry: Entry) -> tuple[Spec, ...]:
    """The fields of an entry of its kind."""
    return OFFER if isinstance(entry, Offer) else ENTERPRISE


def of_columns(entry: Entry) -> dict[str, Any]:
    """The values that the columns of an entry hold, those that are empty left out."""
    found: dict[str, Any] = {}
    for spec in specs_of(entry):
        value = _read(entry, spec.name)
        if value not in (None, "", []):
            found[spec.name] = value
    return found


def _read(entry: Entry, name: str) -> Any:
    if isinstance(entry, Offer):
        return _read_offer(entry, name)
    assert isinstance(entry, Enterprise)
    if name == "address":
        return {"street": entry.street, "unit": entry.unit_id} if entry.unit_id else None
    if name == "point":
        return [str(entry.latitude), str(entry.longitude)] if entry.latitude is not None else None
    return entry.park_id if name == "park" else getattr(entry, name)


def _read_offer(offer: Offer, name: str) -> Any:
    if name == "capacity":
        unit = offer.capacity_unit
        return (
            {"amount": str(offer.capacity.normalize()), "unit": unit} if offer.capacity is not None else None
        )
    if name == "ecolabel":
        until = offer.ecolabel_until
        return (
            {"name": offer.ecolabel, "until": until.isoformat() if until else ""} if offer.ecolabel else None
        )
    if name == "item":
        return offer.item_id
    if name in {"field", "kind"}:
        axis = getattr(offer, name)
        return axis.code if axis else None
    return getattr(offer, name)


def columns(name: str, value: Any, axes: Axes) -> dict[str, Any]:
    """The columns that a value of a field sets; None empties them. Raises Refused for an unknown unit of capacity."""
    if name == "address":
        return {"street": value["street"] if value else "", "unit_id": value["unit"] if value else None}
    if name == "point":
        lat, lon = map(Decimal, value) if value else (None, None)
        return {"latitude": lat, "longitude": lon}
    if name in {"park", "item"}:
        return {f"{name}_id": value}
    if name == "capacity":
        return _capacity(value)
    if name == "ecolabel":
        until = date.fromisoformat(value["until"]) if value and value["until"] else None
        return {"ecolabel": value["name"] if value else "", "ecolabel_until": until}
    if name in {"field", "kind"}:
        return {f"{name}_id": axes.of(name)[value].pk if value else None}
    if value is None:
        return {name: None if name == "founded" else [] if name in LISTS else ""}
    return {name: value}


def _capacity(value: Any) -> dict[str, Any]:
    if not value:
        return {"capacity": None, "capacity_unit": "", "yearly": None, "yearly_unit": ""}
    amount = Decimal(value["amount"])
    yearly, unit = per_year(amount, value["unit"])
    return {"capacity": amount, "capacity_unit": value["unit"], "yearly": yearly, "yearly_unit": unit}


every_field, every_kind = Prepared(Field.objects.all), Prepared(Kind.objects.all)


class Axes:
    """Fields and kinds by code, read once."""

    def __init__(self) -> None:
        self.fields = {row.code: row for row in every_field()}
        self.kinds = {row.code: row for row in every_kind()}

    def of(self, name: str) -> Mapping[str, Field | Kind]:
        """The rows of "field" or "kind" by code."""
        return self.fields if name == "field" else self.kinds


class Names:
    """Names of what values point to, read in one statement a kind of thing for all values together."""

    def __init__(self, values: Iterable[Values]) -> None:
        told = list(values)
        units = {each["address"]["unit"] for each in told if each.get("address")}
        parks = {each["park"] for each in told if each.get("park")}
        codes = {each["branch"] for each in told if each.get("branch")}
        rows = _units(keys=units) if units else ()
        self.units = {row.pk: f"{row}, {row.parent}" if row.parent else str(row) for row in rows}
        self.parks = {row.pk: row.name for row in _parks(keys=parks)} if parks else {}
        self.branches = {b.code: str(b) for b in _branches(codes=codes)} if codes else {}
        items = {each["item"] for each in told if each.get("item")}
        self.items = {row.pk: row for row in items_at(keys=items)} if items else {}
        self.axes = Axes() if any("field" in each or "kind" in each for each in told) else None

    def shown(self, name: str, value: Any) -> str:
        """A value in words; "" for nothing."""
        if value in (None, "", []):
            return ""
        if name == "address":
            return ", ".join(filter(None, [value["street"], self.units.get(value["unit"], "")]))
        if name == "park":
            return self.parks.get(value, "")
        if name == "item":
            return item_in_words(self.items[value]) if value in self.items else ""
        if name == "size":
            return str(Enterprise.Size(value).label)
        if name in {"field", "kind"} and self.axes:
            return str(self.axes.of(name).get(value, value))
        return self._plain(name, value)

    def _plain(self, name: str, value: Any) -> str:
        if name == "branch":
            return self.branches.get(value) or _("%(code)s (cần xác nhận)") % {"code": value}
        if name == "capacity":
            return f"{show(Decimal(value['amount']))} {value['unit']}"
        if name == "ecolabel":
            if not value["until"]:
                return str(value["name"])
            until = date.fromisoformat(value["until"])
            told = {"label": value["name"], "day": f"{until:%d/%m/%Y}"}
            if until <= today():
                return _("%(label)s (đã hết hạn từ ngày %(day)s)") % told
            return _("%(label)s (hết hạn ngày %(day)s)") % told
        return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


_units = Prepared(lambda keys: Unit.objects.filter(pk__in=keys).select_related("parent"))
_parks = Prepared(lambda keys: Park.objects.filter(pk__in=keys))
_branches = Prepared(lambda codes: Branch.objects.filter(code__in=codes))
items_at = Prepared(
    lambda keys: CatalogueItem.objects.filter(pk__in=keys).select_related("catalogue", "gone_in")
)


def item_in_words(item: CatalogueItem) -> str:
    """An item of an official list with its list; one that the last version has no more says so."""
    told = {"item": str(item), "list": item.catalogue.name, "paper": str(item.gone_in or "")}
    if item.gone_in_id:
        return _("%(item)s (%(list)s; không còn từ %(paper)s)") % told
    return _("%(item)s (%(list)s)") % told
