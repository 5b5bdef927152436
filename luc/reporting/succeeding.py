"""A plan that succeeds another takes along how its rounds were asked and reminded."""

from __future__ import annotations

from collections.abc import Mapping

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


def kept_sections(regime: Regime) -> Mapping[str, list[str]] | None:
    """What each kind of party was asked in that round; None where nothing is to be taken along."""
    before = last_before(regime)
    form = CycleForm.objects.filter(cycle=before).first() if before else None
    return form.sections if form else None


def keep_reminders(acting: Acting, cycle: Cycle, before: Cycle | None) -> None:
    """The reminders of that round hold in the first one of the new plan too, as a step of its opening."""
    policy = Policy.objects.filter(cycle=before).first() if before else None
    if policy is not None:
        kept = {name: value for name, value in values_of(policy).items() if name in _KEPT}
        acting.create(Policy(tenant_id=cycle.tenant_id, cycle=cycle, **kept))
