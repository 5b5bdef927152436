"""The official report out of a consolidation: an outline as offices write it, every number with its source.

I. situation and coverage, II. results (targets, tasks by group), III. assessment and obstacles, IV. proposals,
V. next period; annexes: tasks, and who has not reported. Words are those of the reports; nothing is added to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.time import today
from luc.reporting.content import shown
from luc.reporting.letterhead import Letterhead, words
from luc.reporting.queries.consolidation import (
    Consolidation,
    GroupLine,
    Obstacle,
    TargetLine,
    TaskLine,
    Voice,
)
from vanban.writing import (
    Annex,
    Block,
    Cell,
    Column,
    IssueDate,
    Item,
    Paper,
    Paragraph,
    Run,
    Section,
    Signer,
    Table,
    Text,
)

MANY = 5  # more parties than this are counted in a sentence or cell, not told one by one


@dataclass(slots=True)
class Sources:
    """The bookmarks of a paper, and what each stands for."""

    lines: list[dict[str, Any]] = field(default_factory=list)

    def key(self, words: str, voices: Iterable[Voice]) -> str:
        """A new bookmark for words that come from rows of frozen reports."""
        name = f"nguon_{len(self.lines) + 1}"
        rows = [{"submission": voice.submission, "row": voice.row["key"]} for voice in voices]
        self.lines.append({"bookmark": name, "words": words, "rows": rows})
        return name

    def run(self, words: str, *voices: Voice) -> Run:
        """Words inside a sentence with their source."""
        return Run(words, key=self.key(words, voices))

    def cell(self, words: str, *voices: Voice) -> Cell:
        """A cell with its source; without one it is only words."""
        return Cell(words, key=self.key(words, voices) if words and voices else None)


def official(told: Consolidation, head: Letterhead) -> tuple[Paper, list[dict[str, Any]]]:
    """The paper of a consolidation and the sources of its numbers and sentences. Number and day stay blank."""
    sources = Sources()
    cycle = told.cycle
    paper = Paper(
        issuer=head.issuer,
        parent=head.parent,
        symbol=head.symbol,
        place=head.place,
        date=IssueDate(today().year),
        kind=words()["kind"],
        title=_title(told),
        addressees=head.addressees,
        body=(
            Paragraph(_opening(told)),
            Section("Tình hình chung", _situation(told)),
            Section("Kết quả thực hiện", _results(told, sources)),
            Section("Đánh giá", _assessment(told, sources)),
            Section("Kiến nghị, đề xuất", _proposals(told, sources)),
            Section("Nhiệm vụ trọng tâm kỳ tới", _next(told)),
            Paragraph(f"Trên đây là {cycle.title[:1].lower() + cycle.title[1:]} của {head.issuer}."),
        ),
        signer=Signer(head.signer_title, head.signer_name),
        recipients=head.recipients,
        annexes=(_task_annex(told, sources), _missing_annex(told)),
    )
    return paper, sources.lines


def _title(told: Consolidation) -> str:
    plan, period = told.plan, told.cycle.title.removeprefix("Báo cáo ").strip()
    title = plan.title[:1].lower() + plan.title[1:]
    return f"Kết quả thực hiện {plan.kind.capitalize()} {title} ({period})"


def _opening(told: Consolidation) -> str:
    plan = told.plan
    number = f" số {plan.number}" if plan.number else ""
    of = f" ngày {plan.date:%d/%m/%Y}" if plan.date else ""
    signed = f"{plan.kind.capitalize()}{number}{of} của {plan.issuer}"
    return f"Thực hiện {signed}, {told.cycle.collector.name} tổng hợp kết quả như sau:"


def coverage_words(told: Consolidation, where: str) -> str:
    """How complete the reports are, in a sentence; `where` says where the missing ones are listed."""
    counts, day = told.counts, f"{today():%d/%m/%Y}"
    accepted = _("đã được chấp nhận") if told.accepted_only else _("đã gửi")
    sentence = _("Đến ngày %(day)s có %(heard)d/%(bound)d đơn vị có báo cáo %(accepted)s (%(percent)d%%)") % {
        "day": day,
        "heard": told.heard,
        "bound": counts.bound,
        "accepted": accepted,
        "percent": told.heard * 100 // counts.bound if counts.bound else 0,
    }
    more = []
    if counts.nil:
        more.append(_("%(count)d đơn vị báo cáo không phát sinh") % {"count": counts.nil})
    if counts.late:
        more.append(_("%(count)d đơn vị gửi sau hạn") % {"count": counts.late})
    if told.missing:
        words = _("%(count)d đơn vị chưa có trong tổng hợp này (%(where)s)")
        more.append(words % {"count": len(told.missing), "where": where})
    return "; ".join([sentence, *more]) + "."


def _situation(told: Consolidation) -> tuple[Block, ...]:
    cycle = told.cycle
    cutoff = f"Số liệu chốt đến ngày {cycle.cutoff:%d/%m/%Y}."
    return (Paragraph(coverage_words(told, "Phụ lục II")), Paragraph(cutoff))


def _results(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if told.targets:
        blocks.append(
            Section("Kết quả thực hiện các chỉ tiêu", (_target_table(told.targets, sources, told),))
        )
    states = "; ".join(f"{count} nhiệm vụ {words}" for words, count, _tone in told.states)
    summary = Paragraph(f"Tổng số {len(told.tasks)} nhiệm vụ: {states}.")
    groups = tuple(
        Section(group.title or "Các nhiệm vụ", _group(group, sources)) for group in told.groups if group.tasks
    )
    return (*blocks, Section("Kết quả thực hiện các nhiệm vụ", (summary, *groups)))


def _target_table(lines: Iterable[TargetLine], sources: Sources, told: Consolidation) -> Table:
    rows = [row for n, line in enumerate(lines, 1) for row in _target_rows(n, line, sources)]
    heads = ("STT", "Chỉ tiêu", "Mục tiêu", "Kết quả", "Đơn vị báo cáo")
    return Table(
        columns=(Column(0.6, "center"), Column(4), Column(2), Column(1.6, "right"), Column(2.4)),
        head=(tuple(Cell(head) for head in heads),),
        rows=tuple(rows),
        note=f"Số liệu đến ngày {told.cycle.cutoff:%d/%m/%Y}.",
    )


def _target_rows(number: int, line: TargetLine, sources: Sources) -> list[tuple[Cell, ...]]:
    words = (Cell(str(number)), Cell(line.target.text), Cell(line.aim))
    if not line.valued:
        return [(*words, Cell("chưa có số liệu"), Cell(line.target.answering.name))]
    return [(*words, _value_cell(voice, line, sources), Cell(voice.party.name)) for voice in line.valued]


def _value_cell(voice: Voice, line: TargetLine, sources: Sources) -> Cell:
    estimate = " (ước)" if voice.row.get("kind") == "estimate" else ""
    return sources.cell(f"{shown(voice.value)} {line.target.unit}".strip() + estimate, voice)


def _group(group: GroupLine, sources: Sources) -> tuple[Block, ...]:
    told = [Item(_task_sentence(line, sources)) for line in group.tasks if _spoken(line)]
    silent = [line for line in group.tasks if not _spoken(line)]
    rest = f"{len(silent)} nhiệm vụ chưa có kết quả được báo cáo."
    return (*told, *([Item(rest)] if silent else []))


def _spoken(line: TaskLine) -> list[Voice]:
    """The leading parties' results, or where they say nothing those of the coordinating ones."""
    leads = [voice for voice in line.leads if voice.result]
    return leads or [voice for voice in line.telling if voice.result]


