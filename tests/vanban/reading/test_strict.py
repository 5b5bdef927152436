"""Files saved as Strict Open XML say what they say as others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vanban.reading.hostile import row, sheet, strict
from tests.vanban.test_understanding import PAPERS
from tests.vanban.word import as_word
from vanban.reading import UnreadableFile, read_file


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_strict_word_file_is_the_same_document(path: Path) -> None:
    word = as_word(path.read_text(encoding="utf-8"))
    assert strict(word) != word
    assert read_file(strict(word), "a.docx") == read_file(word, "a.docx")


def test_a_strict_sheet_is_the_same_document() -> None:
    book = sheet(row(1, "TT", "Việc", "Kinh phí") + row(2, 1, "Đo nước", 2.5))
    assert strict(book) != book
    assert read_file(strict(book), "a.xlsx") == read_file(book, "a.xlsx")


def test_a_broken_strict_file_is_told_as_one_sentence() -> None:
    word = bytearray(strict(as_word("KẾ HOẠCH")))
    at = word.find(b"docProps/core.xml")
    word[at + 40 : at + 60] = b"x" * 20
    with pytest.raises(UnreadableFile):
        read_file(bytes(word), "a.docx")
