"""The head of a paper: Quốc hiệu, issuer, number, place, date, kind, title, addressees (ô 1-5 and 9a)."""

from __future__ import annotations

from vanban.writing.elements import Element, el, exactly, frame, indents, rule, spacer
from vanban.writing.metrics import even_width, text_width
from vanban.writing.paper import Copy, Paper
from vanban.writing.phrases import clean, clean_lines, date_words, ended, listed, number_words, words
from vanban.writing.sheet import Sheet, style_id
from vanban.writing.tables import plain_table

_AIR = 6


def write_head(sheet: Sheet, paper: Paper) -> None:
    """Everything above the first words of the body."""
    width = sheet.layout.text_width()
    motto = text_width(sheet.layout.texts.quoc_hieu, sheet.look("quoc_hieu"))
    right = max(motto, place_width(sheet, paper)) + _AIR
    left = width - right
    rows = [
        [issuer_lines(sheet, paper.issuer, left - _AIR, paper.parent or ""), _motto(sheet, right)],
        [_number(sheet, paper, left - _AIR), [place_and_date(sheet, paper)]],
    ]
    sheet.write(plain_table([left, right], rows))
    if paper.kind is not None:
        sheet.write(sheet.line("ten_loai", paper.kind), *_lines(sheet, "trich_yeu", paper.title, width))
        sheet.write(_rule_below(sheet, "trich_yeu", paper.title, width, after=2 * _AIR))
    else:
        sheet.write(spacer(style_id("kinh_gui"), 3 * _AIR))
    _write_addressees(sheet, paper)
    bases = ended(clean(words(base)) for base in paper.legal_bases)
    sheet.write(*(sheet.line("can_cu", line) for line in bases))


def _motto(sheet: Sheet, width: float) -> list[Element]:
    texts = sheet.layout.texts
    length = text_width(texts.tieu_ngu, sheet.look("tieu_ngu"))
    names = ("quoc_hieu", "tieu_ngu")
    lines = [sheet.line(name, getattr(texts, name)) for name in names]
    return [*lines, rule(style_id("tieu_ngu"), length, width, sheet.layout)]


def issuer_lines(sheet: Sheet, issuer: str, width: float, parent: str = "") -> list[Element]:
    """The body above and the one that issues, with the rule below its name (II.2.b)."""
    above = _lines(sheet, "co_quan_chu_quan", parent, width)
    own = _lines(sheet, "co_quan_ban_hanh", issuer, width)
    return [*above, *own, _rule_below(sheet, "co_quan_ban_hanh", issuer, width)]


def _number(sheet: Sheet, paper: Paper, width: float) -> list[Element]:
    lines = [sheet.line("so_ky_hieu", number_words(paper))]
    if paper.kind is None:
        title = sheet.layout.texts.letter_title.format(title=clean(paper.title))
        lines += _lines(sheet, "trich_yeu_cong_van", title, width)
    if paper.urgency:
        lines += [_stamped(sheet, paper.urgency, width)]
    if paper.draft:
        lines.append(sheet.line("du_thao", paper.draft))
    if paper.mark:
        lines.append(_framed(sheet, paper.mark))
    return lines


def _framed(sheet: Sheet, mark: str) -> Element:
    around = frame(sheet.layout.rule_weight, 3)
    return sheet.line("pham_vi_luu_hanh", mark, around, indents(_AIR, 2 * _AIR, first=0))


def _stamped(sheet: Sheet, urgency: str, width: float) -> Element:
    """The mark of urgency in a box of its size (III.2.b). Raises ValueError for a degree that does not exist."""
    layout, look = sheet.layout, sheet.look("do_khan")
    words = clean(urgency).upper()
    if words not in layout.urgency_boxes:
        raise ValueError(f"{urgency!r} is no degree of urgency")
    wide, high = layout.urgency_boxes[words]
    space = 3
    aside = (width + _AIR - wide) / 2 + space
    colour = layout.urgency_colour
    height = exactly(high - 2 * space, before=look.before + space, after=space)
    framed = frame(layout.rule_weight, space, colour)
    runs = sheet.runs("do_khan", words, colour=colour)
    return sheet.with_runs("do_khan", runs, framed, height, indents(aside, aside, first=0))


def place_and_date(sheet: Sheet, paper: Paper | Copy) -> Element:
    """ "Cần Thơ, ngày 05 tháng 01 năm 2026", on the one line for which `place_width` makes room."""
    return sheet.line("dia_danh_thoi_gian", _place_words(sheet, paper))


def place_width(sheet: Sheet, paper: Paper | Copy) -> float:
    """What the line of place and date needs (II.4): a long place takes it from the issuer beside it, whose name breaks.

    A smaller size for it alone is not allowed: sizes of a head go up and down together (II.1.a).
    """
    return text_width(_place_words(sheet, paper), sheet.look("dia_danh_thoi_gian"))


def _place_words(sheet: Sheet, paper: Paper | Copy) -> str:
    return sheet.layout.texts.place_date.format(place=clean(paper.place), date=date_words(paper.date))


def _lines(sheet: Sheet, name: str, text: str, width: float) -> list[Element]:
    """Centred lines; a line break that was written is kept."""
    return [sheet.even_line(name, line, width) for line in clean_lines(text)]


def _rule_below(sheet: Sheet, name: str, text: str, width: float, *, after: float = 0) -> Element:
    longest = max((even_width(line, sheet.look(name), width) for line in clean_lines(text)), default=0.0)
    length = sheet.layout.rule_share * longest
    return rule(style_id(name), length, width, sheet.layout, after=after)


def _write_addressees(sheet: Sheet, paper: Paper) -> None:
    names = [clean(name) for name in paper.addressees]
    label = sheet.layout.texts.addressees
    look = sheet.look("kinh_gui")
    indent = sheet.layout.text_width() / 6
    if len(names) == 1:
        sheet.write(sheet.line("kinh_gui", f"{label} {names[0]}", el("jc", val="center")))
    elif names:
        colon = indent + text_width(label[:-1], look)
        hang = text_width(sheet.layout.texts.list_mark, look)
        sheet.write(sheet.line("kinh_gui", label, indents(indent, first=0)))
        lines = (sheet.line("kinh_gui", line, indents(colon + hang, first=-hang)) for line in listed(names))
        sheet.write(*lines)
