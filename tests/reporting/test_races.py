"""Two people at the same moment on two connections of a real PostgreSQL: one of them is told, nothing is half done."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoDbBlocker, Settings

from luc.agencies import actions as agencies
from luc.agencies.models import Membership, Role
from luc.figures.models import Standing
from luc.figures.queries import COUNTING, counting_on
from luc.kernel import jobs
from luc.kernel.errors import Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Job
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.plans.models import Progress
from luc.reporting import actions
from luc.rounds.actions import joined
from luc.rounds.models import Cycle, Obligation, Submission, Verdict
from tests import kept
from tests.cast import Side, make_cast
from tests.reporting import life

pytestmark = pytest.mark.postgres
State = Obligation.State


@pytest.fixture(scope="module")
def template() -> str:
    """A migrated database to copy: what a race commits cannot be emptied, so each has one of its own."""
    return kept.template(os.environ["LUC_DATABASE"])


@pytest.fixture
def side(django_db_setup: None, template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Side]:
    """The tests' own tenant in a database of its own."""
    with django_db_blocker.unblock(), _another_database(template):
        yield make_cast().here


@contextmanager
def _another_database(template: str = "template1") -> Iterator[str]:
    """Every connection goes to a new copy of a database; afterwards it is dropped."""
    before, name = connection.settings_dict["NAME"], f"race_{uuid4().hex[:12]}"
    connection.close()
    _on_the_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        _on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_the_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def at_once(side: Side, *acts: Callable[[], Any]) -> list[str]:
    """Do all of them from threads with connections of their own that start together; what each came to."""
    gate, came = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            with scope(tenant=[side.tenant.pk]):
                gate.wait(20)
                act()
            came[number] = "done"
        except Refused as refused:
            came[number] = type(refused).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert all(came), came  # whatever else was raised is shown by the thread
    return came


@pytest.fixture
def sent(side: Side) -> Submission:
    """A report with a figure that waits for its verdict."""
    with scope(tenant=[side.tenant.pk]):
        life.open_cycle(side)
        return life.report(side, "environment")[0]


def consistent(side: Side) -> Obligation:
    """What must hold after any race: one verdict at most, ledger and progress as the state says."""
    row = Obligation.objects.get(party=side.parties["environment"])
    officer = side.viewer("officer")
    accepted = counting_on(officer, now(), [Standing.Kind.ACCEPTED]).count()
    counting = counting_on(officer, now(), COUNTING).count()
    assert accepted == (row.state == State.ACCEPTED)
    assert counting == (row.state in {State.ACCEPTED, State.SUBMITTED})
    assert bool(Progress.objects.filter(withdrawal=None).count()) == (row.state == State.ACCEPTED)
    assert broken_links(side.tenant.pk) == []
    return row


