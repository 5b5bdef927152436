"""`luc read` and `luc check` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vanban.cli import main

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
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(findings)
    assert all("[" in line for line in lines)


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
