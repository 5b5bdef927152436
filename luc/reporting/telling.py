"""A consolidation in words: how complete it is, and what several parties said to one thing."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from luc.agencies.issuing import abbreviated
from luc.kernel.time import today
from luc.plans.queries.states import ORDER
from luc.reporting.content import printed
from luc.reporting.queries.consolidation import Consolidation
from luc.reporting.voices import TaskLine, Voice, plain_words

MANY = 5  # more parties than this are counted in a sentence or cell, not told one by one
FIRST = 3  # of these so many are named


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


def spoken(line: TaskLine) -> list[Voice]:
    """The leading parties' results, or where they say nothing those of the coordinating ones."""
    leads = [voice for voice in line.leads if voice.result]
    return leads or [voice for voice in line.telling if voice.result]


def name(voice: Voice) -> str:
    """A party as papers abbreviate it."""
    return abbreviated(voice.party.name)


def explained(voice: Voice) -> str:
    """The explanation of what was asked back, in brackets."""
    why = plain_words(voice.explanation)
    return f" (giải trình: {why})" if why else ""


def together(voices: list[Voice]) -> str:
    """What several parties said, one line each; of many only how many they are."""
    if len(voices) > MANY:
        return _counted(voices)
    return "\n".join(f"{name(voice)}: {voice.result}{explained(voice)}" for voice in voices)


def _counted(voices: list[Voice]) -> str:
    """Many parties by how far they are: "58 đơn vị báo cáo có kết quả (30 đúng tiến độ, 9 chậm tiến độ)"."""
    states = Counter(voice.state for voice in voices if voice.state_words)
    said = ", ".join(
        f"{states[state]} {printed('state', state)}" for state in ORDER if state and states[state]
    )
    told = f"{len(voices)} đơn vị báo cáo có kết quả"
    return f"{told} ({said})" if said else told
