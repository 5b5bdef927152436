"""Fuzzing of the readers with atheris, outside CI: `python -m tests.vanban.reading.fuzz SECONDS [KIND …]`.

Coverage of vanban leads the changes; each kind is a process of its own that begins with the invented papers. What is
neither read nor refused with UnreadableFile ends it, and the file that did so is left in the folder that is named.
How to install atheris in an environment of its own stands in docs/developers/vanban.md.
"""

from __future__ import annotations

import importlib
import io
import subprocess
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
PAPERS = ROOT / "tests" / "vanban" / "papers"
SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
PERCENT = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="[Red]0.0&quot; x&quot;%;-0%"/></numFmts><cellXfs count="3">'
    '<xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)
_PRINTED = 8  # papers of which a PDF is made
LONGEST = 40_000  # bytes: short inputs are tried more often


def repacked(archive: bytes, part: str, content: bytes) -> bytes:
    """An archive with one part replaced, nothing packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as made:
        for name in source.namelist():
            made.writestr(name, content if name == part else source.read(name))
    return out.getvalue()


def _part_of_word(part: str) -> Callable[[bytes], bytes]:
    from tests.vanban.word import as_word

    good = as_word("KẾ HOẠCH\n1. Một\n- Hai\nTT\tNhiệm vụ\tCơ quan chủ trì\n1\tĐo nước\tSở Y tế")
    return lambda data: repacked(good, part, data)


def _part_of_sheet(part: str) -> Callable[[bytes], bytes]:
    good = _book("TT\tNhiệm vụ\tNăm 2030\n1\tĐo nước\t0.7")
    return lambda data: repacked(good, part, data)


def _book(text: str) -> bytes:
    """A workbook with the tables of a text, in percent format where a cell is a number."""
    from tests.vanban.reading.hostile import added, row, sheet
    from vanban.document import Table
    from vanban.reading.text import from_text

    tables = [block for block in from_text(text).blocks if isinstance(block, Table)]
    cells = [[_number(cell.text) for cell in line[:26]] for table in tables for line in table.rows]
    rows = "".join(row(n, *line) for n, line in enumerate(cells, 1)).replace("><v>", ' s="1"><v>')
    return added(sheet(rows), {STYLES: PERCENT})


def _number(text: str) -> str | float:
    return float(text) if text.replace(".", "", 1).isdecimal() else text


def _as_it_is() -> Callable[[bytes], bytes]:
    return lambda data: data


# kind -> the name of the file, and how the changed bytes become a file
KINDS: dict[str, tuple[str, Callable[[], Callable[[bytes], bytes]]]] = {
    "text": ("a.txt", _as_it_is),
    "html": ("a.html", _as_it_is),
    "docx": ("a.docx", lambda: _part_of_word("word/document.xml")),
    "numbering": ("a.docx", lambda: _part_of_word("word/numbering.xml")),
    "xlsx": ("a.xlsx", lambda: _part_of_sheet(SHEET)),
    "formats": ("a.xlsx", lambda: _part_of_sheet(STYLES)),
    "pdf": ("a.pdf", _as_it_is),
}


def seeds(kind: str) -> list[bytes]:
    """The files with which the changes begin."""
    from tests.vanban.reading.hostile import pdf
    from tests.vanban.reading.laidout import as_html, as_pdf
    from tests.vanban.word import as_word

    texts = [
        path.read_text(encoding="utf-8")
        for path in [*sorted(PAPERS.glob("*.[tm]*")), *sorted((PAPERS / "further").glob("*.[tm]*"))]
        if path.suffix != ".json"
    ]
    parts = {"docx": "word/document.xml", "numbering": "word/numbering.xml"}
    if kind in parts:
        return [zipfile.ZipFile(io.BytesIO(as_word(text))).read(parts[kind]) for text in texts]
    if kind == "xlsx":
        return [zipfile.ZipFile(io.BytesIO(_book(text))).read(SHEET) for text in texts]
    if kind == "formats":
        return [PERCENT.encode()]
    if kind == "pdf":
        return [as_pdf(text[:1500]) for text in texts[:_PRINTED]] + [
            pdf(b"BT /F1 12 Tf 90 700 Td (1. Mot) Tj ET")
        ]
    return [as_html(text) if kind == "html" else text.encode() for text in texts]


def is_ours(cause: BaseException | None) -> bool:
    """Whether a refusal hides a fault of ours: an error raised by our own lines, and not said by a library."""
    if cause is None or type(cause).__module__ != "builtins":
        return False
    return traceback.extract_tb(cause.__traceback__)[-1].filename.startswith(str(ROOT / "vanban"))


def fuzz(kind: str, arguments: list[str]) -> None:
    """Change files of a kind without end, or as long as the arguments of libFuzzer say."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["vanban"]):
        reading = importlib.import_module("vanban.reading")
        for module in (
            "docx",
            "html",
            "text",
            "spaced",
            "xlsx",
            "percentages",
            "strict",
            "pdf",
            "legacy_word",
        ):
            importlib.import_module(f"vanban.reading.{module}")
    name, prepared = KINDS[kind]
    packed = prepared()

    def one(data: bytes) -> None:
        try:
            reading.understand(reading.read_file(packed(data), name))
        except reading.UnreadableFile as error:
            if is_ours(error.__cause__):
                raise error.__cause__ from None

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main(words: list[str]) -> int:
    """Run each kind for a share of the seconds; 1 where one ended early."""
    if words[:1] == ["--one"]:
        fuzz(words[1], words[2:])
        return 0
    seconds, kinds = int(words[0]), words[1:] or list(KINDS)
    failed = 0
    for kind in kinds:
        folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{kind}-"))
        for n, seed in enumerate(seeds(kind)):
            (folder / f"seed{n}").write_bytes(seed)
        options = [
            f"-max_total_time={seconds // len(kinds)}",
            f"-max_len={LONGEST}",
            "-timeout=20",
            "-verbosity=1",
        ]
        options += [
            "-rss_limit_mb=1024",
            "-print_final_stats=1",
            f"-artifact_prefix={folder}/found-",
            str(folder),
        ]
        command = [sys.executable, "-m", "tests.vanban.reading.fuzz", "--one", kind, *options]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        told = [line for line in done.stderr.splitlines() if line.startswith("stat::")]
        told = [f"{kind} {folder}", "ended early" if done.returncode else "none found", *told]
        told += done.stderr.splitlines()[-60:] if done.returncode else []
        sys.stdout.write("\n  ".join(told) + "\n")
        sys.stdout.flush()
        failed |= bool(done.returncode)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
