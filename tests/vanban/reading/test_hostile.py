"""Files that harm or are none: one Vietnamese sentence, little memory, little time, nothing fetched."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vanban.reading.hostile import archive, paragraph, pdf, renamed, row, sheet, word
from tests.vanban.word import as_word
from vanban.document import Document, Paragraph
from vanban.reading import UnreadableFile, read_file

NOISE = random.Random(7).randbytes(50_000)
BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
DECLARED = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{BOMB}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TABLE_ROW = "<w:tr>" + f"<w:tc>{paragraph('o')}</w:tc>" * 4 + "</w:tr>"
SENTENCE = re.compile(r"[A-ZĐK].{15,160}[.]$")
SPREAD = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="XFD{0}"><v>1</v></c></row>'

BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("a.docx", lambda: b"", "trống"),
    "truncated": ("a.docx", lambda: as_word("Kế hoạch")[:9000], "hỏng"),
    "random": ("a.docx", lambda: NOISE, "hỏng"),
    "random after the start of a PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + NOISE, "hỏng"),
    "random after the start of an old file": ("a.xls", lambda: OLE + NOISE, "Chưa đọc được tệp .xls"),
    "random after the start of a page": ("a.html", lambda: b"<html>" + NOISE, "bảng mã|không có chữ"),
    "random text": ("a.txt", lambda: NOISE, "bảng mã|hỏng"),
    "200 MB": ("a.pdf", lambda: b"%PDF-1.7" + bytes(200_000_000), "lớn hơn 100 MB"),
    "zip bomb": ("a.docx", lambda: word(word__media__a=bytes(200_000_000)), "nén quá mức"),
    "bomb of elements": ("a.docx", lambda: word(body="<w:p/>" * 3_000_000), "quá"),
    "many paragraphs": ("a.docx", lambda: word(body=paragraph("Một hai ba") * 120_000), "quá"),
    "nested": ("a.docx", lambda: word(body="<w:sdt>" * 20_000 + "</w:sdt>" * 20_000), "hỏng"),
    "100,000 rows": (
        "a.docx",
        lambda: word(body=f"<w:tbl>{TABLE_ROW * 100_000}</w:tbl>"),
        "10000 dòng|quá mức",
    ),
    "100,000 lines": ("a.txt", lambda: b"a\tb\tc\n" * 100_000, "30000 dòng"),
    "100,000 rows of a page": ("a.html", lambda: b"<table>" + b"<tr><td>a" * 100_000, "30000 dòng"),
    "endless spans": (
        "a.html",
        lambda: b"<table>" + b"<tr><td rowspan=9999 colspan=1000>a</tr>" * 9000,
        "bảng quá lớn",
    ),
    "nested page": ("a.html", lambda: b"<html>" + b"<div>" * 100_000 + b"a", "lồng nhau|hỏng"),
    "many tags": ("a.html", lambda: b"<html>" + b"<b>a</b>" * 1_000_000, "quá dài"),
    "entities in a page": ("a.html", f"{DECLARED}<html>&i;</html>".encode, "ENTITY"),
    "100,000 rows of a sheet": (
        "a.xlsx",
        lambda: sheet("".join(row(n, 1) for n in range(1, 100_001))),
        "dòng",
    ),
    "cell at the end of a sheet": ("a.xlsx", lambda: sheet(SPREAD.format(1048576)), "dòng"),
    "a sheet under another name": (
        "a.xlsx",
        lambda: renamed(sheet(SPREAD.format(1048576)), "worksheets/sheet1.xml", "other.dat"),
        "dòng",
    ),
    "a column beyond the last": (
        "a.xlsx",
        lambda: sheet(f'<row r="1"><c r="A{"r" * 66}1"><v>1</v></c></row>'),
        "quá dài",
    ),
    "wide sheet": ("a.xlsx", lambda: sheet(SPREAD.format(9999)), "quá dài"),
    "5,000 pages": ("a.pdf", lambda: pdf(b"BT /F1 12 Tf (a) Tj ET", 5000), "5000 trang"),
    "bomb of a stream": ("a.pdf", lambda: pdf(b" " * 100_000_000, packed=True), "nén quá mức"),
    "locked PDF": ("a.pdf", lambda: pdf(b"BT /F1 12 Tf (a) Tj ET", locked=True), "mật khẩu"),
    "locked Word file": ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "PDF without words": ("a.pdf", lambda: pdf(b"0 0 m 100 100 l S"), "không có chữ"),
    "an archive of something else": ("a.docx", lambda: archive({"a": "b"}), "Chưa đọc được tệp .docx"),
    "a presentation": (
        "a.pptx",
        lambda: archive({"ppt/presentation.xml": "<x/>"}),
        "Chưa đọc được tệp .pptx",
    ),
    "endless word": ("a.txt", lambda: b"a" * 100_000, "dài bất thường"),
}
DECLARING = {
    name: f'<?xml version="1.0"?>{head}<x>&i;</x>'
    for name, head in (("bomb", DECLARED), ("outside", OUTSIDE))
}

_MEASURED = """
import resource, sys
from pathlib import Path
from vanban.reading import UnreadableFile, read_file
try:
    read_file(Path(sys.argv[1]).read_bytes(), sys.argv[2])
    print("read")
