"""The paper that comes back signed beside the one that was issued for signing."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.vanban.signed.papers import report, scanned
from vanban.document import Block, Document, Paragraph, Table
from vanban.reading import read_file
from vanban.reading.office import converted
from vanban.signed import compare, head_of, lines_of
from vanban.signed.compare import State
from vanban.writing import write_docx

VALUES = ("92/103", "41,5%", "1.234.567 tấn", "-3,2 điểm", "70-80%", "7")
TABLE = (("12", "5,5", "100"), ("12", "6", "98"), ("0", "17", "1.250,75"))
ISSUED = lines_of(write_docx(report(VALUES, TABLE)))
RETURNED = read_file(write_docx(report(VALUES, TABLE, number="215", day=16, bound=False)), "a.docx")


def digits(document: Document) -> Iterator[tuple[int, int | None, int | None, int]]:
    """Where each digit of a paper stands: block, row, cell, character."""
    for n, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield from ((n, None, None, at) for at, char in enumerate(block.text) if char.isdigit())
            continue
        for y, row in enumerate(block.rows):
            for x, cell in enumerate(row):
                yield from ((n, y, x, at) for at, char in enumerate(cell.text) if char.isdigit())


def with_words(
    document: Document, place: tuple[int, int | None, int | None, int], new: str, cut: int = 1
) -> Document:
    """The paper with other characters at a place."""
    n, y, x, at = place
    block: Block = document.blocks[n]
    if isinstance(block, Paragraph):
        block = dataclasses.replace(block, text=block.text[:at] + new + block.text[at + cut :])
    else:
        assert isinstance(block, Table)
        assert y is not None
        assert x is not None
        cell = block.rows[y][x]
        cell = dataclasses.replace(cell, text=cell.text[:at] + new + cell.text[at + cut :])
        row = (*block.rows[y][:x], cell, *block.rows[y][x + 1 :])
        block = dataclasses.replace(block, rows=(*block.rows[:y], row, *block.rows[y + 1 :]))
    return dataclasses.replace(document, blocks=(*document.blocks[:n], block, *document.blocks[n + 1 :]))


# head, day and number of the paper are filled in by the registry: what stands there is the head's, not compared
BOUND = [
    place
    for place in digits(RETURNED)
    if place[0] not in {0} and "Kèm theo" not in str(RETURNED.blocks[place[0]])
]


def test_a_paper_that_was_only_signed_is_the_same() -> None:
    found = compare(ISSUED, RETURNED)
    assert [(one.words, one.state) for one in found.numbers][:3] == [
        ("92/103", State.SAME),
        ("41,5%", State.SAME),
        ("1.234.567 tấn", State.SAME),
    ]
    assert len(found.numbers) == len(VALUES) + 9
    assert found.is_same
    for one in found.numbers:  # and where it stands there can be shown
        assert one.place
        assert RETURNED.at(one.place) == one.words
    assert {change.after for change in found.changes} == {
        "215",
        "16",
        "12",
    }  # only what the registry fills in
    assert head_of(RETURNED).number == "215/BC-SCT"
    assert head_of(RETURNED).date == "2026-12-16"
    assert head_of(RETURNED).signer == "Nguyễn Văn Mẫu"
    assert head_of(RETURNED).is_numbered
    assert not head_of(read_file(write_docx(report(VALUES, TABLE)), "a.docx")).is_numbered


@given(st.sampled_from(BOUND), st.sampled_from("0123456789"))
@settings(max_examples=200, deadline=None)
def test_one_digit_changed_anywhere_is_caught(
    place: tuple[int, int | None, int | None, int], digit: str
) -> None:
    n, y, x, at = place
    block = RETURNED.blocks[n]
    old = block.text[at] if isinstance(block, Paragraph) else block.rows[y or 0][x or 0].text[at]
    assume(old != digit)
    found = compare(ISSUED, with_words(RETURNED, place, digit))
    assert not found.is_same
    if isinstance(block, Table) and y and (x or 0) >= 2:  # a bound cell: it is named, and what stands there
        [drifted] = found.drifted
        text = block.rows[y][x or 0].text
        assert drifted.key == f"o_{y}_{(x or 0) - 2}"
        assert drifted.stands == text[:at] + digit + text[at + 1 :]


@given(st.sampled_from(BOUND))
@settings(max_examples=60, deadline=None)
def test_a_digit_dropped_or_doubled_is_caught(place: tuple[int, int | None, int | None, int]) -> None:
    assert not compare(ISSUED, with_words(RETURNED, place, "")).is_same
    assert not compare(ISSUED, with_words(RETURNED, place, "11")).is_same


def _texts() -> st.SearchStrategy[str]:
    whole = st.integers(0, 10**7).map(lambda n: f"{n:,}".replace(",", "."))
    return st.one_of(whole, st.integers(0, 999).map(lambda n: f"{n // 10},{n % 10}%"))


@given(
    st.lists(_texts(), min_size=1, max_size=6),
    st.lists(st.lists(_texts(), min_size=2, max_size=2), min_size=1, max_size=8),
    st.data(),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_paper_is_itself_and_two_values_exchanged_are_caught(
    values: list[str], table: list[list[str]], data: st.DataObject
) -> None:
    ours = lines_of(write_docx(report(values, table)))
    same = compare(ours, read_file(write_docx(report(values, table, bound=False)), "a.docx"))
    assert same.is_same
    assert len(same.numbers) == len(values) + 2 * len(table)
    cells = [value for row in table for value in row]
    i, j = data.draw(st.integers(0, len(cells) - 1)), data.draw(st.integers(0, len(cells) - 1))
    assume(cells[i] != cells[j])
    cells[i], cells[j] = cells[j], cells[i]
    turned = [cells[n : n + 2] for n in range(0, len(cells), 2)]
    found = compare(ours, read_file(write_docx(report(values, turned, bound=False)), "a.docx"))
    assert found.drifted


@pytest.fixture(scope="module")
def printed() -> bytes:
    """A long paper as LibreOffice prints it: tables run over pages."""
    table = [(str(n), f"{n},5%", f"{n}.250") for n in range(1, 61)]
    return converted(write_docx(report(VALUES, table, number="215", day=16, bound=False)), ".docx", ".pdf")


def test_as_pdf_over_several_pages_nothing_but_the_blanks_differs(printed: bytes) -> None:
    table = [(str(n), f"{n},5%", f"{n}.250") for n in range(1, 61)]
    ours = lines_of(write_docx(report(VALUES, table)))
    found = compare(ours, read_file(printed, "a.pdf"))
    assert [one for one in found.numbers if one.state != State.SAME] == []
    assert found.reworded == ()
    assert {one.place.page for one in found.numbers if one.place} > {1, 2}
    table[30] = ("31", "31,6%", "31.250")
    [drifted] = compare(lines_of(write_docx(report(VALUES, table))), read_file(printed, "a.pdf")).drifted
    assert (drifted.words, drifted.stands) == ("31,6%", "31,5%")
    assert drifted.place
    assert drifted.place.page
    assert read_file(printed, "a.pdf").at(drifted.place) == "31,5%"


def test_the_head_is_read_from_a_print_too(printed: bytes) -> None:
    head = head_of(read_file(printed, "a.pdf"))
    assert (head.number, head.date) == ("215/BC-SCT", "2026-12-16")
    joined = Paragraph("Độc lập - Tự do - Hạnh phúc thành phố Cần Thơ, ngày 16 tháng 12 năm 2026")
    assert head_of(Document((Paragraph("Số: 215/BC-SCT"), joined, Paragraph("BÁO CÁO")))).date == "2026-12-16"
    none = Paragraph("Cần Thơ, ngày 31 tháng 02 năm 2026")
    assert head_of(Document((Paragraph("Số: 215/BC-SCT"), none, Paragraph("BÁO CÁO")))).date == ""


def test_words_changed_by_the_pen_are_told_and_are_no_drift() -> None:
    n, block = next((n, b) for n, b in RETURNED.paragraphs() if "chỉ đạo" in b.text)
    at = block.text.index("chỉ đạo")
    found = compare(ISSUED, with_words(RETURNED, (n, None, None, at), "ý kiến", len("chỉ đạo")))
    assert not found.drifted
    [change] = found.reworded
    assert (change.before, change.after) == ("chỉ đạo", "ý kiến")
    assert not change.has_number


def test_what_is_gone_is_said_to_be_gone() -> None:
    kept = tuple(block for block in RETURNED.blocks if "thứ 2" not in str(block))
    found = compare(ISSUED, dataclasses.replace(RETURNED, blocks=kept))
    [gone] = found.drifted
    assert (gone.words, gone.state, gone.stands) == ("41,5%", State.MISSING, "")


def test_a_number_that_a_narrow_column_broke_is_the_same_and_two_numbers_are_not() -> None:
    place = next(place for place in BOUND if place[1] == 3 and place[2] == 4)
    assert compare(ISSUED, with_words(RETURNED, place, "1.\n250,75", len("1.250,75"))).is_same
    assert compare(ISSUED, with_words(RETURNED, place, "1.250,\n75", len("1.250,75"))).is_same
    assert not compare(ISSUED, with_words(RETURNED, place, "1.250,\n76", len("1.250,75"))).is_same
    # the same digits, parted between two cells in another way
    wide = next(place for place in BOUND if place[1] == 1 and place[2] == 4)
    moved = with_words(with_words(RETURNED, wide, "00", 3), (wide[0], 1, 3, 0), "5,51", 3)
    assert {one.words for one in compare(ISSUED, moved).drifted} == {"5,5", "100"}


def test_the_picture_of_a_signature_is_no_change_and_other_words_on_it_are() -> None:
    stamp = Paragraph("Người ký: Sở Công Thương\nThời gian ký: 16/12/2026 09:15:02")
    assert compare(ISSUED, dataclasses.replace(RETURNED, blocks=(*RETURNED.blocks, stamp))).is_same
    other = Paragraph("Bổ sung: 5 cơ sở")
    found = compare(ISSUED, dataclasses.replace(RETURNED, blocks=(*RETURNED.blocks, other)))
    [change] = found.reworded
    assert change.after == "Bổ sung: 5 cơ sở"
    assert change.has_number


def test_a_scan_is_compared_without_the_marks_it_loses_and_still_by_every_digit() -> None:
    blurred = RETURNED
    for n, block in RETURNED.paragraphs():
        blurred = with_words(blurred, (n, None, None, 0), block.text.replace("ả", "a"), len(block.text))
    assert not compare(ISSUED, blurred).is_same
    assert compare(ISSUED, blurred, scanned=True).is_same
    place = BOUND[-1]
    assert compare(ISSUED, with_words(blurred, place, "9"), scanned=True).drifted


def test_forty_pages_with_three_hundred_numbers_take_a_moment() -> None:
    table = [(str(n * 7 % 100), f"{n % 90},5%", f"{n}.250") for n in range(1000)]
    paper = report([f"{n}.00{n % 9}" for n in range(300)], table)
    ours, data = lines_of(write_docx(paper)), write_docx(paper)
    back = read_file(data, "a.docx")
    begun = time.process_time()
    assert compare(ours, back).is_same
    other = dataclasses.replace(back, blocks=back.blocks[:20] + back.blocks[40:])
    assert len(compare(ours, other).drifted) == 20
    assert time.process_time() - begun < 3


def test_only_our_own_kind_of_file_is_cut_into_lines() -> None:
    with pytest.raises(ValueError, match="no Word file"):
        lines_of(b"%PDF-1.7")


def test_a_scan_of_the_signed_page_is_read_and_its_numbers_found() -> None:
    paper = converted(write_docx(report(VALUES, (), number="215", day=16, bound=False)), ".docx", ".pdf")
    back = read_file(scanned(paper), "quet.pdf")
    found = compare(lines_of(write_docx(report(VALUES, ()))), back, scanned=True)
    assert [one.words for one in found.numbers if one.state == State.SAME] == [
        "92/103",
        "41,5%",
        "1.234.567 tấn",
        "-3,2 điểm",
        "70-80%",
        "7",
    ]
    assert head_of(back).date == "2026-12-16"


def _as_read(data: bytes, order: Sequence[tuple[int, int]], change: Mapping[str, str]) -> Document:
    """A paper whose table comes back as a scan gives it: its cells as lines in some order, words changed."""
    blocks: list[Block] = []
    for block in read_file(data, "a.docx").blocks:
        if isinstance(block, Table) and len(block.rows) == len(CELLS) + 1 and len(block.rows[0]) == 4:
            lines = [block.rows[y][x].text for y, x in order]
            blocks += [Paragraph(change.get(line, line)) for line in lines if change.get(line, line)]
        else:
            blocks.append(block)
    return Document(tuple(blocks))


CELLS = [("41,5", "1.250"), ("72,5", "980"), ("63,25", "415")]
BY_COLUMN = [(y, x) for x in range(4) for y in range(4)]
BY_ROW = [(y, x) for y in range(4) for x in range(4)]


@pytest.mark.parametrize("order", [BY_ROW, BY_COLUMN])
def test_of_a_scanned_table_the_cells_that_are_read_are_compared_by_value(
    order: list[tuple[int, int]],
) -> None:
    data = write_docx(report(VALUES, CELLS))
    ours = lines_of(data)
    assert not compare(ours, _as_read(data, order, {}), scanned=True).drifted
    lost = compare(ours, _as_read(data, order, {"980": ""}), scanned=True)
    assert [(one.words, one.state) for one in lost.drifted] == [("980", State.MISSING)]


@pytest.mark.parametrize("order", [BY_ROW, BY_COLUMN])
def test_a_digit_that_is_read_otherwise_in_a_scanned_table_is_told(order: list[tuple[int, int]]) -> None:
    data = write_docx(report(VALUES, CELLS))
    found = compare(lines_of(data), _as_read(data, order, {"72,5": "73,5"}), scanned=True)
    assert [one.words for one in found.drifted] == ["72,5"]
    read = [one.stands for one in found.drifted] + [one.after for one in found.reworded]
    assert "73,5" in read
