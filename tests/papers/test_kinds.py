"""A file is what it contains: pictures, PDF, Word, Excel, whatever its name says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from luc.kernel.errors import Refused
from luc.papers.kinds import kind_of, must_be_known

SAMPLES = Path(__file__).parents[2] / "samples"


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return out.getvalue()


def _ole(*streams: str) -> bytes:
    names = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names


KNOWN = {
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "heif": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    "pdf": b"%PDF-1.7\n",
    "docx": _zip("[Content_Types].xml", "word/document.xml"),
    "xlsx": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "doc": _ole("Root Entry", "WordDocument"),
    "xls": _ole("Root Entry", "Workbook"),
}
REFUSED = {
    "program": b"MZ\x90\x00\x03",
    "linux program": b"\x7fELF\x02",
    "page": b"<!doctype html><script>alert(1)</script>",
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "text": "một câu".encode(),
    "archive": _zip("a.exe"),
    "android": _zip("AndroidManifest.xml", "classes.dex"),
    "half archive": _zip("[Content_Types].xml", "word/document.xml")[:60],
    "macros": _zip("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "old macros": _ole("Root Entry", "WordDocument", "_VBA_PROJECT"),
    "installer": _ole("Root Entry", "Property"),
}


@pytest.mark.parametrize("kind", KNOWN)
def test_content_says_the_kind(kind: str) -> None:
    assert kind_of(KNOWN[kind]) == kind


def test_a_paper_of_word_is_known() -> None:
    assert kind_of((SAMPLES / "ke-hoach-cnmt-mau.docx").read_bytes()) == "docx"


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("name", ["anh.jpg", "a.exe", "van-ban.docx"])
def test_other_content_is_refused_under_any_name(what: str, name: str) -> None:
    with pytest.raises(Refused, match="không phải là ảnh, PDF, Word hay Excel"):
        must_be_known(name, REFUSED[what])


def test_a_name_that_says_something_else_is_asked_to_be_changed() -> None:
    assert must_be_known("Biên bản.PDF", KNOWN["pdf"]) == "pdf"
    for name in ("a.exe", "bien-ban", "anh.jpg"):
        with pytest.raises(Refused, match=r"đuôi \.pdf"):
            must_be_known(name, KNOWN["pdf"])
