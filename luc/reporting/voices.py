"""What a consolidation is made of: what one party said in a row, and tasks, targets and obstacles with their voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.figures.numbers import parse
from luc.plans.models import Part, Progress, Target, Task
from luc.plans.queries.levels import is_reached
from luc.plans.queries.states import ORDER, TONES, worst
from luc.reporting.asked import aim
from luc.reporting.content import printed, role_words, value_of
from luc.reporting.totals import Total, total
from luc.reporting.years import Earlier

_LEAD = Part.Role.LEAD.value  # asked of some thousand rows a page


@dataclass(frozen=True, slots=True)
class Voice:
    """What one party said in one row of its report."""

    party: Party
    submission: int
    row: Mapping[str, Any]

    @property
    def state(self) -> str:
        """The state of a part; nil is one."""
        return "nil" if self.row.get("nil") else str(self.row.get("state", ""))

    @property
    def state_words(self) -> str:
        return printed("state", self.state)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "none")

    @property
    def result(self) -> str:
        return str(self.row.get("result", ""))

    @property
    def role(self) -> str:
        return role_words(str(self.row.get("role", "")))

    @property
    def leads(self) -> bool:
        return bool(self.row.get("role") == _LEAD)

    @property
    def value(self) -> Decimal | None:
        return value_of(self.row)

    @property
    def estimate(self) -> Decimal | None:
        """What is estimated for the whole year, where that was asked."""
        return value_of(self.row, "estimate")

    @property
    def final(self) -> Decimal | None:
        """The final figure of an earlier period, where it was estimated then."""
        return value_of(self.row, "final")

    @property
    def earlier(self) -> Earlier | None:
        """What was estimated then."""
        return Earlier.of(self.row["earlier"]) if self.row.get("final") else None

    @property
    def difference(self) -> Decimal | None:
        """By how much the final figure differs from what was estimated."""
        return self.final - parse(self.earlier.value) if self.earlier and self.final is not None else None

    @property
    def explanation(self) -> str:
        """Why what was asked back is right."""
        return str(self.row.get("explanation", ""))

    @property
    def kind_words(self) -> str:
        return printed("kind", self.row.get("kind"))

    @property
    def address(self) -> str:
        """The row of the frozen report that says it."""
        return f"{_read_at(self.submission)}#{self.row['key']}"


_UNASKED = "unasked"  # stands for a state where a cycle asks nobody


def counted(states: Iterable[str]) -> list[tuple[str, int, str]]:
    """How many are in each state: words, count, tone; nothing reported and nobody asked at the end."""
    found = Counter(states)
    known = [state for state in ORDER if state and found[state]]
    rows = [(printed("state", state), found[state], TONES[state]) for state in known]
    without = {"": _("chưa có báo cáo"), _UNASKED: _("không hỏi trong kỳ này")}
    return rows + [(words, found[state], "none") for state, words in without.items() if found[state]]


@lru_cache(maxsize=4096)
def _read_at(submission: int) -> str:
    """A consolidation leads to each of some hundred reports many times."""
    return reverse("reporting:submission", args=[submission])


@dataclass(frozen=True)
class TaskLine:
    """A task with what its leading and coordinating parties said.

    named: its leads as the plan names them. place: its number in the whole plan, as the plan's own may begin anew in
    every group. leads_silent, others_silent: how many that are asked have not reported. What is asked often is kept.
    """

    task: Task
    voices: list[Voice]
    named: list[str] = field(default_factory=list)
    place: int = 0
    leads_silent: int = 0
    others_silent: int = 0

    @cached_property
    def leads(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.leads]

    @cached_property
    def coordinating(self) -> list[Voice]:
        return [voice for voice in self.voices if not voice.leads]

    @cached_property
    def telling(self) -> list[Voice]:
        """Of the coordinating parties those that had something to tell."""
        return [voice for voice in self.coordinating if voice.state != "nil"]

    @property
    def nil_count(self) -> int:
        return len(self.coordinating) - len(self.telling)

    @property
    def others_asked(self) -> int:
        """How many parties are asked what they did as coordinating ones."""
        return len(self.coordinating) + self.others_silent

    @property
    def coverage(self) -> str:
        """How the coordinating parties answered, in words; "" when none is asked."""
        if not self.others_asked:
            return ""
        more = [
            _("%(count)d không phát sinh") % {"count": self.nil_count} if self.nil_count else "",
            _("%(count)d chưa báo cáo") % {"count": self.others_silent} if self.others_silent else "",
        ]
        words = _("%(told)d/%(asked)d đơn vị phối hợp có tham gia")
        told = words % {"told": len(self.telling), "asked": self.others_asked}
        return ", ".join([told, *filter(None, more)])

    @property
    def is_asked(self) -> bool:
        """Whether a leading party is asked in this cycle how far it is."""
        return bool(self.leads or self.leads_silent)

    @cached_property
    def state(self) -> str:
        """The state of a task is its lead's; of several leads the slowest that reported.

        It is done, or has nothing to report, only when all leads that are asked have reported; "" while none has.
        """
        found = worst(voice.state for voice in self.leads)
        is_over = found in {Progress.State.DONE, Progress.State.NIL}
        return "" if is_over and self.leads_silent else found

    @property
    def standing(self) -> str:
        """The state, or that nobody is asked."""
        return self.state if self.is_asked else _UNASKED

    @property
    def lead_states(self) -> list[tuple[str, int, str]]:
        """How many of the leading parties are in each state: words, count, tone."""
        return counted(voice.state for voice in self.leads)

    @property
    def state_words(self) -> str:
        if not self.is_asked:
            return _("không hỏi trong kỳ này")
        if self.leads and not self.state:
            counts = {"heard": len(self.leads), "asked": len(self.leads) + self.leads_silent}
            return _("mới có %(heard)d/%(asked)d cơ quan chủ trì báo cáo") % counts
        return printed("state", self.state) or _("chưa có báo cáo")

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "none")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of tasks."""

    title: str
    tasks: list[TaskLine]

    @property
    def states(self) -> list[tuple[str, int, str]]:
        """How many tasks are in each state: words, count, tone."""
        return counted(line.standing for line in self.tasks)


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target with the values that were reported for it."""

    target: Target
    voices: list[Voice]
    silent: int = 0

    @property
    def is_asked(self) -> bool:
        """Whether anybody is asked for its value in this cycle."""
        return bool(self.voices or self.silent)

    @property
    def aim(self) -> str:
        return aim(self.target)

    @property
    def valued(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.value is not None]

    @property
    def total(self) -> Total | None:
        """What several reported values come to by the unit of the target; None for none or for one."""
        values = [voice.value for voice in self.voices if voice.value is not None]
        return total(values, self.target.unit) if len(values) > 1 else None

    @property
    def settled(self) -> list[Voice]:
        """Those that gave the final figure of what they had estimated."""
        return [voice for voice in self.voices if voice.final is not None]

    @property
    def is_reached(self) -> bool | None:
        """Whether the one reported value fulfils the target; None for none, or for several."""
        values = [voice.value for voice in self.valued]
        return is_reached(self.target, values[0]) if len(values) == 1 and values[0] is not None else None


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle or a proposal, where it was said, and to whom it goes."""

    voice: Voice
    about: str

    @property
    def addressee(self) -> str:
        return str(self.voice.row.get("addressee") or _("Cơ quan đầu mối"))


def alike(rows: Iterable[Obstacle], *names: str) -> list[list[Obstacle]]:
    """Obstacles with the same words under the names ("obstacle", "proposal") together, most said first."""
    together: dict[tuple[str, ...], list[Obstacle]] = {}
    for row in rows:
        words = tuple(plain_words(row.voice.row.get(name)).casefold() for name in names)
        if any(words):
            together.setdefault(words, []).append(row)
    return sorted(together.values(), key=lambda said: -len({row.voice.party.pk for row in said}))


def plain_words(said: object) -> str:
    """Words in one line, without what ends them."""
    return " ".join(str(said or "").split()).rstrip(" .;:,")
