"""What a file is by its content, whatever its name says: pictures, PDF, Word, Excel."""

from __future__ import annotations

import io
import zipfile

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused

# kind of content -> endings under which a computer opens it as that
ENDINGS = {
    "jpeg": ("jpg", "jpeg"),
    "png": ("png",),
    "gif": ("gif",),
    "webp": ("webp",),
    "tiff": ("tif", "tiff"),
    "heif": ("heic", "heif"),
    "pdf": ("pdf",),
    "docx": ("docx",),
    "xlsx": ("xlsx", "xlsb"),
    "doc": ("doc",),
    "xls": ("xls",),
}
_STARTS = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"%PDF-": "pdf",
}
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}
_ZIP_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsx"}


def kind_of(data: bytes) -> str:
    """The kind of a file (a key of ENDINGS) by its first bytes and inner names; "" for any other content.

    Office files with macros are of no kind: they are programs.
    """
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "heif"
    if data.startswith(_OLE):
        return _old_office(data)
    return _zipped_office(data) if data.startswith(b"PK\x03\x04") else ""


def _old_office(data: bytes) -> str:
    """By the names of the streams in its directory (MS-CFB 2.6.1: UTF-16, ended by a zero)."""
    found = {kind for name, kind in _OLE_STREAMS.items() if f"{name}\0".encode("utf-16-le") in data}
    has_macros = "_VBA_PROJECT\0".encode("utf-16-le") in data
    return found.pop() if len(found) == 1 and not has_macros else ""


def _zipped_office(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = set(file.namelist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError):
        return ""
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    return next((kind for part, kind in _ZIP_PARTS.items() if part in names), "")


def must_be_known(name: str, data: bytes) -> str:
    """The kind of an upload. Raises Refused: content of no kind, or a name that says something else."""
    kind = kind_of(data)
    if data and not kind:
        message = _(
            "Tệp «%(name)s» không phải là ảnh, PDF, Word hay Excel (không có macro). "
            "Hãy chọn tệp khác, hoặc lưu lại thành PDF rồi gửi."
        ) % {"name": name}
        raise Refused(message, {"file": message})
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if kind and ending not in ENDINGS[kind]:
        message = _("Tệp «%(name)s» có nội dung là %(kind)s: hãy đặt lại tên tệp có đuôi .%(ending)s.") % {
            "name": name,
            "kind": kind.upper(),
            "ending": ENDINGS[kind][0],
        }
        raise Refused(message, {"file": message})
    return kind
