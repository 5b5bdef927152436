"""A round takes along how the one before was asked and what was checked in it; a plan that succeeds another, too."""

from __future__ import annotations

from collections.abc import Collection

from luc.kernel.history import Acting, values_of
from luc.plans.models import PlanRelation, Regime
from luc.reporting.checks import Checks
from luc.reporting.models import CycleForm, CycleRegime
from luc.rounds.models import Cycle
from luc.rounds.reminders.models import Policy

_KEPT = ("is_on", "days", "head_from", "officer_from")


def last_before(regime: Regime) -> Cycle | None:
    """The newest round of the same kind on the plan that a regime's plan succeeds; None once it had one of its own."""
    if CycleRegime.objects.filter(regime=regime).exists():
        return None
    succeeded = PlanRelation.objects.filter(plan=regime.plan_id, kind=PlanRelation.Kind.SUCCEEDS).values("to")
    rows = CycleRegime.objects.filter(regime__plan__in=succeeded, regime__frequency=regime.frequency)
    newest = rows.select_related("cycle").order_by("-period_start", "-pk").first()
    return newest.cycle if newest else None


def form_before(regime: Regime) -> CycleForm | None:
    """The form of the round before: of this regime, else of the plan its plan succeeds; None for the very first."""
    own = (
        CycleForm.objects.filter(cycle__regimes__regime=regime)
        .order_by("-cycle__period_start", "-pk")
        .first()
    )
    if own is not None:
        return own
    before = last_before(regime)
    return CycleForm.objects.filter(cycle=before).first() if before else None


def checks_before(regimes: Collection[Regime]) -> Checks:
    """What was checked in the last round of regimes; for the very first, what was in those their plans succeed."""
    forms = CycleForm.objects.filter(cycle__regimes__regime__in=regimes)
    own = forms.order_by("-cycle__period_start", "-pk").first()
    if own is not None:
        return Checks.of(own.checks)
    found = Checks()
    for regime in regimes:
        form = form_before(regime)
        if form is not None:
            found = found.joined(Checks.of(form.checks).moved(_became(regime)))
    return found


def _became(regime: Regime) -> dict[str, list[str]]:
    """What the items of the plans that a regime's plan succeeds became, as checks name them."""
    rows = PlanRelation.objects.filter(plan=regime.plan_id, kind=PlanRelation.Kind.SUCCEEDS)
    return {
        _thing(old): [_thing(one) for one in new]
        for items in rows.values_list("items", flat=True)
        for old, new in items.items()
    }


def _thing(row: str) -> str:
    kind, _dash, number = row.partition("-")
    return f"{'figure' if kind == 'target' else kind}-{number}"


def keep_reminders(acting: Acting, cycle: Cycle, before: Cycle | None) -> None:
    """The reminders of that round hold in the first one of the new plan too, as a step of its opening."""
    policy = Policy.objects.filter(cycle=before).first() if before else None
    if policy is not None:
        kept = {name: value for name, value in values_of(policy).items() if name in _KEPT}
        acting.create(Policy(tenant_id=cycle.tenant_id, cycle=cycle, **kept))
