"""`luc read` and `luc check` on the command line, without Django."""

from __future__ import annotations

import argparse
import json
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

_REGISTERS = Path(__file__).parents[1] / "refdata"
_VIETNAM = timezone(timedelta(hours=7))
_SEVERITIES = {"error": "Phải sửa", "warning": "Nên sửa", "note": "Cần xem"}


def main(words: Sequence[str]) -> int:
    """Run `read FILE` or `check FILE` and print; returns 0, or 2 with a message where a file is not read."""
    chosen = _arguments().parse_args(list(words))
    try:
        document = _document(chosen.file)
    except (OSError, UnreadableFile) as error:
        print(_message(error, chosen.file), file=sys.stderr)
        return 2
    if chosen.command == "read":
        _print(understand(document), chosen.pretty)
        return 0
    return _check(document, chosen)


def _check(document: Document, chosen: argparse.Namespace) -> int:
    try:
        registers = from_folder(Path(chosen.registers))
    except (OSError, ValueError, KeyError) as error:
        print(f"Không đọc được danh mục trong {chosen.registers}: {error}", file=sys.stderr)
        return 2
    if not registers.agencies:
        print(f"Không có danh mục cơ quan trong {chosen.registers}: không soát tên cơ quan.", file=sys.stderr)
    today = date.fromisoformat(chosen.today) if chosen.today else datetime.now(_VIETNAM).date()
    findings = check(document, understand(document), registers, today)
    if chosen.json:
        _print([finding.as_json() for finding in findings], chosen.pretty)
        return 0
    for finding in findings:
        _print_finding(finding)
    print(f"{len(findings)} điểm cần xem lại." if findings else "Không thấy điểm nào cần xem lại.")
    return 0


def _print_finding(finding: Finding) -> None:
    where = f" (đoạn {finding.places[0].block + 1})" if finding.places else ""
    print(f"[{_SEVERITIES[finding.severity]}] {finding.message}{where}")
    if finding.words:
        print(f"    “{finding.words}”")
    print(f"    → {finding.suggestion}")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="luc", description="Đọc và soát văn bản hành chính.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    read = commands.add_parser("read", help="đọc một kế hoạch và in ra nội dung dạng JSON")
    read.add_argument("file", help="tệp .docx, .txt hoặc .md")
    read.add_argument("--json", action="store_true", help="in JSON (mặc định)")
    read.add_argument("--pretty", action="store_true", help="in JSON có thụt dòng cho dễ đọc")
    check_ = commands.add_parser("check", help="soát một kế hoạch và in ra các điểm cần xem lại")
    check_.add_argument("file", help="tệp .docx, .txt hoặc .md")
    check_.add_argument("--json", action="store_true", help="in dạng JSON")
    check_.add_argument("--pretty", action="store_true", help="in JSON có thụt dòng cho dễ đọc")
    check_.add_argument(
        "--registers", default=_REGISTERS, help="thư mục danh mục cơ quan (mặc định: refdata)"
    )
    check_.add_argument("--today", type=_day, help="ngày soát, dạng 2026-11-21 (mặc định: hôm nay)")
    return parser


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _document(name: str) -> Document:
    return read_file(Path(name).read_bytes(), name)


def _message(error: Exception, name: str) -> str:
    if isinstance(error, FileNotFoundError):
        return f"Không tìm thấy tệp: {name}"
    if isinstance(error, OSError):
        return f"Không mở được tệp {name}: {error.strerror or error}"
    return str(error)


def _print(value: Any, pretty: bool) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2 if pretty else None)
    sys.stdout.write("\n")
