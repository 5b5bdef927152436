"""A reading becomes a plan: checked whole, prepared outside, written in one short transaction, then locked."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError
from django.utils.translation import gettext as _

from luc.figures.models import Indicator
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans import queries
from luc.plans.actions.reviewing import keep, reviewing
from luc.plans.actions.succeed import keep_bounds, succeeds
from luc.plans.building import Built, build
from luc.plans.gaps import Gap, gaps
from luc.plans.models import Duty, Part, Plan, Reading, Regime, RegimeParty, Target, Task, TaskGroup

_SHOWN = 3


class NotReady(Refused):
    """Adoption was refused: `gaps` lists every place that has to be cleared first."""

    def __init__(self, found: Sequence[Gap]) -> None:
        first = "; ".join(gap.message.rstrip(".") for gap in found[:_SHOWN])
        more = _(" và %(count)s chỗ khác") % {"count": len(found) - _SHOWN} if len(found) > _SHOWN else ""
        super().__init__(_("Chưa thông qua được: %(first)s%(more)s.") % {"first": first, "more": more})
        self.gaps = list(found)


def adopt(viewer: Viewer, reading: int) -> Plan:
    """Make the plan of a reading: targets, groups, tasks, parts, duties, regimes; its words are locked from now on.

    Raises NotReady when something would be left with nobody, Conflict when the reading changed meanwhile.
    """
    review = queries.review(viewer, reading)
    viewer.require("plans.adopt", tenant=review.reading.tenant_id)
    if review.reading.state == Reading.State.REVIEW and (found := gaps(review)):
        raise NotReady(found)
    with reviewing(viewer, reading, "plans.adopt") as (acting, row):
        if row.version != review.reading.version:
            raise Conflict(_("Bản rà soát vừa được người khác sửa. Hãy xem lại rồi thông qua."))
        built = build(review, now())
        keep_bounds(row, built)
        try:
            _write(built)
        except IntegrityError as error:  # the same paper, adopted by somebody else in the meantime
            raise Conflict(_("Kế hoạch cùng số, cùng ngày vừa được thông qua.")) from error
        row.plan, row.state = built.plan, Reading.State.ADOPTED
        keep(acting, row, {"state": Reading.State.REVIEW}, {"state": row.state}, "plan", "state")
        relation = succeeds(row, built)
        acting.log(built.plan, None, built.counts() | ({"succeeds": relation.to_id} if relation else {}))
    return built.plan


def discard(viewer: Viewer, reading: int) -> None:
    """Put a reading away: nothing of it is followed. Raises Refused when it was adopted or put away before."""
    row = queries.readings(viewer).get(pk=reading)
    if row.state == Reading.State.WAITING:
        _discard_unread(viewer, row)
        return
    with reviewing(viewer, reading, "plans.discard") as (acting, locked):
        locked.state = Reading.State.DISCARDED
        keep(acting, locked, {"state": Reading.State.REVIEW}, {"state": locked.state}, "state")


def _discard_unread(viewer: Viewer, row: Reading) -> None:
    with action(viewer, "plans.discard", tenant=row.tenant_id) as acting:
        locked = Reading.objects.select_for_update().get(pk=row.pk)
        if locked.state != Reading.State.WAITING:
            raise Conflict(_("Văn bản vừa được đọc xong. Hãy mở lại rồi quyết định."))
        acting.change(locked, state=Reading.State.DISCARDED)


def _write(built: Built) -> None:
    """All rows of a plan, parents before children."""
    built.plan.save(force_insert=True)
    Indicator.objects.bulk_create(built.indicators)
    Target.objects.bulk_create(built.targets)
    TaskGroup.objects.bulk_create(built.groups)
    Task.objects.bulk_create(built.tasks)
    Part.objects.bulk_create(built.parts)
    Duty.objects.bulk_create(built.duties)
    Regime.objects.bulk_create(built.regimes)
    RegimeParty.objects.bulk_create(built.bound)
