"""Numbers as people write them in Viet Nam: 1.234,5. In and out as exact decimals, kept as scaled integers.

A point groups three digits, a comma begins the decimals, on pages and papers alike. What does not fit that is
not guessed: the person is asked, with the readings it could have.
"""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from vanban.writing.numbers import format_number

_VIETNAMESE = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(?P<decimals>\d+))?", re.ASCII
)
_ENGLISH = re.compile(r"(?P<sign>[-+]?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?", re.ASCII)
_GROUPING_SPACES = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BIGINT = 10**18
_LARGEST = 10**14
_EXACT = 10**15  # whole numbers below it stay exact on every database
_DECIMALS = 6


def parse(text: str, unit: str = "") -> Decimal:
    """The value of a number that a person typed, its unit behind it or not.

    Raises Refused: not a number; "1,234.5" and "0.5", with what they could mean; too large or too fine.
    """
    bare = _bare(text, unit)
    match = _VIETNAMESE.fullmatch(bare)
    if match is None:
        raise Refused(_question(text.strip(), bare))
    value = _value(match, ".")
    decimals = len(match["decimals"] or "")
    if abs(value) >= _LARGEST or decimals > _DECIMALS or abs(value) * 10**decimals >= _EXACT:
        raise Refused(_("«%(text)s» quá lớn hoặc có quá 6 chữ số thập phân.") % {"text": text.strip()})
    return value


def _bare(text: str, unit: str) -> str:
    bare = " ".join(text.replace("\u2212", "-").split())
    if unit and bare.casefold().endswith(unit.casefold()):
        bare = bare[: -len(unit)].rstrip()
    return _GROUPING_SPACES.sub(".", bare) if " " in bare and "." not in bare else bare


def _value(match: re.Match[str], grouping: str) -> Decimal:
    return Decimal(f"{match['sign']}{match['whole'].replace(grouping, '')}.{match['decimals'] or '0'}")


def _question(text: str, bare: str) -> str:
    readings = _readings(bare)
    if not readings:
        return _("«%(text)s» không phải là số. Ghi số theo cách viết 1.234,5.") % {"text": text}
    return _("«%(text)s» có thể là %(readings)s. Hãy ghi lại theo cách viết 1.234,5.") % {
        "text": text,
        "readings": _(" hoặc ").join(readings),
    }


def _readings(bare: str) -> list[str]:
    """What a number in a foreign form could mean, in ours: points as decimals, or points as groups."""
    if not re.fullmatch(r"[-+]?[0-9][0-9.,]*", bare):
        return []
    english = _ENGLISH.fullmatch(bare)
    values = [_value(english, ",")] if english else []
    if bare.count(",") <= 1:
        values.append(Decimal(bare.replace(".", "").replace(",", ".")))
    return [show(value) for value in dict.fromkeys(values)]


def show(value: Decimal) -> str:
    """A value as it is printed: 1.234,5, without zeros at the end of its decimals."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    return format_number(plain, max(0, -exponent) if isinstance(exponent, int) else 0)


def scaled(value: Decimal) -> tuple[int, int]:
    """A value as amount and scale: value = amount / 10**scale, exactly. Raises Refused if too large."""
    sign, digits, exponent = value.normalize().as_tuple()
    if not isinstance(exponent, int):
        raise Refused(_("Giá trị không phải là số."))
    amount = int("".join(map(str, digits))) * 10 ** max(0, exponent)
    if amount >= _BIGINT:
        raise Refused(_("Số này quá lớn."))
    return (-amount if sign else amount), max(0, -exponent)


def unscaled(amount: int, scale: int) -> Decimal:
    """The value of an amount and its scale, exactly."""
    return Decimal(amount).scaleb(-scale)
