"""Good files of every kind, changed at random: a Document or UnreadableFile, never anything else."""

from __future__ import annotations

import contextlib
import io
import zipfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
def test_changed_files(suffix: str, edits: list[tuple[float, int, bytes]]) -> None:
    check(changed(good(suffix), edits), f"a{suffix}")


@given(st.sampled_from([".docx", ".xlsx"]), st.data(), changes)
@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
def test_archives_with_a_changed_part(
    suffix: str, data: st.DataObject, edits: list[tuple[float, int, bytes]]
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good(suffix))) as source, zipfile.ZipFile(out, "w") as made:
        chosen = data.draw(st.sampled_from(source.namelist()))
        for name in source.namelist():
            part = source.read(name)
            made.writestr(name, changed(part, edits) if name == chosen else part)
    check(out.getvalue(), f"a{suffix}")


@given(st.binary(max_size=400), st.sampled_from([".pdf", ".docx", ".xlsx", ".html", ".txt", ".md", ""]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_with_any_name(data: bytes, suffix: str) -> None:
    check(data, f"a{suffix}")
    for start in (b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe"):
        check(start + data, f"a{suffix}")


@given(st.sampled_from([".docx", ".pdf", ".xlsx"]), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_files_that_end_too_early(suffix: str, share: float) -> None:
    data = good(suffix)
    check(data[: int(share * len(data))], f"a{suffix}")
