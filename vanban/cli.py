"""`luc read`, `luc check`, `luc layout` and `luc compare` on the command line, without Django.

Results go to standard output, what is to be said about a file to standard error. Exit status: 0 done (compare: the
papers do not differ), 1 compare: they differ, 2 a file or register cannot be read, or the command is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from vanban.document import Document
from vanban.reading import MAX_FILE, UnreadableFile, read_file
from vanban.understanding import understand

_VIETNAM = timezone(timedelta(hours=7))
_FILE = "tệp .docx, .pdf, .html, .xlsx, .txt, .md; .doc, .odt, ảnh khi máy đọc được"
# what readers of files say of pages that are pictures: "trang 2, 3 đọc bằng OCR, cần kiểm tra"
_TO_CHECK = "cần kiểm tra"
_PAGES = re.compile(r"^trang ([\d, ]+\d)")


def main(words: Sequence[str]) -> int:
    """Run `read FILE`, `check FILE`, `layout FILE` or `compare OLD NEW`; returns the exit status, see above."""
    chosen = _arguments().parse_args(list(words))
    if chosen.command == "layout":
        return _layout(chosen)
    documents = []
    for name in [chosen.old, chosen.new] if chosen.command == "compare" else [chosen.file]:
        try:
            with Path(name).open("rb") as file:  # no more than is read at most: a device has no end
                documents.append(read_file(file.read(MAX_FILE + 1), name))
        except (OSError, UnreadableFile) as error:
            print(_message(error, name), file=sys.stderr)
            return 2
        for remark in documents[-1].remarks:
            print(f"{name}: {remark}", file=sys.stderr)
    try:
        return _COMMANDS[chosen.command](documents, chosen)
    except BrokenPipeError:  # whoever reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="luc", description="Đọc, soát và so sánh văn bản hành chính.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    read = commands.add_parser("read", help="đọc một kế hoạch và in ra nội dung dạng JSON")
    read.add_argument("--json", action="store_true", help="in JSON (mặc định)")
    read.add_argument("file", help=_FILE)
    proof = commands.add_parser("check", help="soát một kế hoạch và in ra những điểm cần xem lại")
    proof.add_argument("--json", action="store_true", help="in danh sách JSON")
    proof.add_argument(
        "--registers", type=Path, default=_registers_folder(), help="thư mục dữ liệu tham chiếu"
    )
    proof.add_argument("--today", type=date.fromisoformat, default=None, help="ngày soát (năm-tháng-ngày)")
    proof.add_argument("file", help=_FILE)
    layout = commands.add_parser(
        "layout", help="đo thể thức một tệp .docx theo Nghị định 30/2020/NĐ-CP, in ra những chỗ khác quy định"
    )
    layout.add_argument("--json", action="store_true", help="in danh sách JSON")
    layout.add_argument("file", help="tệp .docx")
    compare = commands.add_parser(
        "compare",
        help="so sánh hai văn bản, hoặc một kế hoạch với văn bản sửa đổi nó",
        description="In ra mục được thêm (+), bỏ (-), sửa (~). Mã thoát: 0 không khác, 1 có khác, 2 không đọc được.",
    )
    compare.add_argument("--json", action="store_true", help="in JSON")
    compare.add_argument("old", help=f"văn bản cũ: {_FILE}")
    compare.add_argument("new", help="văn bản mới, hoặc văn bản sửa đổi, bổ sung văn bản cũ")
    for command in (read, proof, layout, compare):
        command.add_argument("--pretty", action="store_true", help="in JSON có thụt dòng cho dễ đọc")
    return parser


def _registers_folder() -> Path:
    """The reference data beside the program, or where LUC_REFDATA says."""
    return Path(os.environ.get("LUC_REFDATA", Path(__file__).parents[1] / "refdata"))


def _read(documents: Sequence[Document], chosen: argparse.Namespace) -> int:
    _print(_understood(documents[0]), chosen.pretty)
    return 0


def _understood(document: Document) -> dict[str, Any]:
    """The reading with the remarks on the file; items that were read from a picture are marked `to_check`."""
    reading = understand(document)
    if not document.remarks:
        return reading
    pictures = [remark for remark in document.remarks if _TO_CHECK in remark]
    pages = _pages(pictures)
    for item in _items(reading) if pictures else ():
        if pages is None or any(place.get("page") in pages for place in item["places"]):
            item["to_check"] = True
    return {**reading, "remarks": list(document.remarks)}


def _pages(remarks: Iterable[str]) -> set[int] | None:
    """The pages that are pictures; None for all."""
    found = [_PAGES.match(remark) for remark in remarks]
    if not all(found):
        return None
    return {int(page) for match in found if match for page in match[1].split(",")}


def _items(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "places" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _items(inner)


def _check(documents: Sequence[Document], chosen: argparse.Namespace) -> int:
    from vanban import telling  # each command loads only what it needs
    from vanban.checks import check
    from vanban.checks.registers import from_folder

    (document,) = documents
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
        print(telling.findings(findings, document))
    return 0


def _layout(chosen: argparse.Namespace) -> int:
    from vanban.conforming import check_layout

    try:
        data = Path(chosen.file).read_bytes()
        found = check_layout(data)
    except OSError as error:
        print(_message(error, chosen.file), file=sys.stderr)
        return 2
    except Exception:  # whatever a library raises over a file that is none
        print(f"Không đọc được {chosen.file}: không phải tệp .docx, hoặc tệp bị hỏng.", file=sys.stderr)
        return 2
    if chosen.json or chosen.pretty:
        _print([{**asdict(departure), "message": departure.message} for departure in found], chosen.pretty)
    else:
        print("\n".join(departure.message for departure in found) or "Đúng thể thức.")
    return 0


def _compare(documents: Sequence[Document], chosen: argparse.Namespace) -> int:
    from vanban import amendments, difference, telling

    before, after = documents
    old = understand(before)
    instructions = amendments.read(after) if amendments.is_amendment(after) else []
    if instructions:
        found = amendments.changes(instructions, old)
        named = amendments.amended(after)
        if named and old["number"] and named != old["number"]:
            print(f"{chosen.new} sửa đổi văn bản số {named}, không phải số {old['number']}.", file=sys.stderr)
    else:
        found = difference.compare(old, understand(after))
    if chosen.json or chosen.pretty:
        said = {
            "kind": "amendment" if instructions else "papers",
            "instructions": [instruction.as_json() for instruction in instructions],
            "changes": [difference.as_json(change) for change in found],
        }
        _print(said, chosen.pretty)
    else:
        print(telling.changes(found))
    return int(bool(found))


_COMMANDS = {"read": _read, "check": _check, "compare": _compare}


def _message(error: Exception, name: str) -> str:
    if isinstance(error, FileNotFoundError):
        return f"Không tìm thấy tệp: {name}"
    if isinstance(error, OSError):
        return f"Không mở được tệp {name}: {error.strerror or error}"
    return str(error)


def _print(value: Any, pretty: bool) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2 if pretty else None)
    sys.stdout.write("\n")