except UnreadableFile as error:
    print(error)
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime)
"""


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_sentence_and_costs_little(case: str, tmp_path: Path) -> None:
    name, make, says = BAD[case]
    path = tmp_path / "tep"
    path.write_bytes(make())
    words = [sys.executable, "-c", _MEASURED, str(path), name]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    sentence, cost = done.stdout.splitlines()
    memory, seconds = cost.split()
    assert re.search(says, sentence)
    assert SENTENCE.match(sentence)
    assert not done.stderr
    assert int(memory) <= 1024
    assert float(seconds) <= 20


@pytest.mark.parametrize("kind", DECLARING)
def test_declared_entities_are_refused_wherever_they_stand(kind: str) -> None:
    for part in ("word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"):
        with pytest.raises(UnreadableFile, match="ENTITY"):
            read_file(word(**{part.replace("/", "__"): DECLARING[kind]}), "a.docx")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def test_links_to_other_files_and_hosts_are_not_followed() -> None:
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="http://127.0.0.1:9/a.dotm" TargetMode="External"/></Relationships>'
    )
    data = word(**{"word___rels__settings.xml.rels": outside}, body=paragraph("Chỉ có thế"))
    assert texts(read_file(data, "a.docx")) == ["Chỉ có thế"]
    page = (
        "<html><img src='http://127.0.0.1:9/a.png'><iframe src='file:///etc/passwd'>x</iframe>"
        "<link rel=import href=/etc/passwd><p>Chỉ có thế</p></html>"
    )
    assert texts(read_file(page.encode(), "a.html")) == ["Chỉ có thế"]


def test_old_office_files_fetch_nothing() -> None:
    data = rb"{\rtf1 Ke hoach {\field{\*\fldinst INCLUDETEXT /etc/hostname}{\fldrslt cu}} het}"
    assert texts(read_file(data, "a.rtf")) == ["Ke hoach cu het"]
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'office:version="1.2"><office:body><office:text><text:p>Ke hoach</text:p><text:section text:name="s">'
        '<text:section-source xlink:href="file:///etc/passwd" text:filter-name="Text"/><text:p>cu</text:p>'
        "</text:section></office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f"{entry.format('/', kind)}{entry.format('content.xml', 'text/xml')}</m:manifest>"
    )
    parts: dict[str, str | bytes] = {
        "mimetype": kind,
        "META-INF/manifest.xml": manifest,
        "content.xml": content,
    }
    assert texts(read_file(archive(parts), "a.odt")) == ["Ke hoach", "cu"]


def test_without_its_programs_a_file_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from vanban.reading import scan

    monkeypatch.setenv("PATH", "/nowhere")
    scan.is_installed.cache_clear()
    picture = b"\x89PNG\r\n\x1a\n" + bytes(100)
    for data, name, says in (
        (rb"{\rtf1 abc}", "a.rtf", "lưu thành .docx"),
        (picture, "ke-hoach.docx", "chưa có OCR: hãy tải lên bản .docx"),
    ):
        with pytest.raises(UnreadableFile, match=says):
            read_file(data, name)
    monkeypatch.undo()
    scan.is_installed.cache_clear()
    with pytest.raises(UnreadableFile, match="ảnh bị hỏng"):
        read_file(picture, "ke-hoach.docx")


_COMMAND = "import sys; from vanban.cli import main; sys.exit(main(sys.argv[1:]))"
NAMED: dict[str, Callable[[], bytes]] = {
    "trong.docx": lambda: b"",
    "cut.docx": lambda: as_word("Kế hoạch")[:9000],
    "khoa.pdf": lambda: pdf(b"BT /F1 12 Tf (a) Tj ET", locked=True),
    "lon.txt": lambda: bytes(200_000_000),
    "bom.docx": lambda: word(word__media__a=bytes(200_000_000)),
    "anh.docx": lambda: b"\x89PNG\r\n\x1a\n" + NOISE,
    "nhieu-manh.docx": lambda: archive(
        {f"word/x{n}.xml": "<a/>" for n in range(20_000)} | {"word/document.xml": "<a/>"}
    ),
    "khe.pdf": lambda: pdf(b"(a) Tj " * 300_000, packed=True),
    "luoi.pdf": lambda: pdf(
        b"".join(b"0 %d m 600 %d l S %d 0 m %d 800 l S " % (n, n, n, n) for n in range(0, 600, 7)), 60
    ),
    "kho-giay.pdf": lambda: pdf(b"0 0 m 1 1 l S").replace(b"0 0 595 842", b"0 0 14400 14400"),
    "mot-dong.md": lambda: b"<sup>" * 3_000_000,
    "in-hoa.txt": lambda: "Ä Ö Ü ß Å É Ñ ".encode() * 4000 + b"ABC 1 " * 8000,
    "long.rtf": lambda: rb"{\rtf1 " + b"{" * 200_000,
    "cot.html": lambda: b"<table>" + b"<tr><td colspan=1000000 rowspan=1000000>a<td>b" * 2000,
    "ten la\u202e 'x'\n.txt": lambda: b"",
}


@pytest.mark.parametrize("command", ["read", "check"])
@pytest.mark.parametrize("name", NAMED)
def test_the_command_says_one_sentence_and_ends_with_two(name: str, command: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(NAMED[name]())
    said(command, path)


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    said("read", tmp_path)
    said("read", tmp_path / "khong-co.docx")
    said("check", Path("/dev/zero"))


def said(command: str, path: Path) -> None:
    words = [sys.executable, "-c", f"{_LIMITED}{_COMMAND}", command, str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert not done.stdout
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert re.match("[A-ZĐK]", done.stderr)


_LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (20, 20)); "