def test_handed_in_twice_is_handed_in_once(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        life.open_cycle(side)
        life.write(side, "environment")
        report = life.report_of(side, "environment")
        clerk = side.viewer("clerk_environment")
        came = at_once(side, *[lambda: actions.submit(clerk, report.pk, version=report.version)] * 3)
        assert sorted(came) == ["Conflict", "Conflict", "done"]
        assert Submission.objects.count() == 1
        assert consistent(side).state == State.SUBMITTED


def test_returned_and_accepted_at_once_is_one_of_both(side: Side, sent: Submission) -> None:
    officer, head = side.viewer("officer"), side.viewer("focal_head")
    with scope(tenant=[side.tenant.pk]):
        came = at_once(
            side,
            lambda: actions.give_back(officer, sent.pk, remarks="thiếu"),
            lambda: actions.accept(head, [sent.pk]),
        )
        assert sorted(came) == ["Conflict", "done"]
        kind = Verdict.objects.get().kind
        assert consistent(side).state == kind


def test_taken_back_and_accepted_at_once_is_one_of_both(side: Side, sent: Submission) -> None:
    officer, clerk = side.viewer("officer"), side.viewer("clerk_environment")
    with scope(tenant=[side.tenant.pk]):
        came = at_once(
            side, lambda: actions.take_back(clerk, sent.pk), lambda: actions.accept(officer, [sent.pk])
        )
        assert sorted(came) == ["Conflict", "done"]
        assert Verdict.objects.count() == 1
        assert consistent(side).state in {State.OPEN, State.ACCEPTED}


def test_looked_at_and_taken_back_at_once(side: Side, sent: Submission) -> None:
    officer, clerk = side.viewer("officer"), side.viewer("clerk_environment")
    with scope(tenant=[side.tenant.pk]):
        came = at_once(
            side, lambda: actions.look(officer, sent.pk), lambda: actions.take_back(clerk, sent.pk)
        )
        assert sorted(came) in (["Refused", "done"], ["Conflict", "done"])
        looked = hasattr(Submission.objects.get(pk=sent.pk), "look")
        assert consistent(side).state == (State.SUBMITTED if looked else State.OPEN)


def test_reopened_twice_is_reopened_once(side: Side, sent: Submission) -> None:
    officer = side.viewer("officer")
    with scope(tenant=[side.tenant.pk]):
        life.accept(side, sent)
        came = at_once(side, *[lambda: actions.reopen(officer, sent.pk, reason="sai")] * 2)
        assert sorted(came) == ["Conflict", "done"]
        assert consistent(side).state == State.RETURNED


def test_nothing_waits_in_a_cycle_that_closes_meanwhile(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        cycle = life.open_cycle(side)
        life.write(side, "environment")
        report = life.report_of(side, "environment")
        officer, clerk = side.viewer("officer"), side.viewer("clerk_environment")
        came = at_once(
            side,
            lambda: actions.submit(clerk, report.pk, version=report.version),
            lambda: actions.close_cycle(officer, cycle.pk),
        )
        assert sorted(came) == ["Refused", "done"]
        cycle.refresh_from_db()
        assert (consistent(side).state == State.SUBMITTED) == (cycle.closed_at is None)


def test_confirmed_and_withdrawn_at_once_is_one_of_both(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        life.open_cycle(side)
        life.write(side, "finance")
        report = life.report_of(side, "finance")
        clerk, head = side.viewer("clerk_finance"), side.viewer("head_finance")
        row = actions.present(clerk, report.pk, version=report.version)
        came = at_once(side, lambda: actions.confirm(head, row.pk), lambda: actions.withdraw(clerk, row.pk))
        assert sorted(came) == ["Conflict", "done"]
        assert Submission.objects.count() == (came[0] == "done")


def test_two_administrators_do_not_end_each_other(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        first = side.viewer("administrator")
        other = side.people["secretariat"]
        agencies.grant_role(first, user=other.pk, party=side.parties["office"].pk, role=Role.ADMINISTRATOR)
        second = side.viewer("secretariat")
        held = Membership.objects.filter(valid_to=None, role=Role.ADMINISTRATOR, tenant=side.tenant)
        (of_first,) = held.filter(user=side.people["administrator"])
        (of_second,) = held.filter(user=other)
        came = at_once(
            side,
            lambda: agencies.end_role(first, of_second.pk),
            lambda: agencies.end_role(second, of_first.pk),
        )
        assert sorted(came) == ["Refused", "done"]
        assert held.count() == 1


def test_a_lost_job_is_started_again_once(side: Side, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with scopes_disabled():
        with writing():
            lost = timezone.now() - timedelta(minutes=5)
            job = Job.objects.create(tenant=side.tenant, kind="x", title="x", state="running", beat_at=lost)
        found: list[int] = []
        at_once(side, *[lambda: found.append(jobs.pick_up_lost())] * 2)
        job.refresh_from_db()
        assert (sum(found), job.lost, job.state) == (1, 1, "queued")


def test_all_write_at_once_and_who_closes_the_round_waits(side: Side) -> None:
    with scope(tenant=[side.tenant.pk]):
        cycle = life.open_cycle(side)
        first, second = cycle.obligations.order_by("pk")[:2]

    def write() -> None:
        with transaction.atomic():
            assert joined(second.pk).cycle == cycle

    def close() -> None:
        with transaction.atomic(), pytest.raises(OperationalError):
            Cycle.objects.select_for_update(nowait=True).get(pk=cycle.pk)

    with scope(tenant=[side.tenant.pk]), transaction.atomic():
        assert joined(first.pk).party == first.party
        assert at_once(side, write, close) == ["done", "done"]
