"""A cycle is opened: what the officer was shown is bound, or the opening stops and asks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import end_of, start_of, today
from luc.plans.models import Regime
from luc.reporting.asked import Asked
from luc.reporting.models import Report
from luc.reporting.queries import plans
from luc.reporting.queries.plans import Binding
from luc.rounds import actions as rounds
from luc.rounds.models import Cycle, Obligation


def open_cycle(
    viewer: Viewer,
    regime: int,
    *,
    title: str,
    period_start: date,
    last_day: date,
    cutoff: date,
    due_day: date,
    includes_day: bool,
    extra: Collection[int] = (),
) -> Cycle:
    """Open a cycle of a regime with an obligation and an empty report for each party that is bound today.

    `last_day` belongs to the period. "Trước ngày X" is due as X begins, "chậm nhất ngày X" (`includes_day`) as it
    ends. `extra` are parties that the plan asks something, though the regime does not name them. Raises NotAllowed;
    Refused when a date is wrong, a group resolves to nobody, or nobody answers for a task, duty or target.
    """
    row = plans.regimes(viewer).get(pk=regime)
    collector = plans.collector(viewer, row)
    with written():  # its reasons are kept
        bound = plans.binding(row, today(), extra)
    _must_be_whole(bound)
    opening = rounds.Opening(
        source_kind=plans.SOURCE,
        source_id=row.pk,
        title=title.strip()[:300],
        period_start=period_start,
        period_until=last_day + timedelta(days=1),
        cutoff=cutoff,
        due_at=end_of(due_day) if includes_day else start_of(due_day),
        collector=collector,
    )
    with action(viewer, "reporting.open", tenant=row.tenant_id, party=collector) as acting:
        Regime.objects.select_for_update(of=("self",)).get(pk=row.pk)  # two openers one after the other
        cycle = rounds.open_cycle(acting, opening, bound.as_bound())
        _start_reports(cycle, row, bound.asked)
    return cycle


def _must_be_whole(bound: Binding) -> None:
    fields = {
        f"bound-{row.party_id}": _("%(party)s: chưa có đơn vị nào") % {"party": row.printed}
        for row in bound.nobody
    }
    fields |= {
        row.key: _("%(text)s: chưa có đơn vị nào trả lời") % {"text": row.text[:80]} for row in bound.orphans
    }
    if fields:
        raise Refused(
            _("Chưa mở được kỳ báo cáo: còn nội dung chưa có đơn vị trả lời. ") + "; ".join(fields.values()),
            fields,
        )


def _start_reports(cycle: Cycle, regime: Regime, asked: Asked) -> None:
    owing = Obligation.objects.filter(cycle=cycle).order_by("pk").values_list("pk", "party")
    Report.objects.bulk_create(
        Report(
            tenant_id=cycle.tenant_id,
            obligation_id=pk,
            plan_id=regime.plan_id,
            answers_for=asked.answers_for(party),
        )
        for pk, party in owing
    )


def close_cycle(viewer: Viewer, cycle: int) -> Cycle:
    """Close a cycle: nothing more is handed in. Raises NotAllowed, Refused while reports wait, Conflict."""
    from luc.rounds.queries import cycles

    row = cycles(viewer).get(pk=cycle)
    with action(viewer, "reporting.judge", tenant=row.tenant_id, party=row.collector_id) as acting:
        return rounds.close(acting, row.pk)
