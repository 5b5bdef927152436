"""Which cells of an .xlsx file show a share of one as a percentage: 0.7 in the format "0%" is printed "70%"."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {9: "0%", 10: "0.00%"}  # ECMA-376 Part 1, 18.8.30
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DECIMALS = re.compile(r"[.]([0#?]+)")
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MOST = 10  # decimals
_LARGEST = 1e12

Place = tuple[int, int]  # row and column, from 0


def places(data: bytes) -> dict[str, dict[Place, int]]:
    """For each sheet, by its name, the cells that show percentages and with how many decimals.

    Parts that cannot be read say nothing: whether the file is broken is for its reader to tell.
    """
    try:
        return _places(data)
    except (etree.XMLSyntaxError, KeyError):
        return {}


def _places(data: bytes) -> dict[str, dict[Place, int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        styles = _formats(archive) if "xl/styles.xml" in names else {}
        if not styles:
            return {}
        return {name: dict(_cells(archive, part, styles)) for name, part in _sheets(archive) if part in names}


def printed(value: float, decimals: int) -> str | None:
    """A share of one as it is shown: 0.125 with one decimal is "12,5%"; None for what is no such share."""
    if not abs(value) < _LARGEST:
        return None
    shown = (Decimal(repr(value)) * 100).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{shown + 0:f}%".replace(".", ",")


def _formats(archive: zipfile.ZipFile) -> dict[str, int]:
    """The decimals of each look of cells that is a percentage, by its number."""
    root = _tree(archive.read("xl/styles.xml"))
    codes = {str(key): code for key, code in _BUILT_IN.items()}
    codes |= {str(own.get("numFmtId")): str(own.get("formatCode", "")) for own in root.iter(f"{_MAIN}numFmt")}
    looks = root.find(f"{_MAIN}cellXfs")
    out: dict[str, int] = {}
    for number, look in enumerate(looks if looks is not None else ()):
        code = _QUOTED.sub("", codes.get(str(look.get("numFmtId")), "").split(";")[0])
        if "%" in code:
            decimals = _DECIMALS.search(code)
            out[str(number)] = min(len(decimals[1]), _MOST) if decimals else 0
    return out


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets and their parts."""
    relations = _tree(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {str(r.get("Id")): str(r.get("Target", "")) for r in relations}
    for sheet in _tree(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(str(sheet.get(_ID)), "")
        yield str(sheet.get("name")), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _cells(archive: zipfile.ZipFile, part: str, styles: dict[str, int]) -> Iterator[tuple[Place, int]]:
    with archive.open(part) as sheet:
        for _, cell in etree.iterparse(sheet, tag=f"{_MAIN}c", resolve_entities=False, no_network=True):
            found = _REFERENCE.fullmatch(str(cell.get("r", "")))
            if found and cell.get("s") in styles:
                yield (int(found[2]) - 1, _column(found[1])), styles[str(cell.get("s"))]
            cell.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _tree(xml: bytes) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
