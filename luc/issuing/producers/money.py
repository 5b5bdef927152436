"""Money by source: a sentence each, bars, and form 2 as a table."""

from __future__ import annotations

from typing import Any

from luc.issuing.content import Run
from luc.issuing.producers.pieces import Material, Piece, cell, chart, item, paragraph, table
from luc.reporting.money import AMOUNTS
from luc.reporting.queries.spending import MoneyVoice, SourceLine, Spending
from luc.reporting.telling import explained
from luc.reporting.voices import plain_words

WORDS = {
    "approved": "tổng mức được duyệt",
    "planned": "kế hoạch năm",
    "disbursed": "giải ngân trong kỳ",
    "cumulative": "lũy kế từ đầu năm",
}
HEADS = (
    "STT",
    "Nội dung, dự án",
    "Đơn vị",
    "Nguồn vốn",
    "Tổng mức được duyệt",
    "Kế hoạch năm",
    "Giải ngân trong kỳ",
    "Lũy kế từ đầu năm",
    "Tỷ lệ (%)",
    "Ghi chú",
)


def money(made: Material, _level: int) -> list[Piece]:
    """What was disbursed in all and by source, with how many parties it comes from."""
    found = made.told.money
    if found is None:
        return []
    runs: list[Run] = [made.chip("kinh-phi-don-vi-da-bao-cao"), "/", made.chip("kinh-phi-don-vi")]
    head = paragraph(
        "coverage", *runs, f" đơn vị được hỏi về kinh phí đã báo cáo (đơn vị tính: {found.unit})."
    )
    if not found.lines:
        return [head, paragraph("nothing", "Chưa có kinh phí được báo cáo.")]
    lines = [("tong", "Tổng số", found.total)]
    lines += [(_source(line), line.words, line) for line in found.by_source]
    told = [_sentence(made, key, words, line, found.unit) for key, words, line in lines]
    return [head, *told, *_bars(made, found)]


def _source(line: SourceLine) -> str:
    return str(line.voices[0].row["source"])


def _sentence(made: Material, key: str, words: str, line: SourceLine, unit: str) -> Piece:
    runs: list[Run] = []
    for name in AMOUNTS:
        if line.amounts[name] is not None:
            runs += [", " if runs else "", f"{WORDS[name]} ", made.chip(f"kinh-phi-{key}-{name}"), f" {unit}"]
    if line.share is not None:
        runs += [", đạt ", made.chip(f"kinh-phi-{key}-ty-le"), "% kế hoạch"]
    return item(key, f"{words}: ", *runs, ".", voices=line.voices)


def _bars(made: Material, found: Spending) -> list[Piece]:
    rows = [(line.words, made.chip(f"kinh-phi-{_source(line)}-cumulative")) for line in found.by_source]
    if len(rows) < 2:
        return []
    return [chart("chart", "Giải ngân lũy kế từ đầu năm theo nguồn", rows, found.unit)]


def money_table(made: Material, _level: int) -> list[Piece]:
    """Form 2: one row an item and a source, the sums beneath."""
    found = made.told.money
    if found is None:
        return []
    if not found.lines:
        return [paragraph("none", "Chưa có kinh phí được báo cáo.")]
    rows = [_row(made, n, line) for n, line in enumerate(found.lines, 1)]
    totals = [
        (_source(line), f"Cộng {line.words[:1].lower()}{line.words[1:]}", line) for line in found.by_source
    ]
    for key, words, line in (*totals, ("tong", "Tổng cộng", found.total)):
        amounts = _amounts(made, key, line)
        rows.append([cell(""), cell(words, bold=True, colspan=3), *amounts, cell("")])
    numbers = [(1.5, "right")] * 5
    columns = [(0.6, "center"), (3.5, "left"), (2.0, "left"), (1.8, "left"), *numbers, (1.8, "left")]
    return [table("table", HEADS, columns, rows, note=f"Đơn vị tính: {found.unit}.")]


def _row(made: Material, number: int, line: MoneyVoice) -> list[dict[str, Any]]:
    remark = "; ".join(filter(None, [plain_words(line.voice.result), explained(line.voice).strip(" ()")]))
    return [
        cell(str(number)),
        cell(plain_words(line.row["title"])),
        cell(line.voice.party.name),
        cell(line.source_words),
        *_amounts(made, f"{line.voice.party.pk}-{line.row['key']}", line),
        cell(remark, voices=[line.voice]),
    ]


def _amounts(made: Material, key: str, line: SourceLine | MoneyVoice) -> list[dict[str, Any]]:
    voices = line.voices if isinstance(line, SourceLine) else (line.voice,)
    keys = [*(f"kinh-phi-{key}-{name}" for name in AMOUNTS), f"kinh-phi-{key}-ty-le"]
    return [cell(made.chip(one), voices=voices) for one in keys]
