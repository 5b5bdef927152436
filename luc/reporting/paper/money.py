"""Money in the official paper: the sums by source in a sentence each, and the rows of form 2 as an annex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from luc.reporting.money import AMOUNTS
from luc.reporting.paper.sources import Sources
from luc.reporting.queries.reports import shown
from luc.reporting.queries.spending import SourceLine, Spending
from luc.reporting.voices import Voice, plain_words
from vanban.writing import Annex, Block, Cell, Column, Item, Paragraph, Section, Table, Text

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


def money_section(money: Spending, sources: Sources) -> Section:
    """What was disbursed in all and by source, with how many parties it comes from."""
    words = (
        f"{money.coverage} đơn vị được hỏi về kinh phí đã báo cáo (đơn vị tính: {money.unit}; Phụ lục III)."
    )
    if not money.lines:
        return Section("Kinh phí thực hiện", (Paragraph(words), Paragraph("Chưa có kinh phí được báo cáo.")))
    items: list[Block] = [Item(_sentence("Tổng số", money.total, money.unit, sources))]
    items += [Item(_sentence(line.words, line, money.unit, sources)) for line in money.by_source]
    return Section("Kinh phí thực hiện", (Paragraph(words), *items))


def _sentence(head: str, line: SourceLine, unit: str, sources: Sources) -> Text:
    told = [
        f"{WORDS[name]} {shown(value)} {unit}" for name, value in line.amounts.items() if value is not None
    ]
    told += [f"đạt {shown(line.share)}% kế hoạch"] if line.share is not None else []
    return (sources.run(f"{head}: {', '.join(told)}.", *line.voices),)


def money_annex(money: Spending, sources: Sources) -> Annex:
    """Form 2: one row an item and a source, the sums beneath."""
    if not money.lines:
        return Annex("Kinh phí thực hiện theo nguồn", (Paragraph("Chưa có kinh phí được báo cáo."),))
    rows: list[tuple[Cell, ...]] = [
        (
            Cell(str(n)),
            Cell(plain_words(line.row["title"])),
            Cell(line.voice.party.name),
            Cell(line.source_words),
            *_amounts(line.amounts, line.share, (line.voice,), sources),
            Cell(_remark(line.voice)),
        )
        for n, line in enumerate(money.lines, 1)
    ]
    for total in (*money.by_source, money.total):
        words = f"Cộng {total.words[:1].lower()}{total.words[1:]}" if total.words else "Tổng cộng"
        amounts = _amounts(total.amounts, total.share, total.voices, sources)
        rows.append((Cell(""), Cell(words, bold=True, colspan=3, align="left"), *amounts, Cell("")))
    numbers = [Column(1.5, "right")] * 5
    columns = (Column(0.6, "center"), Column(3.5), Column(2), Column(1.8), *numbers, Column(1.8))
    table = Table(
        columns=columns,
        head=(tuple(Cell(head) for head in HEADS),),
        rows=tuple(rows),
        note=f"Đơn vị tính: {money.unit}.",
    )
    return Annex("Kinh phí thực hiện theo nguồn", (table,), landscape=True)


def _amounts(
    amounts: Mapping[str, Decimal | None], share: Decimal | None, voices: Iterable[Voice], sources: Sources
) -> list[Cell]:
    of = tuple(voices)
    return [sources.cell(shown(value), *of) for value in (*(amounts[name] for name in AMOUNTS), share)]


def _remark(voice: Voice) -> str:
    why = plain_words(voice.explanation)
    said = [plain_words(voice.result), f"giải trình: {why}" if why else ""]
    return "; ".join(filter(None, said))
