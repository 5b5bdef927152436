"""Which kind of file it is, by its first bytes and then by its name, and who reads it.

A reader is a function from bytes to a Document. To add a kind: write its module, and name it here.
Readers are loaded when they are first needed: a command that reads a text starts without the others.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from vanban.document import Document
from vanban.reading import archives, legacy, text
from vanban.reading.archives import MAX_ROWS
from vanban.reading.errors import UnreadableFile
from vanban.reading.inline import MAX_PARAGRAPH, TOO_LONG

Reader = Callable[[bytes], Document]

MAX_TEXT = 20 * 1024 * 1024
MAX_LINES = 30_000
MAX_TAGS = 400_000

_STARTS = {
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
    b"%PDF": ".pdf",
    b"{\\rtf": ".rtf",
    b"\x89PNG": ".png",
    b"\xff\xd8\xff": ".jpg",
    b"II*\x00": ".tif",
    b"MM\x00*": ".tif",
}
_TEXTS = {".txt", ".md", ".markdown", ".text", ""}
_PAGES = {".html", ".htm", ".xhtml"}
_BROKEN = "Tệp {} bị hỏng nên không đọc được: hãy mở lại, lưu thành .docx rồi tải lại."
_LOCKED = "Tệp được bảo vệ bằng mật khẩu: hãy bỏ mật khẩu, lưu lại thành .docx rồi tải lại."


def reader(data: bytes, name: str) -> Reader:
    """Who reads a file. Raises UnreadableFile for a kind that nobody reads, and for broken or locked archives."""
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    start = next((kind for start, kind in _STARTS.items() if data.startswith(start)), None)
    if start is None and b"%PDF-" in data[:1024]:
        start = ".pdf"
    if start == "zip":
        return _guarded(_of_archive(data, suffix), suffix or ".docx")
    if start == "ole":
        return _of_old_office(data, suffix)
    if start == ".pdf":
        return _guarded(_pdf, ".pdf")
    if start == ".rtf":
        return _guarded(_old(".rtf"), ".rtf")
    if start is not None:
        return _guarded(_scan, start)
    return _of_text(suffix)


def _of_archive(data: bytes, suffix: str) -> Reader:
    kind = archives.kind(data)
    if kind == ".docx":
        return _guarded(_docx, kind)
    if kind == ".xlsx":
        return _guarded(_xlsx, kind)
    if kind == ".odt":
        return _old(".odt")
    raise _not_read(kind or suffix or ".zip")


def _of_old_office(data: bytes, suffix: str) -> Reader:
    if _stream(data, "EncryptedPackage"):
        raise UnreadableFile(_LOCKED)
    if _stream(data, "WordDocument"):
        return _guarded(_old(".doc"), ".doc")
    raise _not_read(suffix or ".doc")


def _of_text(suffix: str) -> Reader:
    if suffix in _PAGES:
        return _guarded(_html, suffix)
    if suffix in _TEXTS:
        return _guarded(_text, suffix or ".txt")
    if suffix in {".docx", ".pdf", ".xlsx", ".doc", ".odt", ".rtf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"}:
        raise UnreadableFile(_BROKEN.format(suffix))
    raise _not_read(suffix)


def _stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def _not_read(kind: str) -> UnreadableFile:
    return UnreadableFile(f"Chưa đọc được tệp {kind}, hãy lưu thành .docx rồi tải lại.")


def _guarded(read: Reader, kind: str) -> Reader:
    """The reader, such that whatever a broken file makes its parser raise is told as one sentence."""

    def guarded(data: bytes) -> Document:
        try:
            return read(data)
        except UnreadableFile:
            raise
        except Exception as error:
            raise UnreadableFile(_BROKEN.format(kind)) from error

    return guarded


def _docx(data: bytes) -> Document:
    from vanban.reading import docx, legacy_word, strict

    return docx.read(legacy_word.decoded(strict.transitional(data)))


def _xlsx(data: bytes) -> Document:
    from vanban.reading import strict, xlsx

    return xlsx.read(strict.transitional(data))


def _pdf(data: bytes) -> Document:
    from vanban.reading import pdf

    return pdf.read(data)


def _scan(data: bytes) -> Document:
    from vanban.reading import scan

    return scan.read(data)


def _old(suffix: str) -> Reader:
    def read(data: bytes) -> Document:
        from vanban.reading import office

        converted = office.as_docx(data, suffix)
        if archives.kind(converted) != ".docx":
            raise UnreadableFile(_BROKEN.format(suffix))
        return _docx(converted)

    return read


def _text(data: bytes) -> Document:
    from vanban.reading import html

    found = _decoded(data)
    if html.is_html(found):
        return html.read(found)
    if max(map(len, found.split("\n"))) > MAX_PARAGRAPH:
        raise UnreadableFile(TOO_LONG)
    return _spaced(found) if text.is_spaced(found) else text.from_text(found)


def _spaced(found: str) -> Document:
    from vanban.reading import spaced

    return spaced.read(found)


def _html(data: bytes) -> Document:
    from vanban.reading import html

    return html.read(_decoded(data))


def _decoded(data: bytes) -> str:
    """The characters of a text file. Raises UnreadableFile for one too long, or in no known encoding."""
    lines, rows = max(data.count(b"\n"), data.count(b"\r")), data.lower().count(b"<tr")
    if lines > 2 * MAX_LINES or rows > MAX_ROWS:  # every second line may be empty
        raise UnreadableFile(f"Tệp dài hơn {MAX_LINES} dòng nên không đọc: hãy chia nhỏ tệp.")
    if len(data) > MAX_TEXT or data.count(b"<") > MAX_TAGS:
        raise UnreadableFile("Tệp có nội dung quá dài nên không đọc: hãy chia nhỏ tệp.")
    return legacy.of_file(data) or text.decoded(data)
