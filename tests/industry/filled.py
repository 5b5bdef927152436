"""Files of enterprises and goods as agencies keep them, made up; some with faults."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from luc.industry.tax import with_check

HEADINGS = [
    "STT",
    "MST",
    "Tên công ty",
    "Phường/xã",
    "Địa chỉ",
    "Giới thệu",
    "Sản phẩm",
    "Lĩnh vực",
    "Loại",
    "Mô tả",
    "Công suất",
    "ĐVT",
    "Hết hạn nhãn",
    "Nhãn sinh thái",
]
Row = list[Any]


def code(n: int) -> str:
    """The n-th tax code of an invented range with a right check digit."""
    found = (with_check(f"99{k:07d}") for k in range(n * 11, n * 11 + 11))
    return next(one for one in found if one)


def row(n: int, **other: Any) -> Row:
    """A right row; `other` says some of its cells anew, by heading."""
    told = {
        "STT": n,
        "MST": code(n),
        "Tên công ty": f"Công ty Môi trường số {n}",
        "Phường/xã": "Phường An Bình",
        "Địa chỉ": f"Lô {n}",
        "Giới thệu": "Xử lý nước thải.",
        "Sản phẩm": f"Bồn lọc kiểu {n}",
        "Lĩnh vực": "Nước thải",
        "Loại": "Thiết bị",
        "Mô tả": "Ba lớp.",
        "Công suất": 120,
        "ĐVT": "m³/ngày",
        "Hết hạn nhãn": "31/12/2030",
        "Nhãn sinh thái": "",
    }
    return list((told | other).values())


def rows(count: int) -> list[Row]:
    """Right rows, each an enterprise with one offer."""
    return [row(n) for n in range(1, count + 1)]


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"MST": "0100109107"}, "số kiểm tra không khớp"),
    ({"MST": ""}, "Hãy ghi mã số thuế"),
    ({"MST": "12345"}, "ở đây có 5 số"),
    ({"MST": "01O0109106"}, "chỉ gồm chữ số"),
    ({"MST": code(1)}, "Khác với dòng 2"),
    ({"MST": code(1), "Tên công ty": "", "Địa chỉ": "Lô 1", "Sản phẩm": "Bồn lọc kiểu 1"}, "đã có ở dòng 2"),
    ({"Tên công ty": ""}, "Chưa có tên doanh nghiệp"),
    ({"Tên công ty": "A" * 251}, "Dài 251 ký tự"),
    ({"Phường/xã": "Phường An Bìn"}, "Có phải một trong"),
    ({"Phường/xã": "Xã Không Có Đâu"}, "Chưa rõ «Xã Không Có Đâu»"),
    ({"Phường/xã": ""}, "Chưa có xã, phường"),
    ({"Lĩnh vực": "Nước thãi công"}, "Chưa rõ «Nước thãi công»"),
    ({"Lĩnh vực": "Hàng không"}, "Chưa rõ «Hàng không»"),
    ({"Loại": "Đồ chơi"}, "Chưa rõ «Đồ chơi»"),
    ({"Sản phẩm": ""}, "Chưa có tên hàng hóa"),
    ({"Công suất": "một ít"}, "không phải là số"),
    ({"Công suất": -5}, "không âm"),
    ({"ĐVT": "thùng/ngày"}, "Chưa hiểu đơn vị"),
    ({"ĐVT": ""}, "Chưa có đơn vị"),
    ({"Nhãn sinh thái": "Nhãn A", "Hết hạn nhãn": "31/02/2030"}, "không phải ngày"),
]


def with_faults(count: int) -> list[Row]:
    """Rows of which the last ones have one fault each."""
    return rows(count - len(FAULTS)) + [
        row(count - len(FAULTS) + n, **other) for n, (other, _words) in enumerate(FAULTS, 1)
    ]


def xlsx(table: Sequence[Row], headings: Sequence[str] = HEADINGS, above: int = 0) -> bytes:
    """A workbook with a table; `above`: empty lines with a title above the headings."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Danh sách")
        if above:
            page.write_string(0, 2, "DANH SÁCH DOANH NGHIỆP")
        for y, line in enumerate([list(headings), *table], above):
            page.write_row(y, 0, line)
    return out.getvalue()


def csv(table: Sequence[Row], mark: str = ";") -> bytes:
    """The same as Excel saves it."""
    lines = [mark.join(f'"{cell}"' for cell in line) for line in [HEADINGS, *table]]
    return "\r\n".join(lines).encode("utf-8-sig")
