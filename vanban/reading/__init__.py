"""Readers of files: each takes bytes and gives a Document. They know files, not plans."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.document import Document, Paragraph, Table
from vanban.reading import kinds
from vanban.reading.errors import UnreadableFile
from vanban.reading.inline import MAX_PARAGRAPH, TOO_LONG
from vanban.understanding import understand

__all__ = ["UnreadableFile", "read_file", "understand"]

MAX_FILE = 100 * 1024 * 1024
MAX_CHARACTERS = 1_000_000  # about 300 pages
MAX_BLOCKS = 20_000  # paragraphs and rows of tables: about 500 pages

_MAX_WORD = 2000
_ENDLESS = re.compile(rf"\S{{{_MAX_WORD}}}")


def read_file(data: bytes, name: str) -> Document:
    """The document of a file, known by its first bytes, then by its name.

    Raises UnreadableFile, with a Vietnamese message, for what is empty, broken, locked, too large or of
    a kind that is not read.
    """
    if len(data) > MAX_FILE:
        raise UnreadableFile(f"Tệp lớn hơn {MAX_FILE // 1024 // 1024} MB nên không đọc được.")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile("Tệp trống, không có nội dung để đọc.")
    document = kinds.reader(data, name)(data)
    long = [text for text in _texts(document) if len(text) >= _MAX_WORD]
    if any(len(text) > MAX_PARAGRAPH or _ENDLESS.search(text) for text in long):
        raise UnreadableFile(TOO_LONG)
    if sum(map(len, _texts(document))) > MAX_CHARACTERS:
        raise UnreadableFile(
            "Tệp dài hơn một triệu chữ cái (khoảng 300 trang) nên không đọc: hãy chia nhỏ tệp."
        )
    if sum(len(block.rows) if isinstance(block, Table) else 1 for block in document.blocks) > MAX_BLOCKS:
        raise UnreadableFile(f"Tệp có hơn {MAX_BLOCKS} đoạn và dòng nên không đọc: hãy chia nhỏ tệp.")
    if not document.blocks:
        raise UnreadableFile("Tệp không có chữ nào đọc được (có thể chỉ có ảnh chụp văn bản).")
    return document


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row)
