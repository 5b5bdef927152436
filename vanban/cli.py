"""`luc read` and `luc check` on the command line, without Django."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from vanban.checks import Finding, check
from vanban.checks.registers import from_folder
from vanban.document import Document
from vanban.reading import UnreadableFile, read_file
from vanban.understanding import understand

_VIETNAM = timezone(timedelta(hours=7))
_SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "note": "Lưu ý"}


def main(words: Sequence[str]) -> int:
    """Run `read FILE` or `check FILE`; returns 0, or 2 with a message where the file cannot be read."""
    chosen = _arguments().parse_args(list(words))
    try:
        document = _document(chosen.file)
    except (OSError, UnreadableFile) as error:
        print(_message(error, chosen.file), file=sys.stderr)
        return 2
    try:
        if chosen.command == "read":
            _print(understand(document), chosen.pretty)
        else:
            return _check(document, chosen)
    except BrokenPipeError:  # whoever reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="luc", description="Đọc và soát văn bản hành chính.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    read = commands.add_parser("read", help="đọc một kế hoạch và in ra nội dung dạng JSON")
    read.add_argument("--json", action="store_true", help="in JSON (mặc định)")
    proof = commands.add_parser("check", help="soát một kế hoạch và in ra những điểm cần xem lại")
    proof.add_argument("--json", action="store_true", help="in danh sách JSON")
    proof.add_argument(
        "--registers", type=Path, default=_registers_folder(), help="thư mục dữ liệu tham chiếu"
    )
    proof.add_argument("--today", type=date.fromisoformat, default=None, help="ngày soát (năm-tháng-ngày)")
    for command in (read, proof):
        command.add_argument(
            "file",
            help="tệp .docx, .pdf, .html, .xlsx, .txt, .md; .doc, .odt, ảnh khi máy đọc được",
        )
        command.add_argument("--pretty", action="store_true", help="in JSON có thụt dòng cho dễ đọc")
    return parser


def _registers_folder() -> Path:
    """The reference data beside the program, or where LUC_REFDATA says."""
    return Path(os.environ.get("LUC_REFDATA", Path(__file__).parents[1] / "refdata"))


def _document(name: str) -> Document:
    return read_file(Path(name).read_bytes(), name)


def _check(document: Document, chosen: argparse.Namespace) -> int:
    try:
        registers = from_folder(chosen.registers)
    except (ValueError, KeyError) as error:
        print(f"Không đọc được danh mục trong {chosen.registers}: {error}", file=sys.stderr)
        return 2
    if not registers.agencies:
        print(f"Không có danh mục cơ quan trong {chosen.registers}: không soát tên cơ quan.", file=sys.stderr)
    today = chosen.today or datetime.now(_VIETNAM).date()
    findings = check(document, understand(document), registers, today)
    if chosen.json or chosen.pretty:
        _print([finding.as_json() for finding in findings], chosen.pretty)
    else:
        print("\n".join(map(_line, findings)) or "Không thấy điểm nào cần xem lại.")
    return 0


def _line(finding: Finding) -> str:
    return f"{_SEVERITIES[finding.severity]} [{finding.code}] {finding.message} {finding.suggestion}".strip()


def _message(error: Exception, name: str) -> str:
    if isinstance(error, FileNotFoundError):
        return f"Không tìm thấy tệp: {name}"
    if isinstance(error, OSError):
        return f"Không mở được tệp {name}: {error.strerror or error}"
    return str(error)


def _print(value: Any, pretty: bool) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2 if pretty else None)
    sys.stdout.write("\n")
