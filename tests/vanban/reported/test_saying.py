"""Words of answers: nothing to report, states, figures with their units."""

from __future__ import annotations

import pytest

from vanban.reported import saying


@pytest.mark.parametrize(
    "words",
    [
        "Không",
        "không có.",
        "Không phát sinh",
        "Trong kỳ không phát sinh",
        "Không có khó khăn, vướng mắc",
        "Chưa có",
    ],
)
def test_nothing_to_report(words: str) -> None:
    assert saying.is_nil(words)


@pytest.mark.parametrize(
    "words", ["", "Không thực hiện do thiếu vốn", "Không có kinh phí", "Chưa triển khai", "0"]
)
def test_something_is_not_nothing(words: str) -> None:
    assert not saying.is_nil(words)


@pytest.mark.parametrize(
    ("words", "state", "is_sure"),
    [
        ("Đúng tiến độ", "on_time", True),
        ("Đang triển khai, đảm bảo tiến độ", "on_time", True),
        ("Chậm", "behind", True),
        ("Chưa bảo đảm tiến độ", "behind", True),
        ("Hoàn thành 100 %", "done", True),
        ("Hoàn thành đúng thời hạn", "done", True),
        ("Vượt kế hoạch", "ahead", True),
        ("Chưa thực hiện", "not_started", True),
        ("Hoàn thành trước hạn", "ahead", False),
        ("Có nguy cơ chậm tiến độ", "behind", False),
        ("Cơ bản đúng tiến độ", "on_time", False),
    ],
)
def test_states_in_a_column(words: str, state: str, is_sure: bool) -> None:
    found = saying.state(words, of_progress=True)
    assert found
    assert found.name == state
    assert (not found.doubt) is is_sure


@pytest.mark.parametrize(
    "words", ["Cơ bản hoàn thành", "Chưa hoàn thành", "Chậm nhất ngày 10/12", "Thường xuyên", "30 %"]
)
def test_no_state(words: str) -> None:
    assert saying.state(words, of_progress=True) is None


def test_a_step_that_is_done_is_not_the_task_done() -> None:
    found = saying.state("đã hoàn thành việc lập danh sách", of_progress=False)
    assert found
    assert found.doubt


@pytest.mark.parametrize(
    ("words", "unit", "printed", "is_sure"),
    [
        ("đạt 88,5 %", "%", "88,5", True),
        ("có 02 cơ sở làng nghề", "cơ sở", "2", True),
        ("đạt 96 %, tăng 2 % so với năm 2025", "%", "96", True),
        ("14 cơ sở, bằng 70 % kế hoạch", "cơ sở", "14", True),
        ("đạt 1.250 tấn", "tấn", "1.250", True),
        ("đạt 1.250 tấn", "kg", "1.250", False),
        ("đạt 25 tấn", "tấn/năm", "25", False),
        ("đạt 71.5 %", "%", "71.5", False),
        ("trên 90 %", "%", "90", False),
        ("85 % và 90 %", "%", "85", False),
        ("12", "xã", "12", False),
    ],
)
def test_figures(words: str, unit: str, printed: str, is_sure: bool) -> None:
    found = saying.number(words, unit)
    assert found
    assert found.printed == printed
    assert (not found.doubt) is is_sure


def test_an_estimate_says_so() -> None:
    found = saying.number("ước đạt 120 tấn/năm", "tấn/năm")
    assert found
    assert found.is_estimate
