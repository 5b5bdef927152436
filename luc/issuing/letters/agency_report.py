"""The report of one agency as its own paper: out of what it handed in, frozen; nothing is added to its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luc.agencies import issuing
from luc.agencies.models import Party
from luc.issuing.letters import wording
from luc.issuing.letters.settling import of_cycle
from luc.issuing.models import Draft
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
    def plans(self) -> str:
        plans = [str(plan["number"] or plan["title"]) for plan in frozen.plans_of(self.content)]
        return "; ".join(f"Kế hoạch số {plan}" if "/" in plan else plan for plan in plans)

    @property
    def period(self) -> str:
        period = str(self.content["cycle"]["title"]).removeprefix("Báo cáo ").strip()
        return f"{period[:1].lower()}{period[1:]}"


def paper_of(submission: Submission) -> Paper:
    """The paper of a version that was handed in: its agency writes, who confirmed it signs; number and day blank.

    Its words are those that the officer of the regime settled, or the default.
    """
    obligation, told = submission.obligation, Reported(submission.content)
    party, cycle = obligation.party, obligation.cycle
    short, letter = issuing.shortened(party), of_cycle(cycle, Draft.Kind.AGENCY_REPORT)
    said = fields(told, party.name)
    body, annexes = _written(told, letter, said)
    return Paper(
        issuer=party.name,
        parent=issuing.parent(party),
        symbol=symbol(wording.words()["report"], short),
        place=issuing.seat(party),
        date=IssueDate(submission.at.astimezone(VIETNAM).year),
        kind=wording.words()["report"],
        title=letter.titled(said),
        addressees=(cycle.collector.name,),
        body=body,
        signer=_signer(submission, party),
        recipients=recipients(addressed=True, unit=short),
        annexes=annexes,
    )


def fields(told: Reported, issuer: str) -> wording.Fields:
    """The names that its words ask for, and which parts it has."""
    there = {
        "khong_phat_sinh": told.is_nil,
        "nhiem_vu": bool(told.rows("part")),
        "trach_nhiem": bool(told.rows("duty")),
        "chi_tieu": bool(told.rows("figure")),
        "kinh_phi": bool(told.content.get("money")),
    }
    cutoff = date.fromisoformat(str(told.content["cycle"]["cutoff"]))
    return {
        "co_quan": issuer,
        "so_ke_hoach": told.plans,
        "ky": told.period,
        "ngay_chot": f"{cutoff:%d/%m/%Y}",
        **{
            name: "x" if yes and (name == "khong_phat_sinh" or not told.is_nil) else ""
            for name, yes in there.items()
        },
    }


def _written(
    told: Reported, letter: wording.Letter, said: wording.Fields
) -> tuple[tuple[Block, ...], tuple[Annex, ...]]:
    """Body and annexes: what stands behind an annex is in it."""
    parts: list[tuple[Mapping[str, Any], list[Block]]] = [({}, [])]
    for _number, block in letter.wanted(said):
        if "annex" in block:
            parts.append((block, []))
        else:
            parts[-1][1].extend(_blocks(told, block, said))
    (_none, body), *annexes = parts
    return tuple(body), tuple(
        Annex(block["annex"], tuple(blocks), landscape=bool(block.get("landscape")))
        for block, blocks in annexes
    )


def _blocks(told: Reported, block: Mapping[str, Any], said: wording.Fields) -> list[Block]:
    filled = list(_FILLS[block["table"]](told)) if "table" in block else []
    if "section" in block:
        return [Section(block["section"], tuple(filled))]
    if "table" in block:
        return filled
    words = wording.filled(block.get("item") or block["paragraph"], said)
    return [Item(words) if "item" in block else Paragraph(words)]


def _signer(submission: Submission, party: Party) -> Signer:
    """Who confirmed it, for the head where it is another; else the head of the agency, else a blank."""
    decision, head = confirmed(submission), issuing.signer_name(party)
    title, collective = issuing.signer_title(party), issuing.collective(party)
    if decision is None or decision.by_name == head:
        return signing(title, head, collective=collective)
    return signing(f"Phó {title}", decision.by_name, collective=collective, form="KT.", head=title)


def _parts(told: Reported) -> Iterable[Block]:
    """How many tasks stand how, then each task that the agency leads; all of them are in the annex."""
    parts = told.rows("part")
    leads = [row for row in parts if row.get("role") == "lead"]
    along = [row for row in parts if row.get("role") != "lead"]
    if leads:
        states = Counter(frozen.printed("state", row.get("state")) or _NONE.lower() for row in leads)
        counted = "; ".join(f"{count} {words}" for words, count in states.items())
        yield Paragraph(f"Đơn vị chủ trì {len(leads)} nhiệm vụ: {counted}. Kết quả cụ thể:")
        yield from (Item(_ended(f"{_without_end(row['text'])}: {_result(row)}")) for row in leads)
    if along:
        active = sum(not row["nil"] for row in along)
        yield Paragraph(
            f"Đơn vị phối hợp {len(along)} nhiệm vụ, có tham gia {active} nhiệm vụ trong kỳ (phụ lục kèm theo)."
        )


def _duties(told: Reported) -> Iterable[Block]:
    yield from (Item(_ended(f"{_without_end(row['text'])}: {_result(row)}")) for row in told.rows("duty"))


def _result(row: Row) -> str:
    return _NONE.lower() if row["nil"] else str(row.get("result") or "chưa có kết quả trong kỳ")


def _ended(words: str) -> str:
    """A sentence with its end mark; what was said is not changed otherwise."""
    return words if words.endswith((".", "!", "?", ";", ":")) else f"{words}."


def _without_end(words: str) -> str:
    return words.rstrip(" .;:")


def _figures(told: Reported) -> Iterable[Block]:
    cells = [
        (
            Cell(str(n)),
            Cell(str(row["text"])),
            Cell(str(row.get("aim", ""))),
            Cell(_NONE if row["nil"] else str(row.get("value", ""))),
            Cell(str(row.get("unit", ""))),
            Cell(_remarks(row)),
        )
        for n, row in enumerate(told.rows("figure"), 1)
    ]
    columns = (
        Column(0.6, "center"),
        Column(4.0),
        Column(2.2),
        Column(1.4, "right"),
        Column(1.2, "center"),
        Column(2.0),
    )
    if cells:
        yield Table(columns, tuple(cells), head=(tuple(map(Cell, _FIGURES)),))


def _remarks(row: Row) -> str:
    """What was said beside the number: kind, estimate for the year, final of the period before, words."""
    kind = frozen.printed("kind", row.get("kind")) if row.get("value") else ""
    said = [kind, str(row.get("result") or "")]
    said += [f"{frozen.label_of(name)}: {row[name]}" for name in ("estimate", "final") if row.get(name)]
    return "; ".join(filter(None, said))


def _money(told: Reported) -> Iterable[Block]:
    rows = list(told.content.get("money", ()))
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
    if cells:
        unit = f"Đơn vị tính: {told.content['money_unit']}"
        yield Table(columns, tuple(cells), head=(tuple(map(Cell, heads)),), unit=unit)


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


def _task_table(told: Reported) -> Iterable[Block]:
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
    yield Table(columns, tuple(rows), head=(tuple(map(Cell, _TASKS)),))


# what its words can put under a heading or into an annex, by name
_FILLS: dict[str, Callable[[Reported], Iterable[Block]]] = {
    "parts": _parts,
    "duties": _duties,
    "figures": _figures,
    "money": _money,
    "obstacles": _obstacles,
    "tasks": _task_table,
}
