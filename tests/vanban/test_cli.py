"""`luc read`, `luc check` and `luc compare` on the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vanban.reading.test_scan import scanned
from tests.vanban.writing.examples import REPORT
from vanban.cli import main
from vanban.writing import write_docx

PAPER = Path(__file__).parent / "papers" / "lang-nghe.txt"


def test_read_prints_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(PAPER)]) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out)["issuer"] == "Ủy ban nhân dân tỉnh Lâm Đồng"
    assert main(["read", str(PAPER), "--json", "--pretty"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(out)


def test_check_prints_findings_for_people_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(PAPER), "--json", "--today", "2026-06-01"]) == 0
    findings = json.loads(capsys.readouterr().out)
    assert {"code", "severity", "words", "place", "message", "suggestion"} <= set(findings[0])
    assert {"blank_number", "blank_date"} <= {finding["code"] for finding in findings}
    assert main(["check", str(PAPER), "--today", "2026-06-01"]) == 0
    shown = capsys.readouterr().out
    assert [shown.count(f"[{finding['code']}]") > 0 for finding in findings] == [True] * len(findings)
    assert shown.count("→") == len(findings)


@pytest.mark.parametrize("command", ["read", "check"])
def test_what_cannot_be_read_is_said_on_stderr(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    for path, says in (
        (empty, "Tệp trống"),
        (tmp_path / "khong-co.docx", "Không tìm thấy"),
        (tmp_path, "Không mở"),
    ):
        assert main([command, str(path)]) == 2
        shown = capsys.readouterr()
        assert says in shown.err
        assert shown.out == ""


def test_layout_prints_where_a_word_file_departs_from_the_decree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, none = tmp_path / "dung.docx", tmp_path / "sai.docx", tmp_path / "khong.docx"
    good.write_bytes(write_docx(REPORT))
    bad.write_bytes(write_docx(replace(REPORT, title="", recipients=())))
    none.write_bytes(b"khong phai tep Word")
    assert main(["layout", str(good)]) == 0
    assert capsys.readouterr().out == "Đúng thể thức.\n"
    assert main(["layout", str(bad), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert ("noi_nhan_list", "missing") in {(one["component"], one["what"]) for one in found}
    assert main(["layout", str(none)]) == 2
    assert "không phải tệp .docx" in capsys.readouterr().err
    assert main(["layout", str(tmp_path / "x.docx")]) == 2
    assert "Không tìm thấy" in capsys.readouterr().err


def other(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """The paper with some words changed, as a file."""
    text = PAPER.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "moi.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_two_papers_that_do_not_differ(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(PAPER), str(PAPER)]) == 0
    assert capsys.readouterr().out == "Hai văn bản không khác nhau.\n"


def test_what_differs_is_told_by_section_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = other(tmp_path, ("Trước 31/12/2026", "Trước 30/6/2027"), ("ngày 05 tháng 12", "ngày 15 tháng 12"))
    assert main(["compare", str(PAPER), new]) == 1
    shown = capsys.readouterr().out
    assert "Nhiệm vụ: sửa 1\n  ~ [2] Lập bản đồ điểm xả thải\n      Thời gian: " in shown
    assert "Hạn, ngày: 5 → 15" in shown
    assert "Căn cứ" not in shown


def test_what_differs_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = other(tmp_path, ("Trước 31/12/2026", "Trước 30/6/2027"))
    assert main(["compare", str(PAPER), new, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["kind"] == "papers"
    (change,) = said["changes"]
    assert (change["section"], change["kind"]) == ("tasks", "changed")
    assert [field["field"] for field in change["fields"]] == ["timeframe"]
    assert change["old_places"]
    assert change["new_places"]


AMENDING = """
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG

Số: 9/QĐ-UBND

Lâm Đồng, ngày 3 tháng 3 năm 2027

QUYẾT ĐỊNH

Sửa đổi Kế hoạch số 77/KH-UBND ngày 4 tháng 4 năm 2026

Điều 1. Bãi bỏ nhiệm vụ số 2 Phụ lục.

Điều 2. Quyết định này có hiệu lực từ ngày ký.
"""


def test_a_plan_and_the_paper_that_amends_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "sua-doi.txt"
    new.write_text(AMENDING, encoding="utf-8")
    assert main(["compare", str(PAPER), str(new)]) == 1
    assert capsys.readouterr().out == "Nhiệm vụ: bỏ 1\n  - [2] Lập bản đồ điểm xả thải\n"
    assert main(["compare", str(PAPER), str(new), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["kind"], said["instructions"][0]["refers"]) == (
        "amendment",
        [["task", "2"], ["appendix", None]],
    )


def test_the_paper_amends_another_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "sua-doi.txt"
    new.write_text(AMENDING, encoding="utf-8")
    assert main(["compare", other(tmp_path, ("....../KH-UBND", "76/KH-UBND")), str(new)]) == 1
    assert "sửa đổi văn bản số 77/KH-UBND, không phải số 76/KH-UBND" in capsys.readouterr().err


def test_what_was_read_from_a_picture_is_to_be_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "quet.pdf"
    path.write_bytes(scanned())
    assert main(["read", str(path)]) == 0
    shown = capsys.readouterr()
    said = json.loads(shown.out)
    assert said["remarks"] == ["đọc bằng OCR, cần kiểm tra"]
    assert "đọc bằng OCR, cần kiểm tra" in shown.err
    (duty,) = said["organisation"]
    assert duty["to_check"]
    assert main(["check", str(path)]) == 0
    assert "đọc bằng OCR" in capsys.readouterr().err
    main(["read", str(PAPER)])
    assert "to_check" not in capsys.readouterr().out


def test_a_file_to_compare_that_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(PAPER), "khong-co.docx"]) == 2
    shown = capsys.readouterr()
    assert (shown.out, "khong-co.docx" in shown.err) == ("", True)
