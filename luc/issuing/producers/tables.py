"""The annexes: by task, by agency, by target, and who has not reported."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import Any

from luc.agencies.models import Party
from luc.issuing.content import Run
from luc.issuing.producers.pieces import Material, Piece, cell, paragraph, table
from luc.issuing.producers.results import target_table
from luc.issuing.producers.telling import counted
from luc.reporting.telling import MANY, explained, spoken, together
from luc.reporting.voices import TaskLine, Voice
from vanban.writing.phrases import roman

_TASKS = ("STT", "Nhiệm vụ", "Cơ quan chủ trì", "Tình trạng", "Kết quả trong kỳ", "Phối hợp")
_AGENCIES = ("STT", "Nhiệm vụ", "Vai trò", "Kết quả trong kỳ", "Tình trạng", "Khó khăn, kiến nghị")


def task_table(made: Material, _level: int) -> list[Piece]:
    """Form 1 by task: who leads, how far it is, what was done, who works along."""
    rows: list[list[dict[str, Any]]] = []
    own = Counter(line.task.number for line in made.told.tasks)
    numbers, romans = count(1), count(1)
    for group in made.told.groups:
        if group.title:
            rows.append([cell(roman(next(romans)), bold=True), _across(group.title, len(_TASKS) - 1)])
        for line in group.tasks:
            named = line.task.number if own[line.task.number] == 1 else ""
            rows.append(_task_row(made, str(next(numbers)), named, line))
    columns = [(0.6, "center"), (4.0, "left"), (2.0, "left"), (1.5, "left"), (4.0, "left"), (2.5, "left")]
    return [table("table", _TASKS, columns, rows)]


def _across(words: str, columns: int) -> dict[str, Any]:
    return cell(words, bold=True, colspan=columns)


def _task_row(made: Material, number: str, own: str, line: TaskLine) -> list[dict[str, Any]]:
    """`own` is the number in the plan's own annex where it tells one task."""
    named = f" (mục {own} của Kế hoạch)" if own not in {"", number} else ""
    leads = [voice for voice in line.leads if voice.result]
    along = [voice for voice in line.telling if voice.result]
    return [
        cell(number),
        cell(line.task.text + named),
        cell("; ".join(line.named)),
        cell(*_state(made, line), voices=line.leads),
        cell(*_together(made, line, leads), voices=leads),
        cell(*_along(made, line, along), voices=along),
    ]


def _state(made: Material, line: TaskLine) -> list[Run]:
    if line.is_asked and line.leads and not line.state:
        key = f"nhiem-vu-{line.task.pk}-chu-tri"
        heard: list[Run] = ["mới có ", made.chip(f"{key}-da-bao-cao"), "/", made.chip(key)]
        return [*heard, " cơ quan chủ trì báo cáo"]
    return [line.state_words]


def _together(made: Material, line: TaskLine, voices: list[Voice]) -> list[Run]:
    """What several parties said, one line each; of many only how many they are."""
    if len(voices) > MANY:
        same = voices == spoken(line)
        return counted(made, f"task-{line.task.pk}", voices) if same else ["nhiều đơn vị báo cáo có kết quả"]
    return [together(voices)]


def _along(made: Material, line: TaskLine, voices: list[Voice]) -> list[Run]:
    if not line.others_asked:
        return []
    key = f"nhiem-vu-{line.task.pk}"
    runs: list[Run] = [made.chip(f"{key}-tham-gia"), "/", made.chip(f"{key}-phoi-hop")]
    runs.append(" đơn vị phối hợp có tham gia")
    more = {"-phoi-hop-khong": " không phát sinh", "-phoi-hop-chua": " chưa báo cáo"}
    for tail, words in more.items():
        if made.has(key + tail):
            runs += [", ", made.chip(key + tail), words]
    said = _together(made, line, voices) if voices and len(voices) <= MANY else []
    return [*runs, "\n", *said] if said else runs


def agency_table(made: Material, _level: int) -> list[Piece]:
    """Form 1 by agency: what each that reported says of its own parts; of communes what they lead."""
    by_party: dict[int, list[tuple[TaskLine, Voice]]] = {}
    for line in made.told.tasks:
        for voice in line.voices:
            if voice.leads or (voice.result and voice.party.kind != Party.Kind.COMMUNE):
                by_party.setdefault(voice.party.pk, []).append((line, voice))
    if not by_party:
        return [paragraph("none", "Chưa có đơn vị báo cáo.")]
    rows: list[list[dict[str, Any]]] = []
    ordered = sorted(by_party.values(), key=lambda said: said[0][1].party.sort_key)
    for n, said in enumerate(ordered, 1):
        rows.append([cell(roman(n), bold=True), _across(said[0][1].party.name, len(_AGENCIES) - 1)])
        rows += [_agency_row(str(m), line, voice) for m, (line, voice) in enumerate(said, 1)]
    columns = [(0.6, "center"), (4.0, "left"), (1.4, "left"), (4.0, "left"), (1.6, "left"), (3.0, "left")]
    return [table("table", _AGENCIES, columns, rows)]


def _agency_row(number: str, line: TaskLine, voice: Voice) -> list[dict[str, Any]]:
    said = [str(voice.row.get(what, "")) for what in ("obstacle", "proposal")]
    return [
        cell(number),
        cell(line.task.text),
        cell(voice.role),
        cell(f"{voice.result}{explained(voice)}", voices=[voice]),
        cell(voice.state_words, voices=[voice]),
        cell("\n".join(filter(None, said)), voices=[voice] if any(said) else ()),
    ]


def targets(made: Material, _level: int) -> list[Piece]:
    """The targets once more, on a page of their own."""
    if not made.told.targets:
        return []
    return [target_table(made, "table", made.told.targets)]


def missing_table(made: Material, _level: int) -> list[Piece]:
    """Who is not in the consolidation."""
    if not made.told.missing:
        return [paragraph("none", "Tất cả các đơn vị đã có báo cáo.")]
    rows = [
        [cell(str(n)), cell(row.party.name), cell(str(row.get_state_display()))]
        for n, row in enumerate(made.told.missing, 1)
    ]
    return [
        table("table", ("STT", "Đơn vị", "Tình trạng"), [(0.6, "center"), (5.0, "left"), (3.0, "left")], rows)
    ]
