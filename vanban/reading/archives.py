"""Looks into a file that is an archive (.docx, .xlsx, .odt) before anything reads it, and refuses what would harm."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from vanban.reading.errors import UnreadableFile

MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 300  # Word's own parts stay far below; a zip bomb does not
MAX_XML = 80 * 1024 * 1024
MAX_TAGS = 2_000_000
MAX_ROWS = 10_000
MAX_ABOVE = 50  # lines of titles and headings above the rows
MAX_PARAGRAPHS = 50_000
MAX_COLUMNS = 16_384  # of a sheet of Excel
MAX_SQUARES = 2_000_000  # rows times columns of a sheet

_CHUNK = 1024 * 1024
_DECLARED = re.compile(rb"<!DOCTYPE|<!ENTITY|<\x00!\x00[DE]\x00|\x00<\x00!\x00[DE]", re.IGNORECASE)
_MANY_TAGS = 100_000
_TOO_LONG = "Tệp có nội dung quá dài nên không đọc: hãy chia nhỏ tệp."
_ROW = re.compile(rb"<(?:\w+:)?(?:tr|table-row|row)[\s/>]")
_PARAGRAPH = re.compile(rb"<(?:\w+:)?p[\s/>]")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d{1,9})""")
_CELLS = b"sheetData"
_LETTERS = 5  # of a column: more is beyond the last one anyway
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_PARTS = (
    (re.compile(r"word/document\d*\.xml"), ".docx"),
    (re.compile(r"xl/workbook\d*\.xml"), ".xlsx"),
    (re.compile(r"xl/workbook\.bin"), ".xlsb"),
)


def kind(data: bytes) -> str | None:
    """Which office file an archive is: ".docx", ".xlsx", ".odt", or None.

    Raises UnreadableFile for what is broken, locked, packed too tightly, too long, or declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_sizes(archive.infolist(), len(data))
            names = {entry.filename for entry in archive.infolist()}
            found = next((kind for part, kind in _PARTS if any(map(part.fullmatch, names))), None)
            if found is None and "mimetype" in names:
                found = {b"application/vnd.oasis.opendocument.text": ".odt"}.get(
                    archive.read("mimetype").strip()
                )
            if found:
                _check_parts(archive, is_book=found in {".xlsx", ".xlsb"})
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("Tệp bị hỏng hoặc tải lên chưa đủ nên không đọc được.") from error
    return found


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("Tệp được bảo vệ bằng mật khẩu: hãy bỏ mật khẩu rồi tải lại.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > 20_000_000 and unpacked > MAX_RATIO * packed):
        raise UnreadableFile("Tệp nén quá mức (dung lượng sau khi giải nén quá lớn) nên không đọc.")


def _is_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """By its name, or by how it begins: readers open a part wherever the workbook says that it is."""
    if entry.filename.lower().endswith((".xml", ".rels")):
        return True
    with archive.open(entry) as part:
        return part.read(64).lstrip(_BEFORE_XML).startswith(b"<")


def _check_parts(archive: zipfile.ZipFile, *, is_book: bool) -> None:
    parts = [entry for entry in archive.infolist() if _is_xml(archive, entry)]
    if sum(entry.file_size for entry in parts) > MAX_XML:
        raise UnreadableFile(_TOO_LONG)
    tags = 0
    for entry in parts:
        tags += _check_part(archive, entry, is_book=is_book)
        if tags > MAX_TAGS:
            raise UnreadableFile(_TOO_LONG)


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, is_book: bool) -> int:
    """How many tags a part has; rows and paragraphs are counted where there are many, the cells of a sheet always."""
    tags = rows = paragraphs = last_row = last_column = 0
    is_sheet = False
    for chunk in _chunks(archive, entry):
        if (b"<!" in chunk or b"<\x00!" in chunk) and _DECLARED.search(chunk):
            raise UnreadableFile(
                "Tệp có khai báo thực thể (ENTITY) trong XML nên không đọc: hãy lưu lại bằng Word."
            )
        tags += chunk.count(b"<")
        is_sheet = is_sheet or (is_book and _CELLS in chunk)
        for column, row in _PLACE.findall(chunk) if is_book else ():
            last_row, last_column = max(last_row, int(row)), max(last_column, _column(column))
    for chunk in _chunks(archive, entry) if tags > _MANY_TAGS else ():
        rows += len(_ROW.findall(chunk))
        paragraphs += len(_PARAGRAPH.findall(chunk))
    if not is_sheet:  # shapes have an r of their own
        last_row = last_column = 0
    if max(rows, last_row) > MAX_ROWS + MAX_ABOVE:
        raise UnreadableFile(f"Tệp có bảng dài hơn {MAX_ROWS} dòng nên không đọc: hãy chia nhỏ tệp.")
    if paragraphs > MAX_PARAGRAPHS or last_row * last_column > MAX_SQUARES or last_column > MAX_COLUMNS:
        raise UnreadableFile(_TOO_LONG)
    return tags


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part piece by piece, each cut where a tag begins."""
    kept = b""
    with archive.open(entry) as part:
        while piece := part.read(_CHUNK):
            kept += piece
            cut = kept.rfind(b"<")
            if 0 < cut < len(kept) and len(kept) - cut < _CHUNK:
                yield kept[:cut]
                kept = kept[cut:]
            else:
                yield kept
                kept = b""
    yield kept


def _column(letters: bytes) -> int:
    """The number of a column: 1 for A, 28 for AB."""
    number = 0
    for letter in letters[:_LETTERS].upper():
        number = number * 26 + letter - 64
    return number
