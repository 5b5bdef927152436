"""A job runs once at a time: what a worker left is picked up, what wakes too late changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django_scopes import scopes_disabled
from pytest_django import Settings

from luc.kernel import jobs
from luc.kernel.models import Job
from luc.kernel.time import now
from luc.kernel.writing import writing
from tests.cast import Side

NEVER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def silent(here: Side) -> Job:
    """A job whose worker has said nothing for an hour."""
    row = Job(tenant=here.tenant, kind="tests.work", title="Việc", state=Job.State.RUNNING, attempts=1)
    row.beat_at = now() - timedelta(hours=1)
    with writing():
        row.save()
    return row


@pytest.fixture
def works() -> Iterator[list[jobs.Work]]:
    """What the runs of "tests.work" do, one after the other."""
    steps: list[jobs.Work] = []

    @jobs.job("tests.work")
    def work(running: jobs.Running) -> dict[str, object]:
        return steps.pop(0)(running)

    yield steps
    del jobs._works["tests.work"]


def lose(pk: int) -> None:
    with writing(), scopes_disabled():
        Job.objects.filter(pk=pk).update(beat_at=now() - timedelta(hours=1))
    jobs.pick_up_lost()


def test_what_a_worker_left_is_done_by_the_next(silent: Job, works: list[jobs.Work]) -> None:
    works.append(lambda running: {"run": running.job.attempts})
    assert jobs.pick_up_lost() == 1
    silent.refresh_from_db()
    assert (silent.state, silent.result, silent.lost) == (Job.State.DONE, {"run": 2}, 1)


def test_a_run_that_wakes_after_another_took_over_changes_nothing(
    silent: Job, works: list[jobs.Work]
) -> None:
    def taken_over(running: jobs.Running) -> dict[str, object]:
        lose(running.job.pk)  # the next run does it all meanwhile
        return {"run": "first"}

    works += [taken_over, lambda running: {"run": "second"}]
    jobs.pick_up_lost()
    silent.refresh_from_db()
    assert (silent.state, silent.result, silent.attempts) == (Job.State.DONE, {"run": "second"}, 3)


def test_a_run_that_was_taken_over_stops_at_its_next_step(silent: Job, works: list[jobs.Work]) -> None:
    told = []

    def taken_over(running: jobs.Running) -> dict[str, object]:
        lose(running.job.pk)
        running.progress(1, 2, "từ lượt cũ")
        told.append("went on")
        return {}

    works += [taken_over, lambda running: {"run": "second"}]
    jobs.pick_up_lost()
    silent.refresh_from_db()
    assert (told, silent.result, silent.saying) == ([], {"run": "second"}, "")


def test_what_ends_its_workers_fails_after_three(silent: Job, settings: Settings) -> None:
    settings.TASKS = NEVER
    for left in (1, 1, 0):
        with writing():
            Job.objects.filter(pk=silent.pk).update(state=Job.State.RUNNING)
        assert jobs.pick_up_lost() == left
    silent.refresh_from_db()
    assert silent.state == Job.State.FAILED
    assert "nhiều lần" in silent.error


def test_whoever_starts_a_failed_job_again_gives_it_three_runs_more(here: Side, settings: Settings) -> None:
    settings.TASKS = NEVER
    viewer = here.viewer("officer")
    row = Job(tenant=here.tenant, kind="x", title="Việc", state=Job.State.FAILED, lost=3, attempts=3)
    row.created_by_id = viewer.user
    with writing():
        row.save()
    jobs.retry(viewer, row.pk)
    row.refresh_from_db()
    assert (row.state, row.lost, row.attempts) == (Job.State.QUEUED, 0, 3)


def test_a_living_worker_keeps_its_job(silent: Job) -> None:
    with writing():
        Job.objects.filter(pk=silent.pk).update(beat_at=now())
    assert jobs.pick_up_lost() == 0


def test_a_job_that_was_taken_from_the_queue_and_never_begun_is_queued_again(
    here: Side, works: list[jobs.Work]
) -> None:
    """The worker ended between taking the task and beginning the job: nothing else would ever begin it."""
    works.append(lambda running: {"run": running.job.attempts})
    with writing():
        row = Job.objects.create(tenant=here.tenant, kind="tests.work", title="Việc")
    assert jobs.pick_up_lost() == 0  # its turn may still come
    with writing():
        Job.objects.filter(pk=row.pk).update(created_at=now() - timedelta(hours=1))
    assert jobs.pick_up_lost() == 1
    row.refresh_from_db()
    assert (row.state, row.result) == (Job.State.DONE, {"run": 1})


def test_a_job_that_waits_its_turn_is_not_queued_twice(
    here: Side, works: list[jobs.Work], settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    row = jobs.start(here.viewer("officer"), "tests.work", "Việc", tenant=here.tenant.pk)
    with writing():
        Job.objects.filter(pk=row.pk).update(created_at=now() - timedelta(hours=1))
    assert jobs.pick_up_lost() == 0
