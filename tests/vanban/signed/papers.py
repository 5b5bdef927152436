"""Invented papers with bound numbers, for the tests of what comes back signed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import pypdfium2 as pdfium

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


def report(
    values: Sequence[str],
    table: Sequence[Sequence[str]],
    *,
    number: str = "",
    day: int | None = None,
    bound: bool = True,
) -> Paper:
    """A report with one item for each value, and an annex with a table of values; all of them bound."""

    def run(words: str, key: str) -> Run:
        return Run(words, key=key if bound else None)

    items = tuple(
        Item(
            (
                Run(f"Cơ sở sản xuất thứ {n} trên địa bàn đạt "),
                run(value, f"so_{n}"),
                Run(" so với kế hoạch."),
            )
        )
        for n, value in enumerate(values, 1)
    )
    rows = tuple(
        (
            Cell(str(y)),
            Cell(f"Nhiệm vụ kiểm soát nguồn thải số {y}"),
            *(Cell(value, key=f"o_{y}_{x}" if bound else None) for x, value in enumerate(row)),
        )
        for y, row in enumerate(table, 1)
    )
    width = len(table[0]) if table else 0
    columns = (Column(1, "center"), Column(5), *(Column(2, "right") for _ in range(width)))
    heads = (Cell("STT"), Cell("Nhiệm vụ"), *(Cell(f"Cột {x}") for x in range(width)))
    annexes = (
        (Annex("Kết quả theo nhiệm vụ", (Table(columns, rows, head=(heads,)),), landscape=True),)
        if table
        else ()
    )
    return Paper(
        parent="UBND thành phố Cần Thơ",
        issuer="Sở Công Thương",
        symbol="BC-SCT",
        place="Cần Thơ",
        date=IssueDate(2026, 12 if day else None, day),
        number=number,
        kind="Báo cáo",
        title="Kết quả thực hiện kế hoạch phát triển công nghiệp môi trường năm 2026",
        addressees=("Ủy ban nhân dân thành phố",),
        body=(
            Paragraph("Thực hiện chỉ đạo của Ủy ban nhân dân thành phố, Sở Công Thương báo cáo như sau:"),
            Section("Kết quả thực hiện", items),
            Paragraph("Trên đây là báo cáo của Sở Công Thương."),
        ),
        signer=Signer("Giám đốc", "Nguyễn Văn Mẫu"),
        recipients=("Như trên", "Lưu: VT, KTMT"),
        annexes=annexes,
    )


def scanned(pdf: bytes) -> bytes:
    """A printed paper as a scanner gives it back: a PDF of pictures, without words."""
    pages = []
    source = pdfium.PdfDocument(pdf)
    for page in source:
        bitmap = page.render(scale=200 / 72, grayscale=True)
        dots = bytes(bitmap.buffer)
        rows = b"".join(dots[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height))
        pages.append((zlib.compress(rows), bitmap.width, bitmap.height, *page.get_size()))
    kids = b" ".join(b"%d 0 R" % (3 * n + 3) for n in range(len(pages)))
    out = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    out += b"2 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (len(pages), kids)
    for n, (rows, width, height, across, down) in enumerate(pages):
        at = 3 * n + 3
        draw = b"%d 0 0 %d 0 0 cm /I Do" % (across, down)
        out += b"%d 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]" % (at, across, down)
        out += b"/Resources<</XObject<</I %d 0 R>>>>/Contents %d 0 R>>\nendobj\n" % (at + 1, at + 2)
        out += b"%d 0 obj\n<</Type/XObject/Subtype/Image/Width %d/Height %d" % (at + 1, width, height)
        out += b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n" % len(rows)
        out += rows + b"\nendstream\nendobj\n"
        out += b"%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (at + 2, len(draw), draw)
    return out + b"trailer<</Root 1 0 R>>\n%%EOF"
