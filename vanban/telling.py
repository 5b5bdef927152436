"""Findings and changes as people read them on a terminal: what, where, and what to do about it."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from vanban.checks.finding import Finding
from vanban.difference import Change
from vanban.document import Document, Place, Table

WIDTH = 100
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SEVERITIES = {"error": "LỖI", "warning": "CẢNH BÁO", "note": "LƯU Ý"}
_COUNTED = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}
_SECTIONS = {
    "header": "Đầu văn bản",
    "legal_bases": "Căn cứ",
    "recipients": "Nơi nhận",
    "targets": "Chỉ tiêu",
    "tasks": "Nhiệm vụ",
    "body_tasks": "Nhiệm vụ ở phần nội dung",
    "organisation": "Trách nhiệm của cơ quan",
    "reporting": "Chế độ báo cáo",
    "text": "Nội dung chưa tìm được chỗ trong văn bản cũ",
}
_KINDS = {"added": "thêm", "dropped": "bỏ", "changed": "sửa"}
_SIGNS = {"added": "+", "dropped": "-", "changed": "~"}
_FIELDS = {
    **{
        "number": "Số",
        "date": "Ngày",
        "issuer": "Cơ quan ban hành",
        "kind": "Loại văn bản",
        "title": "Trích yếu",
    },
    **{"period_start": "Từ năm", "period_end": "Đến năm", "vision": "Tầm nhìn", "name": "Tên"},
    **{"signer_name": "Người ký", "signer_title": "Chức vụ người ký", "text": "Nội dung", "group": "Nhóm"},
    **{"subgroup": "Nhóm nhỏ", "no": "Số thứ tự", "lead": "Chủ trì", "coordinate": "Phối hợp"},
    **{"timeframe": "Thời gian", "output": "Sản phẩm", "priority": "Ưu tiên", "funding": "Kinh phí"},
    **{"note": "Ghi chú", "agency": "Cơ quan", "subject": "Đối tượng", "value_min": "Mức từ"},
    **{"value_max": "Mức đến", "unit": "Đơn vị", "year": "Năm", "comparator": "So sánh"},
    **{"direction": "Chiều", "baseline_year": "Năm gốc", "reporter": "Bên báo cáo", "to": "Nơi nhận báo cáo"},
    **{"consolidator": "Nơi tổng hợp", "frequency": "Định kỳ", "deadline_day": "Hạn, ngày"},
    **{"deadline_month": "Hạn, tháng", "deadline_year": "Hạn, năm", "deadline_next_year": "Hạn năm sau"},
    **{"also_on_request": "Cả khi có yêu cầu"},
}
_WORDS = {
    **{"gte": "ít nhất", "gt": "trên", "lte": "không quá", "lt": "dưới", "eq": "đúng", "range": "khoảng"},
    **{"annual": "hằng năm", "semiannual": "6 tháng", "quarterly": "hằng quý", "monthly": "hằng tháng"},
    **{"mid_term": "giữa kỳ", "final": "tổng kết", "periodic": "định kỳ", "ad_hoc": "khi phát sinh"},
    **{"increase": "tăng", "decrease": "giảm"},
}


def findings(found: Sequence[Finding], document: Document) -> str:
    """Each finding with its code, severity, words, place and way out; how many there are at the end."""
    if not found:
        return "Không thấy điểm nào cần xem lại."
    blocks = [_finding(n, finding, document) for n, finding in enumerate(found, 1)]
    return "\n\n".join([*blocks, _count(found)])


def changes(found: Sequence[Change]) -> str:
    """The changes under their sections: + added, - dropped, ~ changed with the fields before and after."""
    if not found:
        return "Hai văn bản không khác nhau."
    blocks = []
    for section, name in _SECTIONS.items():
        own = [change for change in found if change.section == section]
        if own:
            kinds = Counter(change.kind for change in own)
            numbers = ", ".join(f"{_KINDS[kind]} {kinds[kind]}" for kind in _KINDS if kinds[kind])
            head = name if section in {"header", "text"} else f"{name}: {numbers}"
            blocks.append("\n".join([head, *(line for change in own for line in _change(change))]))
    return "\n\n".join(blocks)


def where(place: Place, document: Document) -> str:
    """A place in words: "trang 3, bảng 1, dòng 5", "đoạn 12"; pages only where the file has them."""
    page = f"trang {place.page}, " if place.page else ""
    if place.row is None:
        before = document.blocks[: place.block + 1]
        return f"{page}đoạn {sum(not isinstance(block, Table) for block in before)}"
    table = sum(isinstance(block, Table) for block in document.blocks[: place.block + 1])
    return f"{page}bảng {table}, dòng {place.row + 1}"


def _finding(number: int, finding: Finding, document: Document) -> str:
    spots = list(dict.fromkeys(where(place, document) for place in finding.places))
    more = f" và {len(spots) - 1} chỗ khác" if len(spots) > 1 else ""
    at = f" · {spots[0]}{more}" if spots else ""
    lines = [f"{number}. {_SEVERITIES[finding.severity]} [{finding.code}]{at}"]
    if finding.words:
        lines += _wrapped(f"“{_short(finding.words)}”")
    lines += _wrapped(finding.message)
    lines += _wrapped(finding.suggestion, "   → ", "     ")
    return "\n".join(lines)


def _count(found: Iterable[Finding]) -> str:
    counts: Counter[str] = Counter(finding.severity for finding in found)
    parts = ", ".join(f"{counts[severity]} {name}" for severity, name in _COUNTED.items() if counts[severity])
    return f"Có {sum(counts.values())} điểm cần xem lại: {parts}."


def _change(change: Change) -> Iterator[str]:
    item = change.new or change.old or {}
    if change.section != "header":
        yield from _wrapped(f"{_SIGNS[change.kind]} {_name(change.section, item)}", "  ", "    ")
    for field in change.fields:
        label = _FIELDS.get(field.field, field.field)
        yield from _wrapped(f"{label}: {_value(field.old)} → {_value(field.new)}", "      ", "        ")


def _name(section: str, item: dict[str, Any]) -> str:
    """An item by its words, with what tells it apart."""
    if section == "legal_bases":
        return str(item.get("number") or item.get("name"))
    text = _short(str(item.get("text") or item.get("quote") or ""))
    if section == "organisation":
        return f"{item['agency']}: {text}"
    number = str(item.get("no") or "")
    return f"[{number}] {text}" if section == "tasks" and number else text


def _value(value: Any) -> str:
    if value in (None, "", []):
        return "(không có)"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("text") or "; ".join(str(part) for part in value.values() if part))
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if day := _DAY.fullmatch(str(value)):
        return "/".join(reversed(day.groups()))
    return _WORDS.get(str(value), str(value))


def _short(text: str) -> str:
    return textwrap.shorten(text, 240, placeholder=" …")


def _wrapped(text: str, first: str = "   ", further: str = "   ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)
