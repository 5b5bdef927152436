"""Opens the frame of an action for steps that have none of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from luc.kernel.history import Acting, action
from luc.kernel.time import now
from luc.rounds.actions import Bound, Opening, Reason, open_cycle
from luc.rounds.models import Cycle
from tests.cast import Side


@contextmanager
def acting(side: Side, person: str, act: str) -> Iterator[Acting]:
    """The frame that the room above would open."""
    with action(side.viewer(person), act, tenant=side.tenant.pk) as frame:
        yield frame


def opening(side: Side, due: datetime | None = None, **more: object) -> Opening:
    """A yearly round that is due in ten days."""
    values: dict[str, object] = {
        "source_kind": "test",
        "source_id": 1,
        "title": "Báo cáo năm 2026",
        "period_start": date(2025, 12, 15),
        "period_until": date(2026, 12, 15),
        "cutoff": date(2020, 1, 1),
        "due_at": due or now() + timedelta(days=10),
        "collector": side.parties["industry"].pk,
    }
    return Opening(**(values | more))  # type: ignore[arg-type]


def open_for(side: Side, *names: str, due: datetime | None = None, **more: object) -> Cycle:
    """A round that binds the named parties."""
    bound = [Bound(side.parties[n].pk, (Reason(side.parties[n].pk, "named"),)) for n in names]
    with acting(side, "officer", "rounds.collect") as frame:
        return open_cycle(frame, opening(side, due, **more), bound)
