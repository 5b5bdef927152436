"""Readers of files: each takes bytes and gives a Document. They know files, not plans."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePath

from vanban.document import Document, Paragraph
from vanban.reading import docx, text
from vanban.reading.errors import UnreadableFile
from vanban.understanding import understand

__all__ = ["UnreadableFile", "read_file", "understand"]

MAX_FILE = 100 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 300  # Word's own parts stay far below; a zip bomb does not

MAX_PARAGRAPH = 60_000  # characters; the longest article of a law has some thousands

_ENDLESS = re.compile(r"\S{2000}")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = {b"%PDF": ".pdf", b"{\\rtf": ".rtf", b"\x89PNG": ".png", b"\xff\xd8\xff": ".jpg", b"II*\x00": ".tif"}
_TEXTS = {".txt", ".md", ".markdown", ".text", ""}


def read_file(data: bytes, name: str) -> Document:
    """The document of a file, known by its first bytes, then by its name.

    Raises UnreadableFile, with a Vietnamese message, for what is empty, broken, locked, too large or of
    a kind that is not read.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFile("Tệp trống, không có nội dung để đọc.")
    if len(data) > MAX_FILE:
        raise UnreadableFile(f"Tệp lớn hơn {MAX_FILE // 1024 // 1024} MB nên không đọc được.")
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        _check_archive(data, suffix)
        document = docx.read(data)
    else:
        _refuse_other_kinds(data, suffix)
        document = text.read(data)
    if any(len(text) > MAX_PARAGRAPH or _ENDLESS.search(text) for text in _texts(document)):
        raise UnreadableFile("Tệp có đoạn chữ dài bất thường, không phải văn bản hành chính nên không đọc.")
    if not document.blocks:
        raise UnreadableFile("Tệp không có chữ nào đọc được (có thể chỉ có ảnh chụp văn bản).")
    return document


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row)


def _refuse_other_kinds(data: bytes, suffix: str) -> None:
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableFile(
                "Tệp được bảo vệ bằng mật khẩu: hãy bỏ mật khẩu, lưu lại thành .docx rồi tải lại."
            )
        raise _not_read(suffix or ".doc")
    for start, kind in _KINDS.items():
        if data.startswith(start):
            raise _not_read(kind)
    if suffix == ".docx":
        raise UnreadableFile("Tệp .docx bị hỏng nên không đọc được: hãy mở bằng Word, lưu lại rồi tải lại.")
    if suffix not in _TEXTS:
        raise _not_read(suffix)


def _not_read(kind: str) -> UnreadableFile:
    return UnreadableFile(f"Chưa đọc được tệp {kind}, hãy lưu thành .docx rồi tải lại.")


def _check_archive(data: bytes, suffix: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile("Tệp bị hỏng hoặc tải lên chưa đủ nên không đọc được.") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("Tệp được bảo vệ bằng mật khẩu: hãy bỏ mật khẩu rồi tải lại.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > 20_000_000 and unpacked > MAX_RATIO * len(data)):
        raise UnreadableFile("Tệp nén quá mức (dung lượng sau khi giải nén quá lớn) nên không đọc.")
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise _not_read(suffix or ".zip")
