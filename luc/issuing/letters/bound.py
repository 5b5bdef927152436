"""Who was bound in a round at a moment: as it is now, with everything that history says of later undone.

Meanwhile agencies merged, others answer, were asked too, the due moment moved: a letter that speaks of a past moment
names who owed then, by the due moment of then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from luc.agencies.models import Party
from luc.agencies.order import by_kind
from luc.kernel.models import Change
from luc.rounds.models import Cycle, Obligation

HANDED_ON = Obligation.State.HANDED_ON
_TOLD = ("party_id", "due_at", "state")


def bound_at(cycle: Cycle, moment: datetime) -> list[Obligation]:
    """The obligations of a round as they stood at a moment, unsaved, in the order of lists; three statements."""
    rows = {row.pk: row for row in Obligation.objects.filter(cycle=cycle)}
    for line in _later(cycle, rows, moment):
        if line.kind == Cycle._meta.label_lower:
            _undo_round(rows, line.before or {}, line.after or {})
        elif line.before is None:
            rows.pop(int(line.object_id), None)
        elif row := rows.get(int(line.object_id)):
            for name in _TOLD:
                if name in line.before:
                    setattr(row, name, _value(name, line.before[name]))
    there = [row for row in rows.values() if row.state != HANDED_ON]
    parties = Party.objects.filter(pk__in={row.party_id for row in there}).select_related("unit")
    ordered = list(parties.order_by(*by_kind("")))
    place = {party.pk: n for n, party in enumerate(ordered)}
    for row in there:
        row.party = ordered[place[row.party_id]]
    return sorted(there, key=lambda row: (place[row.party_id], row.pk))


def _later(cycle: Cycle, rows: Mapping[int, Obligation], moment: datetime) -> list[Change]:
    """What history says of the round and its obligations since a moment, the newest first."""
    of_rows = Q(kind=Obligation._meta.label_lower, object_id__in=[str(pk) for pk in rows])
    of_round = Q(kind=Cycle._meta.label_lower, object_id=str(cycle.pk))
    found = Change.objects.filter(of_rows | of_round, tenant=cycle.tenant_id, at__gt=moment)
    return list(found.order_by("-sequence"))


def _undo_round(rows: dict[int, Obligation], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """A due moment that moved for all, parties that were bound later."""
    if "due_at" in before:
        moved, back = _value("due_at", after["due_at"]), _value("due_at", before["due_at"])
        for row in rows.values():
            if row.due_at == moved:
                row.due_at = back
    added = set(after.get("obligations", ()))
    for pk in [pk for pk, row in rows.items() if row.party_id in added]:
        del rows[pk]


def _value(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if name == "due_at" else value
