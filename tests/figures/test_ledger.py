"""The ledger: rows are only added; what counts is asked of a moment."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from luc.figures import actions, queries
from luc.figures.models import Figure, Indicator
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.time import now
from luc.kernel.writing import writing
from tests.cast import Side


def _indicator(side: Side) -> Indicator:
    with writing():
        return Indicator.objects.get_or_create(tenant=side.tenant, name="Tỷ lệ nước thải", unit="%")[0]


def _record(side: Side, value: str, party: str = "finance", corrects: int | None = None) -> Figure:
    row = actions.NewFigure(
        indicator=_indicator(side).pk,
        territory=side.province.pk,
        period_start=date(2025, 12, 15),
        period_until=date(2026, 12, 15),
        party=side.parties[party].pk,
        value=Decimal(value),
        unit="%",
        kind="actual",
        source_kind="test",
        source_id=7,
        corrects=corrects,
    )
    with action(side.viewer("officer"), "figures.all", tenant=side.tenant.pk) as acting:
        (figure,) = actions.record(acting, [row])
        acting.log(figure)
    return figure


def _step(side: Side, figure: Figure, verb: str) -> None:
    with action(side.viewer("officer"), "figures.all", tenant=side.tenant.pk) as acting:
        if verb == "accept":
            actions.accept(acting, [figure.pk])
        else:
            actions.withdraw(acting, [figure.pk], reason="trả lại")
        acting.log(figure)


def _known(side: Side, moment: datetime) -> list[tuple[str, str]]:
    rows = queries.known_on(side.viewer("officer"), moment).order_by("pk")
    return [(str(queries.value_of(row)), row.standing) for row in rows]


def test_a_value_is_kept_exactly(here: Side) -> None:
    figure = Figure.objects.get(pk=_record(here, "1234567.654321").pk)
    assert (figure.amount, figure.scale, queries.value_of(figure)) == (
        1234567654321,
        6,
        Decimal("1234567.654321"),
    )
    with pytest.raises(Refused):
        _record(here, "1E+20")


def test_what_was_known_then_and_what_is_known_now(here: Side) -> None:
    before = now()
    first = _record(here, "70.5")
    reported = now()
    _step(here, first, "accept")
    accepted = now()
    _record(here, "71", corrects=first.pk)
    assert _known(here, before) == []
    assert _known(here, reported) == [("70.5", "reported")]
    assert _known(here, accepted) == [("70.5", "accepted")]
    assert _known(here, now()) == [("70.5", "withdrawn"), ("71", "reported")]
    counting = queries.counting_on(here.viewer("officer"), now())
    assert [queries.value_of(row) for row in counting] == [Decimal(71)]


def test_withdrawn_once(here: Side) -> None:
    figure = _record(here, "1")
    _step(here, figure, "withdraw")
    _step(here, figure, "withdraw")
    assert [row.kind for row in figure.standings.order_by("pk")] == ["reported", "withdrawn"]


def test_a_figure_is_corrected_once(here: Side) -> None:
    first = _record(here, "1")
    _record(here, "2", corrects=first.pk)
    with pytest.raises(Conflict):
        _record(here, "3", corrects=first.pk)


def test_the_last_of_each_party_in_a_slot(here: Side) -> None:
    _record(here, "1")
    newer = _record(here, "2")
    other = _record(here, "3", party="board")
    rows = queries.latest_by_slot(queries.known_on(here.viewer("officer"), now()))
    assert list(rows) == [queries.slot_of(newer)]
    assert [row.pk for row in rows[queries.slot_of(newer)]] == [other.pk, newer.pk]


def test_a_clerk_sees_the_own_figures(here: Side) -> None:
    mine, other = _record(here, "1"), _record(here, "3", party="board")
    assert list(queries.figures(here.viewer("clerk_finance"))) == [mine]
    assert {mine, other} == set(queries.figures(here.viewer("leader")))
    assert not queries.figures(here.viewer("appraiser")).exists()


@pytest.mark.parametrize("table", ["figures_figure", "figures_standing"])
def test_the_ledger_is_append_only(here: Side, table: str) -> None:
    from django.db import connection

    _record(here, "1")
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table}")
