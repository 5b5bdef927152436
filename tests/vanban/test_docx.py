"""Word files: automatic numbers, merged cells, footnotes, changes under revision, and files that are none."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.vanban.word import as_word, with_footnote
from vanban.document import Document, Paragraph, Table
from vanban.reading import UnreadableFile, read_file


def read(word: Any) -> Document:
    out = io.BytesIO()
    word.save(out)
    return read_file(out.getvalue(), "bai.docx")


def numbered(document: Document) -> list[tuple[str | None, str]]:
    return [(block.number, block.text) for block in document.blocks if isinstance(block, Paragraph)]


def paragraph(word: Any, xml: str) -> None:
    word.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))


def lists(word: Any, levels: str, *nums: str) -> None:
    numbering = word.part.numbering_part.element
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    for num in nums:
        numbering.append(parse_xml(num.replace("<w:num ", f"<w:num {nsdecls('w')} ", 1)))


def listed(word: Any, text: str, num: int, level: int = 0) -> None:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>'
    xml = f"<w:p {nsdecls('w')}>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"
    word.element.body.insert(len(word.element.body) - 1, parse_xml(xml))


def level(index: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl>'
    )


def num(index: int, start: int | None = None) -> str:
    again = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return f'<w:num w:numId="{index}"><w:abstractNumId w:val="77"/>{again}</w:num>'


def test_lists_of_several_levels_count_as_word_does() -> None:
    word = docx.Document()
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
    lists(word, levels + level(3, "bullet", "-") + level(4, "bullet", "\uf0b7"), num(71))
    for text, depth in (("A", 0), ("B", 1), ("C", 2), ("D", 2), ("E", 1), ("F", 2), ("G", 0), ("H", 1)):
        listed(word, text, 71, depth)
    listed(word, "I", 71, 3)
    listed(word, "K", 71, 4)
    marks = ["I.", "1.", "a)", "b)", "2.", "a)", "II.", "1.", "-", "•"]
    assert [number for number, _ in numbered(read(word))] == marks


def test_lists_that_start_again_go_on_or_are_legal() -> None:
    word = docx.Document()
    legal = level(1, "decimal", "%1.%2.", "<w:isLgl/>")
    lists(word, level(0, "upperRoman", "%1.", start=2) + legal, num(71), num(72), num(73, start=5))
    listed(word, "A", 71)
    listed(word, "B", 71, 1)
    listed(word, "C", 72)  # another list of the same kind goes on
    listed(word, "D", 73)  # one that says so starts again
    assert [number for number, _ in numbered(read(word))] == ["II.", "2.1.", "III.", "V."]


def test_a_style_may_bring_its_list() -> None:
    word = docx.Document()
    lists(word, level(0, "decimal", "Điều %1."), num(71))
    style = word.styles["Heading 2"]
    style.element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="71"/></w:numPr>')
    )
    word.add_heading("Phạm vi", 2)
    word.add_heading("Đối tượng", 2)
    found = read(word).blocks
    assert [(b.number, b.heading) for b in found if isinstance(b, Paragraph)] == [
        ("Điều 1.", 2),
        ("Điều 2.", 2),
    ]


def test_words_under_revision_are_as_they_would_be_accepted() -> None:
    word = docx.Document()
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    deleted = "<w:del w:id='1' w:author='A'><w:r><w:delText>cũ </w:delText></w:r></w:del>"
    inserted = f"<w:ins w:id='2' w:author='A'>{run.format('mới')}</w:ins>"
    paragraph(word, run.format("Bản ") + deleted + inserted)
    assert numbered(read(word)) == [(None, "Bản mới")]


def test_breaks_tabs_hyphens_and_hidden_words() -> None:
    word = docx.Document()
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    paragraph(word, f"<w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Năm</w:t><w:tab/><w:t>2026</w:t></w:r>{hidden}")
    assert numbered(read(word)) == [(None, "KẾ HOẠCH"), (None, "Năm 2026")]


def test_looks_come_from_runs_and_from_styles() -> None:
    word = docx.Document()
    word.add_paragraph().add_run("Đậm").bold = True
    mixed = word.add_paragraph()
    mixed.add_run("Nửa").bold = True
    mixed.add_run(" đậm")
    word.styles["Normal"].font.italic = True
    centred = word.add_paragraph("Giữa")
    centred.alignment = 1
    found = [b for b in read(word).blocks if isinstance(b, Paragraph)]
    assert [(b.bold, b.italic, b.align) for b in found] == [
        (True, True, None),
        (False, True, None),
        (False, True, "center"),
    ]


def test_merged_cells_stand_once() -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    for y in range(3):
        for x in range(3):
            table.cell(y, x).text = f"{y}{x}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    found = read(word).blocks[0]
    assert isinstance(found, Table)
    assert [[(c.text, c.colspan, c.rowspan, c.covered) for c in row] for row in found.rows] == [
        [("00\n10", 1, 2, False), ("01\n02", 2, 1, False), ("", 1, 1, True)],
        [("", 1, 1, True), ("11", 1, 1, False), ("12", 1, 1, False)],
        [("20", 1, 1, False), ("21", 1, 1, False), ("22", 1, 1, False)],
    ]


def test_automatic_numbers_in_cells_are_words_of_the_cell() -> None:
    word = docx.Document()
    lists(word, level(0, "decimal", "%1"), num(71))
    table = word.add_table(2, 1)
    for row in table.rows:
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="71"/></w:numPr>')
        )
    found = read(word).blocks[0]
    assert isinstance(found, Table)
    assert [row[0].text for row in found.rows] == ["1", "2"]


def test_tables_in_content_controls_and_nested_ones_are_read() -> None:
    word = docx.Document()
    outer = word.add_table(1, 1)
    outer.cell(0, 0).text = "Ngoài"
    outer.cell(0, 0).add_table(1, 2).cell(0, 1).text = "Trong"
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    control[0].append(outer._tbl)
    word.element.body.insert(0, control)
    found = read(word).blocks[0]
    assert isinstance(found, Table)
    assert found.rows[0][0].text == "Ngoài\nTrong"


def test_a_frame_around_text_is_no_table() -> None:
    word = docx.Document()
    frame = word.add_table(1, 1).cell(0, 0)
    frame.text = "I. MỤC TIÊU"
    frame.add_paragraph("Giảm rác.")
    assert numbered(read(word)) == [(None, "I. MỤC TIÊU"), (None, "Giảm rác.")]


def test_footnotes_and_running_heads_stand_apart() -> None:
    word = docx.Document(io.BytesIO(as_word("Đoạn một.\nĐoạn hai.")))
    word.sections[0].header.paragraphs[0].text = "Trang 1"
    out = io.BytesIO()
    word.save(out)
    found = read_file(with_footnote(out.getvalue(), "một.", "Chú thích"), "a.docx")
    assert numbered(found) == [(None, "Đoạn một."), (None, "Đoạn hai.")]
    assert found.footnotes == (("1", "Chú thích"),)


def test_pages_are_counted_where_word_has_laid_them_out() -> None:
    word = docx.Document()
    word.add_paragraph("Trang một")
    xml = f"<w:p {nsdecls('w')}><w:r><w:lastRenderedPageBreak/><w:t>Trang hai</w:t></w:r></w:p>"
    word.element.body.insert(1, parse_xml(xml))
    word.add_paragraph("Vẫn trang hai")
    assert [block.page for block in read(word).blocks] == [1, 2, 2]


def archive(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (archive(word__document_xml=b"<x/>"), "a.docx", "hỏng"),
        (archive(xl__workbook_xml=b"<x/>"), "a.xlsx", "Tệp .xlsx bị hỏng"),
        (archive(a=b"x"), "a.docx", "hỏng|Chưa đọc được"),
        (as_word("Kế hoạch")[:900], "a.docx", "hỏng"),
        (archive(word__document_xml=b"\x00" * 40_000_000), "a.docx", "nén quá mức"),
    ],
)
def test_files_that_are_no_word_files_are_refused(data: bytes, name: str, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        read_file(data, name)
