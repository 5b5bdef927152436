"""Invented papers for the tests of this room, and how a written file is opened again."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.resources import files
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from vanban.writing import (
    Annex,
    Cell,
    Column,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Run,
    Section,
    Signer,
    Table,
)

RULES: dict[str, Any] = json.loads((files("vanban") / "data" / "nd30_2020.json").read_text(encoding="utf-8"))

RESULTS = Table(
    columns=(Column(1, "center"), Column(5), Column(2, "right")),
    head=((Cell("STT"), Cell("Chỉ tiêu"), Cell("Thực hiện")),),
    rows=(
        (Cell("I", bold=True), Cell("Chất thải", bold=True, colspan=2)),
        (Cell("1"), Cell("Nước thải đã xử lý"), Cell("1.234,5", key="slot_1")),
        (Cell("2"), Cell("Khí thải", rowspan=2), Cell("60")),
        (Cell("3"), Cell((Run("61"), Run(" (ước)", italic=True)))),
    ),
    unit="Đơn vị tính: nghìn m³",
    note="Số liệu đến ngày 14 tháng 12 năm 2025",
)

PROGRESS = Table(
    columns=(Column(1, "center"), Column(6), Column(3)),
    head=((Cell("STT"), Cell("Nhiệm vụ"), Cell("Cơ quan chủ trì")),),
    rows=tuple((Cell(str(i)), Cell(f"Nhiệm vụ thứ {i}"), Cell("Sở Công Thương")) for i in range(1, 61)),
)

REPORT = Paper(
    parent="UBND thành phố Cần Thơ",
    issuer="Sở Công Thương",
    symbol="BC-SCT",
    place="Cần Thơ",
    date=IssueDate(2025, 12),
    kind="Báo cáo",
    title="Kết quả thực hiện Kế hoạch phát triển ngành công nghiệp môi trường năm 2025",
    addressees=("Ủy ban nhân dân thành phố", "Bộ Công Thương"),
    legal_bases=(
        "Căn cứ Luật Bảo vệ môi trường ngày 17 tháng 11 năm 2020;",
        "Căn cứ Kế hoạch số 901/KH-UBND ngày 15 tháng 7 năm 2025 của Ủy ban nhân dân thành phố",
    ),
    body=(
        Paragraph("Sở Công Thương báo cáo kết quả thực hiện như sau:"),
        Section(
            "Kết quả thực hiện",
            (
                Section(
                    "Chỉ tiêu",
                    (
                        Paragraph(
                            (Run("Đã xử lý "), Run("1.234,5", bold=True, key="text_1"), Run(" nghìn m³."))
                        ),
                        RESULTS,
                        Section("Điểm thứ nhất:", (Item("gạch đầu dòng;"),)),
                        Section("Điểm thứ hai."),
                    ),
                ),
                Section("Các cơ quan đã gửi báo cáo đúng hạn.", sentence=True),
            ),
        ),
        Section("Kiến nghị", (Paragraph("Kính trình Ủy ban nhân dân thành phố xem xét."),)),
    ),
    signer=Signer("Phó Giám đốc", "Nguyễn Văn Mẫu", ("KT. Giám đốc",)),
    recipients=("Như trên", "Giám đốc (để báo cáo)", "Lưu: VT, QLCN."),
    annexes=(
        Annex("Tiến độ thực hiện nhiệm vụ", (PROGRESS,), landscape=True),
        Annex("Thuyết minh", (Paragraph("Nội dung thuyết minh."),)),
    ),
)


def opened(data: bytes) -> Any:
    """The file as python-docx opens it."""
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of the file, unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(data: bytes) -> etree._Element:
    """The body of the file."""
    return etree.fromstring(parts(data)["word/document.xml"]).find(qn("w:body"))


def words(element: etree._Element) -> str:
    """All words below an element."""
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def lines(data: bytes) -> list[tuple[str, str]]:
    """Each paragraph with words, in the order of the file, tables too: (name of its style, words)."""
    names = {s.style_id: s.name for s in opened(data).styles}
    found = (
        (p.find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val")), words(p))
        for p in body(data).iter(qn("w:p"))
    )
    return [(names[style], text) for style, text in found if text]
