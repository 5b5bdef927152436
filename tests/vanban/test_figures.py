"""Figures in running text, with their sense; numbers printed the Vietnamese way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import figures

# text, printed figure, min, max, unit, comparator
TABLE = [
    ("cung cấp 30-40 % nhu cầu", "30-40 %", 30, 40, "%", "range"),
    ("đạt từ 30% đến 40%", "30% đến 40%", 30, 40, "%", "range"),
    ("đạt 25,5%", "25,5%", 25.5, 25.5, "%", "eq"),
    ("ít nhất 45 % số cơ sở", "45 %", 45, None, "%", "gte"),
    ("tối thiểu 3 dự án", "3 dự án", 3, None, "dự án", "gte"),
    ("không thấp hơn 60%", "60%", 60, None, "%", "gte"),
    ("từ 65% trở lên", "65%", 65, None, "%", "gte"),
    ("trên 80%", "80%", 80, None, "%", "gt"),
    ("không quá 12%", "12%", None, 12, "%", "lte"),
    ("tối đa 7 ngày làm việc, dưới 20 ha", "20 ha", None, 20, "ha", "lt"),
    ("tăng từ 10% lên 25%", "10% lên 25%", 25, 25, "%", "eq"),
    ("tiết kiệm 2,0 - 2,5%/năm", "2,0 - 2,5%/năm", 2.0, 2.5, "%/năm", "range"),
    ("thu hút 1.250,75 tỷ đồng", "1.250,75 tỷ đồng", 1250.75, 1250.75, "tỷ đồng", "eq"),
    ("công suất 1.200 tấn/ngày", "1.200 tấn/ngày", 1200, 1200, "tấn/ngày", "eq"),
    ("hỗ trợ 08 doanh nghiệp", "08 doanh nghiệp", 8, 8, "doanh nghiệp", "eq"),
    ("hoàn thành 02 (hai) công trình", "02 (hai) công trình", 2, 2, "công trình", "eq"),
    ("2000 ha rừng", "2000 ha", 2000, 2000, "ha", "eq"),
    ("chỉ số đạt trên 0,85", "0,85", 0.85, None, None, "gt"),
    ("từ 65% bao bì của các cơ sở lớn trở lên", "65%", 65, None, "%", "gte"),
    ("40% chợ hạng II trở lên có điểm thu gom", "40%", 40, 40, "%", "eq"),
    ("30% trường từ cấp hai trở lên có thùng phân loại", "30%", 30, 30, "%", "eq"),
    ("mực nước không hạ quá 0,5 m", "0,5 m", None, 0.5, "m", "lte"),
    ("dưới 05 ca bỏng/năm", "05 ca bỏng/năm", None, 5, "ca bỏng/năm", "lt"),
    ("40 phần trăm cơ sở", "40 phần trăm", 40, 40, "%", "eq"),
]


@pytest.mark.parametrize(("text", "printed", "low", "high", "unit", "comparator"), TABLE)
def test_a_figure_with_its_sense(
    text: str, printed: str, low: float | None, high: float | None, unit: str | None, comparator: str
) -> None:
    (figure,) = figures.find(text)
    assert text[figure.start : figure.end] == printed
    assert (figure.value_min, figure.value_max, figure.unit, figure.comparator) == (
        low,
        high,
        unit,
        comparator,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 412/QĐ-TTg ngày 07/5/2027",
        "Nghị quyết số 12-NQ/TU ngày 03 tháng 6 năm 2027",
        "đến năm 2031",
        "giai đoạn 2027 - 2031",
        "trong 5 năm, chia làm 02 giai đoạn",
        "khoản 3 Điều 12",
        "mục 4.2.1",
        "khí CO2 và bụi PM2.5",
        "(1) rà soát; (2) ban hành",
        "quý II/2028, tháng 7",
    ],
)
def test_dates_papers_and_items_are_no_figures(text: str) -> None:
    assert figures.find(text) == []


def test_a_reduction_and_its_base_year() -> None:
    (figure,) = figures.find("Lượng rác chôn lấp giảm tối thiểu 20% so với năm 2023")
    assert (figure.direction, figure.baseline_year, figure.comparator) == ("decrease", 2023, "gte")


def test_a_level_reached_is_no_reduction_though_its_subject_speaks_of_one() -> None:
    (figure,) = figures.find("Tỷ lệ cơ sở áp dụng giải pháp giảm phát thải đạt 30%")
    assert figure.direction is None


def test_about_is_marked() -> None:
    (figure,) = figures.find("khoảng 15% sản lượng")
    assert figure.approximate
    assert (figure.value_min, figure.value_max) == (15, 15)


def test_several_figures_of_one_sentence_in_order() -> None:
    text = "Năm 2028 đạt 35%, năm 2030 đạt 55-60% và có ít nhất 04 mô hình"
    assert [text[f.start : f.end] for f in figures.find(text)] == ["35%", "55-60%", "04 mô hình"]


def _printed(value: int, decimals: str) -> str:
    whole = f"{value:,}".replace(",", ".")
    return f"{whole},{decimals}" if decimals else whole


@given(st.integers(0, 10**9), st.text(alphabet="0123456789", max_size=3))
def test_a_printed_number_is_read_back(value: int, decimals: str) -> None:
    printed = _printed(value, decimals)
    assert figures.number(printed) == float(f"{value}.{decimals or 0}")
    (figure,) = figures.find(f"đạt {printed}%")
    assert figure.value_min == figure.value_max == figures.number(printed)


@given(st.text(alphabet="đạt giảmtừêến0123456789.,%-–/ năm()≥", max_size=60))
def test_figures_stand_apart_and_in_order_in_any_text(text: str) -> None:
    found = figures.find(text)
    ends = [0, *(f.end for f in found)]
    assert all(end <= f.lead <= f.start < f.end for end, f in zip(ends, found, strict=False))


@given(
    st.lists(st.sampled_from(["Rà soát", "đạt 1,5%", "TP. Huế", ";", ".", " Đến", "…", "\n"]), max_size=12)
)
def test_clauses_cover_all_words(parts: list[str]) -> None:
    text = " ".join(parts)
    kept = "".join(text[a:b] for a, b in figures.split_clauses(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]
