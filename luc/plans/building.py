"""The rows of a plan, made from its review and not yet written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from luc.figures.models import Indicator
from luc.plans.intake import Item
from luc.plans.models import Duty, Part, Plan, Regime, RegimeParty, Target, Task, TaskGroup
from luc.plans.queries.readings import Review


@dataclass(slots=True)
class Built:
    """Everything that adoption writes; `made`: the rows that each item became, by its key."""

    plan: Plan
    indicators: list[Indicator] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    groups: list[TaskGroup] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    regimes: list[Regime] = field(default_factory=list)
    bound: list[RegimeParty] = field(default_factory=list)
    made: dict[str, list[Target | Task | Duty]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many of each, for the line of history."""
        names = ("targets", "groups", "tasks", "parts", "duties", "regimes", "bound")
        return {name: len(getattr(self, name)) for name in names}


def _known(party: int | None) -> int:
    """A party that the gaps have made sure of."""
    if party is None:
        raise ValueError("a review with gaps cannot become a plan")
    return party


def build(review: Review, at: datetime) -> Built:
    """The rows of the plan that a review without gaps makes. Raises ValueError for one with gaps."""
    built = Built(_plan(review, at))
    for order, item in enumerate(review.content["targets"], 1):
        add_target(built, review, order, item)
    for order, item in enumerate(_tasks(review), 1):
        add_task(built, review, order, item)
    for item in review.content["duties"]:
        add_duties(built, review, item)
    for order, item in enumerate(review.content["regimes"], 1):
        add_regime(built, review, order, item)
    return built


def _tasks(review: Review) -> list[Item]:
    """The rows of the appendix in their order; an item of the body of its own stands at the end of its group."""
    found = list(review.content["tasks"])
    for item in review.content["body"]:
        if not review.is_covered(item["key"]):
            same = [
                n for n, other in enumerate(found, 1) if item["group"] and other["group"] == item["group"]
            ]
            found.insert(same[-1] if same else len(found), item)
    return found


def _plan(review: Review, at: datetime) -> Plan:
    header, row = review.content["header"], review.reading
    kept = ("recipients", "signer_name", "signer_authority", "signer_title", "period", "places")
    return Plan(
        tenant_id=row.tenant_id,
        programme_id=review.choices["programme"],
        number=header["number"],
        date=date.fromisoformat(header["date"]) if header["date"] else None,
        issuer=header["issuer"],
        kind=header["kind"],
        title=header["title"],
        period_start=header["period_start"],
        period_end=header["period_end"],
        vision=header["vision"],
        territory_id=review.choices["territory"],
        focal_id=_known(review.focal),
        file=row.file,
        document=row.document,
        header={name: header[name] for name in kept} | {"legal_bases": review.content["bases"]},
        adopted_at=at,
    )


def add_target(built: Built, review: Review, order: int, item: Item) -> None:
    """A target with the series of its figures."""
    name = ": ".join(part for part in (item["subject"], item["text"]) if part)
    indicator = Indicator(tenant_id=review.reading.tenant_id, name=name[:600], unit=item["unit"])
    target = Target(
        tenant_id=review.reading.tenant_id,
        plan=built.plan,
        order=order,
        value_min=exact(item["value_min"]),
        value_max=exact(item["value_max"]),
        indicator=indicator,
        territory_id=built.plan.territory_id,
        answering_id=_known(review.accepted("answering", item["key"])),
        **_same(
            item, "text", "subject", "unit", "year", "comparator", "is_decrease", "baseline_year", "places"
        ),
    )
    built.indicators.append(indicator)
    built.targets.append(target)
    built.made[item["key"]] = [target]


def exact(value: float | int | None) -> Decimal | None:
    """A figure as the database keeps it."""
    return None if value is None else Decimal(str(value))


def _same(item: Item, *names: str) -> dict[str, Any]:
    return {name: item[name] for name in names}


def add_task(built: Built, review: Review, order: int, item: Item) -> None:
    """A task with its group and its parts. Raises ValueError when a name is not settled."""
    task = Task(
        tenant_id=review.reading.tenant_id,
        plan=built.plan,
        group=group_of(built, item["group"]),
        order=order,
        number=item["no"],
        timeframe_text=item["timeframe"],
        **_same(item, "text", "start", "end", "recurrence", "output", "priority", "funding", "note"),
        **_same(item, "source", "places"),
    )
    built.tasks.append(task)
    built.made[item["key"]] = [task]
    leading = [(name, review.settled(name)) for name in item["lead"]]
    if not leading:
        leading = [("", review.accepted("leads", item["key"]))]
    coordinating = [(name, review.settled(name)) for name in item["coordinate"]]
    _add_parts(built, task, Part.Role.LEAD, leading, set())
    # who leads does not coordinate with itself
    _add_parts(built, task, Part.Role.COORDINATE, coordinating, {party for _, party in leading})


def group_of(built: Built, title: str) -> TaskGroup | None:
    """The group of this title, made at its first task; groups stand in the order of their tasks."""
    if not title:
        return None
    found = next((group for group in built.groups if group.title == title), None)
    if found is None:
        found = TaskGroup(
            tenant_id=built.plan.tenant_id, plan=built.plan, order=len(built.groups) + 1, title=title
        )
        built.groups.append(found)
    return found


def _add_parts(
    built: Built, task: Task, role: Part.Role, named: Iterable[tuple[str, int | None]], taken: set[int | None]
) -> None:
    for order, (printed, party) in enumerate(named):
        if party not in taken:
            taken = taken | {party}
            built.parts.append(
                Part(
                    tenant_id=task.tenant_id,
                    task=task,
                    party_id=_known(party),
                    role=role,
                    order=order,
                    printed=printed,
                )
            )


def add_duties(built: Built, review: Review, item: Item) -> None:
    """One duty for each party that the paper names for it."""
    parties = {review.settled(name): name for name in reversed(item["agencies"])}
    for party, printed in reversed(parties.items()):
        duty = Duty(
            tenant_id=review.reading.tenant_id,
            plan=built.plan,
            party_id=_known(party),
            order=len(built.duties) + 1,
            printed=printed,
            text=item["text"],
            places=item["places"],
        )
        built.duties.append(duty)
        built.made.setdefault(item["key"], []).append(duty)


def add_regime(built: Built, review: Review, order: int, item: Item) -> None:
    """A regime with the parties it binds."""
    key, consolidator = item["key"], item["consolidator"]
    regime = Regime(
        tenant_id=review.reading.tenant_id,
        plan=built.plan,
        order=order,
        reporter_text=item["reporter"],
        collector_id=review.settled(consolidator) if consolidator else review.accepted("collectors", key),
        addressees=item["to"],
        **_same(item, "frequency", "deadline_day", "deadline_month", "includes_day"),
        **_same(item, "also_on_request", "quote", "places"),
    )
    built.regimes.append(regime)
    named = {review.settled(name): name for name in reversed(item["reporters"])}
    bound = named or {review.accepted("reporters", key): ""}
    built.bound += [
        RegimeParty(tenant_id=regime.tenant_id, regime=regime, party_id=_known(party), printed=printed)
        for party, printed in reversed(bound.items())
    ]
