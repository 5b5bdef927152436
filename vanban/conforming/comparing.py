"""Each component of a file beside what the decree says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from vanban.conforming import numbering, wording
from vanban.conforming.departure import Departure
from vanban.conforming.measuring import Line, Measured, Section, measure
from vanban.conforming.recognising import Part, recognise
from vanban.conforming.rules import component, rules
from vanban.writing.layout import Look
from vanban.writing.metrics import even_width

_BLACK = {"auto", "000000"}
_ALIGNED = {"left": "canh trái", "center": "canh giữa", "right": "canh phải", "justify": "canh đều hai lề"}
_CASES = {"upper": "in hoa", "sentence": "in thường"}
_NEVER_MISSING = ("quoc_hieu", "tieu_ngu", "co_quan_ban_hanh", "so_ky_hieu", "dia_danh_thoi_gian", "noi_dung")
_ALSO_NEEDED = ("quyen_han_chuc_vu", "ho_ten", "noi_nhan_label", "noi_nhan_list", "page_number")


def check_layout(data: bytes) -> tuple[Departure, ...]:
    """Where a .docx departs from the layout of NĐ 30/2020. Raises what python-docx raises for a file that is none."""
    measured = measure(data)
    parts = recognise(measured.lines)
    found = [
        *_missing(parts),
        *_pages(measured),
        *(departure for part in parts for departure in _of_line(part)),
        *_rules_below(measured, parts),
        *_same_row(parts),
        *_sizes_move(parts),
        *numbering.departures(parts),
        *wording.departures(parts),
    ]
    return tuple(dict.fromkeys(found))


def recognised(data: bytes) -> dict[str, list[Line]]:
    """The lines of a .docx by the component that they are."""
    found: dict[str, list[Line]] = defaultdict(list)
    for part in recognise(measure(data).lines):
        found[part.component].append(part.line)
    return dict(found)


def _departure(name: str, what: str, found: object, wanted: object, text: str = "") -> Departure:
    rule = component(name)
    return Departure(name, rule["name_vi"], what, str(found), str(wanted), rule.get("clause", ""), text)


def _missing(parts: list[Part]) -> Iterator[Departure]:
    held = {part.component for part in parts}
    for name in (*_NEVER_MISSING, *_ALSO_NEEDED):
        if name not in held:
            yield _departure(name, "missing", "không có", "phải có")


def _pages(measured: Measured) -> Iterator[Departure]:
    page, number = rules()["page"], rules()["page_number"]
    slack = rules()["measured"]["tolerance"]["mm"]
    for section in measured.sections:
        yield from _page(section, page, slack)
        if section.starts_at != str(number["start"]):
            yield _departure("page_number", "numbering", f"bắt đầu từ {section.starts_at}", "bắt đầu từ 1")
        if not section.first_differs:
            yield _departure("page_number", "page", "hiện ở trang thứ nhất", "không hiện ở trang thứ nhất")
        if section.header > section.margins["top"]:
            yield _departure("page_number", "place", "ngoài lề trên", "trong lề trên")
    shown = {line.section for line in measured.lines if line.where == "first_header" and line.counts_pages}
    if shown:
        yield _departure("page_number", "page", "hiện ở trang thứ nhất", "không hiện ở trang thứ nhất")


def _page(section: Section, page: dict[str, object], slack: float) -> Iterator[Departure]:
    def off(found: str, wanted: str) -> Departure:
        return Departure("page", "Trang giấy", "page", found, wanted, str(page["clause"]))

    size, wanted = sorted((section.width, section.height)), sorted((page["width_mm"], page["height_mm"]))  # type: ignore[type-var]
    if any(abs(a - float(b)) > slack for a, b in zip(size, wanted, strict=True)):  # type: ignore[arg-type]
        yield off(f"{size[0]:.0f} x {size[1]:.0f} mm", f"{wanted[0]} x {wanted[1]} mm")
    margins: dict[str, tuple[float, float]] = page["margin_mm"]  # type: ignore[assignment]
    for side, (low, high) in margins.items():
        held = section.margins[side]
        if not low - slack <= held <= high + slack:
            yield off(f"lề {held:.0f} mm ({side})", f"{low} - {high} mm")


def _of_line(part: Part) -> Iterator[Departure]:
    for look in (_size, _style, _letters, _case, _place, _body, _frame):
        yield from look(part)


def _size(part: Part) -> Iterator[Departure]:
    low, high = component(part.component)["size_pt"]
    for size in sorted(part.line.sizes):
        if not low <= size <= high:
            wanted = f"{low}" if low == high else f"{low} - {high}"
            yield _departure(part.component, "size", f"{size:g}", wanted, part.line.text)


def _style(part: Part) -> Iterator[Departure]:
    words = component(part.component)["style"].split("(")[0].split()
    running = part.component in rules()["measured"]["spaced"]
    for what, held in (("bold", part.line.bold), ("italic", part.line.italic)):
        wanted = what in words
        if held is None and running:
            continue  # words that stand out in running text
        if part.line.text and held is not wanted:
            named = {"bold": ("đậm", "không đậm"), "italic": ("nghiêng", "đứng")}[what]
            found = "lẫn lộn" if held is None else named[not held]
            yield _departure(part.component, what, found, named[not wanted], part.line.text)


def _letters(part: Part) -> Iterator[Departure]:
    family = rules()["font"]["family"]
    for font in sorted(part.line.fonts - {family}):
        yield _departure(part.component, "font", font or "không rõ", family, part.line.text)
    if part.component == "do_khan":
        ink = rules()["choices"]["ink"][component("do_khan")["ink"]]
        if part.line.colours != {ink}:
            yield _departure(part.component, "colour", "màu khác", "đỏ tươi", part.line.text)
    elif part.line.colours - _BLACK:
        yield _departure(
            part.component, "colour", ", ".join(sorted(part.line.colours)), "đen", part.line.text
        )


def _case(part: Part) -> Iterator[Departure]:
    case = component(part.component).get("case")
    letters = [char for char in part.line.text if char.isalpha()]
    if case not in _CASES or len(letters) < 2 or part.component == "ky_hieu_nguoi_soan":
        return
    is_upper = all(char.isupper() for char in letters)
    short = len(part.line.text.split()) < 3
    if is_upper is not (case == "upper") and not (case == "sentence" and short):
        yield _departure(
            part.component, "case", "in hoa" if is_upper else "in thường", _CASES[case], part.line.text
        )


def _place(part: Part) -> Iterator[Departure]:
    wanted = rules()["measured"]["at"].get(part.component)
    if wanted is None:
        return
    if part.at != wanted["in"]:
        yield _departure(part.component, "place", part.at, wanted["in"], part.line.text)
    if wanted["align"] and part.line.align not in wanted["align"]:
        named = " hoặc ".join(_ALIGNED[align] for align in wanted["align"])
        yield _departure(part.component, "align", _ALIGNED[part.line.align], named, part.line.text)


def _body(part: Part) -> Iterator[Departure]:
    held, rule = rules()["measured"], component("noi_dung")
    line, slack = part.line, held["tolerance"]["mm"]
    if part.component in held["indented"]:
        low, high = rule["first_line_indent_cm"]
        first = (line.first + line.left) / 72 * 25.4
        if not low * 10 - slack <= first <= high * 10 + slack:
            yield _departure(
                part.component, "indent", f"{first / 10:.2f} cm", f"{low:g} - {high:g} cm", line.text
            )
    if part.component in held["spaced"]:
        least = rule["space_between_paragraphs_min_pt"]
        if max(line.before, line.after) < least:
            found = f"{max(line.before, line.after):g} pt"
            yield _departure(part.component, "spacing", found, f"tối thiểu {least} pt", line.text)
        if line.spacing is None or not 1 <= line.spacing <= 1.5:
            found = "cố định" if line.spacing is None else f"{line.spacing:.2f} dòng"
            yield _departure(part.component, "spacing", found, "1 - 1,5 dòng", line.text)


def _frame(part: Part) -> Iterator[Departure]:
    if part.component not in rules()["measured"]["framed"]:
        return
    line = part.line
    if line.frame != {"top", "left", "bottom", "right"}:
        yield _departure(part.component, "frame", "không đủ bốn cạnh", "khung chữ nhật viền đơn", line.text)
    elif part.component == "do_khan":
        slack = rules()["measured"]["tolerance"]["mm"]
        wide, high = component("do_khan")["boxes_mm"][line.text]
        width = (line.room - line.left - line.right + 2 * line.padding) / 72 * 25.4
        height = ((line.height or 0) + 2 * line.padding) / 72 * 25.4
        if abs(width - wide) > slack or abs(height - high) > slack:
            found = f"{width:.0f} x {height:.0f} mm"
            yield _departure(part.component, "frame", found, f"{wide} x {high} mm", line.text)


def _rules_below(measured: Measured, parts: list[Part]) -> Iterator[Departure]:
    """The solid lines below the motto, the issuer and the title, against the longest line above."""
    held = rules()["measured"]
    for name, (low, high) in held["rules_below"].items():
        above = [part for part in parts if part.component == name]
        if not above:
            continue
        below = next(iter(measured.lines[above[-1].index + 1 :]), None)
        if below is None or below.text or not below.frame & {"top", "bottom"}:
            yield _departure(name, "rule", "không có", "nét liền", above[-1].line.text)
            continue
        longest = max(_width(part.line) for part in above)
        share = (below.room - below.left - below.right) / longest
        slack = held["tolerance"]["share"]
        if not low - slack <= share <= high + slack:
            wanted = "bằng dòng chữ" if low == high else "từ 1/3 đến 1/2 dòng chữ"
            yield _departure(name, "rule", f"{share:.0%} dòng chữ", wanted, above[-1].line.text)


def _width(line: Line) -> float:
    """How long the longest of the shown lines of a paragraph is."""
    look = Look("", max(line.sizes, default=13), bold=bool(line.bold))
    return even_width(line.text, look, line.room - line.left - line.right)


def _same_row(parts: list[Part]) -> Iterator[Departure]:
    first: dict[str, Part] = {}
    for part in parts:
        first.setdefault(part.component, part)
    for one, other in rules()["measured"]["same_row"]:
        if one in first and other in first:
            cells = (first[one].line.cell, first[other].line.cell)
            if not all(cells) or cells[0][:2] != cells[1][:2]:  # type: ignore[index]
                yield _departure(one, "place", "khác dòng", f"ngang hàng với {component(other)['name_vi']}")


def _sizes_move(parts: list[Part]) -> Iterator[Departure]:
    """Sizes in one paper go up and down together (footnote 1 of mục V)."""
    names = rules()["measured"]["move_together"]
    ends: set[str] = set()
    for part in parts:
        if part.component in names and len(part.line.sizes) == 1:
            low, high = component(part.component)["size_pt"]
            size = next(iter(part.line.sizes))
            ends |= {"low"} if size == low else {"high"} if size == high else set()
    if len(ends) > 1:
        yield _departure(names[0], "size", "không đồng đều", "tăng, giảm thống nhất trong một văn bản")
