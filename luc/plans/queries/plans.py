"""Plans and what they want; each function gives a fixed number of statements whatever the length of the plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import F, Prefetch, Q, QuerySet

from luc.kernel.prepared import Prepared
from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on
from luc.plans.models import Duty, Part, Plan, Regime, RegimeParty, Target, Task

PlanId = Plan | int


def plans(viewer: Viewer) -> QuerySet[Plan]:
    """The plans a viewer may see, newest paper first. The whole source text comes only when it is asked for."""
    return plans_in(viewer.tenants_for("plans.view"))


def plans_in(tenants: Collection[int]) -> QuerySet[Plan]:
    """The plans of tenants: for reads that are prepared, which know no viewer."""
    rows = Plan.objects.filter(tenant__in=tenants).defer("document", "header")
    rows = rows.select_related("programme", "focal", "territory", "file")
    return rows.order_by(F("date").desc(nulls_first=True), "-pk")


_read_plan = Prepared(lambda tenants, plan: plans_in(tenants).filter(pk=plan))
_read_task = Prepared(
    lambda tenants, plan, task: Task.objects.filter(
        plan__in=plans_in(tenants).filter(pk=plan).values("pk"), pk=task
    ).select_related("group")
)


def plan_of(viewer: Viewer, plan: int) -> Plan:
    """One plan that a viewer may see, as every page of it asks. Raises Plan.DoesNotExist."""
    return _read_plan.get(tenants=viewer.tenants_for("plans.view"), plan=plan)


def task_of(viewer: Viewer, plan: int, task: int) -> Task:
    """One task of a plan that a viewer may see, with its group; one that ended too. Raises Task.DoesNotExist."""
    return _read_task.get(tenants=viewer.tenants_for("plans.view"), plan=plan, task=task)


def targets(viewer: Viewer, plan: PlanId) -> QuerySet[Target]:
    """The targets of a plan that hold today, in the order of the paper."""
    rows = Target.objects.filter(valid_on(today()), plan__in=plans(viewer).filter(pk=_pk(plan)).values("pk"))
    return rows.select_related("answering", "indicator", "territory").order_by("order", "pk")


def tasks(viewer: Viewer, plan: PlanId) -> QuerySet[Task]:
    """The tasks of a plan in the order of the paper, each with its group; those that ended too."""
    rows = Task.objects.filter(plan__in=plans(viewer).filter(pk=_pk(plan)).values("pk"))
    return rows.select_related("group").order_by("order", "pk")


def parts_in(task: Task) -> QuerySet[Part]:
    """Who has a part in a task at hand today (of one that ended: had at the end), leads first."""
    return parts_on(task.pk, last_day(task))


def parts_on(task: int, on: date) -> QuerySet[Part]:
    """Who had a part in a task on a day, leads first."""
    rows = Part.objects.filter(valid_on(on), task=task).select_related("party")
    return rows.order_by("-role", "order", "pk")


def last_day(task: Task) -> date:
    """Today; of a task that ended its last day."""
    return today() if task.valid_to is None else min(today(), task.valid_to - timedelta(days=1))


def parts_of(viewer: Viewer, plan: PlanId, parties: Collection[int]) -> QuerySet[Part]:
    """The parts of parties, as the paper names them, in the tasks of a plan; leads before coordinators."""
    holds = valid_on(today()) & valid_on(today(), "task__")
    rows = Part.objects.filter(holds, task__plan__in=plans(viewer).filter(pk=_pk(plan)).values("pk"))
    rows = rows.filter(party__in=list(parties)).select_related("task__group", "party")
    return rows.order_by("-role", "task__order", "order")


def duties(viewer: Viewer, plan: PlanId) -> QuerySet[Duty]:
    """What the paper tells agencies to do beside the tasks, in its order."""
    rows = Duty.objects.filter(valid_on(today()), plan__in=plans(viewer).filter(pk=_pk(plan)).values("pk"))
    return rows.select_related("party").order_by("order", "pk")


def duties_of(viewer: Viewer, plan: PlanId, parties: Collection[int]) -> QuerySet[Duty]:
    """The duties of parties, as the paper names them."""
    return duties(viewer, plan).filter(party__in=list(parties))


def targets_of(viewer: Viewer, plan: PlanId, parties: Collection[int]) -> QuerySet[Target]:
    """The targets for which parties answer."""
    return targets(viewer, plan).filter(answering__in=list(parties))


def regimes(viewer: Viewer, plan: PlanId) -> QuerySet[Regime]:
    """The reporting regimes of a plan with the parties they bind."""
    bound = RegimeParty.objects.filter(valid_on(today())).select_related("party").order_by("pk")
    rows = Regime.objects.filter(valid_on(today()), plan__in=plans(viewer).filter(pk=_pk(plan)).values("pk"))
    return (
        rows.select_related("collector").prefetch_related(Prefetch("parties", bound)).order_by("order", "pk")
    )


def all_parties(viewer: Viewer, plan: PlanId) -> set[int]:
    """Every party that a plan names: in parts, duties, targets and regimes, as the paper names it."""
    return parties_by_plan(viewer, [_pk(plan)]).get(_pk(plan), set())


def parties_by_plan(viewer: Viewer, of: Collection[int]) -> dict[int, set[int]]:
    """Every party that each of some plans names, by plan; one statement."""
    where, now = {"plan__in": plans(viewer).filter(pk__in=of).order_by().values("pk")}, valid_on(today())
    parts = Part.objects.filter(now, valid_on(today(), "task__"), task__plan__in=where["plan__in"])
    bound = RegimeParty.objects.filter(now, valid_on(today(), "regime__"), regime__plan__in=where["plan__in"])
    others = [
        Duty.objects.filter(now, Q(**where)).values_list("plan", "party"),
        Target.objects.filter(now, Q(**where)).values_list("plan", "answering"),
        bound.values_list("regime__plan", "party"),
    ]
    found: dict[int, set[int]] = {}
    for plan, party in parts.values_list("task__plan", "party").union(*others):
        found.setdefault(plan, set()).add(party)
    return found


def _pk(plan: PlanId) -> int:
    return plan if isinstance(plan, int) else plan.pk
