"""What went well, what is late and why, obstacles, what comes next, proposals by addressee."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from luc.issuing.cells import said_key
from luc.issuing.producers.pieces import Material, Piece, item, paragraph, section
from luc.issuing.producers.telling import said_alike
from luc.plans.models import Progress
from luc.reporting.telling import name
from luc.reporting.voices import Obstacle, TaskLine, alike, plain_words

State = Progress.State
GOOD = frozenset({State.DONE.value, State.AHEAD.value})
SLOW = frozenset({State.BEHIND.value, State.NOT_STARTED.value})


def good(made: Material, _level: int) -> list[Piece]:
    """Tasks that are done or ahead."""
    found = [_named(line) for line in made.told.tasks if line.state in GOOD]
    return found or [paragraph("none", "Chưa có nhiệm vụ hoàn thành hoặc vượt tiến độ.")]


def _named(line: TaskLine) -> Piece:
    words = f"{plain_words(line.task.text)} ({line.state_words})."
    return item(f"task-{line.task.pk}", words, voices=line.leads, quotes=[line.task.text])


def slow(made: Material, _level: int) -> list[Piece]:
    """Tasks that are behind or not begun, each with what its leading parties say stands in the way."""
    found = [_late(line) for line in made.told.tasks if line.state in SLOW]
    return found or [paragraph("none", "Không có nhiệm vụ chậm tiến độ.")]


def _late(line: TaskLine) -> Piece:
    why = [(plain_words(voice.row.get("obstacle")), name(voice)) for voice in line.leads]
    said = [f"{words} ({who})" for words, who in why if words]
    cause = f"Nguyên nhân: {'; '.join(said)}" if said else "Các đơn vị chưa nêu nguyên nhân"
    words = f"{plain_words(line.task.text)} ({line.state_words}). {cause}."
    return item(f"task-{line.task.pk}", words, voices=line.leads, quotes=[line.task.text, *said])


def obstacles(made: Material, _level: int) -> list[Piece]:
    """What stands in the way, the same words once."""
    rows = [row for group in made.told.obstacles.values() for row in group]
    return _said(made, rows, "obstacle") or [paragraph("none", "Không có.")]


def proposals(made: Material, level: int) -> list[Piece]:
    """What is proposed, by whom it is for."""
    found: list[Piece] = []
    for addressee, rows in made.told.obstacles.items():
        said = _said(made, rows, "proposal")
        if said:
            found += [section(f"to-{_hash(addressee)}", f"Đối với {addressee}", level + 1), *said]
    return found or [paragraph("none", "Không có.")]


def _said(made: Material, rows: Iterable[Obstacle], what: str) -> list[Piece]:
    return [
        said_alike(made, _place(said, what), said, plain_words(said[0].voice.row[what]), said_key(said, what))
        for said in alike(rows, what)
    ]


def _place(said: list[Obstacle], what: str) -> str:
    """Of whom and what words: proposals in the same words to two addressees are two."""
    return f"{what}-{_hash(said[0].addressee + plain_words(said[0].voice.row[what]).casefold())}"


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:10]


def following(made: Material, _level: int) -> list[Piece]:
    """What has to be done next: what is late, and who has not reported."""
    found = [
        item(
            f"task-{line.task.pk}",
            f"Tập trung thực hiện: {plain_words(line.task.text)}.",
            voices=line.leads,
            quotes=[line.task.text],
        )
        for line in made.told.tasks
        if line.state in SLOW
    ]
    if made.has("don-vi-chua-co"):
        found.append(item("missing", "Đôn đốc ", made.chip("don-vi-chua-co"), " đơn vị chưa báo cáo."))
    return found or [paragraph("none", "Tiếp tục thực hiện các nhiệm vụ của kế hoạch theo tiến độ.")]
