"""The targets in the official paper: what was reported, what is estimated, and what came of earlier estimates."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from luc.reporting.paper.sources import Sources
from luc.reporting.queries.consolidation import Consolidation
from luc.reporting.queries.reports import shown
from luc.reporting.voices import TargetLine, Voice, plain_words
from vanban.writing import Block, Cell, Column, Paragraph, Table


def target_table(lines: Iterable[TargetLine], sources: Sources, told: Consolidation) -> Table:
    heads = ["STT", "Chỉ tiêu", "Mục tiêu", "Kết quả", "Đơn vị báo cáo"]
    columns = [Column(0.6, "center"), Column(4), Column(2), Column(1.6, "right"), Column(2.4)]
    if told.has_estimates:
        heads.insert(4, "Ước cả năm")
        columns.insert(4, Column(1.6, "right"))
    rows = [
        row
        for n, line in enumerate(lines, 1)
        for row in _target_rows(n, line, sources, estimates=told.has_estimates)
    ]
    return Table(
        columns=tuple(columns),
        head=(tuple(Cell(head) for head in heads),),
        rows=tuple(rows),
        note=f"Số liệu tính đến ngày {told.figures_on:%d/%m/%Y}.",
    )


def _target_rows(
    number: int, line: TargetLine, sources: Sources, *, estimates: bool
) -> list[tuple[Cell, ...]]:
    words = (Cell(str(number)), Cell(line.target.text), Cell(_measured(line.aim)))
    if not line.valued:
        lack = "chưa có số liệu" if line.is_asked else "không hỏi trong kỳ này"
        none = (Cell(""),) if estimates else ()
        return [(*words, Cell(lack), *none, Cell(line.target.answering.name))]
    rows = []
    for voice in line.valued:
        told = [_value_cell(voice, line, sources)]
        if estimates:
            told.append(sources.cell(_with_unit(voice.estimate, line), voice))
        rows.append((*words, *told, Cell(_explained(voice))))
    return rows


def _explained(voice: Voice) -> str:
    """Who reports a value; with the explanation of one that was asked back."""
    why = plain_words(voice.explanation)
    return f"{voice.party.name} (giải trình: {why})" if why else voice.party.name


def _with_unit(value: Decimal | None, line: TargetLine) -> str:
    return _measured(f"{shown(value)} {line.target.unit}".strip()) if value is not None else ""


def settled(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    """What was estimated in an earlier period beside the final figure, with the difference."""
    if not told.settled:
        return ()
    heads = ("STT", "Chỉ tiêu", "Đơn vị báo cáo", "Kỳ", "Đã ước", "Chính thức", "Chênh lệch")
    rows = tuple(
        (
            Cell(str(n)),
            Cell(_named(line)),
            Cell(_explained(voice)),
            Cell(voice.earlier.words if voice.earlier else ""),
            Cell(voice.earlier.value if voice.earlier else ""),
            sources.cell(shown(voice.final), voice),
            sources.cell(shown(voice.difference), voice),
        )
        for n, (line, voice) in enumerate(told.settled, 1)
    )
    numbers = [Column(1.4, "right")] * 3
    columns = (Column(0.6, "center"), Column(3.5), Column(2.2), Column(1.8), *numbers)
    words = Paragraph("Số chính thức của kỳ trước so với số đã ước:")
    return words, Table(columns=columns, head=(tuple(Cell(head) for head in heads),), rows=rows)


def _named(line: TargetLine) -> str:
    return f"{line.target.text} ({line.target.unit})" if line.target.unit else line.target.text


def _value_cell(voice: Voice, line: TargetLine, sources: Sources) -> Cell:
    estimate = " (ước)" if voice.row.get("kind") == "estimate" else ""
    return sources.cell(_with_unit(voice.value, line) + estimate, voice)


def _measured(words: str) -> str:
    """As papers write it: the sign of per cent directly behind its number."""
    return words.replace(" %", "%")
