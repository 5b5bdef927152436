"""TCVN3 and VNI: by the letters of a text file, by the fonts of a Word file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.vanban.reading.hostile import paragraph, word
from vanban.document import Document, Paragraph
from vanban.reading import read_file
from vanban.reading.legacy import Encoding, by_font, encodings

PAPER = (Path(__file__).parents[1] / "papers" / "lang-nghe.txt").read_text(encoding="utf-8")
TCVN3, VNI = encodings()


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def written(text: str, encoding: Encoding) -> str:
    """A text as it was typed in an old encoding; TCVN3 has no capitals with tones, they are small there."""
    back: dict[str, str] = {}
    for old, letter in encoding.letters.items():
        back.setdefault(letter, old)
    return "".join(back.get(char, back.get(char.lower(), char)) for char in text)


@pytest.mark.parametrize("encoding", encodings(), ids=lambda encoding: encoding.name)
@pytest.mark.parametrize("packed", ["cp1252", "utf-8"])
def test_a_text_file_is_known_by_its_impossible_letters(encoding: Encoding, packed: str) -> None:
    data = written(PAPER, encoding).encode(packed)
    found = texts(read_file(data, "cu.txt"))
    expected = texts(read_file(PAPER.encode(), "moi.txt"))
    assert [text.lower() for text in found] == [text.lower() for text in expected]
    same = sum(a == b for a, b in zip(found, expected, strict=True))
    assert same > 0.85 * len(expected)  # a name that begins with a toned capital


def test_other_texts_stay_as_they_are() -> None:
    for text in (
        "Café déjà vu, naïve façade, élan, crème brûlée, Noël",
        PAPER,
        "Plain words only, and many of them",
    ):
        assert " ".join(texts(read_file(text.encode(), "a.txt")))[:30] == " ".join(text.split())[:30]


@pytest.mark.parametrize(
    ("font", "typed", "printed"),
    [
        (".VnTime", "KÕ ho¹ch ph¸t triÓn", "Kế hoạch phát triển"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Keá hoaïch phaùt trieån, ñöôøng", "Kế hoạch phát triển, đường"),
        ("Times New Roman", "Kế hoạch µ", "Kế hoạch µ"),
        ("ABCDEF+.VnArial", "m«i tr­êng", "môi trường"),
    ],
)
def test_words_are_read_by_their_font(font: str, typed: str, printed: str) -> None:
    assert by_font(typed, font) == printed


def test_word_files_in_old_fonts_by_run_and_by_style() -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" '
        'w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr>'
        "</w:style></w:styles>"
    )
    body = paragraph("Ph¸t triÓn") + paragraph("moâi tröôøng", "VNI-Times") + paragraph("bền vững", "Arial")
    data = word(body=body, word__styles_xml=styles)
    assert texts(read_file(data, "cu.docx")) == ["Phát triển", "môi trường", "bền vững"]
