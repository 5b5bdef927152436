"""Long work in the worker: a row that a person can watch, stop and start again.

The queue itself is django-tasks; a Job is what a person sees of it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled
from django_tasks import task

from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.writing import writing

log = logging.getLogger(__name__)
BEAT = timedelta(seconds=10)
LOST_AFTER = timedelta(seconds=45)


class Cancelled(Exception):
    """Somebody asked this job to stop."""


@dataclass(slots=True)
class Running:
    """A job while it runs, in the hands of its function."""

    job: Job
    arguments: dict[str, Any]

    def progress(self, done: int, total: int, saying: str = "") -> None:
        """Tell how far the work is; raises Cancelled when somebody asked to stop."""
        row = Job.objects.filter(pk=self.job.pk)
        with writing():
            row.update(done=done, total=total, saying=saying[:300], beat_at=timezone.now())
        if row.values_list("cancel_asked", flat=True)[0]:
            raise Cancelled


Work = Callable[[Running], dict[str, Any]]
_works: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Register the function that does a kind of job: from a Running to a plain result."""

    def keep(work: Work) -> Work:
        _works[kind] = work
        return work

    return keep


def start(viewer: Viewer, kind: str, title: str, *, tenant: int, **arguments: Any) -> Job:
    """Put a job in the queue, in the caller's transaction; returns its row. Arguments are plain values."""
    with writing():
        row = Job(
            tenant_id=tenant, kind=kind, title=title[:300], arguments=arguments, created_by_id=viewer.user
        )
        row.save()
    run.enqueue(row.pk)
    return row


@task()
def run(pk: int) -> None:
    """Do one job; what it says and what goes wrong is kept on its row in words for people."""
    with scopes_disabled(), writing():
        claimed = Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING, beat_at=timezone.now(), error=""
        )
        if not claimed:
            return
        row = Job.objects.get(pk=pk)
        row.attempts += 1
        row.save(update_fields=["attempts"])
    with scope(tenant=[row.tenant_id]):
        with _beating(pk), written():
            state, result, error = _outcome(row)
        with writing():
            Job.objects.filter(pk=pk).update(
                state=state, result=result, error=error, finished_at=timezone.now()
            )


@contextmanager
def _beating(pk: int) -> Iterator[None]:
    """Say meanwhile, from a thread, that this worker lives, however long one step of the job takes."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT.total_seconds()):
            try:
                with scopes_disabled(), writing():
                    Job.objects.filter(pk=pk).update(beat_at=timezone.now())
            except DatabaseError:
                log.warning("the beat of job %s was not written", pk, exc_info=True)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _outcome(row: Job) -> tuple[str, dict[str, Any] | None, str]:
    try:
        return Job.State.DONE, _works[row.kind](Running(row, row.arguments)), ""
    except Cancelled:
        return Job.State.CANCELLED, None, ""
    except Refused as refused:
        return Job.State.FAILED, None, refused.message
    except Exception:
        log.exception("job %s (%s) failed", row.pk, row.kind)
        return (
            Job.State.FAILED,
            None,
            "Có lỗi ngoài dự kiến. Hãy chạy lại; nếu vẫn lỗi, báo người quản trị.",
        )


def cancel(viewer: Viewer, pk: int) -> None:
    """Ask a job to stop: a waiting one stops at once, a running one at its next step."""
    row = visible(viewer).get(pk=pk)
    with action(viewer, "jobs.steer", tenant=row.tenant_id) as acting:
        row = Job.objects.select_for_update().get(pk=pk)
        if row.state == Job.State.QUEUED:
            acting.change(row, state=Job.State.CANCELLED, finished_at=timezone.now())
        elif row.state == Job.State.RUNNING:
            acting.change(row, cancel_asked=True)
        else:
            raise Refused(_("Việc này đã kết thúc."))


def retry(viewer: Viewer, pk: int) -> None:
    """Start a job again that failed or was stopped."""
    row = visible(viewer).get(pk=pk)
    with action(viewer, "jobs.steer", tenant=row.tenant_id) as acting:
        row = Job.objects.select_for_update().get(pk=pk)
        if row.state not in {Job.State.FAILED, Job.State.CANCELLED}:
            raise Refused(_("Chỉ chạy lại được việc đã lỗi hoặc đã dừng."))
        acting.change(row, state=Job.State.QUEUED, cancel_asked=False, done=0, error="", finished_at=None)
        run.enqueue(pk)


def visible(viewer: Viewer) -> Any:
    """The jobs a viewer may see: their own; an administrator sees the tenant's."""
    own = Q(tenant__in=viewer.tenants, created_by_id=viewer.user)
    return Job.objects.filter(own | Q(tenant__in=viewer.tenants_for("jobs.all")))


def pick_up_lost() -> int:
    """Queue again what ran in a worker that has been silent for LOST_AFTER. Returns how many."""
    with scopes_disabled(), transaction.atomic(), writing():
        silent = Q(beat_at__lt=timezone.now() - LOST_AFTER) | Q(beat_at__isnull=True)
        lost = list(Job.objects.filter(silent, state=Job.State.RUNNING).values_list("pk", flat=True))
        Job.objects.filter(pk__in=lost).update(state=Job.State.QUEUED)
        for pk in lost:
            run.enqueue(pk)
    return len(lost)


def keep_picking_up() -> None:
    """Look for lost jobs for ever; every worker does it in a thread beside its own work."""
    while True:
        try:
            pick_up_lost()
        except DatabaseError:
            log.warning("lost jobs were not looked for", exc_info=True)
        time.sleep(BEAT.total_seconds())
