"""The log tells of faults, not of people."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from luc.kernel import jobs
from luc.kernel.logs import Line
from tests.cast import Side


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """What was logged, as the settings have it written."""
    (line,) = [h.formatter for h in logging.getLogger().handlers if isinstance(h.formatter, Line)]
    return lambda: "\n".join(line.format(record) for record in caplog.records)


def test_what_is_not_allowed_or_not_there_is_no_fault(
    here: Side, signed_in: Callable[..., Client], lines: Callable[[], str]
) -> None:
    client = signed_in("clerk_commune")
    assert client.get(reverse("plans:upload")).status_code == 403
    assert client.get("/khong-co/").status_code == 404
    assert client.get(reverse("plans:plan", args=[999])).status_code == 404
    assert lines() == ""


@jobs.job("tests.fails")
def _fail(running: jobs.Running) -> dict[str, object]:
    typed = running.arguments["typed"]
    try:
        raise KeyError(typed)
    except KeyError as error:
        raise ValueError(f"wrong: {typed}") from error


def test_a_fault_is_told_without_what_people_typed(here: Side, lines: Callable[[], str]) -> None:
    viewer, typed = here.viewer("officer"), "nguyen.van.a@example.vn"
    job = jobs.start(viewer, "tests.fails", "Việc hỏng", tenant=here.tenant.pk, typed=typed)
    job.refresh_from_db()
    assert job.state == "failed"
    told = lines()
    assert f"job {job.pk} (tests.fails) failed" in told
    assert told.index("builtins.KeyError") < told.index("builtins.ValueError")
    assert "test_logs.py" in told
    assert typed not in told


def test_a_link_that_is_a_key_is_cut(lines: Callable[[], str]) -> None:
    secret = "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6"
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/loi-moi/{secret}/")
    assert secret not in lines()
    assert "Internal Server Error: /loi-moi/…/" in lines()
