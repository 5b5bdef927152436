"""Pictures of pages, read with tesseract (packages tesseract-ocr, tesseract-ocr-vie, as `make needs` installs them)."""

from __future__ import annotations

import difflib
import io

import pypdfium2 as pdfium

from tests.vanban.reading.laidout import as_pdf
from vanban.document import Document, Paragraph, Table
from vanban.folding import bare
from vanban.reading import read_file

LINES = [
    "KẾ HOẠCH",
    "Phát triển dịch vụ xử lý nước thải làng nghề trên địa bàn tỉnh đến năm 2030",
    "I. MỤC TIÊU",
    "- Đến năm 2030, ít nhất 80% làng nghề có hệ thống thu gom và xử lý nước thải đạt quy chuẩn, không còn"
    " điểm xả thải trực tiếp ra sông.",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Sở Nông nghiệp và Môi trường chủ trì, phối hợp với các sở, ngành triển khai Kế hoạch.",
]


def picture(page: pdfium.PdfPage) -> tuple[bytes, int, int]:
    """The page as a grey picture: its rows of dots, width and height."""
    bitmap = page.render(scale=200 / 72, grayscale=True)
    dots = bytes(bitmap.buffer)
    rows = b"".join(dots[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height))
    return rows, bitmap.width, bitmap.height


def scanned(pages: int = 1) -> bytes:
    """A PDF of pictures of pages, as a scanner makes it."""
    source = pdfium.PdfDocument(as_pdf("\n".join(LINES)))
    rows, width, height = picture(source[0])
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(pages))
    image = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (
        width,
        height,
    )
    draw = b"595 0 0 842 0 0 cm /I Do"
    out = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    out += b"2 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (pages, kids)
    out += image.join([b"3 0 obj\n", b"/Length %d>>stream\n%s\nendstream\nendobj\n" % (len(rows), rows)])
    for n in range(pages):
        page = b"/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I 3 0 R>>>>/Contents %d 0 R" % (
            pages + 4
        )
        out += b"%d 0 obj\n<</Type/Page%s>>\nendobj\n" % (n + 4, page)
    out += b"%d 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (pages + 4, len(draw), draw)
    return out + b"trailer<</Root 1 0 R>>\n%%EOF"


def likeness(document: Document) -> float:
    """How like the words of a document are to those that were printed."""
    text = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    return difflib.SequenceMatcher(None, bare(text), bare(" ".join(LINES)), autojunk=False).ratio()


def test_a_scanned_pdf_is_read_and_marked_as_to_be_checked() -> None:
    found = read_file(scanned(), "quet.pdf")
    assert likeness(found) > 0.95
    assert found.remarks == ("đọc bằng OCR, cần kiểm tra",)
    assert {block.page for block in found.blocks} == {1}
    assert any(isinstance(block, Paragraph) and len(block.text) > 110 for block in found.blocks)


def test_a_picture_is_read_by_itself() -> None:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows, width, height = picture(pdfium.PdfDocument(as_pdf("\n".join(LINES)))[0])
    lines = b"".join(b"\0" + rows[y * width :][:width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    png = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )
    found = read_file(png, "anh.png")
    assert likeness(found) > 0.95
    assert found.remarks == ("đọc bằng OCR, cần kiểm tra",)


def test_a_page_that_is_a_picture_among_pages_with_words() -> None:
    mixed = pdfium.PdfDocument(as_pdf("Trang đầu có chữ.\n1\tĐo nước\tSở Y tế\n2\tĐo khí\tSở Tài chính"))
    mixed.import_pages(pdfium.PdfDocument(scanned()))
    out = io.BytesIO()
    mixed.save(out)
    found = read_file(out.getvalue(), "lan.pdf")
    assert found.blocks[0] == Paragraph("Trang đầu có chữ.", page=1)
    assert isinstance(found.blocks[1], Table)
    assert found.remarks == ("trang 2 đọc bằng OCR, cần kiểm tra",)
    assert {block.page for block in found.blocks} == {1, 2}
