"""Reads PDF files with a text layer; pages that are pictures are read by OCR where it is installed."""

from __future__ import annotations

import time
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vanban.document import Document
from vanban.reading import legacy, scan
from vanban.reading.errors import UnreadableFile
from vanban.reading.pdf import ruled, streams, words
from vanban.reading.pdf.layout import Page, document
from vanban.reading.pdf.lines import GAP

MAX_PAGES = 1000
MAX_SQUARES = 100_000  # of all tables with drawn lines
MAX_SECONDS = 12.0  # of the processor; a thousand pages of a paper take half of it
_BROKEN = "Tệp PDF bị hỏng hoặc tải lên chưa đủ nên không đọc được."


def read(data: bytes) -> Document:
    """The document of a PDF file.

    Raises UnreadableFile where it is broken, locked, has too many pages, or only pictures and there is no OCR.
    """
    file = _opened(data)
    try:
        pages = _pages(file)
        pictures = [page.number for page in pages if not page.runs and _has_picture(file, page.number)]
        remarks = _read_pictures(file, pages, pictures)
    except pdfium.PdfiumError as error:
        raise UnreadableFile(_BROKEN) from error
    finally:
        file.close()
    return replace(document(pages), remarks=remarks)


def _opened(data: bytes) -> pdfium.PdfDocument:
    streams.check(data)
    try:
        file = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadableFile("Tệp PDF được bảo vệ bằng mật khẩu: hãy bỏ mật khẩu rồi tải lại.") from error
        raise UnreadableFile(_BROKEN) from error
    count = len(file)
    if not 0 < count <= MAX_PAGES:
        file.close()
        say = f"Tệp có {count} trang, nhiều hơn {MAX_PAGES} trang nên không đọc: hãy chia nhỏ tệp."
        raise UnreadableFile(say if count else _BROKEN)
    return file


def _pages(file: pdfium.PdfDocument) -> list[Page]:
    """All pages. Raises UnreadableFile where they hold more than pages of a paper can."""
    pages: list[Page] = []
    squares, start = 0, time.thread_time()
    for index in range(len(file)):
        pages.append(_page(file, index))
        squares += sum(len(grid.boxes) for grid in pages[-1].grids)
        if squares > MAX_SQUARES or time.thread_time() - start > MAX_SECONDS:
            raise UnreadableFile("Tệp PDF có trang quá dày đặc nên không đọc: hãy chia nhỏ tệp.")
    return pages


def _page(file: pdfium.PdfDocument, index: int) -> Page:
    page = file[index]
    try:
        sheet = words.Sheet(page)
        grids = ruled.grids(page, sheet)
        runs = words.of_page(page, sheet, 0.0 if grids else GAP)
        for run in runs:
            run.text = legacy.by_font(run.text, run.font)
        return Page(index + 1, sheet.width, sheet.height, runs, grids)
    finally:
        page.close()


def _has_picture(file: pdfium.PdfDocument, number: int) -> bool:
    page = file[number - 1]
    try:
        return any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    finally:
        page.close()


def _read_pictures(file: pdfium.PdfDocument, pages: list[Page], numbers: list[int]) -> tuple[str, ...]:
    """Read the pages that are pictures, in place; returns what is to be said about them."""
    if not numbers:
        return ()
    if len(numbers) == len(pages):
        scan.require("Tệp PDF")
    elif not scan.is_installed():
        return (f"trang {', '.join(map(str, numbers))} chỉ có ảnh nên không đọc được",)
    if len(numbers) > scan.MAX_PAGES:
        raise UnreadableFile(f"Tệp có hơn {scan.MAX_PAGES} trang ảnh nên không đọc: hãy chia nhỏ tệp.")
    for number in numbers:
        page = file[number - 1]
        try:
            pages[number - 1] = scan.of_page(page, number)
        finally:
            page.close()
    whole = len(numbers) == len(pages)
    return (scan.REMARK if whole else f"trang {', '.join(map(str, numbers))} {scan.REMARK}",)
