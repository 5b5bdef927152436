"""The words of a page with their places: from the characters of a PDF, in points from the top left corner."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vanban.reading.errors import UnreadableFile
from vanban.reading.inline import RAISED

MAX_CHARACTERS = 60_000  # of a page; one of print has four thousand
_WORD = re.compile(r"\S+")
_LINE = re.compile(r"[^\r\n]+")
# may be a footnote mark, where it is small and raised
_MARK = re.compile(r"(?<![\d/.,:–-])\d{1,2}(?=[\s.,;:)”\"]|$)|^\s*\d{1,2}(?=[^\W\d])", re.MULTILINE)
_RAISE = str.maketrans("0123456789", RAISED)
_SIGNS = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": " ", "\u00a0": " "})
_ANY_SIGN = re.compile("[\x02\ufffe\x00\u00a0]")
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC = re.compile(rb"italic|oblique", re.IGNORECASE)
_MARK_SIZE = 0.8
_SAME = 1.0  # points


@dataclass(slots=True)
class Run:
    """Words printed side by side without a wide gap: their edges, the line they stand on, and their looks."""

    text: str
    left: float
    right: float
    y: float  # the line on which the words stand, counted downwards
    size: float
    first: float  # how wide the first word is
    bold: bool = False
    italic: bool = False
    font: str = ""


class Sheet:
    """Turns the places of a PDF page, which count upwards and before rotation, into places as seen."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self.turn = page.get_rotation() // 90
        sides = (self._right - self._left, self._top - self._bottom)
        self.width, self.height = sides if self.turn % 2 == 0 else sides[::-1]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place from the left and from the top."""
        if self.turn == 0:
            return x - self._left, self._top - y
        if self.turn == 1:
            return y - self._bottom, x - self._left
        return (self._right - x, y - self._bottom) if self.turn == 2 else (self._top - y, self._right - x)


def of_page(page: pdfium.PdfPage, sheet: Sheet, gap: float) -> list[Run]:
    """The runs of a page in the order of the file; a gap of so many ems parts two runs.

    Raised footnote marks come as raised digits.
    """
    text_page = page.get_textpage()
    text, places = _characters(text_page)
    measure = _Measure(text_page, sheet)
    text = text.translate(_SIGNS) if _ANY_SIGN.search(text) else text
    text = _with_marks(text, places, measure)
    out: list[Run] = []
    for line in _LINE.finditer(text):
        out += _runs(text, places, line.span(), measure, gap)
    return out


def _characters(text_page: pdfium.PdfTextPage) -> tuple[str, Sequence[int]]:
    """The text of a page, and for each character its index in the file's list of characters."""
    count = text_page.count_chars()
    if count > MAX_CHARACTERS:
        raise UnreadableFile("Tệp PDF có trang quá nhiều chữ, không phải văn bản hành chính nên không đọc.")
    text = text_page.get_text_range() if count else ""
    if len(text) == count:
        return text, range(count)
    codes = [raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(count)]
    kept = [index for index, code in enumerate(codes) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000]
    return "".join(chr(codes[index]) for index in kept), kept


def _with_marks(text: str, places: Sequence[int], measure: _Measure) -> str:
    """The text with small raised digits as raised digits."""
    found = list(text)
    for match in _MARK.finditer(text):
        first = match.end() - len(match.group().strip())
        beside = first - 1 if first and text[first - 1].strip() else match.end()
        while beside < len(text) - 1 and beside >= match.end() and text[beside].isspace():
            beside += 1
        if beside < len(text) and measure.is_small(places[first], places[beside]):
            found[first : match.end()] = text[first : match.end()].translate(_RAISE)
    return "".join(found)


def _runs(
    text: str, places: Sequence[int], line: tuple[int, int], measure: _Measure, gap: float
) -> list[Run]:
    """The runs of one line: words as far as the next wide gap."""
    found = _WORD.search(text, *line)
    if found is None:
        return []
    start, end = found.start(), line[0] + len(text[line[0] : line[1]].rstrip())
    size = measure.size(places[start])
    if gap and (runs := _whole(text, places, (found.span(), end), measure, gap, size)):
        return runs
    words = [match.span() for match in _WORD.finditer(text, *line)]
    out: list[Run] = []
    before = here = opened = (0.0, 0.0)
    start = 0
    for n, (first_char, end_char) in enumerate(words):
        here = measure.edges(places[first_char], places[end_char - 1])
        if n == start:
            opened = here
        elif not -size < here[0] - before[1] <= gap * size:
            measures = (opened[0], before[1], size, opened[1] - opened[0])
            out.append(_run(text, places, (words[start][0], words[n - 1][1]), measures, measure))
            start, opened = n, here
        before = here
    measures = (opened[0], here[1], size, opened[1] - opened[0])
    return [*out, _run(text, places, (words[start][0], words[-1][1]), measures, measure)]


