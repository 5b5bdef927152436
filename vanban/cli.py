"""`luc read` and `luc check` on the command line, without Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vanban.document import Document
from vanban.reading import UnreadableFile, read_file
from vanban.understanding import understand


def main(words: Sequence[str]) -> int:
    """Run `read FILE` and print; returns 0, or 2 with a message where the file cannot be read."""
    chosen = _arguments().parse_args(list(words))
    try:
        document = _document(chosen.file)
    except (OSError, UnreadableFile) as error:
        print(_message(error, chosen.file), file=sys.stderr)
        return 2
    _print(understand(document), chosen.pretty)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="luc", description="Đọc và soát văn bản hành chính.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    read = commands.add_parser("read", help="đọc một kế hoạch và in ra nội dung dạng JSON")
    read.add_argument("file", help="tệp .docx, .txt hoặc .md")
    read.add_argument("--json", action="store_true", help="in JSON (mặc định)")
    read.add_argument("--pretty", action="store_true", help="in JSON có thụt dòng cho dễ đọc")
    return parser


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
