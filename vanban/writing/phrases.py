"""The lines of a paper as text: clean words, number, date, names of sections and annexes, end marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from vanban.writing.layout import layout
from vanban.writing.numbers import format_date
from vanban.writing.paper import (
    Annex,
    Article,
    Block,
    Copy,
    Division,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    Text,
)

_ROMAN = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ENDS = " .;:,/"
_SPACES = re.compile(" {2,}")


def safe(text: str) -> str:
    """The words of one line: composed letters, and no character that XML or a line forbids."""
    spaced = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", text))
    return "".join(char for char in spaced if not _forbidden(char))


def clean(text: str) -> str:
    """The words of one line as `safe`, with one space between words and none around them."""
    return _SPACES.sub(" ", safe(text)).strip()


def clean_lines(text: str) -> list[str]:
    """The lines of a text that hold words, each clean."""
    return [line for line in map(clean, text.splitlines()) if line]


def _forbidden(char: str) -> bool:
    # controls, formats (bidi overrides, zero width), halves of pairs, and the non-characters of Unicode
    return unicodedata.category(char) in {"Cc", "Cf", "Cs"} or (ord(char) & 0xFFFE) == 0xFFFE


def roman(number: int) -> str:
    """A number from 1 in Roman numerals."""
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def division_line(word: str, position: int) -> str:
    """ "Phần I", "Chương II", "Mục 1", "Tiểu mục 2" (II.6.đ); positions from 0."""
    texts = layout().texts
    number = roman(position + 1) if word in texts.roman_divisions else str(position + 1)
    return texts.division.format(word=word, number=number)


def article_number(position: int) -> str:
    """ "Điều 5. "; positions from 0."""
    return layout().texts.article.format(number=position + 1)


def symbol(kind: str | None, body: str, unit: str = "") -> str:
    """What follows the number: "BC-SCT", of a letter "SCT-QLCN" (II.3.b; abbreviations of Phụ lục III).

    Raises ValueError for a kind that the decree does not name.
    """
    if kind is None:
        return f"{body}-{unit}" if unit else body
    known = layout().abbreviations
    if kind not in known:
        raise ValueError(f"Phụ lục III has no abbreviation for {kind!r}")
    return f"{known[kind]}-{body}"


def recipients(*others: str, addressed: bool, unit: str = "", article: int | None = None) -> tuple[str, ...]:
    """The lines of "Nơi nhận": first "Như trên" or "Như Điều 3", then the others, last "Lưu: VT, unit" (II.9)."""
    texts = layout().texts
    first = [texts.as_above] if addressed else []
    first += [texts.as_article.format(article=article)] if article is not None else []
    last = texts.filed.format(unit=unit) if unit else texts.filed_at_registry
    return (*first, *others, last)


def issued_copies(paper: Paper) -> str:
    """ "PL.(300)": who drafted, how many copies are issued (III.3); "" where neither is said."""
    if not paper.drafter and paper.copies is None:
        return ""
    if paper.copies is None:
        return clean(paper.drafter).upper() + "."
    texts = layout().texts
    return texts.copies_issued.format(drafter=clean(paper.drafter).upper(), copies=paper.copies).lstrip(".")


def section_number(depth: int, position: int) -> str:
    """The number before a section: "I. ", "1. ", "a) " at depth 0, 1, 2; positions from 0.

    Raises ValueError for a deeper section, and for more points than the alphabet has letters.
    """
    letters = layout().texts.letters
    if depth == 0:
        return f"{roman(position + 1)}. "
    if depth == 1:
        return f"{position + 1}. "
    if depth > 2:
        raise ValueError("a section stands at most three deep: I., 1., a)")
    if position >= len(letters):
        raise ValueError(f"more than {len(letters)} points in one section")
    return f"{letters[position]}) "


def date_words(date: IssueDate) -> str:
    """The date of a paper in words."""
    return format_date(date.year, date.month, date.day)


def number_words(paper: Paper | Copy) -> str:
    """ "Số: 05/BC-SCT"; a number below 10 gets a 0 (II.3.c), a blank one stays blank."""
    return layout().texts.number.format(number=_number(paper), symbol=clean(paper.symbol))


def _number(paper: Paper | Copy) -> str:
    number = clean(paper.number)
    if not number:
        return layout().texts.blank
    return number.zfill(2) if number.isdigit() else number


def annex_name(position: int, count: int) -> str:
    """ "Phụ lục", or "Phụ lục II" where there are two and more (III.1.a)."""
    word = layout().texts.annex
    return f"{word} {roman(position + 1)}" if count > 1 else word


def annex_reference(paper: Paper) -> str:
    """The line below the title of an annex that names the paper it belongs to (III.1.c)."""
    texts = layout().texts
    return texts.annex_reference.format(
        kind=clean(paper.kind or texts.letter_kind).capitalize(),
        number=_number(paper),
        symbol=clean(paper.symbol),
        date=date_words(paper.date),
        issuer=clean(paper.issuer),
    )


def listed(words: Iterable[str]) -> list[str]:
    """Lines of a list: a dash before each, ";" after each and "." after the last (II.9.d)."""
    texts = layout().texts
    return [texts.list_mark + line for line in ended(clean(word).lstrip("-– ") for word in words)]


def ended(words: Iterable[str]) -> list[str]:
    """The lines with their end marks: ";" and after the last "."."""
    texts = layout().texts
    bare = [line for line in (word.rstrip(_ENDS) for word in words) if line]
    return [line + (texts.list_end if i < len(bare) - 1 else texts.last_end) for i, line in enumerate(bare)]


def closed(body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body with "./." after its last words."""
    if not body:
        return body
    *before, last = body
    if isinstance(last, Table | Picture):
        return (*body, Paragraph(layout().texts.closing))
    if isinstance(last, Section | Article | Division) and last.blocks:
        return (*before, replace(last, blocks=closed(last.blocks)))
    if isinstance(last, Section | Article):
        return (*before, replace(last, title=with_end(last.title, layout().texts.closing)))
    if isinstance(last, Division):
        return (*before, replace(last, blocks=(Paragraph(layout().texts.closing),)))
    return (*before, _closed_line(last))


def _closed_line(block: Paragraph | Item) -> Paragraph | Item:
    return replace(block, text=with_end(block.text, layout().texts.closing))


def with_end(text: Text, mark: str) -> Text:
    """The text with one end mark in place of what it ended with."""
    if isinstance(text, str):
        return text.rstrip().rstrip(_ENDS) + mark
    if not text:
        return (Run(mark),)
    last = text[-1]
    return (
        *text[:-1],
        replace(last, text=last.text.rstrip().rstrip(_ENDS)),
        Run(mark, last.bold, last.italic),
    )


def words(text: Text) -> str:
    """The text without its looks."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def annex_names(annexes: tuple[Annex, ...]) -> list[str]:
    """The names of all annexes, in order."""
    return [annex_name(i, len(annexes)) for i in range(len(annexes))]
