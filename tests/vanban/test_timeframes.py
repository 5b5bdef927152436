"""Words for time become partial dates and recurrences; what is not printed is not made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import timeframes

TABLE = [
    ("Giai đoạn 2027 - 2031", "2027", "2031", None),
    ("2027–2031", "2027", "2031", None),
    ("Từ năm 2027 đến năm 2031", "2027", "2031", None),
    ("Năm 2028", "2028", "2028", None),
    ("Năm 2028, 2029", "2028", "2029", None),
    ("Quý III/2027", "2027-Q3", "2027-Q3", None),
    ("Quý 3 năm 2027", "2027-Q3", "2027-Q3", None),
    ("Quý I - II/2027", "2027-Q1", "2027-Q2", None),
    ("Quý IV/2027 - Quý II/2028", "2027-Q4", "2028-Q2", None),
    ("Q4/2027", "2027-Q4", "2027-Q4", None),
    ("IV/2027", "2027-Q4", "2027-Q4", None),
    ("Hằng năm (từ 2027)", "2027", None, "annual"),
    ("03 năm/lần, bắt đầu từ năm 2027", "2027", None, None),
    ("Tháng 9/2027", "2027-09", "2027-09", None),
    ("09/2027", "2027-09", "2027-09", None),
    ("Từ tháng 2 đến tháng 5 năm 2027", "2027-02", "2027-05", None),
    ("6 tháng cuối năm 2027", "2027-07", "2027-12", None),
    ("15/3 - 20/4/2027", "2027-03-15", "2027-04-20", None),
    ("Trước ngày 15/10/2027", None, "2027-10-15", None),
    ("trước ngày 15 tháng 10 năm 2027", None, "2027-10-15", None),
    ("Hoàn thành trong quý I/2028", None, "2028-Q1", None),
    ("Hoàn thành trước tháng 6/2028", None, "2028-06", None),
    ("Chậm nhất 30.9.2027", None, "2027-09-30", None),
    ("Đến hết năm 2029", None, "2029", None),
    ("từ nay đến năm 2029", None, "2029", None),
    ("Từ năm 2027 trở đi", "2027", None, None),
    ("Năm 2027 và các năm tiếp theo", "2027", None, None),
    ("Hằng năm", None, None, "annual"),
    ("Thường xuyên, hàng năm", None, None, "annual"),
    ("Hàng năm, giai đoạn 2027-2030", "2027", "2030", "annual"),
    ("Hàng quý", None, None, "quarterly"),
    ("Hằng tháng", None, None, "monthly"),
    ("Thường xuyên", None, None, "continuous"),
    ("Trước 30/11 hằng năm", None, None, "annual"),
    ("Theo kế hoạch được duyệt", None, None, None),
    ("Giai đoạn 2027-2030, tầm nhìn đến năm 2045", "2027", "2030", None),
    ("Tháng 13/2027", None, None, None),
]


@pytest.mark.parametrize(("text", "start", "end", "recurrence"), TABLE)
def test_words_for_time(text: str, start: str | None, end: str | None, recurrence: str | None) -> None:
    read = timeframes.read(text)
    assert read is not None
    assert (read["start"], read["end"], read["recurrence"]) == (start, end, recurrence)
    assert read["text"] == text


def test_an_event_keeps_its_words_and_lends_no_dates() -> None:
    read = timeframes.read("Sau khi Nghị định số 15/2027/NĐ-CP ngày 03/4/2027 có hiệu lực.")
    assert read is not None
    assert (read["start"], read["end"], read["recurrence"]) == (None, None, "event")
    assert read["event"] == "Nghị định số 15/2027/NĐ-CP ngày 03/4/2027 có hiệu lực"


def test_the_date_of_a_paper_is_no_time_of_the_task() -> None:
    read = timeframes.read("Theo Quyết định số 77/QĐ-UBND ngày 05/02/2027")
    assert read is not None
    assert (read["start"], read["end"]) == (None, None)


@pytest.mark.parametrize("text", ["", "  ", "-", "…"])
def test_no_words_no_timeframe(text: str) -> None:
    assert timeframes.read(text) is None


_PARTIAL = re.compile(r"\d{4}(-Q[1-4]|-\d\d(-\d\d)?)?")


@given(st.text(alphabet="năm quýthág trướcđếừIV0123456789/-–., ()", max_size=50))
def test_never_raises_and_only_gives_partial_dates(text: str) -> None:
    read = timeframes.read(text)
    for key in ("start", "end"):
        moment = read[key] if read else None
        assert moment is None or _PARTIAL.fullmatch(moment)


@given(
    st.integers(2000, 2090),
    st.integers(1, 9),
    st.sampled_from(["Giai đoạn {} - {}", "{}-{}", "từ {} đến {}"]),
)
def test_any_period_is_its_years(first: int, length: int, form: str) -> None:
    read = timeframes.read(form.format(first, first + length))
    assert read is not None
    assert (read["start"], read["end"]) == (str(first), str(first + length))


@pytest.mark.parametrize(
    ("partial", "days"),
    [
        ("2026", ("2026-01-01", "2027-01-01")),
        ("2026-12", ("2026-12-01", "2027-01-01")),
        ("2026-Q2", ("2026-04-01", "2026-07-01")),
        ("2026-Q4", ("2026-10-01", "2027-01-01")),
        ("2024-02-29", ("2024-02-29", "2024-03-01")),
        ("2026-02-29", None),
        ("2026-04-31", None),
        ("", None),
        ("2026-13", None),
    ],
)
def test_a_partial_date_is_its_days(partial: str, days: tuple[str, str] | None) -> None:
    found = timeframes.days_of(partial)
    assert (found and tuple(day.isoformat() for day in found)) == days


def test_a_day_that_no_calendar_has_says_its_month() -> None:
    read = timeframes.read("Trước ngày 30/02/2026")
    assert read is not None
    assert read["end"] == "2026-02"
