"""What a province's consolidation offers for each row of its report upwards, and what changed since it was taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luc.agencies.issuing import abbreviated
from luc.figures.models import Figure
from luc.figures.numbers import show
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Progress
from luc.plans.queries.states import worst
from luc.reporting.asked import Row, Thing
from luc.reporting.content import label_of, printed, value_of
from luc.reporting.models import Report
from luc.reporting.money import AMOUNTS
from luc.reporting.queries import scoped
from luc.reporting.queries.consolidation import Consolidation, consolidate
from luc.reporting.queries.drafts import Draft, Line
from luc.reporting.queries.plans import plans_of
from luc.reporting.telling import MANY, spoken, together
from luc.reporting.totals import total
from luc.reporting.upwards.models import Origin
from luc.reporting.upwards.pairing import own_tenant, pairings
from luc.reporting.voices import TargetLine, TaskLine, Voice
from luc.rounds.models import Cycle, Submission

Said = dict[str, Any]
# what is taken into a row of each section, beside that there is nothing
CELLS: Mapping[str, tuple[str, ...]] = {
    "part": ("state", "result"),
    "duty": ("state", "result"),
    "figure": ("value", "kind", "estimate", "final", "result"),
    "money": ("title", "source", *AMOUNTS, "result"),
    "obstacle": ("obstacle", "proposal", "addressee"),
}
_SHOWN = ("nil", "state", "value", "kind", "estimate", "final", "result")
_LABELLED = ("estimate", "final")


def own_cycles(viewer: Viewer, report: Report) -> QuerySet[Cycle]:
    """The rounds of the province whose report it is, of those that the viewer may read as a whole."""
    return scoped.cycles(viewer).filter(tenant=own_tenant(viewer, report))


def likeliest_cycle(offered: Sequence[Cycle], report: Report) -> Cycle | None:
    """The round whose period lies nearest to that of the report: ends and begins alike."""
    asked = report.obligation.cycle

    def distance(cycle: Cycle) -> int:
        ends = abs((cycle.period_until - asked.period_until).days)
        return ends + abs((cycle.period_start - asked.period_start).days)

    return min(offered, key=distance, default=None)


@dataclass(frozen=True, slots=True)
class Told:
    """What one item of the own plan says in a round: its words, the rows it is made of, who was asked."""

    thing: Thing
    text: str
    voices: list[Voice]
    asked: int
    line: TaskLine | TargetLine | None = None


@dataclass(frozen=True, slots=True)
class Below:
    """The accepted consolidation of a round: all that its plans' items say, by item."""

    cycle: Cycle
    tolds: list[Consolidation]
    items: dict[Thing, Told]

    @property
    def heard(self) -> int:
        return self.tolds[0].heard

    @property
    def bound(self) -> int:
        return self.tolds[0].counts.bound


def below(viewer: Viewer, cycle: Cycle) -> Below:
    """What was accepted in a round that the viewer may read, on each of its plans."""
    plans = plans_of([cycle]).get(cycle.pk, [])
    tolds = [consolidate(viewer, cycle, accepted_only=True, plan=plan.pk) for plan in plans]
    items = {told.thing: told for one in tolds for told in _tolds(one)}
    return Below(cycle, tolds, items)


def _tolds(one: Consolidation) -> Iterable[Told]:
    for line in one.tasks:
        asked = len(line.voices) + line.leads_silent + line.others_silent
        yield Told(("task", line.task.pk), line.task.text, line.voices, asked, line)
    for target in one.targets:
        asked = len(target.voices) + target.silent
        yield Told(("figure", target.target.pk), target.target.text, target.voices, asked, target)
    duties: dict[int, list[Voice]] = {}
    for voice in one.duties:
        duties.setdefault(int(voice.row["id"]), []).append(voice)
    for duty, voices in duties.items():
        yield Told(("duty", duty), str(voices[0].row["text"]), voices, len(voices))


