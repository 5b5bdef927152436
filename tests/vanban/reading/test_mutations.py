"""Good files of every kind, changed at random: a Document or UnreadableFile, never anything else.

Together with the properties of test_properties.py more than 5,000 inputs; `fuzz.py` goes on from there, outside CI.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vanban.reading.fuzz import SHEET, repacked
from tests.vanban.reading.hostile import row, sheet
from tests.vanban.reading.laidout import as_html, as_pdf
from tests.vanban.word import as_word
from vanban.reading import UnreadableFile, read_file, understand

PAPER = (Path(__file__).parents[1] / "papers" / "bo-loc-bui.txt").read_text(encoding="utf-8")
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)


@cache
def good(suffix: str) -> bytes:
    if suffix == ".pdf":
        return as_pdf(PAPER)
    if suffix == ".xlsx":
        return sheet(row(1, "TT", "Nhiệm vụ", "Cơ quan chủ trì") + row(2, 1, "Đo nước", "Sở Y tế"))
    return {".docx": as_word, ".html": as_html, ".txt": str.encode, ".md": str.encode}[suffix](PAPER)


# where (as a share of the file), how many bytes go, what comes instead
changes = st.lists(
    st.tuples(st.floats(0, 0.999), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6
)


def changed(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, gone, new in edits:
        place = int(where * len(data))
        data = data[:place] + new + data[place + gone :]
    return data


def check(data: bytes, name: str) -> None:
    with contextlib.suppress(UnreadableFile):
        understand(read_file(data, name))


@given(st.sampled_from([".pdf", ".xlsx", ".docx", ".html", ".txt", ".md"]), changes)
@settings(max_examples=900, deadline=None, suppress_health_check=SLOW)
def test_changed_files(suffix: str, edits: list[tuple[float, int, bytes]]) -> None:
    check(changed(good(suffix), edits), f"a{suffix}")


@given(st.sampled_from([".docx", ".xlsx"]), st.data(), changes)
@settings(max_examples=600, deadline=None, suppress_health_check=SLOW)
def test_archives_with_a_changed_part(
    suffix: str, data: st.DataObject, edits: list[tuple[float, int, bytes]]
) -> None:
    source = zipfile.ZipFile(io.BytesIO(good(suffix)))
    chosen = data.draw(st.sampled_from(source.namelist()))
    check(repacked(good(suffix), chosen, changed(source.read(chosen), edits)), f"a{suffix}")


PIECE = re.compile(rb"<[^<>]*>[^<>]*")
ODD = st.sampled_from(
    ["-1", "0", "1000000", "99999999999", "x", "", "true", "continue", "restart", "none", "bullet"]
)
moves = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "swap", "value", "move"]),
        st.floats(0, 0.999),
        st.floats(0, 0.999),
        ODD,
    ),
    min_size=1,
    max_size=8,
)


def restructured(xml: bytes, edits: list[tuple[str, float, float, str]]) -> bytes:
    """XML or HTML whose pieces, each a tag and the words behind it, are dropped, doubled, moved or given odd values."""
    pieces = PIECE.findall(xml)
    for what, first, second, odd in edits:
        a, b = int(first * len(pieces)), int(second * len(pieces))
        if what == "drop":
            del pieces[a : a + 3]
        elif what == "double":
            pieces[b:b] = pieces[a : a + 40]
        elif what == "swap":
            pieces[a], pieces[b] = pieces[b], pieces[a]
        elif what == "value":
            pieces[a] = re.sub(
                rb"([\"'])[^\"']*([\"'])", rb"\g<1>" + odd.encode() + rb"\2", pieces[a], count=1
            )
        else:
            pieces.insert(b, pieces.pop(a))
    return b"".join(pieces)


@given(st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]), moves)
@settings(max_examples=900, deadline=None, suppress_health_check=SLOW)
def test_word_files_put_together_otherwise(part: str, edits: list[tuple[str, float, float, str]]) -> None:
    xml = zipfile.ZipFile(io.BytesIO(good(".docx"))).read(part)
    check(repacked(good(".docx"), part, restructured(xml, edits)), "a.docx")


@given(moves)
@settings(max_examples=700, deadline=None, suppress_health_check=SLOW)
def test_pages_put_together_otherwise(edits: list[tuple[str, float, float, str]]) -> None:
    check(restructured(good(".html"), edits), "a.html")


@given(moves)
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
def test_sheets_put_together_otherwise(edits: list[tuple[str, float, float, str]]) -> None:
    xml = zipfile.ZipFile(io.BytesIO(good(".xlsx"))).read(SHEET)
    check(repacked(good(".xlsx"), SHEET, restructured(xml, edits)), "a.xlsx")


@given(
    st.lists(st.integers(0, 200), min_size=1, max_size=30),
    st.sampled_from(["\n", "\t", " | ", "    ", "\f", "<br>", "\u2028"]),
)
@settings(max_examples=700, deadline=None, suppress_health_check=SLOW)
def test_lines_in_another_order(order: list[int], between: str) -> None:
    lines = PAPER.split("\n")
    check(between.join(lines[n % len(lines)] for n in order).encode(), "a.txt")


@given(st.binary(max_size=400), st.sampled_from([".pdf", ".docx", ".xlsx", ".html", ".txt", ".md", ""]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_with_any_name(data: bytes, suffix: str) -> None:
    check(data, f"a{suffix}")
    for start in (b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"):
        check(start + data, f"a{suffix}")


@given(st.sampled_from([".docx", ".pdf", ".xlsx", ".html", ".txt"]), st.floats(0, 1))
@settings(max_examples=300, deadline=None)
def test_files_that_end_too_early(suffix: str, share: float) -> None:
    data = good(suffix)
    check(data[: int(share * len(data))], f"a{suffix}")
