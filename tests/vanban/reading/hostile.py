"""Files made to harm, and the tools to make them: nothing of them comes from elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.sax.saxutils import escape

from tests.vanban.word import as_word

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def word(**parts: str | bytes) -> bytes:
    """A good Word file with parts replaced or added: `document="…"` is the body of word/document.xml."""
    with zipfile.ZipFile(io.BytesIO(as_word("KẾ HOẠCH\n1. Một"))) as good:
        found: dict[str, str | bytes] = {name: good.read(name) for name in good.namelist()}
    body = parts.pop("body", None)
    if isinstance(body, str):
        found["word/document.xml"] = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return archive(found | {_path(name): part for name, part in parts.items()})


def added(data: bytes, parts: dict[str, str]) -> bytes:
    """An archive with further parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as good:
        return archive({name: good.read(name) for name in good.namelist()} | dict(parts))


def renamed(data: bytes, part: str, name: str) -> bytes:
    """An archive in which a part has another name, there and wherever it is named."""
    with zipfile.ZipFile(io.BytesIO(data)) as good:
        parts = {one.replace(part, name): good.read(one) for one in good.namelist()}
    return archive({one: there.replace(part.encode(), name.encode()) for one, there in parts.items()})


def strict(data: bytes) -> bytes:
    """An Office file saved as Strict Open XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as good:
        return archive({name: _strictly(good.read(name)) for name in good.namelist()})


def _strictly(part: bytes) -> bytes:
    names = rb"http://schemas\.openxmlformats\.org/(wordprocessingml|spreadsheetml|officeDocument|drawingml)/2006/"
    return re.sub(names, rb"http://purl.oclc.org/ooxml/\1/", part)


def paragraph(text: str, font: str = "") -> str:
    """The XML of a paragraph."""
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>' if font else ""
    return f"<w:p><w:r>{look}<w:t>{text}</w:t></w:r></w:p>"


def sheet(cells: str, merges: str = "") -> bytes:
    """An .xlsx file with one sheet of the given rows."""
    override = '<Override PartName="/xl/{}" ContentType="{}.{}+xml"/>'
    kinds = override.format("workbook.xml", _TYPE, "sheet.main") + override.format(
        "worksheets/sheet1.xml", _TYPE, "worksheet"
    )
    relation = '<Relationships xmlns="{}"><Relationship Id="r1" Type="{}/{}" Target="{}"/></Relationships>'
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f"{kinds}</Types>",
            "_rels/.rels": relation.format(_RELATIONS, _OFFICE, "officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="Phụ lục" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relation.format(
                _RELATIONS, _OFFICE, "worksheet", "worksheets/sheet1.xml"
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{cells}</sheetData>'
            f"{merges}</worksheet>",
        }
    )


def row(number: int, *values: str | float) -> str:
    """The XML of a row of a sheet."""
    cells = []
    for column, value in enumerate(values):
        place = f'r="{chr(65 + column)}{number}"'
        text = (
            f't="inlineStr"><is><t>{escape(value)}</t></is>' if isinstance(value, str) else f"><v>{value}</v>"
        )
        cells.append(f"<c {place} {text}</c>" if value != "" else "")
    return f'<row r="{number}">{"".join(cells)}</row>'


def pdf(content: bytes, pages: int = 1, packed: bool = False, locked: bool = False) -> bytes:
    """A PDF whose pages all show one content."""
    stream = zlib.compress(content, 9) if packed else content
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(pages))
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources" + font + b">>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
        b"<</Length %d%s>>stream\n%s\nendstream"
        % (len(stream), b"/Filter/FlateDecode" if packed else b"", stream),
        *[page] * pages,
    ]
    out, places = b"%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF"
    return out + head + table + end % (len(objects) + 1, lock if locked else b"", len(out))


def _path(name: str) -> str:
    """The path of a part that was given as a keyword: "word__styles_xml" is "word/styles.xml"."""
    return name.replace("___rels__", "/_rels/").replace("__", "/").replace("_xml", ".xml")
