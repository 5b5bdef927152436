"""The results of a request as a report: how complete, what was answered by question, annexes with every answer."""

from __future__ import annotations

from itertools import count

from luc.agencies import issuing
from luc.agencies.issuing import words
from luc.figures.numbers import show
from luc.kernel.time import VIETNAM
from luc.requests.content import cell_words, printed
from luc.requests.models import Kind
from luc.requests.queries.results import Line, Results, Sum, Summary, Voice
from luc.requests.wording import coverage
from vanban.writing import (
    Annex,
    Block,
    Cell,
    Column,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Section,
    Signer,
    Table,
)

MANY = 8  # the texts that were said most; all stand in the annex
WIDE = 8  # a table of the annex has so many questions beside the addressee, further ones stand in the next


def official(found: Results) -> Paper:
    """The paper of results. Number and day stay blank; words are those of the answers, nothing is added to them."""
    collector = found.cycle.collector
    short = issuing.shortened(collector)
    title = found.request.title
    return Paper(
        issuer=collector.name,
        parent=issuing.parent(collector),
        symbol=f"{words()['kind_symbol']}-{short}",
        place=issuing.place(found.cycle.tenant_id),
        date=IssueDate(found.at.year),
        kind=words()["kind"],
        title=f"Tổng hợp kết quả: {title[:1].lower() + title[1:]}",
        addressees=(collector.tenant.name,),
        body=(
            Paragraph(_opening(found)),
            Section("Tình hình trả lời", _situation(found)),
            Section("Kết quả tổng hợp", tuple(_section(one) for one in found.summaries)),
            Paragraph(f"Trên đây là kết quả tổng hợp của {collector.name}."),
        ),
        signer=Signer(issuing.signer_title(collector), issuing.signer_name(collector)),
        recipients=("Như trên", f"Lưu: VT, {short}"),
        annexes=(*_answer_annexes(found), *_table_annexes(found), *_missing_annex(found)),
    )


def _opening(found: Results) -> str:
    sent = found.cycle.opened_at.astimezone(VIETNAM)
    return (
        f"Thực hiện yêu cầu báo cáo đột xuất «{found.request.title}» gửi ngày {sent:%d/%m/%Y}, "
        f"{found.cycle.collector.name} tổng hợp kết quả như sau:"
    )


def _situation(found: Results) -> tuple[Block, ...]:
    due = found.cycle.due_at.astimezone(VIETNAM)
    blocks: list[Block] = [
        Paragraph(coverage(found) + "."),
        Paragraph(f"Hạn trả lời: {due:%H} giờ {due:%M} ngày {due:%d/%m/%Y}."),
    ]
    if found.is_mixed:
        blocks.append(Paragraph("Kết quả gồm cả câu trả lời chưa được xem xét, chấp nhận."))
    late = [line for line in found.heard if line.is_late]
    if late:
        blocks.append(Paragraph(f"{len(late)} đơn vị trả lời sau hạn."))
    if found.missing:
        blocks.append(Paragraph(f"{len(found.missing)} đơn vị chưa có trong kết quả này (phụ lục cuối)."))
    return tuple(blocks)


def _section(one: Summary) -> Section:
    nil = f"; {one.nil} đơn vị trả lời «Không có»" if one.nil else ""
    blocks: list[Block] = [Paragraph(f"{len(one.voices)} đơn vị có nội dung{nil}.")]
    return Section(one.question.text, (*blocks, *_told(one)))


def _told(one: Summary) -> tuple[Block, ...]:
    if one.sum:
        return (Paragraph(_sum_words(one.sum, one.question.unit)),)
    if one.question.kind == Kind.CHOICE:
        return tuple(Item(f"{choice}: {times} đơn vị") for choice, times in one.counts)
    if one.question.kind == Kind.DATE and one.voices:
        first, last = (cell_words(Kind.DATE, day) for day in (one.first_day, one.last_day))
        return (Paragraph(f"Sớm nhất ngày {first}, muộn nhất ngày {last}."),)
    if one.question.kind == Kind.TABLE and one.voices:
        sums = [
            Item(f"{column.column.text}: {_sum_words(column.sum, column.column.unit)}")
            for column in one.column_sums
            if column.sum
        ]
        return (Paragraph(f"{one.row_count} dòng (phụ lục)."), *sums)
    if one.question.kind == Kind.FILE and one.voices:
        return (Paragraph(f"{one.file_count} tệp."),)
    if one.question.kind == Kind.TEXT:
        return tuple(Item(f"{_who(voices)}: {words}") for words, voices in one.alike[:MANY])
    return ()