def _whole(
    text: str,
    places: Sequence[int],
    line: tuple[tuple[int, int], int],
    measure: _Measure,
    gap: float,
    size: float,
) -> list[Run]:
    """The runs of a line that the file draws in one piece, or in two of which one is its list mark; else none."""
    word, end = line
    pieces = measure.pieces(places[word[0]], places[end - 1])
    if not pieces:
        return []
    left, right = measure.edges(places[word[0]], places[word[1] - 1])
    if len(pieces) == 1:
        return [_run(text, places, (word[0], end), (*pieces[0], size, right - left), measure)]
    after = _WORD.search(text, word[1], end)
    if after is None or abs(pieces[0][1] - right) > _SAME or pieces[1][0] - right <= gap * size:
        return []
    return [
        _run(text, places, word, (*pieces[0], size, right - left), measure),
        _run(text, places, (after.start(), end), (*pieces[1], size, gap * size), measure),
    ]


def _run(
    text: str,
    places: Sequence[int],
    ends: tuple[int, int],
    measures: tuple[float, float, float, float],
    measure: _Measure,
) -> Run:
    start, end = ends
    left, right, size, first = measures
    bold, italic, font = measure.look(places[start])
    if bold or italic:
        also_bold, also_italic, _ = measure.look(places[end - 1])
        bold, italic = bold and also_bold, italic and also_italic
    printed = unicodedata.normalize("NFC", text[start:end])
    return Run(printed, left, right, measure.line(places[start]), size, first, bold, italic, font)


class _Measure:
    """Asks a page for the measures of its characters."""

    def __init__(self, text_page: pdfium.PdfTextPage, sheet: Sheet) -> None:
        self._page = text_page.raw
        self._sheet = sheet
        self._box = raw.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._end, self._bottom = ctypes.c_double(), ctypes.c_double()
        self._matrix = raw.FS_MATRIX()
        self._flags = ctypes.c_int()
        self._name = ctypes.create_string_buffer(128)
        self._looks: dict[bytes, tuple[bool, bool, str]] = {}

    def edges(self, first: int, last: int) -> tuple[float, float]:
        """The left edge of a first character and the right edge of a last."""
        box, page = self._box, self._page
        raw.FPDFText_GetLooseCharBox(page, first, box)
        low = self._sheet.at(box.left, box.bottom)[0]
        if self._sheet.turn:
            low = min(low, self._sheet.at(box.right, box.top)[0])
        raw.FPDFText_GetLooseCharBox(page, last, box)
        high = self._sheet.at(box.right, box.top)[0]
        if self._sheet.turn:
            high = max(high, self._sheet.at(box.left, box.bottom)[0])
        return low, high

    def pieces(self, first: int, last: int) -> list[tuple[float, float]]:
        """The edges of the one or two pieces in which the file draws a line; none where it draws more."""
        count = 0 if self._sheet.turn else raw.FPDFText_CountRects(self._page, first, last - first + 1)
        out = []
        for index in range(count if count < 3 else 0):
            raw.FPDFText_GetRect(self._page, index, self._x, self._y, self._end, self._bottom)
            out.append((self._sheet.at(self._x.value, 0)[0], self._sheet.at(self._end.value, 0)[0]))
        return out

    def line(self, index: int) -> float:
        """The height of the line on which a character stands, from the top."""
        raw.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        return self._sheet.at(self._x.value, self._y.value)[1]

    def size(self, index: int) -> float:
        """The size of a character as printed."""
        raw.FPDFText_GetMatrix(self._page, index, self._matrix)
        size: float = raw.FPDFText_GetFontSize(self._page, index)
        matrix = self._matrix
        scale = max(abs(matrix.a), abs(matrix.b), abs(matrix.c), abs(matrix.d))
        return size * scale if scale else size

    def is_small(self, mark: int, beside: int) -> bool:
        """Whether a digit is a good deal smaller than the character beside it, and stands higher."""
        if self.size(mark) >= _MARK_SIZE * self.size(beside):
            return False
        return self.line(mark) < self.line(beside) - 0.5

    def look(self, index: int) -> tuple[bool, bool, str]:
        """Whether a character is bold and italic, and the name of its font."""
        raw.FPDFText_GetFontInfo(self._page, index, self._name, len(self._name), self._flags)
        name = self._name.value
        if name not in self._looks:
            heavy = bool(_BOLD.search(name)) or raw.FPDFText_GetFontWeight(self._page, index) >= 600
            self._looks[name] = (heavy, bool(_ITALIC.search(name)), name.decode("utf-8", "replace"))
        return self._looks[name]
