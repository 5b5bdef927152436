"""A picture of a paper: it stays with its title and figures, says in words what is seen, and is read over."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from tests.vanban.writing.examples import REPORT
from vanban.conforming import check_layout
from vanban.reading import read_file
from vanban.writing import (
    Cell,
    Column,
    Paper,
    Paragraph,
    Picture,
    Run,
    Table,
    paper_as_json,
    paper_from_json,
    write_docx,
)


def _png(wide: int = 300, high: int = 100) -> bytes:
    """A white picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress((b"\x00" + b"\xff" * wide) * high)
    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"pHYs", struct.pack(">IIB", 3937, 3937, 1))
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def _with(*blocks: object) -> Paper:
    return replace(REPORT, body=(Paragraph("Trước."), *blocks, Paragraph("Sau.")))  # type: ignore[arg-type]


PICTURE = Picture(
    _png(),
    alt="Biểu đồ thanh: Số nhiệm vụ. Đúng tiến độ 30; chậm 9.",
    title="Số nhiệm vụ theo tình trạng",
    note=(Run("Đúng tiến độ: "), Run("30", key="so_1"), Run("; chậm: "), Run("9", key="so_2"), Run(".")),
)


def test_it_stands_between_its_title_and_its_figures() -> None:
    document = docx.Document(io.BytesIO(write_docx(_with(PICTURE))))
    lines = document.paragraphs
    at = next(n for n, line in enumerate(lines) if line.text == PICTURE.title)
    title, drawn, note = lines[at : at + 3]
    assert note.text == "Đúng tiến độ: 30; chậm: 9."
    for line in (title, drawn):
        assert line.paragraph_format.keep_with_next
    (inline,) = drawn._p.iter(qn("wp:inline"))
    assert inline.docPr.get("descr") == PICTURE.alt
    section = document.sections[0]
    between = section.page_width - section.left_margin - section.right_margin
    assert abs(inline.extent.cx - between) < 13000  # a point
    assert abs(inline.extent.cy * 3 - inline.extent.cx) < 13000


def test_a_paper_with_it_is_read_back_with_its_figures() -> None:
    read = read_file(write_docx(_with(PICTURE)), "x.docx")
    words = [block.text for block in read.blocks if hasattr(block, "text")]
    at = words.index("Số nhiệm vụ theo tình trạng")
    assert "Đúng tiến độ: 30; chậm: 9." in words[at:]


def test_the_same_paper_gives_the_same_bytes_also_from_plain_values() -> None:
    paper = _with(PICTURE, replace(PICTURE, note="", share=0.5))
    assert write_docx(paper) == write_docx(paper)
    assert paper_from_json(paper_as_json(paper)) == paper


@pytest.mark.parametrize("wrong", [{"png": b"GIF89a"}, {"share": 0.0}, {"share": 1.5}])
def test_what_is_no_picture_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="picture"):
        write_docx(_with(replace(PICTURE, note="", **wrong)))  # type: ignore[arg-type]


def test_the_title_of_a_table_stays_with_it() -> None:
    rows = ((Cell("a"), Cell("b")),)
    table = Table((Column(), Column()), rows=rows, title="Bảng 1", unit="Đơn vị tính: tấn")
    document = docx.Document(io.BytesIO(write_docx(_with(table))))
    kept = {line.text: line.paragraph_format.keep_with_next for line in document.paragraphs}
    assert kept["Bảng 1"]
    assert kept["Đơn vị tính: tấn"]


def test_it_is_no_departure_from_the_layout() -> None:
    assert check_layout(write_docx(_with(PICTURE))) == check_layout(write_docx(_with()))