def _who(voices: list[Voice]) -> str:
    return voices[0].line.party.name if len(voices) == 1 else f"{len(voices)} đơn vị"


def _sum_words(found: Sum, unit: str) -> str:
    said = f" {unit}" if unit else ""
    total = f"Tổng {show(found.total)}{said}; t" if found.total is not None else "T"
    spread = f"thấp nhất {show(found.lowest)}, cao nhất {show(found.highest)}{said}"
    return f"{total}rung bình {show(found.average)}{said}; {spread}."


def _answer_annexes(found: Results) -> tuple[Annex, ...]:
    """Every answer that is no table, by addressee; with many questions in several tables."""
    asked = [one for one in found.summaries if one.question.kind != Kind.TABLE]
    parts = [asked[at : at + WIDE] for at in range(0, len(asked), WIDE)]
    return tuple(
        Annex("Câu trả lời của từng đơn vị", (_answers(found.heard, part),), landscape=True)
        for part in parts
        if found.heard
    )


def _answers(lines: list[Line], part: list[Summary]) -> Table:
    heads = [
        f"{one.question.text} ({one.question.unit})" if one.question.unit else one.question.text
        for one in part
    ]
    rows = [
        (
            Cell(str(number)),
            Cell(line.title),
            *(Cell(printed(said) if (said := line.rows.get(one.question.pk)) else "") for one in part),
        )
        for number, line in zip(count(1), lines, strict=False)
    ]
    if any(one.sum and one.sum.total is not None for one in part):
        totals = [show(one.sum.total) if one.sum and one.sum.total is not None else "" for one in part]
        rows.append((Cell(""), Cell("Cộng", bold=True), *(Cell(total, bold=True) for total in totals)))
    aligned = [Column(2, "right" if one.question.kind == Kind.NUMBER else "left") for one in part]
    return Table(
        columns=(Column(0.6, "center"), Column(3), *aligned),
        head=(tuple(Cell(head) for head in ("STT", "Đơn vị", *heads)),),
        rows=tuple(rows),
    )


def _table_annexes(found: Results) -> tuple[Annex, ...]:
    return tuple(
        Annex(one.question.text, (_rows(one),), landscape=True)
        for one in found.summaries
        if one.question.kind == Kind.TABLE and one.row_count
    )


def _rows(one: Summary) -> Table:
    numbers, rows = count(1), []
    for voice in one.voices:
        places = {column["id"]: place for place, column in enumerate(voice.row["columns"])}
        for cells in voice.row.get("cells", []):
            said = [cell_words(c.kind, cells[places[c.pk]] if c.pk in places else "") for c in one.columns]
            rows.append((Cell(str(next(numbers))), Cell(voice.line.title), *(Cell(words) for words in said)))
    heads = [f"{column.text} ({column.unit})" if column.unit else column.text for column in one.columns]
    aligned = [Column(2, "right" if column.kind == Kind.NUMBER else "left") for column in one.columns]
    return Table(
        columns=(Column(0.6, "center"), Column(3), *aligned),
        head=(tuple(Cell(head) for head in ("STT", "Đơn vị", *heads)),),
        rows=tuple(rows),
    )


def _missing_annex(found: Results) -> tuple[Annex, ...]:
    if not found.missing:
        return ()
    rows = tuple(
        (Cell(str(number)), Cell(line.party.name), Cell(line.state))
        for number, line in enumerate(found.missing, 1)
    )
    table = Table(
        columns=(Column(0.6, "center"), Column(5), Column(3)),
        head=(tuple(Cell(head) for head in ("STT", "Đơn vị", "Tình trạng")),),
        rows=rows,
    )
    return (Annex("Các đơn vị chưa có trong kết quả", (table,)),)
