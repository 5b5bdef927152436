"""What came of targets and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from luc.issuing.cells import group_key, state_words
from luc.issuing.content import Run
from luc.issuing.producers.pieces import (
    Material,
    Piece,
    cell,
    chart,
    item,
    paragraph,
    section,
    table,
)
from luc.issuing.producers.telling import told_by
from luc.reporting.telling import explained, spoken
from luc.reporting.voices import GroupLine, TargetLine, TaskLine, Voice, counted

CELL = Mapping[str, Any]


def targets(made: Material, _level: int) -> list[Piece]:
    """The table of targets: aimed at, reported, estimated, by whom."""
    lines = made.told.targets
    if not lines:
        return []
    found = [target_table(made, "table", lines)]
    shares = [line for line in lines if line.target.unit == "%" and made.has(_key(line))]
    single = [line for line in shares if len(line.valued) == 1]
    if len(single) > 1:
        bars = [(_short(line.target.text), made.chip(_key(line))) for line in single]
        found.append(chart("chart", "Kết quả các chỉ tiêu tính bằng tỷ lệ", bars, "%"))
    return found


def target_table(made: Material, place: str, lines: Iterable[TargetLine]) -> Piece:
    """A row for each value that was reported."""
    heads = ["STT", "Chỉ tiêu", "Mục tiêu", "Kết quả", "Đơn vị báo cáo"]
    columns = [(0.6, "center"), (4.0, "left"), (2.0, "left"), (1.6, "right"), (2.4, "left")]
    if made.told.has_estimates:
        heads.insert(4, "Ước cả năm")
        columns.insert(4, (1.6, "right"))
    rows = [row for n, line in enumerate(lines, 1) for row in _target_rows(made, n, line)]
    note = f"Số liệu tính đến ngày {made.told.figures_on:%d/%m/%Y}."
    return table(place, heads, columns, rows, note=note)


def _target_rows(made: Material, number: int, line: TargetLine) -> list[list[dict[str, Any]]]:
    head = [cell(str(number)), cell(line.target.text), cell(line.aim.replace(" %", "%"))]
    estimates = made.told.has_estimates
    if not line.valued:
        lack = "chưa có số liệu" if line.is_asked else "không hỏi trong kỳ này"
        return [[*head, cell(lack), *([cell("")] if estimates else []), cell(line.target.answering.name)]]
    rows = []
    for voice in line.valued:
        key = f"{_key(line)}-{voice.party.pk}"
        mark = " (ước)" if voice.row.get("kind") == "estimate" else ""
        said = [cell(*_measured(made, key, line, mark), voices=[voice])]
        if estimates:
            said.append(cell(*_measured(made, f"{key}-uoc", line), voices=[voice]))
        rows.append([*head, *said, cell(f"{voice.party.name}{explained(voice)}")])
    if line.total:
        words = cell(f"Chung ({line.total.how})", bold=True)
        total = cell(*_measured(made, _key(line), line), voices=line.valued, bold=True)
        rows.append([*head, total, *([cell("")] if estimates else []), words])
    return rows


def _measured(made: Material, key: str, line: TargetLine, mark: str = "") -> list[Run]:
    """A number with its unit, the sign of per cent directly behind it."""
    chip, unit = made.chip(key), line.target.unit
    return [chip, unit if unit == "%" or not unit else f" {unit}", mark] if chip else []


def _key(line: TargetLine) -> str:
    return f"chi-tieu-{line.target.pk}"


def _short(words: str) -> str:
    return words if len(words) <= 70 else f"{words[:69].rsplit(' ', 1)[0]}…"


def settled(made: Material, _level: int) -> list[Piece]:
    """What was estimated in an earlier period beside the final figure, with the difference."""
    if not made.told.settled:
        return []
    heads = ["STT", "Chỉ tiêu", "Đơn vị báo cáo", "Kỳ", "Đã ước", "Chính thức", "Chênh lệch"]
    columns = [(0.6, "center"), (3.5, "left"), (2.2, "left"), (1.8, "left"), *[(1.4, "right")] * 3]
    rows = [_settled_row(made, n, *one) for n, one in enumerate(made.told.settled, 1)]
    return [
        paragraph("words", "Số chính thức của kỳ trước so với số đã ước:"),
        table("table", heads, columns, rows),
    ]


def _settled_row(made: Material, number: int, line: TargetLine, voice: Voice) -> list[dict[str, Any]]:
    key, unit = f"{_key(line)}-{voice.party.pk}", line.target.unit
    earlier = voice.earlier
    return [
        cell(str(number)),
        cell(f"{line.target.text} ({unit})" if unit else line.target.text),
        cell(f"{voice.party.name}{explained(voice)}"),
        cell(earlier.words if earlier else ""),
        cell(earlier.value if earlier else "", voices=[voice]),
        cell(made.chip(f"{key}-chinh-thuc"), voices=[voice]),
        cell(made.chip(f"{key}-chenh-lech"), voices=[voice]),
    ]


def states(made: Material, _level: int) -> list[Piece]:
    """How many tasks are in each state, in a sentence and as bars."""
    found = [(line_state, words) for line_state, words in _states(made)]
    runs: list[Run] = ["Tổng số ", made.chip("nhiem-vu"), " nhiệm vụ"]
    for n, (key, words) in enumerate(found):
        runs += ["; " if n else ": ", made.chip(key), f" nhiệm vụ {words}"]
    sentence = paragraph("words", *runs, ".")
    if len(found) < 2:
        return [sentence]
    bars = [(words[:1].upper() + words[1:], made.chip(key)) for key, words in found]
    return [sentence, chart("chart", "Số nhiệm vụ theo tình trạng", bars)]


def _states(made: Material) -> list[tuple[str, str]]:
    """The states of the tasks that are there, in the order of papers: key of the cell, words."""
    order = {words: n for n, (words, _count, _tone) in enumerate(counted(_standing(made.told.tasks)))}
    present = dict.fromkeys(_standing(made.told.tasks))
    rows = [(f"nhiem-vu-tinh-trang-{one or 'chua-bao-cao'}", state_words(one)) for one in present]
    return sorted(rows, key=lambda row: order.get(row[1], 99))


def _standing(lines: Iterable[TaskLine]) -> list[str]:
    return [line.standing for line in lines]


def tasks(made: Material, level: int) -> list[Piece]:
    """What was reported of each task, by group."""
    found: list[Piece] = []
    for group in made.told.groups:
        if group.tasks:
            found += _group(made, group, level)
    return found


def _group(made: Material, group: GroupLine, level: int) -> list[Piece]:
    key = group_key(group)
    head = [section(key, group.title, level + 1)] if group.title else []
    told = [
        told_by(made, f"task-{line.task.pk}", line.task.text, spoken(line))
        for line in group.tasks
        if spoken(line)
    ]
    rest = {
        f"{key}-chua-co-ket-qua": " nhiệm vụ chưa có kết quả được báo cáo.",
        f"{key}-khong-hoi": " nhiệm vụ không thuộc nội dung báo cáo của kỳ này.",
    }
    return [*head, *told, *(item(k, made.chip(k), words) for k, words in rest.items() if made.has(k))]
