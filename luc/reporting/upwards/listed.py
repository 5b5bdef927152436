"""What has no row of its own upwards: a round's money by source, and its obstacles and proposals one by one.

Each is taken into a row of the draft that is free, or into the one it was taken into before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from luc.agencies.issuing import abbreviated
from luc.figures.numbers import show
from luc.kernel.text import search_key
from luc.plans.models import Plan
from luc.reporting import cut
from luc.reporting.asked import Row
from luc.reporting.money import UNITS, item
from luc.reporting.queries.drafts import Draft, Values
from luc.reporting.queries.spending import SourceLine, Spending
from luc.reporting.telling import FIRST, MANY
from luc.reporting.upwards.models import Origin
from luc.reporting.upwards.queries import Below, Offer, Said, Told, origins_of, versions_of
from luc.reporting.voices import Obstacle, Voice, alike, plain_words

_MOST = 98  # rows of one section in a draft
_PARTS = Decimal("0.000001")  # as an answer keeps an amount


@dataclass(frozen=True, slots=True)
class _Thing:
    """One of them: what makes it the same another time, what it says, of whom; whether it is meant for who asks."""

    section: str
    token: str
    said: Said
    told: Told
    is_likely: bool


def listed(whole: Draft, found: Below) -> list[Offer]:
    """The money and the obstacles of a round, as far as a draft is asked for them."""
    things = [*_money(found, whole.money_unit)] if whole.asks(cut.Section.MONEY) else []
    if whole.asks(cut.Section.OBSTACLE):
        things += _obstacles(found, search_key(whole.obligation.cycle.collector.name))
    taken, versions = origins_of(whole.report), versions_of(one.told for one in things)
    written = {line.key: dict(line.values) for line in whole.money if not line.is_carried}
    written |= {f"obstacle-{values['order']}": values for values in whole.obstacles}
    spent = {item(line.values): line.key for line in whole.money}
    return [
        Offer(
            row=Row(key, one.section, int(key.partition("-")[2]), 0, 0, "", one.told.text),
            paired=[one.told],
            said=one.said,
            taken=taken.get(key) if key in written else None,
            written=written.get(key, {}),
            versions=versions,
            token=one.token,
            is_likely=one.is_likely,
        )
        for key, one in _placed(things, written, taken, spent)
    ]


def _placed(
    things: Iterable[_Thing],
    written: Mapping[str, Values],
    taken: Mapping[str, Origin],
    spent: Mapping[tuple[str, str], str],
) -> Iterator[tuple[str, _Thing]]:
    """Each with the row of the draft that it goes into, as long as there is one. spent: its rows of money."""
    before = {origin.content.get("token"): key for key, origin in taken.items() if key in written}
    used = {*written, *spent.values()}
    for one in things:
        free = (key for n in range(1, _MOST + 1) if (key := f"{one.section}-{n}") not in used)
        same = spent.get(item(one.said), "") if one.section == "money" else ""
        key = before.get(one.token) or same or next(free, "")
        if key:
            used.add(key)
            yield key, one


def _token(section: str, *words: object) -> str:
    return f"{section}:{hashlib.sha256(repr(words).encode()).hexdigest()[:16]}"


def _money(found: Below, unit: str) -> Iterator[_Thing]:
    """What each source comes to, on each plan of the round, in the unit that is asked above."""
    for one in found.tolds:
        if one.money is not None:
            for line in one.money.by_source:
                source = str(line.voices[0].row["source"])
                told = Told(("money", one.plan.pk), line.words, list(line.voices), one.money.asked)
                said = _spent(one.plan, one.money, line, unit) | {"source": source}
                yield _Thing("money", _token("money", one.plan.pk, source), said, told, is_likely=True)


def _spent(plan: Plan, money: Spending, line: SourceLine, unit: str) -> Said:
    title = f"Kế hoạch số {plan.number}" if plan.number else plan.title
    note = f"Tổng hợp {money.coverage} đơn vị được hỏi về kinh phí"
    amounts = {
        name: show(_in_unit(value, money.unit, unit))
        for name, value in line.amounts.items()
        if value is not None
    }
    return {"title": title[:600], **amounts, "result": note}


def _in_unit(value: Decimal, unit: str, asked: str) -> Decimal:
    """An amount in another of the two units; a thousand triệu are a tỷ."""
    up = UNITS.index(asked) - UNITS.index(unit)
    return value if not up else (value / 1000**up).quantize(_PARTS) if up > 0 else value * 1000


def _obstacles(found: Below, asker: str) -> Iterator[_Thing]:
    """What was raised, the same words to the same addressee once; what is for who asks comes first."""
    once: dict[str, dict[tuple[int, str], Obstacle]] = {}
    for told in found.tolds:
        for who, rows in told.obstacles.items():
            for row in rows:
                once.setdefault(who, {})[row.voice.submission, row.voice.row["key"]] = row
    things = [
        _raised(who, said, is_likely=asker in search_key(who))
        for who, rows in once.items()
        for said in alike(rows.values(), "obstacle", "proposal")
    ]
    return iter(sorted(things, key=lambda one: not one.is_likely))


def _raised(who: str, said: list[Obstacle], *, is_likely: bool) -> _Thing:
    voices = [one.voice for one in said]
    first = said[0]
    words = {name: plain_words(first.voice.row.get(name)) for name in ("obstacle", "proposal")}
    about = f"{plain_words(first.about)}: " if first.voice.row.get("section") else ""
    told = Told(("obstacle", 0), first.about, voices, len({voice.party.pk for voice in voices}))
    kept = {
        "obstacle": f"{about}{words['obstacle']} ({_names(voices)})" if words["obstacle"] else "",
        "proposal": words["proposal"]
        if words["obstacle"]
        else f"{about}{words['proposal']} ({_names(voices)})",
        "addressee": who[:250],
    }
    token = _token("obstacle", who, *(text.casefold() for text in words.values()))
    return _Thing("obstacle", token, {name: text for name, text in kept.items() if text}, told, is_likely)


def _names(voices: list[Voice]) -> str:
    names = list(dict.fromkeys(abbreviated(voice.party.name) for voice in voices))
    if len(names) <= MANY:
        return ", ".join(names)
    return f"{', '.join(names[:FIRST])} và {len(names) - FIRST} đơn vị khác"
