"""`luc check` prints the findings on a file, as words or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.vanban.checks.plans import PLAN, spoilt
from vanban.cli import main


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan without a number that charges a department which has ended."""
    text = spoilt("\tSở Y tế\tGiai đoạn", "\tSở Giao thông vận tải\tGiai đoạn", spoilt("Số: 31", "Số:   "))
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_findings_as_json(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(plan), "--json", "--today", "2028-03-01"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [f["code"] for f in found] == ["blank_number", "agency_ended"]
    assert found[1]["words"] == "Sở Giao thông vận tải"
    assert {"block", "row", "cell", "start", "end"} <= set(found[1]["place"])


def test_the_day_of_the_check_decides(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(plan), "--json", "--today", "2024-01-01"]) == 0
    assert [f["code"] for f in json.loads(capsys.readouterr().out)] == ["blank_number"]


def test_findings_as_words(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(plan)]) == 0
    printed = capsys.readouterr().out
    blank, ended, count = printed.strip().split("\n\n")
    assert blank.splitlines() == [
        "1. LỖI [blank_number] · đoạn 2",
        "   “Số: /KH-UBND”",
        "   Số của văn bản còn để trống.",
        "   → Điền số văn bản khi ký ban hành; ghi cùng một số ở mọi chỗ nhắc đến văn bản này.",
    ]
    assert ended.startswith("2. CẢNH BÁO [agency_ended] · bảng 1, dòng 3\n   “Sở Giao thông vận tải”")
    assert count == "Có 2 điểm cần xem lại: 1 lỗi, 1 cảnh báo."


def test_a_faultless_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert main(["check", str(path)]) == 0
    assert "Không thấy điểm nào cần xem lại." in capsys.readouterr().out


def test_other_registers(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(plan), "--json", "--registers", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert [f["code"] for f in json.loads(printed.out)] == ["blank_number"]
    assert "không soát tên cơ quan" in printed.err


def test_a_register_with_a_wrong_date_is_told(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "agencies").mkdir()
    register = tmp_path / "agencies" / "departments.csv"
    head = "name,abbreviation,valid_from,valid_to,successors,named_in,sureness"
    register.write_text(f"{head}\nSở Y tế,,,2026-31-12,,,\n", encoding="utf-8")
    assert main(["check", str(plan), "--registers", str(tmp_path)]) == 2
    assert "Không đọc được danh mục" in capsys.readouterr().err


def test_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "khong-co.txt"]) == 2
    assert "khong-co.txt" in capsys.readouterr().err
