"""The written file as a file: the same bytes, well formed whatever is typed, tables, bookmarks."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.vanban.writing.examples import REPORT, body, lines, opened, parts, words
from vanban.writing import (
    Annex,
    Block,
    Cell,
    Column,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Run,
    Section,
    Table,
    write_docx,
)

# the order in which Word wants the children of an element (ECMA-376, part 1, annex A)
ORDER = {
    "pPr": "pStyle keepNext pBdr spacing ind jc outlineLvl sectPr",
    "rPr": "rFonts b bCs i iCs color sz szCs lang",
    "tblPr": "tblW tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "headerReference footerReference pgSz pgMar pgNumType titlePg",
    "style": "name aliases basedOn link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr",
}


def with_body(*blocks: Block) -> Paper:
    return replace(REPORT, body=blocks, annexes=())


def test_the_same_paper_gives_the_same_bytes_in_another_process() -> None:
    here = write_docx(REPORT)
    code = (
        "import sys; from tests.vanban.writing.examples import REPORT; "
        "from vanban.writing import write_docx; sys.stdout.buffer.write(write_docx(REPORT))"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert there.stdout == here


def test_the_file_says_nothing_of_the_hour_it_was_written() -> None:
    properties = opened(write_docx(REPORT)).core_properties
    assert (properties.created.year, properties.modified.year) == (2025, 2025)
    assert properties.author == "Sở Công Thương"
    assert properties.title == REPORT.title


def test_nothing_of_the_template_is_carried_along() -> None:
    names = {
        name for name in parts(write_docx(REPORT)) if name.startswith(("word/", "docProps/", "customXml/"))
    }
    assert names == {
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/theme/theme1.xml",
        "word/header1.xml",
        "word/header2.xml",
    }


def test_children_stand_in_the_order_that_word_wants() -> None:
    made = parts(write_docx(REPORT))
    for name in ("word/document.xml", "word/styles.xml", "word/header1.xml"):
        for element in etree.fromstring(made[name]).iter(*(qn(f"w:{tag}") for tag in ORDER)):
            order = ORDER[etree.QName(element).localname].split()
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), etree.tostring(element)


def test_tables_are_bordered_and_repeat_their_head() -> None:
    for table in list(body(write_docx(REPORT)).iter(qn("w:tbl")))[1:4:2]:
        lines_of = table.find(qn("w:tblPr")).find(qn("w:tblBorders"))
        assert [side.get(qn("w:val")) for side in lines_of] == ["single"] * 6
        repeated = [
            row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.iter(qn("w:tr"))
        ]
        assert repeated == [True] + [False] * (len(repeated) - 1)


def test_cells_keep_their_spans() -> None:
    table = opened(write_docx(REPORT)).tables[1]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [
        ["STT", "Chỉ tiêu", "Thực hiện"],
        ["I", "Chất thải", "Chất thải"],
        ["1", "Nước thải đã xử lý", "1.234,5"],
        ["2", "Khí thải", "60"],
        ["3", "Khí thải", "61 (ước)"],
    ]


def test_a_table_fills_the_width_between_the_margins() -> None:
    word = opened(write_docx(REPORT))
    sections = list(word.sections)
    for table, section in ((word.tables[1], sections[0]), (word.tables[3], sections[1])):
        inner = section.page_width - section.left_margin - section.right_margin
        assert sum(column.width for column in table.columns) == pytest.approx(inner, abs=5000)


def test_no_column_is_too_narrow_for_the_words_of_its_head() -> None:
    columns = (Column(0.1), Column(10))
    table = Table(columns, rows=((Cell("1"), Cell("Nội dung")),), head=((Cell("STT"), Cell("Nhiệm vụ")),))
    written = opened(write_docx(with_body(table))).tables[1]
    assert written.columns[0].width.pt > 25


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        (((Cell("một"),),), "too few"),
        (((Cell("một"), Cell("hai"), Cell("ba")),), "more cells"),
        (((Cell("một"), Cell("hai", colspan=2)),), "more cells"),
        (((Cell("một", rowspan=3), Cell("hai")), (Cell("ba"),)), "more rows"),
    ],
)
def test_a_table_whose_cells_do_not_fit_is_refused(
    rows: tuple[tuple[Cell, ...], ...], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        write_docx(with_body(Table((Column(), Column()), rows)))


def bookmarks(data: bytes) -> dict[str, str]:
    """The words between the marks of each bookmark."""
    out, open_now = {}, {}
    for element in body(data).iter():
        if element.tag == qn("w:bookmarkStart"):
            open_now[element.get(qn("w:id"))] = element.get(qn("w:name"))
            out[element.get(qn("w:name"))] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            del open_now[element.get(qn("w:id"))]
        elif element.tag == qn("w:t"):
            for name in open_now.values():
                out[name] += element.text or ""
    assert not open_now
    return out


def test_keys_of_cells_and_runs_become_bookmarks_around_their_words() -> None:
    assert bookmarks(write_docx(REPORT)) == {"text_1": "1.234,5", "slot_1": "1.234,5"}


def test_a_bookmark_holds_all_lines_of_its_cell_and_an_empty_cell_too() -> None:
    table = Table((Column(), Column()), ((Cell("một\nhai", key="both"), Cell("", key="none")),))
    assert bookmarks(write_docx(with_body(table))) == {"both": "mộthai", "none": ""}


@pytest.mark.parametrize("keys", [("1a",), ("có dấu",), ("a" * 41,), ("",), ("twice", "Twice")])
def test_a_key_that_is_no_bookmark_is_refused(keys: tuple[str, ...]) -> None:
    runs = tuple(Run("1", key=key) for key in keys)
    with pytest.raises(ValueError, match="bookmark"):
        write_docx(with_body(Paragraph(runs)))


def test_a_section_below_the_third_level_is_refused() -> None:
    deep = Section("một", (Section("hai", (Section("ba", (Section("bốn"),)),)),))
    with pytest.raises(ValueError, match="three deep"):
        write_docx(with_body(deep))


@pytest.mark.parametrize("day", [IssueDate(2025, 2, 30), IssueDate(2025, 13), IssueDate(2025, None, 32)])
def test_a_day_that_is_not_in_the_calendar_is_refused(day: IssueDate) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        write_docx(replace(REPORT, date=day))


@pytest.mark.parametrize(
    ("blocks", "end"),
    [
        ((Paragraph("Hết."),), "Hết./."),
        ((Item("hết;"),), "- hết./."),
        ((Section("Một", (Section("Hết.", sentence=True),)),), "1. Hết./."),
        ((Paragraph((Run("Tổng "), Run("12.", key="sum"))),), "Tổng 12./."),
        ((Paragraph("Hết./."),), "Hết./."),
    ],
)
def test_the_last_words_of_the_body_are_closed(blocks: tuple[Block, ...], end: str) -> None:
    found = [text for _, text in lines(write_docx(with_body(*blocks)))]
    assert found[found.index("Nơi nhận:") - 1] == end


def test_a_body_that_ends_in_a_table_is_closed_below_it() -> None:
    table = Table((Column(),), ((Cell("cuối"),),))
    found = [text for _, text in lines(write_docx(with_body(table)))]
    assert found[found.index("cuối") + 1] == "./."


def test_lines_that_were_typed_into_one_field_stand_as_paragraphs() -> None:
    data = write_docx(with_body(Paragraph("Dòng một.\n\n  Dòng   hai.\r\nDòng ba")))
    texts = [text for _, text in lines(data)]
    assert [text for text in texts if text.startswith("Dòng")] == ["Dòng một.", "Dòng hai.", "Dòng ba./."]


typed = st.text(min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(typed, typed, typed)
def test_nothing_that_is_typed_breaks_the_file(one: str, two: str, three: str) -> None:
    table = Table(
        (Column(), Column()), ((Cell(one, key="cell"), Cell((Run(two), Run(three)))),), title=one, note=two
    )
    paper = replace(
        REPORT,
        issuer=one,
        parent=two,
        title=three,
        number=one,
        symbol=two,
        place=three,
        mark=one,
        addressees=(two, three),
        legal_bases=(one, two),
        recipients=(three, one),
        body=(Section(one, (Paragraph(two), Item(three), table)), Paragraph((Run(one), Run(two)))),
        annexes=(Annex(one, (Paragraph(two),)),),
    )
    data = write_docx(paper)
    written = "".join(text for _, text in lines(data))
    assert not [char for char in written if unicodedata.category(char) in {"Cc", "Cs", "Cf"}]
    for typed_words in (one, two, three):
        kept = "".join(c for c in unicodedata.normalize("NFC", typed_words) if c.isalnum())
        assert kept in "".join(c for c in words(body(data)) if c.isalnum())


def test_long_tables_are_written_in_time() -> None:
    rows = tuple(tuple(Cell(f"{i}.{j}") for j in range(6)) for i in range(2000))
    data = write_docx(with_body(Table((Column(),) * 6, rows)))
    table = list(body(data).iter(qn("w:tbl")))[1]
    assert len(list(table.iter(qn("w:tr")))) == 2000


def test_words_run_together_as_they_were_given() -> None:
    data = write_docx(with_body(Paragraph((Run("đạt "), Run("70%", bold=True), Run(" nhu cầu.")))))
    runs = next(p for p in opened(data).paragraphs if p.text.startswith("đạt")).runs
    assert [(run.text, bool(run.bold)) for run in runs][:3] == [
        ("đạt ", False),
        ("70%", True),
        (" nhu cầu", False),
    ]
    assert all(first.text or second.text for first, second in pairwise(runs))
