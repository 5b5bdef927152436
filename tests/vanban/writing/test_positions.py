"""Where each component stands on the printed page, in millimetres, beside what the decree says of its place.

The paper is printed by LibreOffice, the letters are measured in the PDF. Limits are those of vanban/data/nd30_2020.json
(`page`, `components`, `layout_cells`); of cells whose size the decree does not give only their order is compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import pypdfium2 as pdfium
import pytest

from tests.vanban.writing.examples import REPORT, RULES
from vanban.conforming import check_layout
from vanban.writing import IssueDate, Paragraph, can_write_pdf, signing, write_docx, write_pdf

MM = 25.4 / 72
GAP = 2.5  # between words of one line; the two halves of the head stand further apart
SLACK = float(RULES["measured"]["tolerance"]["mm"])
WIDTH, HEIGHT = float(RULES["page"]["width_mm"]), float(RULES["page"]["height_mm"])
MARGINS: dict[str, tuple[float, float]] = {
    side: (float(low), float(high)) for side, (low, high) in RULES["page"]["margin_mm"].items()
}
LONG = tuple(
    Paragraph(f"Đoạn thứ {n}: " + "nội dung trình bày kết quả thực hiện nhiệm vụ, " * 6) for n in range(22)
)
SIGNED = replace(
    REPORT,
    number="7",
    date=IssueDate(2026, 1, 5),
    body=LONG,
    annexes=(),
    signer=signing("Phó Giám đốc", "Nguyễn Văn Mẫu", form="KT.", head="Giám đốc"),
    recipients=("Như trên", "Lưu: VT, SCT"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of letters on a page: its edges from the upper left corner in millimetres."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@cache
def pages() -> tuple[tuple[Line, ...], ...]:
    """The lines of each page of the signed paper."""
    document = pdfium.PdfDocument(write_pdf(write_docx(SIGNED)))
    return tuple(tuple(_lines(document[n])) for n in range(len(document)))


def _lines(page: pdfium.PdfPage) -> list[Line]:
    words, high = page.get_textpage(), page.get_height()
    found = []
    for n in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(n)
        text = words.get_text_bounded(left, bottom, right, top).strip()
        if text:
            found.append(Line(text, left * MM, right * MM, (high - top) * MM, (high - bottom) * MM))
    return found


def one(words: str, page: int = 0) -> Line:
    """The line of a page that begins with words; pieces on one row count as one line."""
    found = next(line for line in pages()[page] if line.text.startswith(words))
    row = [
        line
        for line in pages()[page]
        if abs(line.bottom - found.bottom) < 1 and 0 <= line.left - found.right < GAP
    ]
    return replace(found, right=max([found.right, *(line.right for line in row)]))


@pytest.fixture(autouse=True)
def _prints() -> None:
    assert can_write_pdf(), "these tests measure what LibreOffice prints: make needs"


def test_nothing_stands_outside_the_margins_but_the_number_of_the_page() -> None:
    for lines in pages():
        inside = [line for line in lines if not line.text.isdecimal()]
        assert min(line.left for line in inside) >= MARGINS["left"][0] - SLACK
        assert min(line.left for line in inside) <= MARGINS["left"][1] + SLACK
        assert WIDTH - max(line.right for line in inside) >= MARGINS["right"][0] - SLACK
        assert min(line.top for line in inside) >= MARGINS["top"][0] - SLACK
        assert HEIGHT - max(line.bottom for line in inside) >= MARGINS["bottom"][0] - SLACK


def test_the_body_reaches_from_margin_to_margin() -> None:
    full = [line for lines in pages() for line in lines if line.text.startswith("nội dung trình bày")]
    assert full or len(pages()) > 1
    right = WIDTH - max(line.right for lines in pages() for line in lines)
    assert MARGINS["right"][0] - SLACK <= right <= MARGINS["right"][1] + SLACK


def test_the_number_of_the_page_is_centred_in_the_top_margin_and_not_on_the_first() -> None:
    assert RULES["page_number"]["hide_on_first_page"]
    assert not [line for line in pages()[0] if line.text == "1"]
    for n in range(1, len(pages())):
        number = one(str(n + 1), n)
        left = MARGINS["left"], MARGINS["right"]
        middles = [(low + WIDTH - high) / 2 for low, high in zip(*left, strict=True)]
        assert min(middles) - SLACK <= number.middle <= max(middles) + SLACK
        assert number.bottom <= MARGINS["top"][1]
        assert number.top > 0


BELOW: list[tuple[str, str]] = [
    ("CỘNG HÒA XÃ HỘI", "Độc lập"),
    ("UBND", "SỞ CÔNG THƯƠNG"),
    ("SỞ CÔNG THƯƠNG", "Số:"),
    ("Độc lập", "Cần Thơ, ngày"),
    ("Số:", "BÁO CÁO"),
]


@pytest.mark.parametrize(("above", "below"), BELOW)
def test_components_stand_below_each_other(above: str, below: str) -> None:
    assert one(above).bottom <= one(below).top + 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("CỘNG HÒA XÃ HỘI", "Độc lập"), ("UBND", "SỞ CÔNG THƯƠNG"), ("Độc lập", "Cần Thơ, ngày")],
)
def test_lines_of_one_cell_have_one_middle(first: str, second: str) -> None:
    assert abs(one(first).middle - one(second).middle) <= 2 * SLACK


def test_the_head_has_the_issuer_on_the_left_and_the_motto_on_the_right() -> None:
    state, issuer = one("CỘNG HÒA XÃ HỘI"), one("SỞ CÔNG THƯƠNG")
    assert issuer.right < one("Độc lập").left
    assert state.middle > WIDTH / 2 > issuer.middle
    assert state.top < HEIGHT / 4


def test_number_and_day_stand_on_one_line() -> None:
    number, day = one("Số:"), one("Cần Thơ, ngày")
    assert abs(number.top - day.top) <= SLACK  # both begin with a capital
    assert number.right < day.left
    assert abs(number.middle - one("SỞ CÔNG THƯƠNG").middle) <= 2 * SLACK


def test_the_kind_of_paper_stands_in_the_middle_of_the_text() -> None:
    kind = one("BÁO CÁO")
    left = min(line.left for line in pages()[0])
    right = max(line.right for lines in pages() for line in lines)
    assert abs(kind.middle - (left + right) / 2) <= 2 * SLACK


def test_the_foot_has_the_recipients_at_the_left_margin_level_with_the_signer() -> None:
    last = len(pages()) - 1
    label, right_of, title = one("Nơi nhận:", last), one("KT. GIÁM ĐỐC", last), one("PHÓ GIÁM ĐỐC", last)
    name = one("Nguyễn Văn Mẫu", last)
    assert MARGINS["left"][0] - SLACK <= label.left <= MARGINS["left"][1] + SLACK
    assert label.top < right_of.bottom
    assert right_of.top < label.bottom
    assert label.right < right_of.left
    assert right_of.middle > WIDTH / 2
    for line in (title, name):
        assert abs(line.middle - right_of.middle) <= 2 * SLACK
    assert title.bottom < name.top
    assert one("- Như trên", last).left - label.left <= SLACK
    assert one("- Lưu: VT, SCT", last).top > one("- Như trên", last).top


@pytest.mark.parametrize("date", [IssueDate(2026), IssueDate(2026, 11, 22)], ids=["blank", "dated"])
@pytest.mark.parametrize("place", ["Cần Thơ", "Phường An Bình", "Thành phố Cần Thơ", "Thành phố Hồ Chí Minh"])
def test_place_and_date_stand_on_one_line(place: str, date: IssueDate) -> None:
    """However long the place, and while number and day are blank (II.4)."""
    data = write_docx(replace(SIGNED, place=place, date=date, number=""))
    assert [departure.message for departure in check_layout(data)] == []
    document = pdfium.PdfDocument(write_pdf(data))
    (line,) = [line for line in _lines(document[0]) if line.text.startswith(place)]
    assert line.text.endswith("2026")
