"""Tax codes, units of capacity, and the reference data of the industry."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from luc.industry import loading
from luc.industry.models import Branch, Field, Kind
from luc.industry.tax import compact, head_of, is_household, with_check
from luc.industry.units import per_year
from luc.kernel.errors import Refused


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0100109106", "0100109106"),
        (" 0100 109 106 ", "0100109106"),
        ("0104297034-001", "0104297034-001"),
        ("0104297034001", "0104297034-001"),
        ("0104297034–001", "0104297034-001"),
        ("092090001234", "092090001234"),
    ],
)
def test_a_code_is_kept_in_one_form(typed: str, kept: str) -> None:
    assert compact(typed) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Hãy ghi mã số thuế"),
        ("0100109107", "số kiểm tra không khớp"),
        ("0104297034-000", "số kiểm tra không khớp"),
        ("12345", "ở đây có 5 số"),
        ("01001O9106", "chỉ gồm chữ số"),
        ("٠١٠٠١٠٩١٠٦", "chỉ gồm chữ số"),
        ("592090001234", "không phải mã số của hộ"),
    ],
)
def test_what_is_wrong_is_said(typed: str, words: str) -> None:
    with pytest.raises(Refused) as refused:
        compact(typed)
    assert words in refused.value.message
    assert words in refused.value.fields["tax_code"]


@pytest.mark.plans
def test_the_codes_of_the_reference_are_judged_as_there(shared: Path) -> None:
    file = shared / "refdata" / "identity" / "mst_test_codes.csv"
    with file.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            try:
                compact(row["tax_code"])
                found = "valid"
            except Refused:
                found = "invalid"
            assert found == row["python_stdnum"], row


# a code names its province (2 digits) and its number there (7), which is not nought
@given(st.integers(1, 999_999_999).filter(lambda number: number % 10_000_000))
def test_one_wrong_digit_is_found(number: int) -> None:
    code = with_check(f"{number:09d}")
    if code is None:
        return
    assert compact(code) == code
    with pytest.raises(Refused):
        compact(code[:-1] + str((int(code[-1]) + 1) % 10))


def test_branches_and_households() -> None:
    assert head_of("0104297034-001") == "0104297034"
    assert head_of("0104297034") == ""
    assert is_household("092090001234")


@pytest.mark.parametrize(
    ("amount", "unit", "yearly"),
    [
        ("10", "m³/ngày đêm", (Decimal(3650), "m³/năm")),
        ("2,5", "tấn/giờ", (Decimal(21900), "tấn/năm")),
        ("500", "kg/tháng", (Decimal(6), "tấn/năm")),
        ("3", "Hệ thống/quý", (Decimal(12), "bộ/năm")),
        ("1.5", "MW", (Decimal(1500), "kW")),
        ("2", "ha/năm", (Decimal(20000), "m²/năm")),
    ],
)
def test_capacities_come_to_one_measure(amount: str, unit: str, yearly: tuple[Decimal, str]) -> None:
    assert per_year(Decimal(amount.replace(",", ".")), unit) == yearly


@pytest.mark.parametrize("unit", ["", "xô/ngày", "m³/nhiệm kỳ", "m³ / / năm", "__import__('os')"])
def test_an_unknown_unit_is_refused(unit: str) -> None:
    with pytest.raises(Refused) as refused:
        per_year(Decimal(1), unit)
    assert "m³/ngày" in refused.value.fields["capacity_unit"]


@pytest.mark.django_db
def test_a_second_load_writes_nothing_and_a_correction_arrives(tmp_path: Path) -> None:
    assert "ghi mới hoặc sửa: 198" in loading.load(settings.REFDATA)
    assert "ghi mới hoặc sửa: 0" in loading.load(settings.REFDATA)
    assert (Field.objects.count(), Kind.objects.count()) == (9, 4)
    assert Branch.objects.get(code="37002").name
    assert Branch.objects.get(code="2611").sureness
    folder = tmp_path / "industry"
    folder.mkdir()
    for file in (settings.REFDATA / "industry").glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        folder.joinpath(file.name).write_text(text.replace("Xử lý khí thải", "Khí"), encoding="utf-8")
    assert "ghi mới hoặc sửa: 1." in loading.load(tmp_path)
