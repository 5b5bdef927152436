"""How the paper begins and ends, who reported, how the plan was directed."""

from __future__ import annotations

from luc.issuing.content import Run
from luc.issuing.producers.pieces import Material, Piece, item, lowered, paragraph
from luc.issuing.producers.telling import told_by
from luc.reporting.telling import name
from luc.reporting.voices import Voice, plain_words


def opening(made: Material, _level: int) -> list[Piece]:
    """What the paper is about."""
    plan = made.told.plan
    number = f" số {plan.number}" if plan.number else ""
    of = f" ngày {plan.date:%d/%m/%Y}" if plan.date else ""
    words = f"Thực hiện {plan.kind.capitalize()}{number}{of} của {plan.issuer}, "
    words += f"{made.told.cycle.collector.name} tổng hợp kết quả như sau:"
    return [paragraph("opening", words, quotes=[plan.number, plan.issuer])]


def closing(made: Material, _level: int) -> list[Piece]:
    """The last words."""
    cycle = made.told.cycle
    words = f"Trên đây là {lowered(cycle.title)} của {cycle.collector.name}."
    return [paragraph("closing", words, quotes=[cycle.title])]


def coverage(made: Material, _level: int) -> list[Piece]:
    """How many have reported, up to which day the figures are, who handed in without evidence."""
    return [
        paragraph("coverage", *_coverage(made)),
        paragraph("figures-on", _figures_on(made)),
        *_unproved(made),
    ]


def _coverage(made: Material) -> list[Run]:
    accepted = "đã được chấp nhận" if made.told.accepted_only else "đã gửi"
    chip = made.chip
    runs: list[Run] = [
        "Đến thời điểm tổng hợp có ",
        chip("don-vi-da-bao-cao"),
        "/",
        chip("don-vi-phai-bao-cao"),
    ]
    runs += [f" đơn vị có báo cáo {accepted} (", chip("don-vi-ty-le"), "%)"]
    more = {
        "don-vi-khong-phat-sinh": " đơn vị báo cáo không phát sinh",
        "don-vi-gui-sau-han": " đơn vị gửi sau hạn",
        "don-vi-chua-co": " đơn vị chưa có trong tổng hợp này",
    }
    for key, words in more.items():
        if made.has(key):
            runs += ["; ", chip(key), words]
    return [*runs, "."]


def _figures_on(made: Material) -> str:
    """Up to which day the figures are, and whether more is to come."""
    told, day = made.told, f"{made.told.figures_on:%d/%m/%Y}"
    if told.figures_on < told.cycle.cutoff:
        return (
            f"Số liệu tính đến ngày {day}; kỳ báo cáo chưa kết thúc, các đơn vị còn tiếp tục gửi báo cáo "
            f"(ngày chốt số liệu: {told.cycle.cutoff:%d/%m/%Y})."
        )
    goes_on = not told.cycle.closed_at and told.missing
    more = " Kỳ báo cáo chưa khép, các đơn vị còn tiếp tục gửi." if goes_on else ""
    return f"Số liệu chốt đến ngày {day}.{more}"


def _unproved(made: Material) -> list[Piece]:
    """Who handed in a part without evidence, and why."""
    found = []
    for voice in made.told.unproved:
        why = plain_words(voice.explanation)
        words = f"{name(voice)} chưa kèm minh chứng ({lowered(str(voice.row['text']))}): {why}."
        place = f"unproved-{voice.party.pk}-{voice.row['key']}"
        found.append(item(place, words, voices=[voice], quotes=[why]))
    return found


def duties(made: Material, _level: int) -> list[Piece]:
    """What parties said of what the plan tells them to see to."""
    said: dict[int, list[Voice]] = {}
    for voice in made.told.duties:
        if voice.result:
            said.setdefault(voice.row["id"], []).append(voice)
    rows = [told_by(made, f"duty-{pk}", str(voices[0].row["text"]), voices) for pk, voices in said.items()]
    return rows or [paragraph("none", "Chưa có nội dung được báo cáo.")]
