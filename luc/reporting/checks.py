"""What the focal agency wants checked in a cycle: which figures add up, what has to be proved by a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from luc.reporting.asked import Row, Thing
from luc.reporting.cut import OF_ROWS


class Proof(TextChoices):
    """Whether a row or a section is handed in without a file."""

    FREE = "", _("Không bắt buộc")
    EXPLAIN = "explain", _("Không có thì giải trình")
    MUST = "must", _("Bắt buộc")


@dataclass(frozen=True, slots=True)
class Checks:
    """The checks of a cycle.

    parts: the total of each figure that is a part ("figure-6": "figure-5"). within: totals that their parts need not
    reach. proof: Proof by section of the form, or by what a row is about ("task-12").
    """

    parts: Mapping[str, str] = field(default_factory=dict)
    within: frozenset[str] = frozenset()
    proof: Mapping[str, str] = field(default_factory=dict)

    def of_sections(self) -> Iterator[tuple[str, str]]:
        """The sections that want a file, in the order of the form."""
        return ((section, self.proof[section]) for section in OF_ROWS if self.proof.get(section))

    def of_row(self, row: Row) -> str:
        """Whether a row itself wants a file; of rows that plans share the strictest says so."""
        found = {self.proof.get(thing_key(one.thing), "") for one in (row, *row.also)}
        return next((str(proof) for proof in (Proof.MUST, Proof.EXPLAIN) if proof in found), "")

    @property
    def wants_files(self) -> bool:
        """Whether anything has to be proved."""
        return any(self.proof.values())

    def moved(self, became: Mapping[str, Collection[str]]) -> Checks:
        """The same of the things that others became ("figure-5": ["figure-31"]); what became nothing is left out."""
        return Checks(
            {
                new: total
                for part, old in self.parts.items()
                for new in became.get(part, ())
                for total in became.get(old, ())
            },
            frozenset(new for old in self.within for new in became.get(old, ())),
            {
                new: proof
                for key, proof in self.proof.items()
                for new in ([key] if key in OF_ROWS else became.get(key, ()))
            },
        )

    def joined(self, other: Checks) -> Checks:
        """These and others; where both say something these count."""
        return Checks(
            {**other.parts, **self.parts}, self.within | other.within, {**other.proof, **self.proof}
        )

    def as_plain(self) -> dict[str, Any]:
        """As the form of a cycle keeps it."""
        return {"parts": dict(self.parts), "within": sorted(self.within), "proof": dict(self.proof)}

    @staticmethod
    def of(kept: Mapping[str, Any] | None) -> Checks:
        """As it was kept; a cycle of former times has none."""
        values = kept or {}
        return Checks(values.get("parts", {}), frozenset(values.get("within", ())), values.get("proof", {}))


def thing_key(thing: Thing) -> str:
    """What a row is about, in one word: "task-12", "duty-3", "figure-5"."""
    return f"{thing[0]}-{thing[1]}"
