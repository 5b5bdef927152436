"""Tax codes: of enterprises (10 digits, the last one a check), of their branches (and 3 more), of households (12).

The check digit is computed by python-stdnum (stdnum.vn.mst). Since 1/7/2025 the personal identification number of 12
digits is the tax code of individuals and households (TT 86/2024/TT-BTC, to be confirmed): it has no check digit; the
place of birth is looked at. It is personal data and never public.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from stdnum.vn import mst

from luc.kernel.errors import Refused

_PERSON = re.compile(r"0(?:0[1-9]|[1-9]\d)[0-9]\d{8}")  # province 001-099, sex and century, year, number
_BETWEEN = re.compile(r"[\s.\u2010-\u2015-]")


def compact(text: str) -> str:
    """A tax code as it is kept: digits, a branch with its hyphen. Raises Refused: what is wrong, in Vietnamese."""
    digits = _BETWEEN.sub("", text)
    if not digits:
        raise _wrong(_("Hãy ghi mã số thuế."))
    if not (digits.isascii() and digits.isdigit()):
        raise _wrong(_("Mã số thuế chỉ gồm chữ số (và dấu gạch trước 3 số của chi nhánh)."))
    if len(digits) == 12:
        return _person(digits)
    if len(digits) not in {10, 13}:
        words = _(
            "Mã số thuế có 10 số (doanh nghiệp), 13 số (chi nhánh) hoặc 12 số (hộ, cá nhân); ở đây có %(n)d số."
        )
        raise _wrong(words % {"n": len(digits)})
    if not mst.is_valid(digits):
        raise _wrong(_("Mã số thuế không đúng: số kiểm tra không khớp. Hãy xem lại từng chữ số."))
    return digits if len(digits) == 10 else f"{digits[:10]}-{digits[10:]}"


def _person(digits: str) -> str:
    if not _PERSON.fullmatch(digits):
        raise _wrong(_("Số 12 chữ số này không phải mã số của hộ kinh doanh hoặc cá nhân. Hãy xem lại."))
    return digits


def _wrong(words: str) -> Refused:
    return Refused(words, {"tax_code": words})


def head_of(code: str) -> str:
    """The code of the enterprise that a branch belongs to, "" for what is no branch."""
    head, hyphen, _branch = code.partition("-")
    return head if hyphen else ""


def is_household(code: str) -> bool:
    """Whether a code is of a household or a person."""
    return len(code) == 12


def is_invented(code: str) -> bool:
    """Whether a code lies in the range of the demonstration: 99 is the number of no province."""
    return code.startswith("99")


def with_check(nine: str) -> str | None:
    """Nine digits with their check digit; None where the rule gives none."""
    check = mst.calc_check_digit(nine)
    return nine + check if len(check) == 1 else None
