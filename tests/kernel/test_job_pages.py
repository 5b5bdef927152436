"""A job has a page: how far it is, stop it, run it again; others do not see it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from luc.kernel.models import Change, Job
from luc.kernel.writing import writing
from tests.cast import Cast, Side

SignIn = Callable[..., Client]


@pytest.fixture
def job(here: Side) -> Job:
    """A job of the officer that runs."""
    with writing():
        row = Job(
            tenant=here.tenant,
            kind="plans.read",
            title="Đọc kế hoạch: a.docx",
            arguments={"reading": 0},
            state=Job.State.RUNNING,
            done=1,
            total=4,
            saying="Đọc tệp",
            created_by=here.people["officer"],
        )
        row.save()
    return row


def set_state(job: Job, state: str, **more: object) -> None:
    with writing():
        Job.objects.filter(pk=job.pk).update(state=state, **more)


def test_the_page_tells_how_far_it_is_and_comes_again_without_javascript(job: Job, signed_in: SignIn) -> None:
    page = signed_in("officer").get(reverse("kernel:job", args=[job.pk])).content.decode()
    assert "Đọc tệp" in page
    assert 'max="4" value="1"' in page
    assert 'http-equiv="refresh"' in page


def test_a_running_job_is_asked_to_stop_and_history_says_so(here: Side, job: Job, signed_in: SignIn) -> None:
    client = signed_in("officer")
    assert client.post(reverse("kernel:job_cancel", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.cancel_asked
    line = Change.objects.get(act="jobs.steer")
    assert line.after == {"cancel_asked": True}


def test_a_failed_job_is_run_again(here: Side, job: Job, signed_in: SignIn) -> None:
    set_state(job, Job.State.FAILED, error="Tệp bị hỏng")
    client = signed_in("officer")
    assert "Tệp bị hỏng" in client.get(reverse("kernel:job", args=[job.pk])).content.decode()
    client.post(reverse("kernel:job_retry", args=[job.pk]))
    job.refresh_from_db()
    assert job.attempts == 1


def test_a_done_job_goes_on_to_its_result(here: Side, job: Job, signed_in: SignIn) -> None:
    set_state(job, Job.State.DONE, result={"address": "/ke-hoach/"})
    client, address = signed_in("officer"), reverse("kernel:job", args=[job.pk])
    assert client.get(address)["Location"] == "/ke-hoach/"
    assert client.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == "/ke-hoach/"


def test_other_peoples_jobs_do_not_exist(here: Side, cast: Cast, job: Job, signed_in: SignIn) -> None:
    for person, side in (("clerk_finance", here), ("officer", cast.there), ("administrator", cast.there)):
        client = signed_in(person, side)
        assert client.get(reverse("kernel:job", args=[job.pk])).status_code == 404
        assert client.post(reverse("kernel:job_cancel", args=[job.pk])).status_code == 404
    assert signed_in("administrator").get(reverse("kernel:job", args=[job.pk])).status_code == 200