@dataclass(frozen=True, slots=True)
class Offer:
    """One row of the report upwards: what answers it below, what that comes to now, what was taken before.

    token: by what it is known of money and obstacles, which have no row before they are taken. is_likely: whether it
    is meant for who asks.
    """

    row: Row
    paired: list[Told]
    said: Said
    taken: Origin | None = None
    written: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[int, int] = field(default_factory=dict)
    token: str = ""
    is_likely: bool = True

    @property
    def name(self) -> str:
        """As a page that offers it says which it is."""
        return self.token or self.row.key

    @property
    def can_be_taken(self) -> bool:
        return bool(self.said)

    @property
    def rows(self) -> list[list[Any]]:
        """Of which rows of which versions it is made: submission, version, key."""
        voices = [voice for told in self.paired for voice in told.voices]
        return [[v.submission, self.versions.get(v.submission, 0), v.row["key"]] for v in voices]

    @property
    def is_changed(self) -> bool:
        """Whether the province says something else now than what was taken."""
        return self.taken is not None and self.taken.said != self.said

    @property
    def is_confirmed_anew(self) -> bool:
        """Whether it is said by other versions than those that were taken, in the same words."""
        return self.taken is not None and not self.is_changed and self.taken.content["rows"] != self.rows

    @property
    def is_rewritten(self) -> bool:
        """Whether the draft says something else than what was taken into it."""
        return self.taken is not None and any(
            (self.written.get(name) or "") != (self.taken.said.get(name) or "")
            for name in CELLS[self.row.section]
            if name != "kind"
        )

    @property
    def heard(self) -> int:
        return sum(len(told.voices) for told in self.paired)

    @property
    def asked(self) -> int:
        return sum(told.asked for told in self.paired)

    @property
    def cells(self) -> list[tuple[str, str]]:
        return in_words(self.said, self.row.unit)

    @property
    def taken_cells(self) -> list[tuple[str, str]]:
        return in_words(self.taken.said, self.row.unit) if self.taken else []


def in_words(said: Mapping[str, Any], unit: str) -> list[tuple[str, str]]:
    """What is said as (name, words), as a page shows it."""
    words = {name: printed(name, said[name]) for name in _SHOWN if said.get(name)}
    words |= {name: f"{words[name]} {unit}" for name in ("value", *_LABELLED) if words.get(name) and unit}
    words |= {name: f"{label_of(name)}: {words[name]}" for name in _LABELLED if words.get(name)}
    return list(words.items())


def offers(whole: Draft, found: Below) -> list[Offer]:
    """What a round offers for each row of a draft."""
    paired = pairings(whole.report)
    taken = origins_of(whole.report)
    together = {
        line.row.key: [
            found.items[own] for own in sorted(paired.get(line.row.thing, ())) if own in found.items
        ]
        for line in whole.lines
    }
    versions = versions_of(told for tolds in together.values() for told in tolds)
    return [
        Offer(
            line.row,
            together[line.row.key],
            said_upwards(line, together[line.row.key]),
            taken.get(line.row.key),
            line.values,
            versions,
        )
        for line in whole.lines
    ]


def origins_of(report: Report) -> dict[str, Origin]:
    """Where rows of a draft were taken from, by row."""
    return {row.key: row for row in Origin.objects.filter(report=report)}


def versions_of(tolds: Iterable[Told]) -> dict[int, int]:
    """Which version each submission is that says something here."""
    submissions = {voice.submission for told in tolds for voice in told.voices}
    rows = Submission.objects.filter(pk__in=submissions) if submissions else Submission.objects.none()
    return dict(rows.values_list("pk", "version"))


def said_upwards(line: Line, tolds: Sequence[Told]) -> Said:
    """What items below come to in a row of the report, as its form holds it; empty when nothing was accepted."""
    heard = [told for told in tolds if told.voices]
    if not heard:
        return {}
    if line.row.section != "figure":
        return _work(line.row, heard)
    said = _figure(line.row, heard)
    return said if said.get("nil") else said | _of_the_year(line, heard)


