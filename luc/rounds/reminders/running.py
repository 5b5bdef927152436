"""The job of the worker that reminds, and the look, once a minute, whether there is anything for it to do."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django_scopes import scope

from luc.kernel import jobs
from luc.kernel.jobs import Running
from luc.kernel.models import Job, Tenant
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.rounds.reminders.calendar import calendar_of
from luc.rounds.reminders.climbing import climb, unreached
from luc.rounds.reminders.ladder import ladder_of
from luc.rounds.reminders.letters import compose, wanting
from luc.rounds.reminders.news import tell_news, untold
from luc.rounds.reminders.planning import due_now
from luc.rounds.reminders.returned import returned_now
from luc.rounds.reminders.sending import send_all, waiting
from luc.rounds.reminders.telling import portions, tell

KIND = "rounds.remind"
EVERY = 60.0  # seconds between two looks of one worker
SILENT = timedelta(minutes=5)  # how long a server that does not answer is left alone


def look() -> list[int]:
    """Start the job where it is wanted and does not run yet; returns the tenants."""
    moment, started = now(), []
    for tenant in Tenant.objects.order_by("pk").values_list("pk", flat=True):
        with scope(tenant=[tenant]):
            if not is_busy(tenant) and has_work(tenant, moment):
                start(tenant)
                started.append(tenant)
    return started


def start(tenant: int) -> None:
    """Put the job in the queue."""
    jobs.start(Viewer.for_system(tenant), KIND, "Nhắc báo cáo", tenant=tenant)


def is_busy(tenant: int) -> bool:
    """Whether the job waits or runs already, or a moment ago failed or found no mail server."""
    active = Q(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    in_vain = Q(result__is_reachable=False) | Q(state=Job.State.FAILED)
    lately = Q(finished_at__gte=timezone.now() - SILENT)
    return Job.objects.filter(active | in_vain & lately, tenant=tenant, kind=KIND).exists()


def has_work(tenant: int, moment: datetime) -> bool:
    """Whether anything is to be told, written, sent or taken up the ladder."""
    calendar = calendar_of(tenant)
    if not calendar.is_open(moment):
        return False
    return bool(
        due_now(tenant, moment, calendar)
        or returned_now(tenant, moment, calendar)
        or untold(tenant, moment, partial(ladder_of, tenant, moment.date()))
        or unreached(tenant, moment)
        or wanting(tenant, moment, calendar)
        or waiting(tenant, moment)
    )


@jobs.job(KIND)
def remind(running: Running) -> dict[str, Any]:
    """Tell, write, send, climb: what was done already is not done again, whatever stopped the run before."""
    tenant, moment = running.job.tenant_id, now()
    calendar, ladder = calendar_of(tenant), ladder_of(tenant, moment.date())
    reminded = 0
    owing = [*due_now(tenant, moment, calendar), *returned_now(tenant, moment, calendar)]
    for portion in portions(owing):
        reminded += tell(tenant, portion, ladder, moment)
        running.progress(0, 0, f"Đã ghi {reminded} lời nhắc")
    letters = compose(tenant, moment, calendar)
    if not calendar.is_open(moment):
        return {"reminded": reminded, "letters": letters}
    sent = send_all(tenant, moment, running.progress)
    climbed = climb(tenant, unreached(tenant, now()), ladder_of(tenant, moment.date()), now())
    if climbed:
        letters += compose(tenant, now(), calendar)
        send_all(tenant, now(), running.progress)
    news = tell_news(tenant, now(), partial(ladder_of, tenant, moment.date()))
    return {
        "news": news,
        "reminded": reminded + climbed,
        "letters": letters,
        "sent": sent.sent,
        "failed": sent.failed,
        "later": sent.later,
        "is_reachable": sent.is_reachable,
    }
