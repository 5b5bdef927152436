"""Reads PDF files with a text layer; pages that are pictures are read by OCR where it is installed."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vanban.document import Document
from vanban.reading.errors import UnreadableFile
from vanban.reading.pdf import ruled, words
from vanban.reading.pdf.layout import Page, document

MAX_PAGES = 1000
_GAP = 0.6  # ems: a wider gap parts two runs of a line
_BROKEN = "Tệp PDF bị hỏng hoặc tải lên chưa đủ nên không đọc được."


def read(data: bytes) -> Document:
    """The document of a PDF file. Raises UnreadableFile where it is broken, locked, or has too many pages."""
    file = opened(data)
    try:
        pages = [_page(file, index) for index in range(len(file))]
    except pdfium.PdfiumError as error:
        raise UnreadableFile(_BROKEN) from error
    finally:
        file.close()
    return document(pages)


def opened(data: bytes) -> pdfium.PdfDocument:
    """The open file. Raises UnreadableFile where it cannot be opened, or is too long."""
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile("Tệp PDF được bảo vệ bằng mật khẩu: hãy bỏ mật khẩu rồi tải lại.") from error
        raise UnreadableFile(_BROKEN) from error
    if len(file) > MAX_PAGES:
        count = len(file)
        file.close()
        raise UnreadableFile(
            f"Tệp có {count} trang, nhiều hơn {MAX_PAGES} trang nên không đọc: hãy chia nhỏ tệp."
        )
    return file


def _page(file: pdfium.PdfDocument, index: int) -> Page:
    page = file[index]
    try:
        sheet = words.Sheet(page)
        grids = ruled.grids(page, sheet)
        runs = words.of_page(page, sheet, 0.0 if grids else _GAP)
        return Page(index + 1, sheet.width, sheet.height, runs, grids)
    finally:
        page.close()
