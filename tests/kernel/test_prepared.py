"""Prepared reads: the same rows as the queryset they are made of, in one statement, in the scope of each call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from luc.agencies.models import Membership, Party
from luc.kernel.prepared import Prepared
from luc.kernel.time import today, valid_on
from luc.territory.models import Unit
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def people(user: int, on: date) -> Any:
    rows = Membership.objects.filter(valid_on(on), user=user).select_related("party", "stands_for")
    return rows.order_by("pk")


def named(kinds: list[str], on: date, parties: list[int]) -> Any:
    rows = Party.objects.filter(Q(kind__in=kinds) | Q(pk__in=parties), valid_on(on))
    return rows.order_by("pk").values_list("pk", "name", "valid_from")


def test_rows_are_those_of_the_queryset(cast: Cast, django_assert_num_queries: Any) -> None:
    read = Prepared(people)
    with scopes_disabled():
        users = list(Membership.objects.values_list("user", flat=True))
        for user in users:
            for day in (today(), today() - timedelta(days=40_000)):
                with django_assert_num_queries(1):
                    found = [(row, row.party.name, row.stands_for) for row in read(user=user, on=day)]
                assert found == [(row, row.party.name, row.stands_for) for row in people(user, day)]
    assert users


def test_values_and_lists_of_any_length(cast: Cast) -> None:
    read = Prepared(named)
    with scopes_disabled():
        pks = list(Party.objects.order_by("pk").values_list("pk", flat=True))
        asked = [
            (["commune"], pks[:1]),
            (["commune", "department"], pks[:3]),
            (["department", "commune"], pks[2:4]),
            ([], pks),
            (["commune"], []),
            ([], []),
            (["commune'; --", "%s"], [2**40]),
        ]
        for kinds, parties in asked:
            for day in (today(), date(1990, 1, 1)):
                assert read(kinds=kinds, on=day, parties=parties) == list(named(kinds, day, parties))
        assert read(kinds=["commune"], on=today(), parties=[])


def test_each_call_sees_its_own_scope(cast: Cast) -> None:
    read = Prepared(lambda on: Party.objects.filter(valid_on(on)).order_by("pk"))
    with scopes_disabled():
        everybody = read(on=today())
    tenants = sorted({row.tenant_id for row in everybody})
    assert len(tenants) > 1
    for wanted in ([tenants[0]], [tenants[1]], tenants[:2], []):
        with scope(tenant=wanted):
            assert read(on=today()) == [row for row in everybody if row.tenant_id in wanted]
    with pytest.raises(ScopeError):
        read(on=today())


def test_a_stranger_reads_what_no_tenant_owns(cast: Cast) -> None:
    """Written once, though nobody's scope holds no tenant."""
    made = []

    def every(codes: list[str]) -> Any:
        made.append(codes)
        return Unit.objects.filter(code__in=codes).order_by("pk")

    read, codes = Prepared(every), list(Unit.objects.values_list("code", flat=True)[:3])
    for _turn in range(3):
        with scope(tenant=[]):
            assert read(codes=codes) == list(Unit.objects.filter(code__in=codes).order_by("pk")) != []
    assert len(made) == 1


def test_a_long_list_is_read_too(cast: Cast) -> None:
    read = Prepared(lambda pks: Party.objects.filter(pk__in=pks).order_by("pk"))
    with scopes_disabled():
        every = list(Party.objects.order_by("pk"))
        assert read(pks=[*range(10**6, 10**6 + 500), *(row.pk for row in every)]) == every


def test_get_says_what_is_missing(cast: Cast) -> None:
    read = Prepared(lambda pk: Party.objects.filter(pk=pk))
    with scopes_disabled():
        party = Party.objects.order_by("pk")[0]
        assert read.get(pk=party.pk) == party
        with pytest.raises(Party.DoesNotExist):
            read.get(pk=0)


def test_a_value_that_the_sql_would_hide_is_an_error() -> None:
    read = Prepared(lambda pk, kind: Party.objects.filter(pk=pk))
    with scopes_disabled(), pytest.raises(ValueError, match="kind"):
        read(pk=1, kind="commune")
    with scopes_disabled(), pytest.raises(TypeError):
        Prepared(lambda pk: Party.objects.filter(pk=pk))(pk=None)  # type: ignore[arg-type]
