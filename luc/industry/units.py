"""Units of capacity: what people write ("m³/ngày đêm", "tấn/năm") and what it comes to in a year, by pint."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from luc.kernel.errors import Refused

# how offices write a unit: what pint calls it, and the measure in which its amounts are compared
_WORDS = {
    "m3": ("meter**3", "meter**3"),
    "m³": ("meter**3", "meter**3"),
    "lít": ("liter", "meter**3"),
    "tấn": ("metric_ton", "metric_ton"),
    "kg": ("kilogram", "metric_ton"),
    "kw": ("kilowatt", "kilowatt"),
    "mw": ("megawatt", "kilowatt"),
    "kwh": ("kilowatt_hour", "kilowatt_hour"),
    "mwh": ("megawatt_hour", "kilowatt_hour"),
    "m2": ("meter**2", "meter**2"),
    "m²": ("meter**2", "meter**2"),
    "ha": ("hectare", "meter**2"),
    **dict.fromkeys(
        ["bộ", "cái", "chiếc", "hệ thống", "dự án", "hợp đồng", "mẫu", "lượt"], ("piece", "piece")
    ),
}
_TIMES = {
    "giờ": "hour",
    "ngày": "day",
    "ngày đêm": "day",
    "tháng": "office_month",
    "quý": "office_quarter",
    "năm": "working_year",
}
SHOWN = {
    "meter**3": "m³",
    "metric_ton": "tấn",
    "kilowatt": "kW",
    "kilowatt_hour": "kWh",
    "meter**2": "m²",
    "piece": "bộ",
}
OFFERED = (
    gettext_noop("m³/ngày"),
    gettext_noop("m³/giờ"),
    gettext_noop("m³/năm"),
    gettext_noop("tấn/năm"),
    gettext_noop("tấn/ngày"),
    gettext_noop("kg/giờ"),
    gettext_noop("bộ/năm"),
    gettext_noop("hệ thống/năm"),
    gettext_noop("mẫu/năm"),
    gettext_noop("dự án/năm"),
    gettext_noop("ha/năm"),
    gettext_noop("kWh/năm"),
    "kW",
)


def unit_choices() -> list[tuple[str, str]]:
    """The units that forms offer: as they are kept, and in the language of the page."""
    return [(unit, _(unit)) for unit in OFFERED]


@cache
def _registry() -> pint.UnitRegistry[Decimal]:
    """Units with a year of 365 days, as offices count, and one for what is counted."""
    found: pint.UnitRegistry[Decimal] = pint.UnitRegistry(non_int_type=Decimal)
    found.define("piece = [pieces]")
    found.define("working_year = 365 * day")
    found.define("office_month = working_year / 12")
    found.define("office_quarter = working_year / 4")
    return found


def per_year(amount: Decimal, unit: str) -> tuple[Decimal, str]:
    """What an amount comes to in a year, and in which measure ("m³/năm"; "kW" where no time is in the unit).

    Raises Refused for a unit that is not known.
    """
    what, slash, per = " ".join(unit.casefold().split()).partition("/")
    what, per = what.strip(), per.strip()
    if what not in _WORDS or (slash and per not in _TIMES):
        words = _("Chưa hiểu đơn vị «%(unit)s». Hãy dùng một trong: %(units)s.")
        refusal = words % {"unit": unit, "units": ", ".join(OFFERED)}
        raise Refused(refusal, {"capacity_unit": refusal})
    name, measure = _WORDS[what]
    known = _registry()
    source = f"{name}/{_TIMES[per]}" if slash else name
    target = f"{measure}/working_year" if slash else measure
    found = known.Quantity(amount, source).to(target).magnitude
    return Decimal(found).quantize(Decimal("0.001")), SHOWN[measure] + ("/năm" if slash else "")
