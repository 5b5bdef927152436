"""What one cell says: a plain value of a field, or why not, in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import process

from luc.figures.numbers import parse, show
from luc.industry.fields import Axes
from luc.industry.models import Branch, Enterprise, Import, Park
from luc.industry.tax import compact, with_check
from luc.industry.units import per_year
from luc.kernel.errors import Refused
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on
from luc.kernel.workbooks.tables import Value, as_text
from luc.territory.models import Unit

LENGTHS = {
    **dict.fromkeys(["name", "name_en", "offer_name", "street"], 250),
    **dict.fromkeys(["short", "ecolabel"], 120),
    **dict.fromkeys(["about", "offer_about", "markets", "certificates", "standards", "references"], 4000),
    "website": 200,
}
_ENGLISH = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WEB = re.compile(r"(?:https?://)?([\w-]+\.)+[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_AMOUNT = re.compile(r"([-+]?[\d.,]+(?: \d{3})*)\s*(\D.*)?")
_LINES = 20


class Books:
    """What words in cells can mean, read once for a file: axes, branches, sizes, units and parks of today."""

    def __init__(self, tenant: int) -> None:
        axes = Axes()
        self.fields = {key: row.code for row in axes.fields.values() for key in _names_of(row)}
        self.kinds = {key: row.code for row in axes.kinds.values() for key in _names_of(row)}
        self.sizes = {search_key(str(words)): value for value, words in Enterprise.Size.choices}
        self.branches = set(Branch.objects.values_list("code", flat=True))
        parks = Park.objects.filter(valid_on(today()), tenant=tenant).values_list("search_key", "pk")
        self.parks = dict(parks)
        units = Unit.objects.filter(valid_on(today()))
        self.provinces = _by_name(units.filter(level=Unit.Level.PROVINCE))
        self.communes: dict[int, dict[str, set[int]]] = {}
        for row in units.filter(level=Unit.Level.COMMUNE).only("pk", "name", "search_key", "parent_id"):
            names = self.communes.setdefault(row.parent_id or 0, {})
            for key in (row.search_key, search_key(row.name)):
                names.setdefault(key, set()).add(row.pk)


def _names_of(row: Any) -> set[str]:
    return {search_key(row.name), search_key(row.name_en), search_key(row.code.replace("_", " ")), row.code}


def _by_name(rows: Iterable[Unit]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for row in rows:
        for key in {row.search_key, search_key(row.name)}:
            found.setdefault(key, set()).add(row.pk)
    return found


def tax_code(cell: Value) -> str:
    """A tax code as it is kept. A number that lost its first zero in Excel is whole again where the check digit holds.

    Raises Refused.
    """
    if isinstance(cell, Decimal):
        digits = f"{cell:f}"
        if len(digits) == 9 and with_check(f"0{digits[:8]}") == f"0{digits}":
            digits = f"0{digits}"
        return compact(digits)
    return compact(as_text(cell))


def text(name: str, cell: Value) -> str:
    """Words of a cell in one line (of descriptions with their lines). Raises Refused when they are too long."""
    words = as_text(cell)
    words = words.strip() if LENGTHS.get(name, 0) == 4000 else " ".join(words.split())
    if len(words) > LENGTHS.get(name, 250):
        raise Refused(_("Dài %(n)d ký tự, nhiều nhất %(most)d.") % {"n": len(words), "most": LENGTHS[name]})
    return words


def items(name: str, cell: Value) -> list[str]:
    """A list out of one cell, parted by semicolons or lines."""
    return [part.strip()[:200] for part in re.split(r"[;\n]", text(name, cell)) if part.strip()][:_LINES]


def chosen(known: Mapping[str, Any], cell: Value) -> Any:
    """What words name among known ones. Raises Refused with the nearest ones."""
    key = search_key(as_text(cell))
    if key in known:
        return known[key]
    near = [one for one, *_rest in process.extract(key, list(known), limit=3, score_cutoff=60)]
    if near:
        words = _("Chưa rõ «%(text)s» là gì. Có phải một trong: %(names)s?")
        raise Refused(words % {"text": as_text(cell)[:80], "names": ", ".join(near)})
    raise Refused(_("Chưa rõ «%(text)s» là gì.") % {"text": as_text(cell)[:80]})


def place(books: Books, province: Value, commune: Value, home: int | None) -> int:
    """The commune that two cells name; `home`: the province where none is named. Raises Refused."""
    above = home
    if province is not None:
        above = _alone(chosen(books.provinces, province), province)
    if above is None:
        raise Refused(_("Chưa rõ tỉnh: hãy thêm cột tỉnh, thành phố."))
    return _alone(chosen(books.communes.get(above, {}), commune), commune)


def _alone(found: set[int], cell: Value) -> int:
    if len(found) > 1:
        words = _("Có %(n)d nơi tên «%(name)s». Hãy ghi cả «xã», «phường» hoặc «đặc khu».")
        raise Refused(words % {"n": len(found), "name": as_text(cell)})
    return next(iter(found))


def day(cell: Value) -> str:
    """A day as ISO. Raises Refused for what is no day of the form dd/mm/yyyy."""
    if isinstance(cell, date):
        return cell.isoformat()
    words = as_text(cell)
    try:
        if found := _DAY.fullmatch(words):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise Refused(
            _("«%(text)s» không phải ngày. Ghi ngày/tháng/năm, ví dụ 31/12/2030.") % {"text": words[:40]}
        ) from error


def year(cell: Value) -> int:
    """A year of founding. Raises Refused."""
    words = as_text(cell)
    if not (words.isascii() and words.isdigit() and 1850 <= int(words[:5]) <= today().year):
        raise Refused(_("«%(text)s» không phải năm từ 1850 đến nay.") % {"text": words[:40]})
    return int(words)


def branch(books: Books, cell: Value) -> str:
    """A code of a branch, the name behind it left out. Raises Refused."""
    code = re.match(r"[A-Z]?\d*", as_text(cell).strip().upper())
    found = code[0] if code else ""
    if found not in books.branches:
        raise Refused(_("«%(text)s» không có trong hệ thống ngành kinh tế.") % {"text": as_text(cell)[:40]})
    return found


def hs_code(cell: Value) -> str:
    """A code of the customs list. Raises Refused."""
    digits = re.sub(r"[.\s]", "", as_text(cell))
    if not (digits.isascii() and digits.isdigit() and len(digits) in {4, 6, 8}):
        raise Refused(_("Mã HS gồm 4, 6 hoặc 8 chữ số."))
    return digits


def web(cell: Value) -> str:
    """An address of the web. Raises Refused."""
    words = text("website", cell)
    if not _WEB.fullmatch(words):
        raise Refused(_("«%(text)s» không phải địa chỉ trang web.") % {"text": words[:60]})
    return words if words.lower().startswith("http") else f"https://{words}"


def capacity(amount: Value, unit: Value, numbers: str) -> dict[str, str]:
    """An amount and its unit, from two cells or one ("1.200 m³/ngày"). Raises Refused."""
    measure = as_text(unit).strip()
    if isinstance(amount, Decimal):
        value = amount
    else:
        found = _AMOUNT.fullmatch(" ".join(as_text(amount).split()))
        if found is None:
            raise Refused(_("«%(text)s» không phải là số.") % {"text": as_text(amount)[:40]})
        value = number(found[1], numbers)
        measure = measure or (found[2] or "").strip()
    if not measure:
        raise Refused(_("Chưa có đơn vị."))
    if not 0 <= value < 10**12:
        raise Refused(_("Năng lực phải là số không âm."))
    _known_unit(measure)
    return {"amount": f"{value.normalize():f}", "unit": measure}


def number(words: str, numbers: str) -> Decimal:
    """A number as this file writes them. Raises Refused where the file did not say and it can mean two things."""
    if not re.search(r"[.,]", words):
        return parse(words)
    if numbers == Import.Numbers.VIETNAMESE:
        return parse(words)
    if numbers == Import.Numbers.ENGLISH:
        if not _ENGLISH.fullmatch(words):
            raise Refused(_("«%(text)s» không viết theo lối 1,234.5 đã chọn cho tệp.") % {"text": words})
        return parse(show(Decimal(words.replace(",", ""))))
    raise Refused(_("«%(text)s» có thể hiểu hai cách: hãy chọn cách viết số của tệp.") % {"text": words})


@lru_cache(maxsize=500)
def _known_unit(unit: str) -> None:
    per_year(Decimal(1), unit)
