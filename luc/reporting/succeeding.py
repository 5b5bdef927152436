"""A round takes along how the one before was asked; a plan that succeeds another, how its rounds were reminded."""

from __future__ import annotations

from luc.kernel.history import Acting, values_of
from luc.plans.models import PlanRelation, Regime
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


def keep_reminders(acting: Acting, cycle: Cycle, before: Cycle | None) -> None:
    """The reminders of that round hold in the first one of the new plan too, as a step of its opening."""
    policy = Policy.objects.filter(cycle=before).first() if before else None
    if policy is not None:
        kept = {name: value for name, value in values_of(policy).items() if name in _KEPT}
        acting.create(Policy(tenant_id=cycle.tenant_id, cycle=cycle, **kept))
