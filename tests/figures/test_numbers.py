"""Vietnamese numbers: what is written is read back exactly; what could mean two things is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luc.figures.numbers import parse, scaled, show, unscaled
from luc.figures.units import must_fit
from luc.kernel.errors import Refused

values = st.decimals(
    min_value=-999_999_999_999, max_value=999_999_999_999, allow_nan=False, allow_infinity=False, places=6
)


exact = st.decimals(min_value=-999_999_999_999, max_value=999_999_999_999, allow_nan=False, places=3)


@given(exact)
def test_a_printed_value_is_read_back_exactly(value: Decimal) -> None:
    assert parse(show(value)) == value


@given(values)
def test_amount_and_scale_hold_a_value_exactly_and_shortly(value: Decimal) -> None:
    amount, scale = scaled(value)
    assert unscaled(amount, scale) == value
    assert scale == 0 or amount % 10 != 0


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_question(text: str) -> None:
    try:
        value = parse(text)
    except Refused:
        return
    assert parse(show(value)) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.234,5", "1234.5"),
        ("70,5 %", "70.5"),
        ("1 234 567", "1234567"),
        (" 0,05 ", "0.05"),
        ("-12", "-12"),
        ("\u221212", "-12"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
    ],
)
def test_the_ways_people_type(typed: str, value: str) -> None:
    assert parse(typed, "%") == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1,234.5", ["1.234,5", "1,2345"]),
        ("1.5", ["1,5", "15"]),
        ("0.123", ["0,123", "123"]),
        ("12.34", ["12,34", "1.234"]),
    ],
)
def test_a_foreign_form_is_asked_with_its_readings(typed: str, readings: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        parse(typed)
    assert all(reading in refused.value.message for reading in readings)


@pytest.mark.parametrize(
    "typed", ["", "khoảng 5", "1..2", "5 - 6", "١٢", "1.234.56,7x", "9" * 19, "0,1234567"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse(typed)


def test_zeros_at_the_end_are_not_printed() -> None:
    assert [show(Decimal(v)) for v in ("70.500000", "1200", "0.000000", "1E+3")] == [
        "70,5",
        "1.200",
        "0",
        "1.000",
    ]


@pytest.mark.parametrize("unit", ["doanh nghiệp", "Vườn ươm", "lượt người/năm", "dự án", "người"])
def test_what_is_counted_takes_whole_numbers(unit: str) -> None:
    assert must_fit(Decimal("38"), unit) == 38
    for value in ("38.4", "-1"):
        with pytest.raises(Refused, match=f"Số {unit} phải là số nguyên"):
            must_fit(Decimal(value), unit)


@pytest.mark.parametrize("unit", ["%", "tỷ đồng", "nghìn người", "người/km2", "tấn", "ha", "", "%/năm"])
def test_what_is_measured_takes_parts(unit: str) -> None:
    assert must_fit(Decimal("-38.4"), unit) == Decimal("-38.4")


def test_a_province_s_money_in_dong_fits() -> None:
    assert parse("98.500.000.000.000", "đồng") == Decimal(98_500_000_000_000)


@pytest.mark.parametrize("text", ["123.000.000.000.000", "1.234.567.890.123,456"])
def test_more_digits_than_every_database_keeps_exactly_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="quá lớn"):
        parse(text)
