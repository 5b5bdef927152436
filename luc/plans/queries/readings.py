"""A reading under review: its content, what was read, who is meant by each name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luc.agencies.models import Party
from luc.kernel.rights import Viewer
from luc.kernel.time import today
from luc.plans import intake
from luc.plans.models import Match, Reading
from luc.plans.suggest import choice


@dataclass(slots=True)
class Review:
    """Everything that the review of one reading needs, loaded in a fixed number of statements."""

    reading: Reading
    content: intake.Content
    read: intake.Content
    matches: Mapping[str, Match]
    parties: Mapping[int, Party]
    names: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def choices(self) -> dict[str, Any]:
        made: dict[str, Any] = self.reading.choices
        return made

    @property
    def paper_date(self) -> date:
        """The date of the paper; of a draft, today."""
        return paper_date(self.content)

    @property
    def focal(self) -> int | None:
        """The focal agency, chosen or suggested."""
        chosen = self.choices.get("focal") or choice()
        return chosen["party"] or self.meant(chosen["name"])

    def meant(self, name: str) -> int | None:
        """The party that a printed name means, suggested or settled."""
        found = self.matches.get(name)
        return found.party_id if found else None

    def settled(self, name: str) -> int | None:
        """The party that a printed name means, once the register or a person says so."""
        found = self.matches.get(name)
        return found.party_id if found and found.is_settled else None

    def chosen(self, kind: str, key: str) -> dict[str, Any]:
        """The choice for an item: leads, answering, collectors, reporters."""
        found: dict[str, Any] = self.choices.get(kind, {}).get(key) or choice()
        return found

    def party_of(self, made: Mapping[str, Any]) -> int | None:
        """The party that a choice comes to, accepted or not: itself, what its name means, else the focal agency."""
        if made["party"]:
            return int(made["party"])
        return self.meant(made["name"]) if made["name"] else self.focal

    def accepted(self, kind: str, key: str) -> int | None:
        """The party of a choice that a person made or accepted."""
        made = self.chosen(kind, key)
        return self.party_of(made) if made["accepted"] else None

    def name_of(self, party: int | None) -> str:
        """A party's name; "" for none."""
        found = self.parties.get(party) if party else None
        return found.name if found else ""

    def is_covered(self, key: str) -> bool:
        """Whether an item of the body is a row of the appendix as well, and so no task of its own."""
        made = self.choices.get("covered", {}).get(key)
        return bool(
            made and made["accepted"] and any(made["row"] == row["key"] for row in self.content["tasks"])
        )


def paper_date(content: intake.Content) -> date:
    """The date printed on the paper; of a draft without one, today."""
    try:
        return date.fromisoformat(content["header"]["date"])
    except ValueError:
        return today()


def readings(viewer: Viewer) -> QuerySet[Reading]:
    """The readings of the tenants in which the viewer reviews, newest first, without their long texts."""
    tenants = viewer.tenants_for("plans.review")
    rows = Reading.objects.filter(tenant__in=tenants).select_related("file", "job", "plan")
    return rows.defer("document", "as_read", "against", "content", "plan__document", "plan__header").order_by(
        "-pk"
    )


def review(viewer: Viewer, reading: int) -> Review:
    """A reading with all that its review shows. Raises Reading.DoesNotExist for what the viewer may not see."""
    row = readings(viewer).select_related("job").defer(None).get(pk=reading)
    return review_of(row)


def review_of(row: Reading) -> Review:
    """The review of a reading at hand."""
    content = row.content or {}
    parties = Party.objects.filter(tenant=row.tenant_id).order_by("sort_key", "pk")
    return Review(
        row,
        content,
        intake.content_of(row.read),
        {match.printed: match for match in Match.objects.filter(reading=row).order_by("pk")},
        {party.pk: party for party in parties},
        intake.printed_names(content) if content else {},
    )