def _of_the_year(line: Line, heard: Sequence[Told]) -> Said:
    """The estimate of the year and the final figure of the last period, where the form asks them and all gave them."""
    voices = [voice for told in heard for voice in told.voices if voice.value is not None]
    asked = {"estimate": line.asks_estimate, "final": line.earlier is not None}
    found = {}
    for name in (name for name, is_asked in asked.items() if is_asked):
        numbers = [number for voice in voices if (number := value_of(voice.row, name)) is not None]
        whole = total(numbers, line.row.unit) if len(numbers) == len(voices) else None
        if whole is not None and whole.value is not None:
            found[name] = show(whole.value)
    return found


def _work(row: Row, heard: Sequence[Told]) -> Said:
    if all(voice.state == Progress.State.NIL for told in heard for voice in told.voices):
        return {"nil": "1"}
    words = {told.thing: _words(told) for told in heard}
    several = len([text for text in words.values() if text]) > 1
    result = "\n".join(
        f"{told.text.rstrip(' .;')}: {words[told.thing]}" if several else words[told.thing]
        for told in heard
        if words[told.thing]
    )
    state = "" if row.section == "duty" else _state(row, heard)
    return {name: value for name, value in {"state": state, "result": result}.items() if value}


def _state(row: Row, heard: Sequence[Told]) -> str:
    if row.is_coordinated:
        return Progress.State.TOOK_PART.value
    lines = [told.line for told in heard if isinstance(told.line, TaskLine)]
    state = worst(line.state for line in lines if line.voices)
    # who leads never says nil of a task of which something else was told
    return "" if state == Progress.State.NIL else str(state)


def _words(told: Told) -> str:
    """What parties said of one item, and how many of those that work along took part."""
    voices = spoken(told.line) if isinstance(told.line, TaskLine) else [v for v in told.voices if v.result]
    coverage = told.line.coverage if isinstance(told.line, TaskLine) else ""
    return "; ".join(filter(None, [together(voices).replace("\n", "; "), coverage]))


def _figure(row: Row, heard: Sequence[Told]) -> Said:
    voices = [voice for told in heard for voice in told.voices if voice.value is not None]
    found = total([voice.value for voice in voices if voice.value is not None], row.unit)
    if found is None:
        return {"nil": "1"}
    is_estimate = any(voice.row.get("kind") == Figure.Kind.ESTIMATE for voice in voices)
    said = {
        "value": "" if found.value is None else show(found.value),
        "kind": str((Figure.Kind.ESTIMATE if is_estimate else Figure.Kind.ACTUAL).value),
        "result": _parts(voices, row.unit) if found.count > 1 else str(voices[0].row.get("result", "")),
    }
    if found.count > 1:
        said["result"] = f"{found.how[:1].upper()}{found.how[1:]}: {said['result'] or found.words}"
    return {name: value for name, value in said.items() if value}


def _parts(voices: Sequence[Voice], unit: str) -> str:
    if len(voices) > MANY:
        return ""
    return "; ".join(f"{abbreviated(voice.party.name)} {_value(voice)} {unit}".strip() for voice in voices)


def _value(voice: Voice) -> str:
    return "" if voice.value is None else show(voice.value)


def origin_of(found: Below, offer: Offer) -> dict[str, Any]:
    """What is kept of an answer that is taken: of which round, how complete, which rows of which versions."""
    cycle, plan = found.cycle, found.tolds[0].plan
    return {
        "cycle": {"id": cycle.pk, "title": cycle.title, "cutoff": cycle.cutoff.isoformat()},
        "plan": {"id": plan.pk, "number": plan.number, "title": plan.title},
        "at": now().isoformat(),
        "heard": found.heard,
        "bound": found.bound,
        "items": [
            {"kind": t.thing[0], "id": t.thing[1], "text": t.text, "heard": len(t.voices), "asked": t.asked}
            for t in offer.paired
        ],
        "rows": offer.rows,
        "said": offer.said,
    } | ({"token": offer.token} if offer.token else {})


def coverage_words(content: Mapping[str, Any]) -> str:
    """How complete the round was when an answer was taken from it: "92/103 đơn vị"."""
    return _("%(heard)d/%(bound)d đơn vị") % {"heard": content["heard"], "bound": content["bound"]}
