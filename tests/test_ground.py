"""The laws of the ground: tenants stay apart, only actions write, history is a chain that cannot be bent."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from luc.agencies.models import Party
from luc.kernel import history
from luc.kernel.errors import NotAllowed
from luc.kernel.history import action
from luc.kernel.models import Change
from luc.kernel.writing import WriteOutsideAction, writing
from tests.cast import Cast, Side


def test_a_query_without_its_tenant_raises(cast: Cast) -> None:
    with pytest.raises(ScopeError):
        Party.objects.count()


def test_a_scope_shows_its_own_rows_only(cast: Cast) -> None:
    with scope(tenant=[cast.here.tenant.pk]):
        assert not Party.objects.filter(tenant=cast.there.tenant).exists()
        assert Party.objects.filter(name="Sở Công Thương").count() == 1


def test_writes_outside_actions_are_refused(here: Side) -> None:
    with pytest.raises(WriteOutsideAction):
        Party.objects.filter(pk=here.parties["board"].pk).update(name="Khác")


def test_an_action_without_history_is_undone(here: Side) -> None:
    viewer = here.viewer("administrator")
    with (
        pytest.raises(RuntimeError, match="no history"),
        action(viewer, "history.view", tenant=here.tenant.pk),
    ):
        Party.objects.filter(pk=here.parties["board"].pk).update(name="Khác")
    assert Party.objects.get(pk=here.parties["board"].pk).name == "Ban Quản lý các khu công nghiệp"


def test_an_action_needs_its_right(here: Side) -> None:
    with (
        pytest.raises(NotAllowed),
        action(here.viewer("clerk_finance"), "history.view", tenant=here.tenant.pk),
    ):
        raise AssertionError("the action was entered")


def _rename(side: Side, name: str) -> None:
    with action(side.viewer("administrator"), "history.view", tenant=side.tenant.pk, reason="thử") as acting:
        acting.change(side.parties["board"], name=name)


def test_history_tells_before_and_after_and_its_chain_holds(here: Side) -> None:
    _rename(here, "Ban Quản lý khu kinh tế")
    _rename(here, "Ban Quản lý")
    first, second = Change.objects.filter(tenant=here.tenant).order_by("sequence")
    assert (first.before, first.after) == (
        {"name": "Ban Quản lý các khu công nghiệp"},
        {"name": "Ban Quản lý khu kinh tế"},
    )
    assert second.previous == first.hash
    assert second.actor_name == here.people["administrator"].full_name
    assert history.broken_links(here.tenant.pk) == []


@pytest.mark.parametrize(
    "statement", ["UPDATE kernel_change SET actor_name='x'", "DELETE FROM kernel_change"]
)
def test_the_database_refuses_to_change_history(here: Side, statement: str) -> None:
    _rename(here, "Ban Quản lý")
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        connection.cursor().execute(statement)
    assert Change.objects.filter(tenant=here.tenant).count() == 1


def test_a_bent_line_is_found(here: Side) -> None:
    _rename(here, "Ban Quản lý")
    with writing():  # somebody with the database file in hand: add a line past the chain
        line = Change.objects.get(tenant=here.tenant)
        line.pk, line.sequence, line.title = None, 2, "giả"
        line.save(force_insert=True)
    assert 2 in history.broken_links(here.tenant.pk)
