"""Reads pictures of pages with the program `tesseract` and its Vietnamese data, where they are installed.

Every page is one process with one thread. What is read so is marked as to be checked.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pypdfium2 as pdfium

from vanban.document import Document
from vanban.reading.errors import UnreadableFile
from vanban.reading.pdf.layout import Page, document
from vanban.reading.pdf.words import Run

REMARK = "đọc bằng OCR, cần kiểm tra"
MAX_PAGES = 100
MAX_SECONDS = 14  # a page of print takes two to six
MAX_MEMORY = 1024**3
DPI = 200
MAX_DOTS = 16_000_000  # twice those of an A3 page
_LEAST_SURE = 10.0  # of 100: below it is dirt on the paper
_PROGRAM = "tesseract"
_WAY_OUT = "hãy tải lên bản .docx hoặc bản PDF có chữ"


@cache
def is_installed() -> bool:
    """Whether pictures can be read: the program and its Vietnamese data."""
    if shutil.which(_PROGRAM) is None:
        return False
    words = [_PROGRAM, "--list-langs"]
    listed = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - a fixed program
    return "vie" in listed.stdout.split()


def require(kind: str) -> None:
    """Raises UnreadableFile, with the way out, where pictures cannot be read."""
    if not is_installed():
        raise UnreadableFile(f"{kind} chỉ có ảnh, không có chữ, mà máy này chưa có OCR: {_WAY_OUT}.")


def read(data: bytes) -> Document:
    """The document of a picture (PNG, JPEG, TIFF with its pages). Raises UnreadableFile where it has no words."""
    require("Tệp")
    pages = _pages(_recognised(data))
    found = document(pages)
    if not found.blocks:
        raise UnreadableFile(f"Không đọc được chữ nào trong ảnh: {_WAY_OUT}.")
    return replace(found, remarks=(REMARK,))


def of_page(page: pdfium.PdfPage, number: int) -> Page:
    """The words of a page of a PDF, from its picture."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_DOTS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        head = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
        rows = memoryview(bitmap.buffer)
        lines = (bytes(rows[y * bitmap.stride :][: bitmap.width]) for y in range(bitmap.height))
        picture = head + b"".join(lines)
    finally:
        bitmap.close()
    found = _pages(_recognised(picture))
    return Page(number, width, height, found[0].runs if found else [])


def _recognised(picture: bytes) -> Iterable[list[str]]:
    """Tesseract's table: level, page, block, paragraph, line, word, left, top, width, height, sureness, text."""
    words = [_PROGRAM, "stdin", "stdout", "-l", "vie", "--dpi", str(DPI), "tsv"]
    environment = {"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1"}
    prefix = os.environ.get("TESSDATA_PREFIX")
    environment |= {"TESSDATA_PREFIX": prefix} if prefix else {}
    with subprocess.Popen(  # noqa: S603 - a fixed program
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        try:
            out, _ = process.communicate(picture, MAX_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise UnreadableFile(f"Đọc ảnh quá lâu nên dừng lại: {_WAY_OUT}.") from error
    if process.returncode:
        raise UnreadableFile(f"Tệp ảnh bị hỏng nên không đọc được: {_WAY_OUT}.")
    return [line.split("\t") for line in out.decode("utf-8", "replace").splitlines()[1:]]


def _pages(rows: Iterable[list[str]]) -> list[Page]:
    """The pages of tesseract's table; the words of a line stand on one height."""
    pages: list[Page] = []
    scale = 72 / DPI
    y = size = 0.0
    for row in rows:
        if len(row) < 12:
            continue
        left, top, width, height = (int(value) * scale for value in row[6:10])
        if row[0] == "1":
            pages.append(Page(int(row[1]), width, height, []))
        elif row[0] == "4":
            y, size = top + 0.8 * height, height
        elif row[0] == "5" and row[11].strip() and float(row[10]) >= _LEAST_SURE and pages:
            pages[-1].runs.append(Run(row[11].strip(), left, left + width, y, min(size, _SIZE), width))
    return pages


_SIZE = 13.0  # points: how a paper is printed; the height of a line's picture says little
