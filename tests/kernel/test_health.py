"""What machines ask, and what a page says when something below it is gone."""

from __future__ import annotations

import errno
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from luc.kernel.health.beat import beat
from luc.kernel.health.outage import StoreGone, outage
from tests.cast import Cast


def test_ready_says_what_is_there(cast: Cast) -> None:
    client = Client()
    assert client.get("/suc-khoe/").json() == {"database": True, "release": True, "worker": False}
    beat()
    answer = client.get("/suc-khoe/")
    assert (answer.status_code, answer.json()["worker"]) == (200, True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_release_is_not_ready(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'kernel' AND name = '0004_cache'")
    assert Client().get("/suc-khoe/").status_code == 503


@pytest.mark.django_db
def test_live_asks_nothing(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        assert Client().get("/suc-khoe/song/").json() == {"live": True}


def test_metrics_are_for_this_machine_or_the_token(cast: Cast, settings: Settings) -> None:
    client = Client()
    told = client.get("/metrics").content.decode()
    assert "# TYPE luc_jobs gauge" in told
    assert told.count("# TYPE luc_jobs gauge") == 1
    assert 'luc_jobs{state="queued"} 0' in told
    assert "luc_worker_silent_seconds -1" in told
    assert client.get("/metrics", headers={"x-forwarded-for": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 404
    settings.METRICS_TOKEN = "t0ken"
    asked = {"authorization": "Bearer t0ken"}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", headers=asked).status_code == 200
    wrong = {"authorization": "Bearer other"}
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", headers=wrong).status_code == 404


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (OperationalError("could not connect"), "database"),
        (OperationalError("database or disk is full"), "disk"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk"),
        (FileNotFoundError(errno.ENOENT, "x"), ""),
        (StoreGone("x"), "store"),
        (KeyError("x"), ""),
    ],
)
def test_an_outage_is_told_from_a_fault(fault: Exception, kind: str) -> None:
    assert outage(fault) == kind
    wrapped = RuntimeError("later")
    wrapped.__cause__ = fault
    assert outage(wrapped) == kind


def test_every_answer_has_its_number(cast: Cast) -> None:
    client = Client()
    first, second = (client.get("/tai-khoan/login/").headers["X-Request-ID"] for _ in range(2))
    assert first != second
    given = client.get("/tai-khoan/login/", headers={"x-request-id": "proxy-0001"})
    assert given.headers["X-Request-ID"] == "proxy-0001"
    forged = client.get("/tai-khoan/login/", headers={"x-request-id": "a b<script>"})
    assert "<" not in forged.headers["X-Request-ID"]


def test_failed_sign_ins_are_counted_by_all_processes_together(cast: Cast, settings: Settings) -> None:
    """The count is a row: a process that starts anew knows of it."""
    client, tries = Client(), {"login": "a.officer", "password": "wrong"}
    for _ in range(12):
        client.post("/tai-khoan/login/", tries)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_cache")
        assert cursor.fetchone()[0] > 0
    from tests.cast import PASSWORD

    answer = client.post("/tai-khoan/login/", {"login": "a.officer", "password": PASSWORD})
    assert answer.status_code in {200, 429}  # not let in for a while, whoever knows the password
