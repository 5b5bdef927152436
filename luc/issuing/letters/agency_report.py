"""The report of one agency as its own paper: out of what it handed in, frozen; nothing is added to its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luc.agencies import issuing
from luc.agencies.models import Party
from luc.issuing.letters import wording
from luc.kernel.time import VIETNAM
from luc.reporting import content as frozen
from luc.reporting.money import AMOUNTS, TITLES, source_words
from luc.rounds.models import Submission
from luc.rounds.presenting import confirmed
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
    recipients,
    signing,
    symbol,
)

Row = Mapping[str, Any]
_NONE = "Không phát sinh"
_TASKS = ("STT", "Nhiệm vụ", "Vai trò", "Kết quả trong kỳ", "Tình trạng", "Khó khăn, vướng mắc", "Kiến nghị")
_FIGURES = ("STT", "Chỉ tiêu", "Mục tiêu", "Thực hiện", "Đơn vị tính", "Ghi chú")


@dataclass(frozen=True, slots=True)
class Reported:
    """A frozen report by its parts."""

    content: Row

    def rows(self, section: str) -> list[Row]:
        return list(frozen.section(self.content, section))

    @property
    def is_nil(self) -> bool:
        return bool(self.content["is_nil"])

    @property
    def title(self) -> str:
        plans = [str(plan["number"] or plan["title"]) for plan in frozen.plans_of(self.content)]
        named = "; ".join(f"Kế hoạch số {plan}" if "/" in plan else plan for plan in plans)
        period = str(self.content["cycle"]["title"]).removeprefix("Báo cáo ").strip()
        return f"Kết quả thực hiện {named} ({period[:1].lower()}{period[1:]})"


def paper_of(submission: Submission) -> Paper:
    """The paper of a version that was handed in: its agency writes, who confirmed it signs; number and day blank."""
    obligation, told = submission.obligation, Reported(submission.content)
    party, cycle = obligation.party, obligation.cycle
    short = issuing.shortened(party)
    body = _nil(told, party) if told.is_nil else _body(told, party)
    return Paper(
        issuer=party.name,
        parent=issuing.parent(party),
        symbol=symbol(wording.words()["report"], short),
        place=issuing.seat(party),
        date=IssueDate(submission.at.astimezone(VIETNAM).year),
        kind=wording.words()["report"],
        title=told.title,
        addressees=(cycle.collector.name,),
        body=body,
        signer=_signer(submission, party),
        recipients=recipients(addressed=True, unit=short),
        annexes=() if told.is_nil else tuple(_annexes(told)),
    )


def _signer(submission: Submission, party: Party) -> Signer:
    """Who confirmed it, for the head where it is another; else the head of the agency, else a blank."""
    decision, head = confirmed(submission), issuing.signer_name(party)
    title, collective = issuing.signer_title(party), issuing.collective(party)
    if decision is None or decision.by_name == head:
        return signing(title, head, collective=collective)
    return signing(f"Phó {title}", decision.by_name, collective=collective, form="KT.", head=title)


def _opening(told: Reported, party: Party) -> Paragraph:
    cutoff = date.fromisoformat(str(told.content["cycle"]["cutoff"]))
    return Paragraph(
        f"{party.name} báo cáo kết quả thực hiện (số liệu chốt đến ngày {cutoff:%d/%m/%Y}) như sau:"
    )


def _nil(told: Reported, party: Party) -> tuple[Block, ...]:
    return (
        _opening(told, party),
        Paragraph(
            "Trong kỳ báo cáo, đơn vị không có nội dung phát sinh đối với các nhiệm vụ, chỉ tiêu được giao."
        ),
        _end(party),
    )


def _end(party: Party) -> Paragraph:
    return Paragraph(f"Trên đây là báo cáo của {party.name}.")


def _body(told: Reported, party: Party) -> tuple[Block, ...]:
    blocks: list[Block] = [_opening(told, party)]
    if parts := told.rows("part"):
        blocks.append(Section("Kết quả thực hiện nhiệm vụ", tuple(_parts(parts))))
    if duties := told.rows("duty"):
        said = [Item(_ended(f"{_without_end(row['text'])}: {_result(row)}")) for row in duties]
        blocks.append(Section("Tổ chức thực hiện", tuple(said)))
    if figures := told.rows("figure"):
        blocks.append(Section("Kết quả thực hiện chỉ tiêu", (_figures(figures),)))
    if money := list(told.content.get("money", ())):
        blocks.append(Section("Kinh phí thực hiện", (_money(money, str(told.content["money_unit"])),)))
    blocks.append(Section("Khó khăn, vướng mắc và kiến nghị", tuple(_obstacles(told))))
    blocks.append(_end(party))
    return tuple(blocks)


def _parts(parts: list[Row]) -> Iterable[Block]:
    """How many tasks stand how, then each task that the agency leads; all of them are in the annex."""
    leads = [row for row in parts if row.get("role") == "lead"]
    along = [row for row in parts if row.get("role") != "lead"]
    if leads:
        states = Counter(frozen.printed("state", row.get("state")) or _NONE.lower() for row in leads)
        told = "; ".join(f"{count} {words}" for words, count in states.items())
        yield Paragraph(f"Đơn vị chủ trì {len(leads)} nhiệm vụ: {told}. Kết quả cụ thể:")
        yield from (Item(_ended(f"{_without_end(row['text'])}: {_result(row)}")) for row in leads)
    if along:
        active = sum(not row["nil"] for row in along)
        yield Paragraph(
            f"Đơn vị phối hợp {len(along)} nhiệm vụ, có tham gia {active} nhiệm vụ trong kỳ (phụ lục kèm theo)."
        )


def _result(row: Row) -> str:
    return _NONE.lower() if row["nil"] else str(row.get("result") or "chưa có kết quả trong kỳ")


def _ended(words: str) -> str:
    """A sentence with its end mark; what was said is not changed otherwise."""
    return words if words.endswith((".", "!", "?", ";", ":")) else f"{words}."


def _without_end(words: str) -> str:
    return words.rstrip(" .;:")


def _figures(rows: list[Row]) -> Table:
    cells = [
        (
            Cell(str(n)),
            Cell(str(row["text"])),
            Cell(str(row.get("aim", ""))),
            Cell(_NONE if row["nil"] else str(row.get("value", ""))),
            Cell(str(row.get("unit", ""))),
            Cell(_remarks(row)),
        )
        for n, row in enumerate(rows, 1)
    ]
    columns = (
        Column(0.6, "center"),
        Column(4.0),
        Column(2.2),
        Column(1.4, "right"),
        Column(1.2, "center"),
        Column(2.0),
    )
    return Table(columns, tuple(cells), head=(tuple(map(Cell, _FIGURES)),))


def _remarks(row: Row) -> str:
    """What was said beside the number: kind, estimate for the year, final of the period before, words."""
    kind = frozen.printed("kind", row.get("kind")) if row.get("value") else ""
    said = [kind, str(row.get("result") or "")]
    said += [f"{frozen.label_of(name)}: {row[name]}" for name in ("estimate", "final") if row.get(name)]
    return "; ".join(filter(None, said))


def _money(rows: list[Row], unit: str) -> Table:
    heads = ("STT", "Nội dung, dự án", "Nguồn vốn", *(str(TITLES[name]) for name in AMOUNTS))
    cells = [
        (
            Cell(str(n)),
            Cell(str(row.get("title", ""))),
            Cell(source_words(str(row.get("source", "")))),
            *(Cell(str(row.get(name, ""))) for name in AMOUNTS),
        )
        for n, row in enumerate(rows, 1)
    ]
    columns = (Column(0.6, "center"), Column(3.2), Column(1.8), *[Column(1.4, "right")] * len(AMOUNTS))
    return Table(columns, tuple(cells), head=(tuple(map(Cell, heads)),), unit=f"Đơn vị tính: {unit}")


def _obstacles(told: Reported) -> Iterable[Block]:
    of_rows = [row for row in told.rows("part") if row.get("obstacle") or row.get("proposal")]
    said = [
        *(f"{_without_end(row['text'])}: {_told(row)}" for row in of_rows),
        *(_told(row) for row in told.content["obstacles"]),
    ]
    yield from (Item(_ended(words)) for words in said)
    if not said:
        yield Paragraph("Không có.")


def _told(row: Row) -> str:
    to = f" (gửi {row['addressee']})" if row.get("addressee") else ""
    proposal = f"kiến nghị{to}: {row['proposal']}" if row.get("proposal") else ""
    return "; ".join(filter(None, [str(row.get("obstacle") or ""), proposal]))


def _annexes(told: Reported) -> Iterable[Annex]:
    parts = told.rows("part")
    if not parts:
        return
    rows = [
        (
            Cell(str(n)),
            Cell(str(row["text"])),
            Cell(frozen.role_words(str(row.get("role", "")))),
            Cell(_result(row)),
            Cell("" if row["nil"] else frozen.printed("state", row.get("state"))),
            Cell(str(row.get("obstacle", ""))),
            Cell(str(row.get("proposal", ""))),
        )
        for n, row in enumerate(parts, 1)
    ]
    columns = (
        Column(0.6, "center"),
        Column(4.0),
        Column(1.1),
        Column(4.0),
        Column(1.4),
        Column(2.2),
        Column(2.2),
    )
    table = Table(columns, tuple(rows), head=(tuple(map(Cell, _TASKS)),))
    yield Annex("Tiến độ thực hiện nhiệm vụ", (table,), landscape=True)
