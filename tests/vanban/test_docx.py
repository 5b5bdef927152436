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


def test_a_style_is_numbered_at_the_level_that_the_list_names_for_it() -> None:
    word = docx.Document()
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:pStyle w:val="Heading1"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:pStyle w:val="Heading2"/><w:isLgl/><w:lvlText w:val="%1.%2."/></w:lvl>'
    )
    lists(word, levels, '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    for name in ("Heading 1", "Heading 2"):
        properties = word.styles[name].element.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="77"/></w:numPr>'))
    for name, text in (
        ("Heading 1", "Một"),
        ("Heading 2", "Nhỏ"),
        ("Heading 2", "Nhỏ nữa"),
        ("Heading 1", "Hai"),
    ):
        word.add_paragraph(text, style=name)
    word.add_paragraph("", style="Heading 2")  # Word numbers an empty paragraph too
    word.add_paragraph("Sau dòng trống", style="Heading 2")
    assert numbered(read(word)) == [
        ("I.", "Một"),
        ("1.1.", "Nhỏ"),
        ("1.2.", "Nhỏ nữa"),
        ("II.", "Hai"),
        ("2.2.", "Sau dòng trống"),
    ]


def test_a_list_may_be_that_of_a_list_style() -> None:
    word = docx.Document()
    numbering = word.part.numbering_part.element
    level = '<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>'
    for key, inside in (
        ("78", '<w:numStyleLink w:val="Muc"/>'),
        ("77", f'<w:styleLink w:val="Muc"/>{level}'),
    ):
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}">{inside}</w:abstractNum>'
        numbering.insert(0, parse_xml(abstract))
    link = '<w:abstractNumId w:val="78"/>'
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77">{link}</w:num>'))
    listed(word, "Bắt đầu từ b", 77)
    assert numbered(read(word)) == [("b)", "Bắt đầu từ b")]


def test_what_revision_deleted_is_gone_and_its_paragraphs_are_one() -> None:
    word = docx.Document()
    deleted = '<w:del w:id="1" w:author="a"/>'
    moved = '<w:moveFrom w:id="2" w:author="a"><w:r><w:t>cũ</w:t></w:r></w:moveFrom>'
    paragraph(word, '<w:moveTo w:id="3" w:author="a"><w:r><w:t>tới đây</w:t></w:r></w:moveTo>')
    paragraph(word, "<w:r><w:t>đoạn sau</w:t></w:r>")
    paragraph(word, f"<w:pPr><w:rPr>{deleted}</w:rPr></w:pPr><w:r><w:t>Đoạn trước và </w:t></w:r>")
    paragraph(word, f'<w:pPr><w:rPr><w:moveFrom w:id="4" w:author="a"/></w:rPr></w:pPr>{moved}')
    table = word.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 0).text = "bỏ", "giữ"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="5" w:author="a"/>'))
    found = read(word)
    assert numbered(found) == [(None, "Đoạn trước và đoạn sau"), (None, "tới đây")]
    (kept,) = (block for block in found.blocks if isinstance(block, Table))
    assert [[cell.text for cell in row] for row in kept.rows] == [["giữ", ""]]


def test_text_boxes_are_read_once_with_their_tables_also_in_cells() -> None:
    word = docx.Document()
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    spaces = f'xmlns:mc="{compatible}" xmlns:v="urn:schemas-microsoft-com:vml"'
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    rows = f"<w:tbl><w:tr>{cell.format('a')}{cell.format('b')}</w:tr></w:tbl>"
    box = f"<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>{rows}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent {spaces}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    paragraph(word, f"<w:r><w:t>Ngoài khung</w:t></w:r>{both}")
    table = word.add_table(1, 2)
    inside = "<w:txbxContent><w:p><w:r><w:t>khung cũ</w:t></w:r></w:p></w:txbxContent>"
    old = f"<w:r><w:pict {spaces}><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    table.cell(0, 0)._tc.p_lst[0].append(parse_xml(old.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)))
    table.cell(0, 1).text = "ô"
    found = read(word)
    assert numbered(found) == [(None, "Ngoài khung"), (None, "Trong khung")]
    tables = [block for block in found.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in table.rows[0]] for table in tables] == [["a", "b"], ["khung cũ", "ô"]]


def test_capitals_powers_and_raised_marks_are_read_as_printed() -> None:
    word = docx.Document()
    title = word.add_paragraph("")
    title.add_run("kế hoạch năm 2026").font.all_caps = True
    text = word.add_paragraph("diện tích 5 m")
    for run, raised in (("2", True), (" của tỉnh", False), ("3", True), (".", False)):
        text.add_run(run).font.superscript = raised or None
    assert numbered(read(word)) == [(None, "KẾ HOẠCH NĂM 2026"), (None, "diện tích 5 m² của tỉnh.")]


def test_a_table_of_contents_without_its_style_is_no_text() -> None:
    word = docx.Document()
    code = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _Toc1 \\h </w:instrText></w:r>'
    paragraph(word, f"<w:r><w:t>I. MỤC TIÊU</w:t></w:r><w:r><w:tab/></w:r>{code}<w:r><w:t>3</w:t></w:r>")
    word.add_paragraph("I. MỤC TIÊU")
    assert numbered(read(word)) == [(None, "I. MỤC TIÊU")]


def test_files_with_macros_and_templates_are_read() -> None:
    plain, macros = (
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"vnd.ms-word.document.macroEnabled.main+xml",
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_word("KẾ HOẠCH\n- Một"))) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            made.writestr(name, source.read(name).replace(plain, macros))
    assert numbered(read_file(out.getvalue(), "a.docm")) == [(None, "KẾ HOẠCH"), ("-", "Một")]


def test_columns_beyond_any_table_cost_nothing() -> None:
    word = docx.Document()
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "a"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="99999999"/>'))
    span = parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="1000000"/>')
    table.cell(0, 0)._tc.get_or_add_tcPr().append(span)
    (found,) = (block for block in read(word).blocks if isinstance(block, Table))
    assert "a" in [cell.text for cell in found.rows[0]]
