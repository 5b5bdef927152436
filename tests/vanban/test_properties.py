"""What holds for every text: nothing is lost, nothing is moved, places cut out what they say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vanban.prose import assert_places_cut_out
from vanban import markers, outline
from vanban.document import Cell, Document, Paragraph, Place, Table, Words
from vanban.folding import bare, folded, sort_key
from vanban.reading.grids import Spanned, grid
from vanban.reading.inline import plain
from vanban.reading.text import from_text
from vanban.understanding import understand

VOCABULARY = (
    "Sở Công Thương và của nước thải 2030 70% MỤC TIÊU NHIỆM VỤ TỔ CHỨC THỰC HIỆN Kế hoạch; rác, khí. Nơi nhận: "
    "PHỤ LỤC KẾ HOẠCH (Cao) chủ trì: báo cáo trước ngày 10 tháng 12 hằng năm"
)
words = st.sampled_from(VOCABULARY.split())
starts = st.sampled_from(
    ["", "I. ", "II. ", "A. ", "1. ", "2. ", "1.1. ", "a) ", "đ) ", "- ", "+ ", "* ", "Điều 1. "]
)
lines = st.builds(lambda start, rest: start + " ".join(rest), starts, st.lists(words, min_size=1, max_size=9))
texts = st.lists(lines, min_size=1, max_size=25)
cells = st.lists(
    st.lists(st.sampled_from(["", "1", "Sở Y tế", "Đo nước", "Chủ trì", "2026"]), min_size=3, max_size=3)
)
any_text = st.text(max_size=200)


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@given(texts)
def test_an_outline_has_all_words_in_order_and_knows_their_places(paragraphs: list[str]) -> None:
    paper = Document(tuple(map(Paragraph, paragraphs)))
    found = list(outline.read(paper).everything())
    assert letters("".join(f"{line.marker or ''}{line.words.text}" for line in found)) == letters(
        "".join(paragraphs)
    )
    for line in found:
        assert_places_cut_out(paper, line.words)
        assert line.words.text == line.words.text.strip()


@given(texts, cells)
@settings(max_examples=60, deadline=None)
def test_any_paper_can_be_understood(paragraphs: list[str], rows: list[list[str]]) -> None:
    head = ["STT\tNhiệm vụ\tCơ quan chủ trì"]
    paper = from_text("\n".join([*paragraphs, *head, *map("\t".join, rows)]))
    reading = understand(paper)
    for task in [*reading["tasks"], *reading["body_tasks"]]:
        for place in task["places"]:
            assert bare(paper.at(Place(**place))) in bare(task["text"])


@given(
    st.lists(
        st.lists(st.tuples(st.text("ab", min_size=1), st.integers(1, 3), st.integers(1, 3)), max_size=4),
        max_size=5,
    )
)
def test_a_grid_is_full_and_keeps_every_cell(rows: list[list[tuple[str, int, int]]]) -> None:
    table = grid([[Spanned(Cell(text), across, down) for text, across, down in row] for row in rows])
    assert len({len(row) for row in table.rows}) <= 1
    kept = [cell.text for row in table.rows for cell in row if cell.text]
    assert sorted(kept) == sorted(text for row in rows for text, _, _ in row)
    assert all(not cell.text for row in table.rows for cell in row if cell.covered)


@given(any_text)
def test_clean_text_is_clean(text: str) -> None:
    once = plain(text)
    assert once == once.strip()
    assert "\u00a0" not in once
    assert "  " not in once


@given(any_text)
def test_markers_take_no_words(text: str) -> None:
    found = markers.find(text)
    if found:
        assert text.startswith(found.text)
        assert found.text == text[: found.length].strip()


@given(any_text)
def test_folding_is_stable(text: str) -> None:
    assert bare(bare(text)) == bare(text)
    assert bare(text.upper()) == bare(text.lower()) or "ß" in text or not text.isascii()
    assert folded(text) == folded(text.replace(" ", "  "))
    assert sort_key(text) == sort_key(text.lower())


def test_tones_may_sit_on_either_vowel() -> None:
    assert folded("Hoà bình, thuỷ lợi") == folded("hòa bình thủy lợi")
    assert folded("ma") != folded("má")
    assert bare("Đặc khu Phú Quốc") == "dac khu phu quoc"


@given(st.text("ab ", max_size=20), st.integers(0, 25), st.integers(0, 25))
def test_cut_words_stand_where_they_say(text: str, start: int, end: int) -> None:
    paper = Document((Paragraph(text),))
    cut = Words(text, ((0, Place(0, 0, len(text))),)).cut(min(start, len(text)), min(end, len(text)))
    assert_places_cut_out(paper, cut)


@given(cells)
def test_a_table_of_tabs_keeps_every_cell(rows: list[list[str]]) -> None:
    text = "\n".join("\t".join(["x", *row]) for row in rows)
    found = [block for block in from_text(text).blocks if isinstance(block, Table)]
    kept = [cell.text for table in found for row in table.rows for cell in row]
    if any(any(row) for row in rows):
        assert [cell for row in rows for cell in ["x", *row]] == kept
