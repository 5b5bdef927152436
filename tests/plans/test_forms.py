"""The form of one item: numbers are taken as people write them here, and never guessed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from luc.plans import intake, queries
from luc.plans.fields import REGIMES, TARGETS, empty_item
from luc.plans.forms import ItemForm
from tests.cast import Side
from tests.plans.test_reading import read


def form_of(value: object, typed: str | None = None) -> ItemForm:
    """The form of a target with a value, as it is shown, or with something else typed."""
    item = {
        **empty_item(TARGETS),
        "key": "chi-tieu-1",
        "text": "Trồng cây",
        "comparator": "gte",
        "value_min": value,
    }
    shown = ItemForm(TARGETS, item, [])
    sent: dict[str, Any] = {name: shown[name].value() or "" for name in shown.fields} | {"version": "0"}
    return ItemForm(TARGETS, item, [], sent if typed is None else sent | {"value_min": typed})


values = st.one_of(
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=6, allow_nan=False, allow_infinity=False).map(float),
)


@given(values)
def test_what_is_shown_and_sent_back_is_the_same_value(value: float) -> None:
    form = form_of(value)
    assert form.is_valid(), form.errors
    assert form.values()["value_min"] == value


@given(st.integers(1, 999), st.integers(0, 999))
def test_a_point_before_three_digits_groups_them(thousands: int, rest: int) -> None:
    form = form_of(1, f"{thousands}.{rest:03d}")
    assert form.is_valid()
    assert form.values()["value_min"] == thousands * 1000 + rest


@given(st.integers(0, 999), st.integers(1, 99))
def test_what_could_be_two_numbers_is_asked_back_with_both(whole: int, rest: int) -> None:
    form = form_of(1, f"{whole}.{rest:02d}")
    assert not form.is_valid()
    (message,) = form.errors["value_min"]
    assert " hoặc " in message
    assert str(Decimal(f"{whole}.{rest:02d}").normalize()).replace(".", ",") in message


@pytest.mark.parametrize("typed", ["khoảng 35", "1,2,3", "35%"])
def test_what_is_no_number_says_so(typed: str) -> None:
    assert "không phải là số" in form_of(1, typed).errors["value_min"][0]


@pytest.mark.parametrize("typed", ["", "  "])
def test_no_number_is_none(typed: str) -> None:
    form = form_of(1, typed)
    assert form.is_valid()
    assert form.values()["value_min"] is None


def test_the_page_keeps_what_was_typed_and_saves_what_is_clear(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    reading, client = read(here), signed_in("officer")
    address = reverse("plans:correct", args=[reading.pk, "chi-tieu-1"])
    sent = {"text": "Tỷ lệ", "comparator": "gte", "unit": "ha", "version": "0"}
    page = client.post(address, {**sent, "value_min": "1234.5"}).content.decode()
    assert 'value="1234.5"' in page
    assert "1.234,5 hoặc 12.345" in page
    assert client.post(address, {**sent, "value_min": "1.234"}).status_code == 302
    _section, item = intake.find(queries.review(here.viewer("officer"), reading.pk).content, "chi-tieu-1")
    assert item["value_min"] == 1234


@pytest.mark.parametrize(("day", "month"), [("32", "12"), ("10", "13"), ("0", "1")])
def test_a_deadline_is_a_day_of_a_month(day: str, month: str) -> None:
    item = {**empty_item(REGIMES), "key": "bao-cao-1", "frequency": "annual"}
    sent = {"frequency": "annual", "deadline_day": day, "deadline_month": month, "version": "0"}
    form = ItemForm(REGIMES, item, [], sent)
    assert set(form.errors) <= {"deadline_day", "deadline_month"}
    assert not form.is_valid()
