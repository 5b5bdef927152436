"""The cells of a consolidation: every number that a paper can show, under a key that is the same each time.

don-vi-* who reported · nhiem-vu-tinh-trang-* how many tasks are in a state · nhiem-vu-<id>-* one task ·
nhom-<id>-* a group · chi-tieu-<id>[-<party>[-uoc|-chinh-thuc|-da-uoc|-chenh-lech]] targets ·
kinh-phi-<source|tong>-<amount> money by source, kinh-phi-<party>-<row>-<amount> one row of it ·
y-kien-<hash> how many parties say the same words.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luc.figures.numbers import show
from luc.reporting.content import printed
from luc.reporting.money import AMOUNTS, TITLES
from luc.reporting.queries.consolidation import Consolidation
from luc.reporting.queries.spending import SourceLine, Spending
from luc.reporting.telling import spoken
from luc.reporting.voices import GroupLine, Obstacle, TargetLine, TaskLine, Voice, alike, plain_words


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: as papers write it, what it is, and the rows of frozen reports that it comes from."""

    words: str
    title: str
    rows: tuple[tuple[int, str], ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """As a version keeps it for ever."""
        return {"words": self.words, "title": self.title, "rows": [list(row) for row in self.rows]}


Cells = dict[str, Cell]
Kept = Mapping[str, Sequence[str]]  # words and title by key, as a draft keeps them
Named = Iterator[tuple[str, Cell]]


def cells(told: Consolidation) -> Cells:
    """Every cell of a consolidation by its key."""
    found: Cells = dict(_coverage(told))
    found |= dict(_states(told))
    for group in told.groups:
        found |= dict(_group(group))
        for line in group.tasks:
            found |= dict(_task(line))
    for target in told.targets:
        found |= dict(_target(target))
    found |= dict(_money(told.money)) if told.money else {}
    found |= dict(_said(told))
    return found


def kept(found: Cells) -> dict[str, list[str]]:
    """Cells as a draft keeps them: the rows they come from are found again when a version is made."""
    return {key: [cell.words, cell.title] for key, cell in found.items()}


def in_order(keys: Iterable[str]) -> list[str]:
    """Keys by subject, numbers within them by size: the same on every database (PostgreSQL keeps no order of keys)."""
    return sorted(keys, key=lambda key: re.sub(r"\d+", lambda found: found[0].zfill(12), key))


def rows_of(*voices: Voice) -> tuple[tuple[int, str], ...]:
    """The rows of frozen reports that voices stand for."""
    return tuple((voice.submission, str(voice.row["key"])) for voice in voices)


def _counted(count: int, title: str, *voices: Voice) -> Cell:
    return Cell(str(count), title, rows_of(*voices))


def _coverage(told: Consolidation) -> Named:
    counts = told.counts
    percent = told.heard * 100 // counts.bound if counts.bound else 0
    yield "don-vi-da-bao-cao", _counted(told.heard, "Số đơn vị đã có báo cáo")
    yield "don-vi-phai-bao-cao", _counted(counts.bound, "Số đơn vị phải báo cáo")
    yield "don-vi-ty-le", _counted(percent, "Tỷ lệ đơn vị đã báo cáo (%)")
    yield "don-vi-khong-phat-sinh", _counted(counts.nil, "Số đơn vị báo cáo không phát sinh")
    yield "don-vi-gui-sau-han", _counted(counts.late, "Số đơn vị gửi sau hạn")
    yield "don-vi-chua-co", _counted(len(told.missing), "Số đơn vị chưa có trong tổng hợp")


def _states(told: Consolidation) -> Named:
    yield "nhiem-vu", _counted(len(told.tasks), "Tổng số nhiệm vụ")
    yield from _by_state("nhiem-vu", told.tasks, "Số nhiệm vụ")


def _by_state(head: str, lines: Iterable[TaskLine], title: str) -> Named:
    rows: dict[str, list[TaskLine]] = {}
    for line in lines:
        rows.setdefault(line.standing, []).append(line)
    for state, of_state in rows.items():
        voices = [voice for line in of_state for voice in line.leads]
        words = f"{title}: {state_words(state)}"
        yield f"{head}-tinh-trang-{state or 'chua-bao-cao'}", _counted(len(of_state), words, *voices)


def state_words(state: str) -> str:
    """The standing of a task in words, with those that nobody reported or was asked about."""
    without = {"": "chưa có báo cáo", "unasked": "không hỏi trong kỳ này"}
    return without.get(state) or printed("state", state)


def group_key(group: GroupLine) -> str:
    """The beginning of the keys of a group."""
    return f"nhom-{group.tasks[0].task.group_id or 0}"


def _group(group: GroupLine) -> Named:
    if not group.tasks:
        return
    head, silent = group_key(group), [line for line in group.tasks if not spoken(line)]
    unasked = [line for line in silent if not line.is_asked]
    of = f"Nhóm «{group.title[:80]}»"
    yield head, _counted(len(group.tasks), f"{of}: số nhiệm vụ")
    waiting = len(silent) - len(unasked)
    yield f"{head}-chua-co-ket-qua", _counted(waiting, f"{of}: chưa có kết quả được báo cáo")
    yield f"{head}-khong-hoi", _counted(len(unasked), f"{of}: không hỏi trong kỳ này")
    yield from _by_state(head, group.tasks, of)


def _task(line: TaskLine) -> Named:
    head, of = f"nhiem-vu-{line.task.pk}", f"Nhiệm vụ {line.place}"
    told = spoken(line)
    yield f"{head}-co-ket-qua", _counted(len(told), f"{of}: số đơn vị có kết quả", *told)
    for state, count in Counter(voice.state for voice in told if voice.state_words).items():
        named = [voice for voice in told if voice.state == state]
        yield f"{head}-don-vi-{state}", _counted(count, f"{of}: {printed('state', state)}", *named)
    heard = len(line.leads)
    yield f"{head}-chu-tri-da-bao-cao", _counted(heard, f"{of}: chủ trì đã báo cáo", *line.leads)
    asked = heard + line.leads_silent
    yield f"{head}-chu-tri", _counted(asked, f"{of}: cơ quan chủ trì được hỏi")
    if line.others_asked:
        yield f"{head}-tham-gia", _counted(len(line.telling), f"{of}: phối hợp có tham gia", *line.telling)
        yield f"{head}-phoi-hop", _counted(line.others_asked, f"{of}: đơn vị phối hợp được hỏi")
        yield f"{head}-phoi-hop-khong", _counted(line.nil_count, f"{of}: phối hợp không phát sinh")
        yield f"{head}-phoi-hop-chua", _counted(line.others_silent, f"{of}: phối hợp chưa báo cáo")


def _target(line: TargetLine) -> Named:
    head, of = f"chi-tieu-{line.target.pk}", f"Chỉ tiêu «{line.target.text[:80]}»"
    if line.total:
        yield head, Cell(line.total.words, f"{of}: {line.total.how}", rows_of(*line.valued))
    elif line.valued:
        yield head, _valued(line.valued[0].value, of, line.valued[0])
    for voice in line.voices:
        named, by = f"{head}-{voice.party.pk}", f"{of}: {voice.party}"
        numbers = {
            "": (voice.value, by),
            "-uoc": (voice.estimate, f"{by}, ước cả năm"),
            "-chinh-thuc": (voice.final, f"{by}, số chính thức kỳ trước"),
            "-chenh-lech": (voice.difference, f"{by}, chênh lệch với số đã ước"),
        }
        for tail, (value, title) in numbers.items():
            if value is not None:
                yield named + tail, _valued(value, title, voice)


def _valued(value: Decimal | None, title: str, *voices: Voice) -> Cell:
    return Cell(show(value) if value is not None else "", title, rows_of(*voices))


def _money(money: Spending) -> Named:
    yield "kinh-phi-don-vi-da-bao-cao", _counted(money.heard, "Kinh phí: số đơn vị đã báo cáo")
    yield "kinh-phi-don-vi", _counted(money.asked, "Kinh phí: số đơn vị được hỏi")
    if not money.lines:
        return
    yield from _source("tong", "tổng số", money.total)
    for line in money.by_source:
        yield from _source(str(line.voices[0].row["source"]), line.words, line)
    for one in money.lines:
        of = f"{one.voice.party.pk}-{one.voice.row['key']}"
        yield from _amounts(of, str(one.row["title"])[:80], one.amounts, one.share, one.voice)


def _source(key: str, words: str, line: SourceLine) -> Named:
    yield from _amounts(key, words, line.amounts, line.share, *line.voices)


def _amounts(
    key: str, words: str, amounts: Mapping[str, Decimal | None], share: Decimal | None, *voices: Voice
) -> Named:
    for name in AMOUNTS:
        if amounts[name] is not None:
            yield f"kinh-phi-{key}-{name}", _valued(amounts[name], f"{words}: {TITLES[name]}", *voices)
    if share is not None:
        yield f"kinh-phi-{key}-ty-le", _valued(share, f"{words}: tỷ lệ giải ngân (%)", *voices)


def _said(told: Consolidation) -> Named:
    rows = [row for group in told.obstacles.values() for row in group]
    for name in ("obstacle", "proposal"):
        for said in alike(rows, name):
            parties = {row.voice.party.pk for row in said}
            if len(parties) > 1:
                words = plain_words(said[0].voice.row[name])
                title = f"Số đơn vị cùng nêu: {words[:80]}"
                yield said_key(said, name), _counted(len(parties), title, *(row.voice for row in said))


def said_key(said: list[Obstacle], name: str) -> str:
    """The key of how many say the same words."""
    words = plain_words(said[0].voice.row[name]).casefold()
    return f"y-kien-{hashlib.sha256(words.encode()).hexdigest()[:10]}"
