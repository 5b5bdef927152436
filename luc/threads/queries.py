"""What is seen of threads: those of the own party, those of plans one runs, those that wait for the leaders."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from luc.kernel.registry import Source
from luc.kernel.rights import Viewer
from luc.plans.models import Plan, Task
from luc.plans.queries.plans import plans
from luc.rounds.models import Cycle
from luc.threads.models import Post, Thread


def threads(viewer: Viewer) -> QuerySet[Thread]:
    """The threads a viewer may see, what moved last first: an agency its own, a focal agency those of its plans,
    leaders all of the tenant."""
    own = Q(party__in=viewer.parties_for("threads.raise"))
    focal = Q(plan__focal__in=viewer.parties_for("threads.answer"))
    led = Q(tenant__in=viewer.tenants_for("threads.decide"))
    rows = Thread.objects.filter(own | focal | led).select_related("plan", "task", "party")
    return rows.defer("plan__document", "plan__header").order_by("-moved_at", "-pk")


def waiting_for(viewer: Viewer) -> QuerySet[Thread]:
    """The threads in which the next word is this viewer's: to answer, to decide, or to read an answer."""
    to_answer = Q(state=Thread.State.WAITING, plan__focal__in=viewer.parties_for("threads.answer"))
    to_decide = Q(state=Thread.State.PASSED_UP, tenant__in=viewer.tenants_for("threads.decide"))
    to_read = Q(state=Thread.State.ANSWERED, party__in=viewer.parties_for("threads.raise"))
    return threads(viewer).filter(to_answer | to_decide | to_read).order_by("moved_at", "pk")


def decided(viewer: Viewer, since: datetime) -> QuerySet[Thread]:
    """What the leaders answered since a moment, for the focal agency that passed it up and has to see to it."""
    last = Post.objects.filter(thread=OuterRef("pk")).order_by("-pk").values("party")[:1]
    rows = threads(viewer).filter(
        state=Thread.State.ANSWERED, plan__focal__in=viewer.parties_for("threads.answer"), moved_at__gte=since
    )
    return rows.annotate(last_by=Subquery(last)).filter(last_by=None)


def unanswered(cycle: Cycle, parties: Collection[int]) -> dict[int, str]:
    """What waits for the collecting agency's word, by party: whoever judges a report should know (rounds.notices)."""
    rows = Thread.objects.filter(
        party__in=parties, plan__focal=cycle.collector_id, state=Thread.State.WAITING
    ).order_by()
    counted = rows.values_list("party").annotate(count=Count("pk"))
    return {party: _("%(count)d câu hỏi, vướng mắc chờ trả lời") % {"count": n} for party, n in counted}


def posts(thread: Thread) -> list[Post]:
    """What was said in a thread at hand, first to last."""
    return list(Post.objects.filter(thread=thread).select_related("party").order_by("pk"))


def counts(viewer: Viewer) -> dict[str, int]:
    """How many threads a viewer sees in each state."""
    rows = threads(viewer).order_by().values_list("state").annotate(count=Count("pk"))
    return dict(rows)


@dataclass(frozen=True, slots=True)
class May:
    """What a viewer can do with a thread now."""

    say: bool
    answer: bool
    pass_up: bool
    settle: bool

    @property
    def anything(self) -> bool:
        return self.say or self.answer or self.pass_up or self.settle


def may(viewer: Viewer, thread: Thread) -> May:
    """What a viewer can do with a thread now: who raised it adds and settles, the focal agency answers or passes it
    up, leaders answer what was passed up."""
    own = viewer.may("threads.raise", tenant=thread.tenant_id, party=thread.party_id)
    focal = viewer.may("threads.answer", tenant=thread.tenant_id, party=thread.plan.focal_id)
    leads = viewer.may("threads.decide", tenant=thread.tenant_id)
    is_open = thread.state != Thread.State.SETTLED
    passed = thread.state == Thread.State.PASSED_UP
    return May(
        say=own,
        answer=(focal and not passed and is_open) or (leads and passed),
        pass_up=focal and thread.state in {Thread.State.WAITING, Thread.State.ANSWERED},
        settle=own and is_open,
    )


def about(viewer: Viewer, plan: int, task: int | None) -> tuple[Plan, Task | None]:
    """The plan, and the task of it, that a new thread is about. Raises Plan.DoesNotExist, Task.DoesNotExist."""
    row = plans(viewer).get(pk=plan)
    return row, Task.objects.get(pk=task, plan=row) if task else None


def raising(viewer: Viewer, plan: Plan) -> list[int]:
    """The viewer's parties that can raise something about a plan."""
    mine = viewer.parties_for("threads.raise")
    return sorted(pk for pk in mine if viewer.may("threads.raise", tenant=plan.tenant_id, party=pk))


def sources(viewer: Viewer, ids: Iterable[int]) -> dict[int, Source]:
    """Title and address by id, for the registry."""
    rows = threads(viewer).filter(pk__in=list(ids))
    return {row.pk: Source(row.title, reverse("threads:thread", args=[row.pk])) for row in rows}


def offers_on_task(viewer: Viewer, task: int) -> list[Source]:
    """What this room offers on the page of a task: to ask, or to raise something."""
    row = Task.objects.filter(pk=task).values_list("plan", "plan__tenant").first()
    if row is None or not viewer.may("threads.raise", tenant=row[1]):
        return []
    address = f"{reverse('threads:new', args=[row[0]])}?nhiem_vu={task}"
    return [
        Source(_("Hỏi cơ quan đầu mối"), f"{address}&loai=question"),
        Source(_("Nêu vướng mắc, kiến nghị"), f"{address}&loai=obstacle"),
    ]
