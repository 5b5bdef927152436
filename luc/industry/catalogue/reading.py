"""From a paper to lines: which column says what by its heading, which line is a branch, where each stands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from rapidfuzz import fuzz, process

from luc.kernel.text import search_key
from vanban import markers
from vanban.document import Document, Words
from vanban.lists import Line, Listing, listings

LONGEST = {"number": 30, "code": 60, "name": 1000, "unit": 60, "standard": 1000, "hs": 200, "note": 1000}
ROLES = {
    "number": lazy("Số thứ tự"),
    "code": lazy("Mã"),
    "name": lazy("Tên"),
    "unit": lazy("Đơn vị tính"),
    "standard": lazy("Tiêu chuẩn, yêu cầu kỹ thuật"),
    "hs": lazy("Mã HS"),
    "group": lazy("Nhóm (tên của nhánh)"),
    "note": lazy("Ghi chú"),
}
_NEAR = 88  # of 100 letters alike; below it a heading is not known
_MARK = 14  # characters: what is longer in a column of numbers is words
_NOTHING = Words("")
_OF_BRANCHES = frozenset({"part", "chapter", "division", "roman", "capital"})
Row = dict[str, Any]


@cache
def _known() -> dict[str, str]:
    data = json.loads((Path(__file__).parent / "data" / "headings.json").read_text(encoding="utf-8"))
    return {words: role for role in ROLES for words in data[role]}


def says(heading: str) -> str:
    """What a column says by its heading (a key of ROLES); "" for nothing that is known."""
    known = _known()
    for words in (heading, heading.partition("(")[0], heading.partition("/")[0]):
        if (key := search_key(words)) in known:
            return known[key]
    key = search_key(heading.partition("(")[0])
    near = (
        process.extractOne(key, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR) if len(key) > 4 else None
    )
    return known[near[0]] if near else ""


def tables_of(document: Document) -> list[Row]:
    """The lists of a paper: headings, what their columns say, a few cells to recognise them by, whether it is used."""
    found = listings(document, says)
    return [
        {
            "headings": list(one.headings),
            "roles": list(one.roles),
            "cells": [
                [line.cells[x].text[:60] for line in one.lines if line.cells and line.cells[x]][:3]
                for x in range(len(one.roles))
            ],
            "lines": len(one.lines),
            "used": "name" in one.roles,
        }
        for one in found
    ]


def lines_of(document: Document, tables: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The lines of the lists that are used, with the columns as they were said; keys are "1-7": list and line."""
    out: list[Row] = []
    for t, (listing, told) in enumerate(zip(listings(document, says), tables, strict=True), 1):
        if told["used"]:
            out += _of_listing(listing, told["roles"], t)
    return out


def _of_listing(listing: Listing, roles: Sequence[str], t: int) -> Iterator[Row]:
    columns = {role: x for x, role in enumerate(roles) if role}
    bold = sum(line.is_bold for line in listing.lines if line.cells)
    some_are_bold = 0 < bold < sum(bool(line.cells) for line in listing.lines)
    before: Row | None = None
    for n, line in enumerate(listing.lines, 1):
        if before is not None and _goes_on(line, columns):
            _add(before, line, columns)
            continue
        if (
            "group" in columns
            and line.cells
            and columns["group"] in line.begins
            and line.cells[columns["group"]]
        ):
            yield _row(f"{t}-{n}-n", n, t, {"name": line.cells[columns["group"]]}, is_branch=True)
        before = _of_line(line, columns, t, n, some_are_bold)
        if before is not None:
            yield before


def _of_line(line: Line, columns: Mapping[str, int], t: int, n: int, some_are_bold: bool) -> Row | None:
    if not line.cells:
        return _row(f"{t}-{n}", n, t, _cut(line.heading), is_branch=True)
    told = {role: line.cells[x] for role, x in columns.items() if x in line.begins and role != "group"}
    if len(line.filled) == 1 and (alone := line.cells[line.filled[0]]) and len(columns) > 1:
        told = _cut(alone)
        if told.get("number"):
            return _row(f"{t}-{n}", n, t, told, is_branch=True)
    told = _mended(told)
    said = {role for role, words in told.items() if words}
    if not said:
        return None
    only_named = said <= {"number", "name"}
    kind = kind_of(told.get("number", _NOTHING).text)
    spans = len(line.filled) == 1 and len(line.cells) > 2 and not kind
    is_branch = only_named and (kind in _OF_BRANCHES or spans or (line.is_bold and some_are_bold))
    return _row(f"{t}-{n}", n, t, told, is_branch=is_branch)


def _mended(told: dict[str, Words]) -> dict[str, Words]:
    """A number that is words of a heading is cut; a name that begins with its number too, where there is no other."""
    number, name = told.get("number", _NOTHING), told.get("name", _NOTHING)
    if number and not name and len(number.text) > _MARK:
        return told | _cut(number)
    if name and not number:
        found = markers.find(name.text)
        if found is not None and found.kind not in markers.DASHES:
            return told | _cut(name)
    return told


def _cut(words: Words) -> dict[str, Words]:
    """The marker and the words behind it."""
    found = markers.find(words.text)
    if found is None:
        return {"number": _NOTHING, "name": words}
    return {"number": words.cut(0, found.length), "name": words.cut(found.length)}


def kind_of(number: str) -> str:
    """Which kind of marker a number is: "roman", "capital", "number", "number2" …, "letter", "dash"; "" for none."""
    core = number.strip(" .):/")
    if not core:
        return "dash" if number.strip() else ""
    parts = [part for part in core.split(".") if part]
    if all(part.isdecimal() for part in parts):
        return "number" if len(parts) == 1 else f"number{len(parts)}"
    found = markers.find(f"{core}. Aa")
    return found.kind if found else ""


def _goes_on(line: Line, columns: Mapping[str, int]) -> bool:
    """Whether a line only has further cells of the one above, whose number and name span down to it."""
    named = [columns[role] for role in ("number", "name") if role in columns]
    return bool(line.cells) and bool(named) and all(line.cells[x] and x not in line.begins for x in named)


def _add(row: Row, line: Line, columns: Mapping[str, int]) -> None:
    for role, x in columns.items():
        if x in line.begins and line.cells[x] and role in LONGEST:
            row[role] = "; ".join(filter(None, [row[role], " ".join(line.cells[x].text.split())]))[
                : LONGEST[role] + 1
            ]
            row["places"] += [place.as_json() for place in line.cells[x].places]


def _row(key: str, n: int, t: int, told: Mapping[str, Words], *, is_branch: bool) -> Row:
    texts = {role: " ".join(told.get(role, _NOTHING).text.split()) for role in LONGEST}
    places = [place.as_json() for words in told.values() for place in words.places]
    at = {"table": t, "line": n, "page": next((one["page"] for one in places if "page" in one), None)}
    return {
        "key": key,
        **texts,
        "branch": is_branch,
        "dropped": False,
        "typed": False,
        "at": at,
        "places": places,
    }


def where(row: Mapping[str, Any]) -> str:
    """The place of a line in words: "Bảng 1, dòng 7 (trang 3)"."""
    at = row["at"]
    if not at:
        return _("Dòng thêm bằng tay")
    words = _("Bảng %(table)d, dòng %(line)d") % at
    return f"{words} ({_('trang %(page)d') % at})" if at["page"] else words
