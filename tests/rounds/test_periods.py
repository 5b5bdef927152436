"""Periods, cut-offs and due days as a regime proposes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luc.rounds.periods import OWN, count_in_year, current, due_day, next_due, propose, window
from vanban.deadlines import Window

FREQUENCIES = ["annual", "semiannual", "quarterly", "monthly"]


@pytest.mark.parametrize(
    ("frequency", "position", "first", "last"),
    [
        ("annual", 1, date(2025, 12, 15), date(2026, 12, 14)),
        ("semiannual", 1, date(2025, 12, 15), date(2026, 6, 14)),
        ("semiannual", 2, date(2026, 6, 15), date(2026, 12, 14)),
        ("quarterly", 3, date(2026, 6, 15), date(2026, 9, 14)),
        ("monthly", 1, date(2025, 12, 15), date(2026, 1, 14)),
    ],
)
def test_windows(frequency: str, position: int, first: date, last: date) -> None:
    assert window(frequency, 2026, position) == (first, last)


@given(st.sampled_from(FREQUENCIES), st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_every_day_is_in_exactly_the_current_period(frequency: str, day: date) -> None:
    year, position = current(frequency, day)
    first, last = window(frequency, year, position)
    assert first <= day <= last
    assert 1 <= position <= count_in_year(frequency)


def test_figures_are_cut_off_before_they_are_due() -> None:
    proposal = propose("annual", (10, 12), False, 2026, 1)
    assert (proposal.due_day, proposal.cutoff, proposal.includes_day) == (
        date(2026, 12, 10),
        date(2026, 12, 9),
        False,
    )
    assert proposal.title == "Báo cáo năm 2026"
    later = propose("annual", (15, 1), True, 2026, 1)
    assert (later.due_day, later.cutoff) == (date(2027, 1, 15), date(2026, 12, 14))


def test_what_the_paper_does_not_say_is_left_to_the_officer() -> None:
    silent = propose("annual", (None, None), False, 2026, 1)
    assert (silent.due_day, silent.cutoff) == (None, date(2026, 12, 14))
    free = propose("periodic", (None, None), False, 2026, 1)
    assert (free.period_start, free.last_day, free.cutoff) == (None, None, None)
    whole = propose("final", (None, None), False, 2030, 1, (2026, 2030))
    assert (whole.period_start, whole.last_day) == (date(2026, 1, 1), date(2030, 12, 31))


def test_the_first_month_of_the_next_quarter() -> None:
    ahead = propose("quarterly", (5, None), False, 2026, 2, following=True)
    assert (ahead.due_day, ahead.cutoff) == (date(2026, 7, 5), date(2026, 6, 14))
    assert propose("quarterly", (5, None), False, 2026, 2).due_day != ahead.due_day


def test_a_paper_that_names_its_own_days_is_followed() -> None:
    stated = Window(1, 12, 30, 11, True)
    own = propose("annual", (10, 12), False, 2026, 1, stated=stated)
    assert (own.period_start, own.last_day, own.cutoff, own.source) == (
        date(2025, 12, 1),
        date(2026, 11, 30),
        date(2026, 11, 30),
        OWN,
    )
    same = propose("annual", (10, 12), False, 2026, 1, stated=Window(15, 12, 14, 12, True))
    assert (same.period_start, same.last_day) == window("annual", 2026, 1)


@pytest.mark.parametrize(
    "stated", [Window(15, 12, 14, 6, True), Window(29, 2, 28, 2, True), Window(1, 1, 31, 3, False)]
)
def test_days_of_another_period_do_not_count(stated: Window) -> None:
    assert propose("annual", (10, 12), False, 2026, 1, stated=stated).last_day == date(2026, 12, 14)


def test_a_day_that_is_not_in_its_month_is_not_made_up() -> None:
    assert due_day((31, 11), date(2026, 12, 14)) is None


@given(st.integers(1, 28), st.one_of(st.none(), st.integers(1, 12)), st.sampled_from(FREQUENCIES))
def test_a_due_day_is_the_one_of_the_paper(day: int, month: int | None, frequency: str) -> None:
    _first, last = window(frequency, 2026, 1)
    found = due_day((day, month), last)
    assert found is not None
    assert found.day == day
    assert month in (None, found.month)


@pytest.mark.parametrize(
    ("frequency", "deadline", "following", "due"),
    [
        ("quarterly", (20, None), False, date(2026, 6, 20)),
        ("quarterly", (5, None), True, date(2026, 4, 5)),
        ("monthly", (25, None), False, date(2026, 3, 25)),
        ("monthly", (5, None), True, date(2026, 4, 5)),
        ("semiannual", (20, None), False, date(2026, 6, 20)),
        ("semiannual", (15, 6), False, date(2026, 6, 15)),
        ("annual", (21, 3), False, date(2026, 3, 21)),
        ("annual", (20, 3), False, date(2027, 3, 20)),
        ("annual", (10, None), False, None),
        ("annual", (None, 12), False, None),
        ("ad_hoc", (10, 1), False, None),
    ],
)
def test_the_next_due_day(
    frequency: str, deadline: tuple[int | None, int | None], following: bool, due: date | None
) -> None:
    assert next_due(frequency, deadline, date(2026, 3, 21), following=following) == due


@given(
    st.integers(1, 28),
    st.booleans(),
    st.sampled_from(["quarterly", "monthly"]),
    st.dates(date(2001, 1, 1), date(2090, 1, 1)),
)
def test_the_next_due_day_comes_once_a_period(day: int, following: bool, frequency: str, after: date) -> None:
    first = next_due(frequency, (day, None), after, following=following)
    assert first is not None
    second = next_due(frequency, (day, None), first + timedelta(days=1), following=following)
    assert second is not None
    assert after <= first < second
    assert (second.year - first.year) * 12 + second.month - first.month == {"quarterly": 3, "monthly": 1}[
        frequency
    ]
