"""What stands in a block, as plain values, and how a person types it.

A heading, paragraph or item: {"runs": [run, ...], "rests": [[submission, row], ...], "quotes": [words, ...]}.
A run is words, a chip {"cell": key, "shown": "72,5"} or a figure typed by hand with where it is from
{"typed": "12", "source": "Biên bản số 5"}. `rests`: the rows of frozen reports that the sentence tells; `quotes`:
the words of reports and plans in it, whose figures are theirs.
A table: {"columns": [[width, align], ...], "head": [words, ...], "rows": [[cell, ...], ...], "title"?, "unit"?,
"note"?}; a cell is {"runs", "rests"?, "bold"?, "colspan"?}.
A chart: {"title", "unit", "bars": [{"label", "cell", "shown"}]}.
An annex begins with {"title", "landscape"}.

In a box a chip is typed [[chi-tieu-12:72,5]] (or [[chi-tieu-12]]), a figure by hand [[go-tay:12|Biên bản số 5]].
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused

Run = str | dict[str, str]
Content = dict[str, Any]
Row = tuple[int, str]

BY_HAND = "go-tay"
MAX_TEXT = 20_000
_MARK = re.compile(r"\[\[\s*([\w-]+)\s*(?::([^\[\]|]*))?(?:\|([^\[\]]*))?\]\]", re.ASCII)
_BROKEN = re.compile(r"\[\[|\]\]")


def chips(content: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Every chip of a block, in the order of its words; the dicts are those of the content."""
    for run in _all_runs(content):
        if isinstance(run, dict) and "cell" in run:
            yield run
    yield from content.get("bars", ())


def _all_runs(content: Mapping[str, Any]) -> Iterator[Run]:
    yield from content.get("runs", ())
    for cell in table_cells(content):
        yield from cell["runs"]


def table_cells(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The cells of the body of a table."""
    for row in content.get("rows", ()):
        yield from row


def rests(content: Mapping[str, Any]) -> list[Row]:
    """The rows of frozen reports that a block rests on, each once."""
    found = [tuple(row) for row in content.get("rests", ())]
    found += [tuple(row) for cell in table_cells(content) for row in cell.get("rests", ())]
    return list(dict.fromkeys(found))


def words(content: Mapping[str, Any]) -> str:
    """The words of a block in one text; a table line by line, cells parted by " | "."""
    if "bars" in content:
        lines = [content["title"], *(f"{bar['label']}: {bar['shown']}" for bar in content["bars"])]
        return "\n".join(lines)
    if "columns" in content:
        head = " | ".join(content["head"])
        rows = (" | ".join(said(cell["runs"]) for cell in row) for row in content["rows"])
        return "\n".join(filter(None, [content.get("title", ""), head, *rows, content.get("note", "")]))
    return said(content["runs"]) if "runs" in content else str(content.get("title", ""))


def said(runs: Iterable[Run]) -> str:
    """Runs as a reader of the paper reads them."""
    return "".join(run if isinstance(run, str) else run.get("shown") or run.get("typed", "") for run in runs)


def as_marks(runs: Iterable[Run]) -> str:
    """Runs as they are typed in a box."""
    return "".join(run if isinstance(run, str) else _mark(run) for run in runs)


def _mark(run: Mapping[str, str]) -> str:
    if "typed" in run:
        return f"[[{BY_HAND}:{run['typed']}|{run['source']}]]"
    return f"[[{run['cell']}:{run['shown']}]]"


def from_marks(text: str, known: Mapping[str, str], kept: Collection[str] = ()) -> list[Run]:
    """What was typed as runs. known: the words of each cell; kept: cells that stood there before and are no more.

    Raises Refused: nothing typed, too long, a mark of no cell, a figure by hand without where it is from.
    """
    text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if not text:
        raise Refused(_("Đoạn này chưa có chữ nào."), {"text": _("Hãy ghi nội dung.")})
    if len(text) > MAX_TEXT:
        message = _("Dài quá %(n)d ký tự; hãy tách thành nhiều đoạn.") % {"n": MAX_TEXT}
        raise Refused(message, {"text": message})
    runs: list[Run] = []
    end = 0
    for match in _MARK.finditer(text):
        runs += [_plain(text[end : match.start()]), _chip(match, known, kept)]
        end = match.end()
    return joined([*runs, _plain(text[end:])])


def _plain(words: str) -> str:
    if _BROKEN.search(words):
        message = _("Dấu số liệu viết chưa đúng ở «%(where)s». Cách viết: [[mã-số-liệu:số]].")
        near = " ".join(words.split())[:60]
        raise Refused(message % {"where": near}, {"text": message % {"where": near}})
    return words


def _chip(match: re.Match[str], known: Mapping[str, str], kept: Collection[str]) -> Run:
    key, shown, source = match[1], (match[2] or "").strip(), (match[3] or "").strip()
    if key == BY_HAND:
        return by_hand(shown, source)
    if key not in known and key not in kept:
        message = _("Không có số liệu nào mã «%(key)s». Xem danh sách số liệu dưới ô soạn.") % {"key": key}
        raise Refused(message, {"text": message})
    return {"cell": key, "shown": shown or known.get(key, "")}


def by_hand(shown: str, source: str) -> dict[str, str]:
    """A figure that is typed by hand. Raises Refused without its number or where it is from."""
    if not shown or not source:
        message = _("Số gõ tay phải ghi rõ lấy từ đâu (văn bản, biên bản, nguồn).")
        raise Refused(message, {"text": message, "source": message})
    return {"typed": shown, "source": source[:300]}


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs with neighbouring words as one, and without empty ones."""
    out: list[Run] = []
    for run in runs:
        if isinstance(run, str) and out and isinstance(out[-1], str):
            out[-1] += run
        elif run:
            out.append(run)
    return out
