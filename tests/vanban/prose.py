"""Words and sections out of plain text, for tests of the grammars."""

from __future__ import annotations

from vanban import outline
from vanban.document import Document, Paragraph, Place, Words
from vanban.outline import Section


def words(text: str) -> Words:
    """The words of a paper of one paragraph."""
    return Words(text, ((0, Place(0, 0, len(text))),))


def document(text: str) -> Document:
    """A paper with a paragraph for each line."""
    return Document(tuple(Paragraph(line) for line in text.strip().splitlines() if line.strip()))


def section(text: str) -> Section:
    """The outline of a text."""
    return outline.read(document(text))


def assert_places_cut_out(paper: Document, found: Words) -> None:
    """Every place of some words cuts out of the paper what the words say there."""
    for offset, place in found.pieces:
        assert paper.at(place) == found.text[offset : offset + place.end - place.start]
