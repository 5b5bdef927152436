"""What is asked of the yearly confirmation: the rounds, the board of one, what one enterprise owes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django_scopes import scope

from luc.industry import queries as industry
from luc.industry.confirming.steps import REGISTRY
from luc.industry.models import Enterprise, Field, Offer
from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.rounds.actions import WRITABLE
from luc.rounds.models import Cycle, Obligation
from luc.rounds.succession import taking_answers
from luc.rounds.words import due_words
from luc.territory.models import Unit

CYCLE, OBLIGATION, ANSWER = f"{REGISTRY}.cycle", f"{REGISTRY}.obligation", f"{REGISTRY}.answer"
NOWHERE = "khong-ro"
_ON_DESK = 10


def confirmations(viewer: Viewer) -> QuerySet[Cycle]:
    """The rounds of confirmation that the viewer's agency opened, newest first."""
    mine = viewer.parties_for("industry.round")
    rows = Cycle.objects.filter(source_kind=REGISTRY, collector__in=mine)
    return rows.select_related("collector").order_by("-period_start", "-pk")


@dataclass(slots=True)
class Count:
    """How many owe, have answered (and of these too late), are overdue; `key`: how the list is narrowed to them."""

    key: str
    name: str
    owed: int = 0
    done: int = 0
    late: int = 0
    overdue: int = 0

    def add(self, row: Standing) -> None:
        """Count one more."""
        self.owed += 1
        self.done += row.is_done
        self.late += row.is_late
        self.overdue += row.is_overdue

    @property
    def missing(self) -> int:
        return self.owed - self.done


@dataclass(frozen=True, slots=True)
class Standing:
    """One enterprise in a round: how it stands, who answers where it has no people, what its entry says of itself."""

    enterprise: int
    name: str
    province: str
    due_at: datetime
    state: str
    answered_at: datetime | None
    said_at: datetime | None
    by: str
    fields: frozenset[str]

    @property
    def is_done(self) -> bool:
        return self.state not in WRITABLE

    @property
    def is_late(self) -> bool:
        return self.is_done and self.answered_at is not None and self.answered_at >= self.due_at

    @property
    def is_overdue(self) -> bool:
        return not self.is_done and self.due_at <= now()

    @property
    def shown(self) -> tuple[str, str]:
        """Tone and words."""
        if self.is_late:
            return "warn", _("đã xác nhận, muộn")
        if self.is_done:
            return "good", _("đã xác nhận")
        return (
            ("bad", _("quá hạn, chưa xác nhận")) if self.is_overdue else ("idle", _("chưa xác nhận, còn hạn"))
        )


@dataclass(slots=True)
class Board:
    """A round counted: in all, by province, by field of what is offered (an enterprise may be in several)."""

    total: Count
    provinces: list[Count]
    fields: list[Count]
    rows: list[Standing] = field(default_factory=list)

    def listed(self, *, done: bool, province: str = "", of: str = "") -> list[Standing]:
        """The enterprises that have (not) answered, of a province, of a field; who waits longest first."""
        wanted = [row for row in self.rows if row.is_done == done]
        if province:
            wanted = [row for row in wanted if row.province == province]
        return [row for row in wanted if not of or of in row.fields]


def board(cycle: Cycle) -> Board:
    """The board of a round; four statements, however many enterprises."""
    offered = defaultdict[int, set[str]](set)
    bound = Obligation.objects.filter(cycle=cycle).order_by().values("party")
    asked = Enterprise.objects.filter(party__in=bound)
    pairs = Offer.objects.filter(is_public=True, enterprise__in=asked.order_by().values("pk"))
    for enterprise, code in pairs.order_by().values_list("enterprise", "field__code").distinct():
        offered[enterprise].add(code)
    names: dict[str, str] = {}
    rows = list(_standings(cycle, asked, offered, names))
    provinces = {code: Count(code, name) for code, name in names.items()}
    fields = {one.code: Count(one.code, str(one)) for one in Field.objects.all()}
    total = Count("", _("Cộng"))
    for row in rows:
        total.add(row)
        provinces[row.province].add(row)
        for code in row.fields:
            fields[code].add(row)
    return Board(total, list(provinces.values()), [one for one in fields.values() if one.owed], rows)


def _standings(
    cycle: Cycle, asked: QuerySet[Enterprise], offered: Mapping[int, set[str]], names: dict[str, str]
) -> Iterable[Standing]:
    columns = ("party", "state", "submitted_at", "due_at", "stand_in__name")
    owing: dict[int, tuple[Any, ...]] = {
        party: told for party, *told in Obligation.objects.filter(cycle=cycle).values_list(*columns)
    }
    for row in asked.select_related("unit__parent").order_by("unit__parent__sort_key", "sort_key", "pk"):
        state, answered_at, due_at, by = owing[row.party_id]
        code, name = _province(row.unit)
        names.setdefault(code, name)
        codes = frozenset(offered.get(row.pk, ()))
        yield Standing(row.pk, row.name, code, due_at, state, answered_at, row.said_at, by or "", codes)


def _province(unit: Unit | None) -> tuple[str, str]:
    if unit is None:
        return NOWHERE, _("Chưa ghi địa chỉ")
    province = unit.parent or unit
    return province.code, province.full_name


def cycle_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """The board of each round, for pages of rooms below."""
    rows = confirmations(viewer).filter(pk__in=list(ids))
    return {row.pk: Source(row.title, reverse("industry:confirmation", args=[row.pk])) for row in rows}


def on_desk(viewer: Viewer, _pk: int) -> list[Source]:
    """What the viewer's agencies have to confirm in place of enterprises without people, as lines of the desk."""
    mine = viewer.parties_for("industry.keep")
    if not mine:
        return []
    owed = Obligation.objects.filter(
        taking_answers(), stand_in__in=mine, cycle__source_kind=REGISTRY, state__in=WRITABLE
    )
    due = {row.party_id: row for row in owed.select_related("cycle")}
    if not due:
        return []
    rows = industry.kept(viewer).filter(party__in=due, is_public=True)
    lines = [
        Source(
            _("Xác nhận hồ sơ thay %(name)s, %(due)s")
            % {"name": row.name, "due": due_words(due[row.party_id])},
            reverse("industry:confirm", args=[row.pk]),
        )
        for row in rows[:_ON_DESK]
    ]
    if len(due) > len(lines):
        more = _("và %(n)d doanh nghiệp khác chờ đơn vị xác nhận thay") % {"n": len(due) - len(lines)}
        lines.append(Source(more, reverse("industry:enterprises")))
    return lines


def answer_sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Where each obligation is answered, for who speaks for its enterprise."""
    with scope(tenant=industry.tenants_of(viewer)):
        owed = Obligation.objects.filter(pk__in=list(ids), cycle__source_kind=REGISTRY)
        parties = {row.party_id: row for row in owed.select_related("cycle")}
        rows = industry.editable(viewer).filter(Q(party__in=parties), is_public=True)
        return {
            parties[row.party_id].pk: Source(
                f"{row.name}: {parties[row.party_id].cycle.title}", reverse("industry:confirm", args=[row.pk])
            )
            for row in rows
        }
