"""A cycle is opened: what the officer was shown is bound, or the opening stops and asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import end_of, start_of, today
from luc.plans.models import Regime
from luc.reporting.cut import Sections
from luc.reporting.models import CycleForm, CycleRegime, Report
from luc.reporting.money import UNITS
from luc.reporting.queries import plans
from luc.reporting.queries.binding import Binding, binding
from luc.reporting.queries.sharing import Pair, as_kept, as_shared, proposals
from luc.reporting.succeeding import checks_before, keep_reminders, last_before
from luc.rounds import actions as rounds
from luc.rounds.models import Cycle, Obligation


@dataclass(frozen=True, slots=True)
class Choices:
    """What the officer decides beside the dates.

    extra: parties that a plan asks something, though no regime names them. together: regimes of other plans that
    share the cycle. pairs: the rows that the plans share, of those proposed (Pair.key; None: all that are sure).
    sections: what each kind of party answers (None: all). without: what nobody is asked in this cycle is left out
    knowingly. money_unit: of all amounts, where money is asked.
    """

    extra: Collection[int] = ()
    together: Collection[int] = ()
    pairs: Collection[str] | None = None
    sections: Sections | None = None
    without: bool = False
    money_unit: str = UNITS[0]


def look_ahead(
    regimes: Sequence[Regime], choices: Choices, on: date
) -> tuple[Binding, list[Pair], list[Pair]]:
    """What opening would mean, the rows that the plans may share, and those of them that are chosen."""
    bound = binding(regimes, on, choices.extra, sections=choices.sections)
    offered = proposals(bound.asked) if len(bound.plans) > 1 else []
    wanted = choices.pairs
    chosen = [pair for pair in offered if (pair.is_sure if wanted is None else pair.key in wanted)]
    if chosen:
        shared = as_shared(as_kept(chosen))
        bound = binding(regimes, on, choices.extra, sections=choices.sections, shared=shared)
    return bound, offered, chosen


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
    choices: Choices = Choices(),
) -> Cycle:
    """Open a cycle of a regime with an obligation and an empty report for each party that is bound today.

    `last_day` belongs to the period. "Trước ngày X" is due as X begins, "chậm nhất ngày X" (`includes_day`) as it
    ends. Raises NotAllowed; Refused when a date is wrong, a group resolves to nobody, nobody answers for a task, duty
    or target, a regime was asked for this period already or cannot share the cycle.
    """
    row = plans.regimes(viewer).get(pk=regime)
    collector = plans.collector(viewer, row)
    regimes = [row, *_together(viewer, row, period_start, choices.together)]
    with written():  # its reasons are kept
        bound, offered, chosen = look_ahead(regimes, choices, today())
    _must_be_whole(bound)
    _must_be_meant(bound, choices)
    _must_be_offered(choices.pairs or (), offered)
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
        # two openers one after the other
        list(
            Regime.objects.select_for_update(of=("self",))
            .filter(pk__in=[one.pk for one in regimes])
            .order_by("pk")
        )
        _must_be_unasked(regimes, period_start)
        before = last_before(row)
        cycle = rounds.open_cycle(acting, opening, bound.as_bound())
        keep_reminders(acting, cycle, before)
        _settle(acting, cycle, regimes, bound, chosen, choices.money_unit)
        _start_reports(cycle, row, bound)
    return cycle


def _together(viewer: Viewer, row: Regime, period_start: date, chosen: Collection[int]) -> list[Regime]:
    if not chosen:
        return []
    found = [mate for mate in plans.mates(viewer, row, period_start) if mate.pk in set(chosen)]
    if len(found) != len(set(chosen)):
        message = _("Kế hoạch được gộp phải cùng cơ quan tổng hợp, cùng kỳ, cùng hạn và chưa mở kỳ này.")
        raise Refused(message, {"gop": message})
    return found


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


def _must_be_meant(bound: Binding, choices: Choices) -> None:
    if bound.unasked and not choices.without:
        words = _(
            "Còn %(count)d nội dung không hỏi đơn vị nào trong kỳ này: hãy hỏi, hoặc xác nhận là để lại."
        )
        message = words % {"count": len(bound.unasked)}
        raise Refused(message, {"de-lai": message})


def _must_be_offered(pairs: Collection[str], offered: Collection[Pair]) -> None:
    if set(pairs) - {pair.key for pair in offered}:
        message = _("Nội dung dùng chung vừa thay đổi; hãy xem lại rồi mở.")
        raise Refused(message, {"chung": message})


def _must_be_unasked(regimes: Sequence[Regime], period_start: date) -> None:
    asked = CycleRegime.objects.filter(regime__in=regimes, period_start=period_start)
    if asked.exists():
        message = _("Kỳ báo cáo bắt đầu từ ngày này đã được mở.")
        raise Refused(message, {"period_start": message})


def _settle(
    acting: Acting,
    cycle: Cycle,
    regimes: Sequence[Regime],
    bound: Binding,
    chosen: Collection[Pair],
    money_unit: str,
) -> None:
    """Which regimes the cycle is a round of, what it asks whom, and which rows its plans share."""
    checks = checks_before(regimes)
    CycleRegime.objects.bulk_create(
        CycleRegime(
            tenant_id=cycle.tenant_id, cycle=cycle, regime=one, order=n, period_start=cycle.period_start
        )
        for n, one in enumerate(regimes)
    )
    form = CycleForm(
        tenant_id=cycle.tenant_id,
        cycle=cycle,
        sections=bound.sections,
        shared=as_kept(chosen),
        checks=checks.as_plain(),
        money_unit=money_unit if money_unit in UNITS else UNITS[0],
    )
    acting.create(form, regimes=[one.pk for one in regimes], left_out=[row.key for row in bound.unasked])


def _start_reports(cycle: Cycle, regime: Regime, bound: Binding) -> None:
    owing = Obligation.objects.filter(cycle=cycle).order_by("pk").values_list("pk", "party")
    sections = {line.party.pk: list(line.sections) for line in bound.bound}
    answers_for = bound.asked.answers_for()
    Report.objects.bulk_create(
        Report(
            tenant_id=cycle.tenant_id,
            obligation_id=pk,
            plan_id=regime.plan_id,
            answers_for=answers_for.get(party, {}),
            sections=sections[party],
        )
        for pk, party in owing
    )


def close_cycle(viewer: Viewer, cycle: int) -> Cycle:
    """Close a cycle: nothing more is handed in. Raises NotAllowed, Refused while reports wait, Conflict."""
    from luc.rounds.queries import cycles

    row = cycles(viewer).get(pk=cycle)
    with action(viewer, "reporting.judge", tenant=row.tenant_id, party=row.collector_id) as acting:
        return rounds.close(acting, row.pk)