def _task_sentence(line: TaskLine, sources: Sources) -> Text:
    voices = _spoken(line)
    if len(voices) > MANY:
        told = f"{len(voices)} đơn vị báo cáo có kết quả"
        return (Run(f"{line.task.text.rstrip(' .;:')}: "), sources.run(told, *voices))
    runs = [Run(f"{line.task.text.rstrip(' .;:')}: ")]
    for voice in voices:
        result = " ".join(voice.result.split()).rstrip(" .;")
        runs += [sources.run(result, voice), Run(f" ({voice.party.name}, {voice.state_words}); ")]
    runs[-1] = Run(runs[-1].text.rstrip("; "))
    return tuple(runs)


def _assessment(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    good = [line for line in told.tasks if line.state in {"done", "ahead"}]
    slow = [line for line in told.tasks if line.state in {"behind", "not_started"}]
    return (
        Section("Những việc làm được", _listed(good, "Chưa có nhiệm vụ hoàn thành hoặc vượt tiến độ.")),
        Section("Những việc chậm, chưa làm được", _listed(slow, "Không có nhiệm vụ chậm tiến độ.")),
        Section("Khó khăn, vướng mắc", _said(told, sources, "obstacle") or (Paragraph("Không có."),)),
    )


def _listed(lines: Iterable[TaskLine], otherwise: str) -> tuple[Block, ...]:
    items = tuple(Item(f"{line.task.text.rstrip(' .;:')} ({line.state_words})") for line in lines)
    return items or (Paragraph(otherwise),)


def _said(told: Consolidation, sources: Sources, name: str) -> tuple[Block, ...]:
    rows = [obstacle for group in told.obstacles.values() for obstacle in group]
    return tuple(_said_item(obstacle, sources, name) for obstacle in rows if obstacle.voice.row.get(name))


def _said_item(obstacle: Obstacle, sources: Sources, name: str) -> Item:
    said = " ".join(str(obstacle.voice.row[name]).split()).rstrip(" .;")
    return Item((sources.run(said, obstacle.voice), Run(f" ({obstacle.voice.party.name})")))


def _proposals(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    sections = []
    for addressee, rows in told.obstacles.items():
        items = tuple(_said_item(row, sources, "proposal") for row in rows if row.voice.row.get("proposal"))
        if items:
            sections.append(Section(f"Đối với {addressee}", items))
    return tuple(sections) or (Paragraph("Không có."),)


def _next(told: Consolidation) -> tuple[Block, ...]:
    slow = [line.task.text.rstrip(" .;:") for line in told.tasks if line.state in {"behind", "not_started"}]
    items = [Item(f"Tập trung thực hiện: {text}") for text in slow]
    if told.missing:
        words = f"Đôn đốc {len(told.missing)} đơn vị chưa báo cáo (Phụ lục II)"
        items.append(Item(words))
    return tuple(items) or (Paragraph("Tiếp tục thực hiện các nhiệm vụ của kế hoạch theo tiến độ."),)


def _task_annex(told: Consolidation, sources: Sources) -> Annex:
    heads = (
        "STT",
        "Nhiệm vụ",
        "Cơ quan chủ trì",
        "Tình trạng",
        "Kết quả trong kỳ",
        "Phối hợp",
    )
    rows: list[tuple[Cell, ...]] = []
    number = 0
    for group in told.groups:
        if group.title:
            rows.append((Cell(group.title, bold=True, colspan=len(heads)),))
        for line in group.tasks:
            number += 1
            rows.append(_task_row(number, line, sources))
    columns = (Column(0.6, "center"), Column(4), Column(2), Column(1.5), Column(4), Column(2.5))
    table = Table(columns=columns, head=(tuple(Cell(head) for head in heads),), rows=tuple(rows))
    return Annex("Kết quả thực hiện theo từng nhiệm vụ", (table,), landscape=True)


def _task_row(number: int, line: TaskLine, sources: Sources) -> tuple[Cell, ...]:
    leads = [voice for voice in line.leads if voice.result]
    along = [voice for voice in line.telling if voice.result]
    return (
        Cell(line.task.number or str(number)),
        Cell(line.task.text),
        Cell("; ".join(line.silent)),
        sources.cell(line.state_words, *line.leads),
        sources.cell(_together(leads), *leads),
        sources.cell(_together(along), *along),
    )


def _together(voices: list[Voice]) -> str:
    """What several parties said, one line each; of many only how many they are."""
    if len(voices) > MANY:
        return f"{len(voices)} đơn vị báo cáo có kết quả"
    return "\n".join(f"{voice.party.name}: {voice.result}" for voice in voices)


def _missing_annex(told: Consolidation) -> Annex:
    title = "Các đơn vị chưa có báo cáo trong tổng hợp"
    if not told.missing:
        return Annex(title, (Paragraph("Tất cả các đơn vị đã có báo cáo."),))
    rows = tuple(
        (Cell(str(n)), Cell(row.party.name), Cell(str(row.get_state_display())))
        for n, row in enumerate(told.missing, 1)
    )
    heads = ("STT", "Đơn vị", "Tình trạng")
    columns = (Column(0.6, "center"), Column(5), Column(3))
    return Annex(title, (Table(columns=columns, head=(tuple(Cell(h) for h in heads),), rows=rows),))
