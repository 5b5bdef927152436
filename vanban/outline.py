"""The outline of a paper: headings with what stands under them, pieces broken over a page joined.

Numbered paragraphs ("I.", "1.", "1.1.", "Điều 2.") are always a Section, even when the whole duty stands on
that line. A lettered paragraph is a Section when something stands under it, else a Line. Dashes and plain
paragraphs are Lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban import markers
from vanban.document import Document, Paragraph, Words
from vanban.linebreaks import ENDED, HANGING, cuts_compound, is_caps


@dataclass(slots=True)
class Line:
    """A marked item or a plain paragraph: marker ("-", "a)", None), the words without it, its first block."""

    marker: str | None
    words: Words
    block: int


@dataclass(slots=True)
class Section:
    """A heading and what stands under it. The root has level 0, no marker and no title."""

    marker: str | None
    title: Words
    level: int
    lines: list[Line] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    block: int = 0

    def items(self) -> list[Line | Section]:
        """Lines and sections directly under the heading, in the order of the paper."""
        return sorted([*self.lines, *self.sections], key=lambda item: item.block)

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the paper."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def everything(self) -> Iterator[Line]:
        """All words of the section in the order of the paper, headings as lines."""
        if self.title:
            yield Line(self.marker, self.title, self.block)
        for item in self.items():
            if isinstance(item, Line):
                yield item
            else:
                yield from item.everything()


@dataclass(slots=True)
class _Piece:
    marker: markers.Marker | None
    words: Words
    block: int
    heading: bool
    caps: bool

    @property
    def kind(self) -> str | None:
        return self.marker.kind if self.marker else None


def read(document: Document, first: int = 0, last: int | None = None) -> Section:
    """The outline of the blocks first..last (half-open); tables are left out."""
    root = Section(None, Words(""), 0)
    open_: list[tuple[str, Section]] = []
    pieces = _joined(document, first, len(document.blocks) if last is None else last)
    for piece, after in zip(pieces, [*pieces, None][1:], strict=True):
        kind = "bullet" if _heads_dashes(piece, after) else _section_kind(piece, open_)
        if kind is None:
            if piece.kind == "bullet":
                _close(open_, "bullet")
            here = open_[-1][1] if open_ else root
            here.lines.append(Line(piece.marker.text if piece.marker else None, piece.words, piece.block))
            continue
        _close(open_, kind)
        parent = open_[-1][1] if open_ else root
        marker = piece.marker.text if piece.marker else None
        section = Section(marker, piece.words, parent.level + 1, block=piece.block)
        parent.sections.append(section)
        open_.append((kind, section))
    _fold_leaves(root)
    return root


def _heads_dashes(piece: _Piece, after: _Piece | None) -> bool:
    """Whether a bullet is the name of what stands in dashes under it: "* Sở A:"."""
    if piece.kind != "bullet" or after is None or after.kind != "dash":
        return False
    text = piece.words.text
    return len(text) < 200 and (text.endswith(":") or not ENDED.search(text))


def _close(open_: list[tuple[str, Section]], kind: str) -> None:
    """Leave the open sections down to the one of this kind; a kind not open yet goes below all."""
    kinds = [k for k, _ in open_]
    if kind in kinds:
        del open_[kinds.index(kind) :]
    elif kind in markers.HEADINGS and not set(kinds) & markers.HEADINGS:
        open_.clear()


def _section_kind(piece: _Piece, open_: list[tuple[str, Section]]) -> str | None:
    if piece.marker is None:
        return "title" if piece.heading else None
    kind = piece.marker.kind
    if kind in markers.DASHES:
        return None
    if kind == "roman" and _follows_capital(piece.marker.text, open_):
        return "capital"
    return kind


def _follows_capital(marker: str, open_: list[tuple[str, Section]]) -> bool:
    """Whether "C." goes on with A., B. and is no Roman hundred."""
    letter = marker.strip(" .)/")
    before = next((s.marker or "" for k, s in open_ if k == "capital"), "").strip(" .)/")
    return len(letter) == 1 and len(before) == 1 and 0 < ord(letter) - ord(before) <= 2


def _fold_leaves(section: Section) -> None:
    """Lettered paragraphs with nothing under them are lines."""
    kept = []
    for child in section.sections:
        _fold_leaves(child)
        marker = markers.find(f"{child.marker} Aa") if child.marker else None
        if marker and marker.kind == "letter" and not child.lines and not child.sections:
            section.lines.append(Line(child.marker, child.title, child.block))
        else:
            kept.append(child)
    section.sections = kept
    section.lines.sort(key=lambda line: line.block)


def _joined(document: Document, first: int, last: int) -> list[_Piece]:
    pieces: list[_Piece] = []
    whole = True  # whether the block before was a paragraph: nothing goes on over a table
    for block in range(first, last):
        paragraph = document.blocks[block]
        if not isinstance(paragraph, Paragraph):
            whole = False
            continue
        words = document.words(block)
        if not words:
            continue
        piece = _piece(paragraph, words, block)
        if pieces and whole and _goes_on(pieces[-1], piece):
            before = pieces[-1]
            before.words = Words.join([before.words, words])
        else:
            pieces.append(piece)
        whole = True
    return pieces


def _piece(paragraph: Paragraph, words: Words, block: int) -> _Piece:
    marker = markers.of_number(paragraph.number) if paragraph.number else markers.find(words.text)
    if marker:
        words = words.cut(marker.length)
    caps = is_caps(words.text)
    short = len(words.text) < 160 and not words.text.endswith((".", ";", ",")) and words.text[:1].isupper()
    heading = short and (caps or paragraph.heading is not None or paragraph.bold)
    return _Piece(marker, words, block, heading, caps)


def _goes_on(before: _Piece, piece: _Piece) -> bool:
    """Whether a paragraph without a marker goes on with the one before, cut by a page or a line."""
    if not before.words:  # "Phần I" with its heading on the next line
        return piece.marker is None
    if before.words.text.endswith("./."):
        return False
    if piece.kind == "dash" and cuts_compound(before.words.text, f"- {piece.words.text}"):
        return True
    if piece.marker:
        return False
    if before.caps and before.marker and piece.caps:
        return True
    text = piece.words.text
    if text[0].islower():
        return True
    if piece.heading or before.caps:
        return False
    if HANGING.search(before.words.text):
        return True
    is_heading = before.kind in markers.HEADINGS | markers.NUMBERS or before.heading
    if is_heading or ENDED.search(before.words.text) or len(before.words.text) < 60:
        return False
    return not text[0].isalpha() or before.words.text.split()[-1][0].isupper()
