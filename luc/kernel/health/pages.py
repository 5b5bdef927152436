"""What machines ask: does it live, is it ready, and a few gauges in Prometheus' text format."""

from __future__ import annotations

import hmac
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Count, Min
from django.http import Http404, HttpResponse, JsonResponse
from django_scopes import scopes_disabled

from luc.kernel.backup import release
from luc.kernel.health.beat import is_alive, last_beat
from luc.kernel.models import ChainHead, Job
from luc.kernel.pages import Request, page
from luc.kernel.time import now

Gauge = tuple[str, str, str, float]  # name, help, labels, value


@page("kernel.health")
def live(_request: Request) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return _plain({"live": True}, 200)


@page("kernel.health")
def ready(_request: Request) -> HttpResponse:
    """200 when people can work: the database is there and of this release. The worker is told, pages do without it."""
    try:
        connection.ensure_connection()
        stands = release.of_database()
        current = stands.is_current
        found = {"database": True, "release": current, "worker": current and is_alive()}
    except DatabaseError:
        connection.close()
        found = {"database": False, "release": False, "worker": False}
    return _plain(found, 200 if found["database"] and found["release"] else 503)


def _plain(found: dict[str, bool], status: int) -> HttpResponse:
    return JsonResponse(found, status=status, headers={"Cache-Control": "no-store"})


@page("kernel.health")
def metrics(request: Request) -> HttpResponse:
    """Gauges for this machine, or for who has the token (LUC_METRICS_TOKEN); for everybody else no such page."""
    if not _may_measure(request):
        raise Http404
    lines: list[str] = []
    for name, words, labels, value in gauges():
        head = [f"# HELP {name} {words}", f"# TYPE {name} gauge"]
        lines += [*([] if head[0] in lines else head), f"{name}{labels} {value:g}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_measure(request: Request) -> bool:
    """What a proxy passes on comes from this machine too, and says for whom: it needs the token."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and hmac.compare_digest(sent.encode(), settings.METRICS_TOKEN.encode()):
        return True
    passed_on = {"X-Forwarded-For", "Forwarded", "X-Real-IP"} & set(request.headers)
    return not passed_on and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}


def gauges() -> Iterator[Gauge]:
    """What is measured now: of the whole installation, but the memory of this process."""
    with scopes_disabled():
        states = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
        since = Job.objects.filter(state=Job.State.QUEUED).aggregate(since=Min("created_at"))["since"]
    for state in Job.State.values:
        yield "luc_jobs", "Jobs by state", f'{{state="{state}"}}', states.get(state, 0)
    yield "luc_job_waits_seconds", "How long the oldest job has waited", "", _age(since)
    last = last_beat()
    yield "luc_worker_silent_seconds", "Since a worker last spoke; -1: never", "", _age(last) if last else -1
    broken = sum(1 for head in ChainHead.objects.all() if head.broken)
    yield "luc_chains_broken", "Chains of history that do not hold", "", broken
    yield "luc_disk_free_bytes", "Free where files are kept", "", shutil.disk_usage(settings.HOME).free
    yield "luc_database_bytes", "Size of the database", "", _database_size()
    yield "luc_process_resident_bytes", "Memory of the process that answered", "", _memory()


def _age(since: object) -> float:
    return (now() - since).total_seconds() if since else 0.0  # type: ignore[operator]


def _database_size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _memory() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))
