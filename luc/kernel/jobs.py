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
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from luc.kernel.chains import check_chains
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.writing import writing

log = logging.getLogger(__name__)
BEAT = timedelta(seconds=10)
LOST_AFTER = timedelta(seconds=45)
MAY_BE_LOST = 3


class Cancelled(Exception):
    """Somebody asked this job to stop."""


@dataclass(slots=True)
class Running:
    """A job while it runs, in the hands of its function."""

    job: Job
    arguments: dict[str, Any]

    def progress(self, done: int, total: int, saying: str = "") -> None:
        """Tell how far the work is; raises Cancelled when somebody asked to stop, or another run took over."""
        row = _this_run(self.job)
        with writing():
            row.update(done=done, total=total, saying=saying[:300], beat_at=timezone.now())
        if row.values_list("cancel_asked", flat=True).first() is not False:
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
    row = _claim(pk)
    if row is None:
        return
    with scope(tenant=[row.tenant_id]):
        with _beating(row), written():
            state, result, error = _outcome(row)
        with writing():
            _this_run(row).update(state=state, result=result, error=error, finished_at=timezone.now())


def _claim(pk: int) -> Job | None:
    """The job with the number of this run, from waiting to running; None when somebody else has it."""
    with scopes_disabled(), transaction.atomic(), writing():
        claimed = Job.objects.filter(pk=pk, state=Job.State.QUEUED).update(
            state=Job.State.RUNNING, beat_at=timezone.now(), error="", attempts=F("attempts") + 1
        )
        return Job.objects.get(pk=pk) if claimed else None


def _this_run(row: Job) -> QuerySet[Job]:
    """The job as long as this run has it: a worker that was taken for dead changes nothing when it wakes."""
    return Job.objects.filter(pk=row.pk, state=Job.State.RUNNING, attempts=row.attempts)


@contextmanager
def _beating(row: Job) -> Iterator[None]:
    """Say meanwhile, from a thread, that this worker lives, however long one step of the job takes."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT.total_seconds()):
            try:
                with scopes_disabled(), writing():
                    _this_run(row).update(beat_at=timezone.now())
            except DatabaseError:
                log.warning("the beat of job %s was not written", row.pk, exc_info=True)
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
        again = {"state": Job.State.QUEUED, "cancel_asked": False, "done": 0, "lost": 0}
        acting.change(row, **again, error="", finished_at=None)
        run.enqueue(pk)


def visible(viewer: Viewer) -> Any:
    """The jobs a viewer may see: their own; an administrator sees the tenant's."""
    own = Q(tenant__in=viewer.tenants, created_by_id=viewer.user)
    return Job.objects.filter(own | Q(tenant__in=viewer.tenants_for("jobs.all")))


def pick_up_lost() -> int:
    """Queue again what ran in a worker that has been silent for LOST_AFTER, or was taken by one that never began it.

    Returns how many. A job that was lost MAY_BE_LOST times fails: it may be what ends the workers.
    """
    with scopes_disabled(), transaction.atomic(), writing():
        silent = Q(beat_at__lt=timezone.now() - LOST_AFTER) | Q(beat_at__isnull=True)
        lost = Job.objects.filter(silent, state=Job.State.RUNNING)
        again = [row.pk for row in lost.select_for_update(skip_locked=True) if _starts_again(row)]
        again += _forgotten()
        for pk in again:
            run.enqueue(pk)
    return len(again)


def _forgotten() -> list[int]:
    """Jobs that wait though nothing in the queue will begin them: what took them from it ended before it told.

    One that is queued twice for that runs once: only one run can claim it.
    """
    waiting = Job.objects.filter(state=Job.State.QUEUED, created_at__lt=timezone.now() - LOST_AFTER)
    known = list(waiting.values_list("pk", flat=True))
    ready = DBTaskResult.objects.ready().filter(task_path=run.module_path) if known else []
    queued = {row.args_kwargs["args"][0] for row in ready}
    return [pk for pk in known if pk not in queued]


def _starts_again(row: Job) -> bool:
    row.lost += 1
    row.state = Job.State.QUEUED
    if row.lost >= MAY_BE_LOST:
        row.state, row.finished_at = Job.State.FAILED, timezone.now()
        row.error = (
            "Máy chạy việc này đã dừng giữa chừng nhiều lần. Hãy báo người quản trị trước khi chạy lại."
        )
    row.save(update_fields=["lost", "state", "error", "finished_at"])
    return row.state == Job.State.QUEUED


_regular: dict[Callable[[], object], float] = {pick_up_lost: 0.0, check_chains: 0.0}


def regularly(look: Callable[[], object], *, every: float = 0.0) -> None:
    """Register a short look that every worker takes again and again; what is long it starts as a job.

    every: seconds between two looks of one worker, where each beat is too often.
    """
    _regular[look] = every


def keep_picking_up() -> None:
    """Look for lost jobs, unverified history and what rooms registered, for ever; in a thread beside the work."""
    due: dict[Callable[[], object], float] = {}
    while True:
        for look, every in _regular.items():
            if time.monotonic() < due.get(look, 0.0):
                continue
            due[look] = time.monotonic() + every
            try:
                look()
            except Exception:  # whatever a room does wrong, the others go on being looked after
                log.warning("a regular look of the worker failed", exc_info=True)
                connection.close()  # the database may be back: the next look connects anew
        time.sleep(BEAT.total_seconds())
