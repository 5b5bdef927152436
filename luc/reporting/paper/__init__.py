"""The official report out of a consolidation: an outline as offices write it, every number with its source.

I. situation and coverage, II. results (targets, tasks by group), III. assessment and obstacles, IV. proposals,
V. next period; annexes: tasks, and who has not reported. Words are those of the reports; nothing is added to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.issuing import abbreviated, words
from luc.kernel.time import today
from luc.plans.queries.states import ORDER
from luc.reporting.content import printed
from luc.reporting.letterhead import Letterhead
from luc.reporting.paper.figures import settled, target_table
from luc.reporting.paper.money import money_annex, money_section
from luc.reporting.paper.sources import Sources
from luc.reporting.queries.consolidation import Consolidation
from luc.reporting.voices import (
    GroupLine,
    Obstacle,
    TaskLine,
    Voice,
    alike,
    plain_words,
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
from vanban.writing.phrases import roman

MANY = 5  # more parties than this are counted in a sentence or cell, not told one by one
FIRST = 3  # of these so many are named


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
            Section("Tình hình chung", _situation(told, sources)),
            Section("Kết quả thực hiện", _results(told, sources)),
            Section("Đánh giá", _assessment(told, sources)),
            Section("Kiến nghị, đề xuất", _proposals(told, sources)),
            Section("Nhiệm vụ trọng tâm kỳ tới", _next(told)),
            Paragraph(f"Trên đây là {cycle.title[:1].lower() + cycle.title[1:]} của {head.issuer}."),
        ),
        signer=Signer(head.signer_title, head.signer_name),
        recipients=head.recipients,
        annexes=(
            _task_annex(told, sources),
            _missing_annex(told),
            *([money_annex(told.money, sources)] if told.money else []),
        ),
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


def _situation(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    coverage = (
        Paragraph(coverage_words(told, "Phụ lục II")),
        Paragraph(_figures_words(told)),
        *_unproved(told.unproved, sources),
    )
    duties = tuple(Item(_sentence(text, said, sources)) for text, said in _duties(told).items())
    directed = duties or (Paragraph("Chưa có nội dung được báo cáo."),)
    return (
        Section("Tình hình báo cáo của các đơn vị", coverage),
        Section("Công tác chỉ đạo, tổ chức thực hiện", directed),
    )


def _unproved(voices: list[Voice], sources: Sources) -> tuple[Block, ...]:
    """Who handed in a part without evidence, and why."""
    if not voices:
        return ()
    runs = [Run("Chưa kèm minh chứng, đã giải trình: ")]
    for voice in voices:
        about = str(voice.row["text"])
        runs += [Run(f"{_name(voice)} ({about[:1].lower()}{about[1:]}): "), _why(voice, sources), Run("; ")]
    runs[-1] = Run(".")
    return (Paragraph(tuple(runs)),)


def _why(voice: Voice, sources: Sources) -> Run:
    return sources.run(plain_words(voice.explanation), voice)


def _figures_words(told: Consolidation) -> str:
    """Up to which day the figures are, and whether more is to come."""
    cycle, day = told.cycle, f"{told.figures_on:%d/%m/%Y}"
    if told.figures_on < cycle.cutoff:
        return (
            f"Số liệu tính đến ngày {day}; kỳ báo cáo chưa kết thúc, các đơn vị còn tiếp tục gửi báo cáo "
            f"(ngày chốt số liệu: {cycle.cutoff:%d/%m/%Y})."
        )
    more = (
        "" if cycle.closed_at or not told.missing else " Kỳ báo cáo chưa khép, các đơn vị còn tiếp tục gửi."
    )
    return f"Số liệu chốt đến ngày {day}.{more}"


def _duties(told: Consolidation) -> dict[str, list[Voice]]:
    said: dict[str, list[Voice]] = {}
    for voice in told.duties:
        if voice.result:
            said.setdefault(str(voice.row["text"]), []).append(voice)
    return said


def _results(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if told.targets:
        tables = (target_table(told.targets, sources, told), *settled(told, sources))
        blocks.append(Section("Kết quả thực hiện các chỉ tiêu", tables))
    states = "; ".join(f"{count} nhiệm vụ {words}" for words, count, _tone in told.states)
    summary = Paragraph(f"Tổng số {len(told.tasks)} nhiệm vụ: {states}.")
    groups = tuple(
        Section(group.title or "Các nhiệm vụ", _group(group, sources)) for group in told.groups if group.tasks
    )
    money = [money_section(told.money, sources)] if told.money else []
    return (*blocks, Section("Kết quả thực hiện các nhiệm vụ", (summary, *groups)), *money)


def _group(group: GroupLine, sources: Sources) -> tuple[Block, ...]:
    told = [Item(_task_sentence(line, sources)) for line in group.tasks if spoken(line)]
    silent = [line for line in group.tasks if not spoken(line)]
    unasked = len([line for line in silent if not line.is_asked])
    rest = [
        (len(silent) - unasked, "chưa có kết quả được báo cáo"),
        (unasked, "không thuộc nội dung báo cáo của kỳ này"),
    ]
    return (*told, *(Item(f"{count} nhiệm vụ {words}.") for count, words in rest if count))


def spoken(line: TaskLine) -> list[Voice]:
    """The leading parties' results, or where they say nothing those of the coordinating ones."""
    leads = [voice for voice in line.leads if voice.result]
    return leads or [voice for voice in line.telling if voice.result]


def _task_sentence(line: TaskLine, sources: Sources) -> Text:
    return _sentence(line.task.text, spoken(line), sources)


