"""A version as a paper: sections nested, numbers and sentences with a bookmark each that leads to what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from luc.figures.numbers import parse
from luc.issuing.content import Content, Run, rests, said
from luc.issuing.heads import signer_of
from luc.issuing.models import Version
from luc.kernel import charts
from luc.kernel.errors import Refused
from luc.kernel.time import today
from vanban import writing
from vanban.writing import Annex, Cell, Column, IssueDate, Item, Paper, Paragraph, Picture, Section, Table

Frozen = Mapping[str, Any]  # a block of a frozen version


@dataclass(slots=True)
class Marks:
    """The bookmarks of a paper, and what each stands for."""

    cells: Mapping[str, Any]
    sources: list[dict[str, Any]] = field(default_factory=list)

    def chip(self, block: int, run: Mapping[str, str]) -> str:
        """A bookmark for a number; it leads to the rows that its cell comes from."""
        return self._add(
            "so", block, run["shown"], run["cell"], self.cells.get(run["cell"], {}).get("rows", [])
        )

    def sentence(self, block: int, words: str, rows: Sequence[Sequence[Any]]) -> str:
        """A bookmark where a sentence begins that rests on reports."""
        return self._add("cau", block, words, None, [list(row) for row in rows])

    def _add(self, head: str, block: int, words: str, cell: str | None, rows: Sequence[Any]) -> str:
        name = f"{head}_{len(self.sources) + 1}"
        line = {"bookmark": name, "words": words, "cell": cell, "block": block, "rows": rows}
        self.sources.append(line)
        return name


def paper_of(version: Version) -> tuple[Paper, list[dict[str, Any]]]:
    """The paper of a version and the sources of its bookmarks (as WrittenFile keeps them); number and day are blank."""
    year = version.made_at.year if version.made_at else today().year
    return paper_from(version.content, version.cells, year)


def paper_from(
    content: Mapping[str, Any], cells: Mapping[str, Any], year: int
) -> tuple[Paper, list[dict[str, Any]]]:
    """The same from the content of a version (title, head, blocks) and its cells, kept or not."""
    marks, head = Marks(cells), content["head"]
    blocks = content["blocks"]
    ends = [n for n, block in enumerate(blocks) if block["kind"] == "annex"]
    body, rest = blocks[: ends[0] if ends else len(blocks)], blocks[ends[0] if ends else len(blocks) :]
    paper = Paper(
        issuer=head["issuer"],
        parent=head.get("parent"),
        symbol=head["symbol"],
        place=head["place"],
        date=IssueDate(year),
        kind=head.get("kind"),
        title=content["title"],
        addressees=tuple(head.get("addressees", ())),
        body=_nested(body, marks),
        signer=signer_of(head),
        mark=head.get("mark", ""),
        urgency=head.get("urgency", ""),
        recipients=tuple(head.get("recipients", ())),
        annexes=tuple(_annexes(rest, marks)),
    )
    return paper, marks.sources


def _annexes(blocks: Sequence[Frozen], marks: Marks) -> Iterable[Annex]:
    starts = [n for n, block in enumerate(blocks) if block["kind"] == "annex"]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        content = blocks[start]["content"]
        landscape = bool(content.get("landscape"))
        yield Annex(content["title"], _nested(blocks[start + 1 : end], marks), landscape=landscape)


def _nested(blocks: Sequence[Frozen], marks: Marks, level: int = 1) -> tuple[writing.Block, ...]:
    """Blocks with what stands beneath a heading inside it, three levels deep at most."""
    out: list[writing.Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if block["kind"] != "section":
            out += _plain(block, marks)
            continue
        end = at
        while end < len(blocks) and not (
            blocks[end]["kind"] == "section" and blocks[end]["level"] <= block["level"]
        ):
            end += 1
        title = _runs(block["id"], block["content"], marks)
        if level > 3:
            out += [Paragraph(title), *_nested(blocks[at:end], marks, level)]
        else:
            out.append(Section(title, _nested(blocks[at:end], marks, level + 1)))
        at = end
    return tuple(out)


def _plain(block: Frozen, marks: Marks) -> list[writing.Block]:
    content, pk = block["content"], block["id"]
    if block["kind"] == "table":
        return [_table(pk, content, marks)]
    if block["kind"] == "chart":
        return [_chart(pk, content, marks)]
    lines = _lines(_runs(pk, content, marks))
    first: writing.Block = Item(lines[0]) if block["kind"] == "item" else Paragraph(lines[0])
    return [first, *(Paragraph(line) for line in lines[1:])]


def _runs(block: int, content: Content, marks: Marks) -> tuple[writing.Run, ...]:
    """Runs with a bookmark at each number, and where the sentence begins when it rests on reports."""
    found, rows = [_run(block, run, marks) for run in content["runs"]], rests(content)
    first = next((n for n, run in enumerate(found) if run.key is None and run.text.strip()), None)
    if rows and first is not None:
        key = marks.sentence(block, said(content["runs"]), rows)
        found[first] = writing.Run(found[first].text, key=key)
    return tuple(found)


def _run(block: int, run: Run, marks: Marks) -> writing.Run:
    if isinstance(run, str):
        return writing.Run(run)
    if "typed" in run:
        return writing.Run(run["typed"])
    return writing.Run(run["shown"], key=marks.chip(block, run))


def _lines(runs: Iterable[writing.Run]) -> list[tuple[writing.Run, ...]]:
    """Runs parted where a line ends."""
    lines: list[list[writing.Run]] = [[]]
    for run in runs:
        first, *more = run.text.split("\n")
        lines[-1].append(writing.Run(first, key=run.key))
        lines += [[writing.Run(line)] for line in more]
    kept = [tuple(line) for line in lines if any(run.text.strip() for run in line)]
    return kept or [(writing.Run(""),)]


def _table(block: int, content: Content, marks: Marks) -> Table:
    columns = tuple(Column(width, align) for width, align in content["columns"])
    return Table(
        columns=columns,
        head=(tuple(Cell(words) for words in content["head"]),),
        rows=tuple(tuple(_cell(block, cell, marks) for cell in row) for row in content["rows"]),
        title=content.get("title", ""),
        unit=content.get("unit", ""),
        note=content.get("note", ""),
    )


def _cell(block: int, cell: Mapping[str, Any], marks: Marks) -> Cell:
    runs, rows = cell["runs"], cell.get("rests", [])
    bold, colspan = bool(cell.get("bold")), int(cell.get("colspan", 1))
    if any(not isinstance(run, str) for run in runs):
        text: writing.Text = tuple(_in_line(_run(block, run, marks)) for run in runs)
        key = None
    else:
        text = said(runs)
        key = marks.sentence(block, said(runs), rows) if rows and said(runs) else None
    return Cell(text, bold=bold, colspan=colspan, align="left" if colspan > 1 else None, key=key)


def _in_line(run: writing.Run) -> writing.Run:
    """A cell with bookmarks of its own is one line."""
    return writing.Run(run.text.replace("\n", "; "), key=run.key)


def _chart(block: int, content: Content, marks: Marks) -> Picture | Paragraph:
    """Bars as a picture, their numbers once more in a line below: words are read back, a picture is not.

    Only the numbers where no letter can be drawn.
    """
    bars, unit = content["bars"], content.get("unit", "")
    note: list[writing.Run] = [writing.Run(f"Đơn vị tính: {unit}. " if unit else "")]
    for n, bar in enumerate(bars):
        note += [writing.Run(f"{'; ' if n else ''}{bar['label']}: "), _run(block, bar, marks)]
    told = "; ".join(f"{bar['label']} {bar['shown']}" for bar in bars)
    note = [run for run in note if run.text]
    png = charts.bars([(bar["label"], size(bar["shown"]), bar["shown"]) for bar in bars])
    if png is None:
        return Paragraph((writing.Run(f"{content['title']}. "), *note, writing.Run(".")))
    return Picture(
        png=png,
        alt=f"Biểu đồ thanh: {content['title']}{f' ({unit})' if unit else ''}. {told}.",
        title=content["title"],
        note=(*note, writing.Run(".")),
        share=0.95,
    )


def size(shown: str) -> Decimal:
    """The value of a figure as it is shown; 0 for one that is none ("70 - 80")."""
    try:
        return parse(shown)
    except Refused:
        return Decimal(0)