def _sentence(asked: str, voices: list[Voice], sources: Sources) -> Text:
    """What was asked, and what the parties said to it; of many only how many they are."""
    head = Run(f"{plain_words(asked)}: ")
    if len(voices) > MANY:
        return (head, sources.run(_counted(voices), *voices), Run("."))
    runs = [head]
    for voice in voices:
        state = f", {voice.state_words}" if voice.state_words else ""
        runs += [sources.run(plain_words(voice.result), voice), Run(f" ({_name(voice)}{state}); ")]
    runs[-1] = Run(f"{runs[-1].text.rstrip('; ')}.")
    return tuple(runs)


def _counted(voices: list[Voice]) -> str:
    """Many parties by how far they are: "58 đơn vị báo cáo có kết quả (30 đúng tiến độ, 9 chậm tiến độ)"."""
    states = Counter(voice.state for voice in voices if voice.state_words)
    said = ", ".join(
        f"{states[state]} {printed('state', state)}" for state in ORDER if state and states[state]
    )
    told = f"{len(voices)} đơn vị báo cáo có kết quả"
    return f"{told} ({said})" if said else told


def _name(voice: Voice) -> str:
    return abbreviated(voice.party.name)


def _assessment(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    good = [line for line in told.tasks if line.state in {"done", "ahead"}]
    slow = [line for line in told.tasks if line.state in {"behind", "not_started"}]
    return (
        Section("Những việc làm được", _listed(good, "Chưa có nhiệm vụ hoàn thành hoặc vượt tiến độ.")),
        Section("Những việc chậm, chưa làm được", _listed(slow, "Không có nhiệm vụ chậm tiến độ.")),
        Section("Khó khăn, vướng mắc và nguyên nhân", _obstacles(told, sources) or (Paragraph("Không có."),)),
    )


def _listed(lines: Iterable[TaskLine], otherwise: str) -> tuple[Block, ...]:
    items = tuple(Item(f"{plain_words(line.task.text)} ({line.state_words}).") for line in lines)
    return items or (Paragraph(otherwise),)


def _obstacles(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    rows = [obstacle for group in told.obstacles.values() for obstacle in group]
    return _said(rows, sources, "obstacle")


def _said(rows: Iterable[Obstacle], sources: Sources, name: str) -> tuple[Block, ...]:
    """What parties said under a name, the same words once with the parties counted."""
    return tuple(_said_item([row.voice for row in said], sources, name) for said in alike(rows, name))


def _said_item(voices: list[Voice], sources: Sources, name: str) -> Item:
    words = plain_words(voices[0].row[name])
    names = list(dict.fromkeys(_name(voice) for voice in voices))
    who = ", ".join(names)
    if len(names) > MANY:
        who = f"{len(names)} đơn vị: {', '.join(names[:FIRST])} và {len(names) - FIRST} đơn vị khác"
    elif len(names) > 1:
        who = f"{len(names)} đơn vị: {who}"
    return Item((sources.run(words, *voices), Run(f" ({who}).")))


def _proposals(told: Consolidation, sources: Sources) -> tuple[Block, ...]:
    sections = []
    for addressee, rows in told.obstacles.items():
        items = _said(rows, sources, "proposal")
        if items:
            sections.append(Section(f"Đối với {addressee}", items))
    return tuple(sections) or (Paragraph("Không có."),)


def _next(told: Consolidation) -> tuple[Block, ...]:
    slow = [line.task.text for line in told.tasks if line.state in {"behind", "not_started"}]
    items = [Item(f"Tập trung thực hiện: {plain_words(text)}.") for text in slow]
    if told.missing:
        words = f"Đôn đốc {len(told.missing)} đơn vị chưa báo cáo (Phụ lục II)."
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
    own_numbers = Counter(line.task.number for line in told.tasks)
    numbers, romans = count(1), count(1)
    for group in told.groups:
        if group.title:
            title = Cell(group.title, bold=True, align="left", colspan=len(heads) - 1)
            rows.append((Cell(roman(next(romans)), bold=True), title))
        for line in group.tasks:
            own = line.task.number if own_numbers[line.task.number] == 1 else ""
            rows.append(_task_row(str(next(numbers)), own, line, sources))
    columns = (Column(0.6, "center"), Column(4), Column(2), Column(1.5), Column(4), Column(2.5))
    table = Table(columns=columns, head=(tuple(Cell(head) for head in heads),), rows=tuple(rows))
    return Annex("Kết quả thực hiện theo từng nhiệm vụ", (table,), landscape=True)


def _task_row(number: str, own: str, line: TaskLine, sources: Sources) -> tuple[Cell, ...]:
    """A row of the annex; `own` is the number in the plan's own annex where it tells one task."""
    named = f" (mục {own} của Kế hoạch)" if own not in {"", number} else ""
    leads = [voice for voice in line.leads if voice.result]
    along = [voice for voice in line.telling if voice.result]
    return (
        Cell(number),
        Cell(line.task.text + named),
        Cell("; ".join(line.named)),
        sources.cell(line.state_words, *line.leads),
        sources.cell(together(leads), *leads),
        sources.cell("\n".join(filter(None, [line.coverage, together(along)])), *along),
    )


def together(voices: list[Voice]) -> str:
    """What several parties said, one line each; of many only how many they are."""
    if len(voices) > MANY:
        return _counted(voices)
    return "\n".join(f"{_name(voice)}: {voice.result}{_explained(voice)}" for voice in voices)


def _explained(voice: Voice) -> str:
    why = plain_words(voice.explanation)
    return f" (giải trình: {why})" if why else ""


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
