"""A round: opened once, handed in frozen, judged, closed; each step with its exact history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import broken_links
from luc.kernel.models import Change
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.rounds import actions, queries
from luc.rounds.models import Cycle, Obligation, Submission, Verdict
from tests.cast import Side
from tests.rounds.steps import acting, open_for, opening

CONTENT = {"parts": [{"part": 1, "result": "đã làm"}]}


def _owed(side: Side, name: str = "finance") -> Obligation:
    return Obligation.objects.get(party=side.parties[name])


def _freeze(
    side: Side, name: str = "finance", content: dict[str, object] = CONTENT, is_nil: bool = False
) -> Submission:
    with acting(side, "clerk_finance", "rounds.answer") as frame:
        return actions.freeze(frame, _owed(side, name).pk, content=content, is_nil=is_nil)


def _give_back(side: Side, submission: Submission, remarks: str = "Bổ sung số liệu") -> Verdict:
    with acting(side, "officer", "rounds.collect") as frame:
        return actions.give_back(frame, submission.pk, remarks=remarks)


def _accept(side: Side, *submissions: Submission) -> None:
    with acting(side, "officer", "rounds.collect") as frame:
        actions.accept(frame, [row.pk for row in submissions])


def test_opening_binds_each_party_once_and_says_so(here: Side) -> None:
    cycle = open_for(here, "finance", "board")
    line = Change.objects.get()
    assert (line.kind, line.before, line.act) == ("rounds.cycle", None, "rounds.collect")
    assert line.after["obligations"] == sorted([here.parties["finance"].pk, here.parties["board"].pk])
    assert line.after["due_at"] == cycle.due_at.isoformat()
    assert [why.why for row in cycle.obligations.all() for why in queries.stands_of(row)] == ["named"] * 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"period_until": date(2025, 12, 15)}, "period_end"),
        ({"cutoff": date(2999, 1, 1)}, "cutoff"),
    ],
)
def test_a_round_that_cannot_be_is_not_opened(here: Side, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        open_for(here, "finance", **wrong)
    assert list(refused.value.fields) == [field]
    assert not Cycle.objects.exists()
    assert not Change.objects.exists()


def test_the_same_period_is_opened_once(here: Side) -> None:
    open_for(here, "finance")
    with pytest.raises(Refused):
        open_for(here, "finance")


def test_nobody_bound_is_no_round(here: Side) -> None:
    with pytest.raises(Refused), acting(here, "officer", "rounds.collect") as frame:
        actions.open_cycle(frame, opening(here), [])


def test_handing_in_freezes_the_next_version(here: Side) -> None:
    open_for(here, "finance")
    first = _freeze(here)
    _give_back(here, first)
    second = _freeze(here, content={"parts": []}, is_nil=True)
    row = _owed(here)
    assert (first.version, second.version, row.version, row.state, row.is_nil) == (1, 2, 2, "submitted", True)
    assert row.submitted_at == first.at
    assert first.sha256 != second.sha256
    assert not first.is_late
    assert first.verdict.remarks == "Bổ sung số liệu"


def test_history_of_a_life(here: Side) -> None:
    open_for(here, "finance")
    first = _freeze(here)
    _give_back(here, first)
    _accept(here, _freeze(here))
    lines = [
        (c.kind, c.before and c.before.get("state"), (c.after or {}).get("state"))
        for c in Change.objects.order_by("sequence")
    ]
    assert lines == [
        ("rounds.cycle", None, None),
        ("rounds.submission", None, None),
        ("rounds.obligation", "open", "submitted"),
        ("rounds.verdict", None, None),
        ("rounds.obligation", "submitted", "returned"),
        ("rounds.submission", None, None),
        ("rounds.obligation", "returned", "submitted"),
        ("rounds.obligation", "submitted", "accepted"),
    ]
    assert Change.objects.get(sequence=2).after == {"version": 1, "sha256": first.sha256}
    assert broken_links(here.tenant.pk) == []


def test_what_was_handed_in_cannot_change(here: Side) -> None:
    open_for(here, "finance")
    first = _freeze(here)
    with pytest.raises(DatabaseError, match="append-only"), writing(), transaction.atomic():
        Submission.objects.filter(pk=first.pk).update(content={})
    kept = Submission.objects.get(pk=first.pk)
    assert kept.content == CONTENT
    assert actions.fingerprint(kept.content) == kept.sha256


def test_late_is_from_the_due_moment_on(here: Side) -> None:
    open_for(here, "finance", due=now() - timedelta(seconds=1))
    assert _freeze(here).is_late


def test_twice_handed_in_is_a_conflict(here: Side) -> None:
    open_for(here, "finance")
    _freeze(here)
    with pytest.raises(Conflict):
        _freeze(here)
    assert Submission.objects.count() == 1


def test_returning_needs_words(here: Side) -> None:
    open_for(here, "finance")
    with pytest.raises(Refused) as refused:
        _give_back(here, _freeze(here), "  ")
    assert "remarks" in refused.value.fields
    assert _owed(here).state == "submitted"


def test_only_the_waiting_version_is_judged(here: Side) -> None:
    open_for(here, "finance", "board")
    first, other = _freeze(here), _freeze(here, "board")
    _give_back(here, first)
    with pytest.raises(Conflict):
        _accept(here, first, other)
    assert _owed(here, "board").state == "submitted"
    with pytest.raises(Refused):
        _accept(here)


def test_a_closed_round_takes_nothing(here: Side) -> None:
    cycle = open_for(here, "finance", "board")
    submission = _freeze(here)
    with pytest.raises(Refused, match="1 báo cáo"), acting(here, "officer", "rounds.collect") as frame:
        actions.close(frame, cycle.pk)
    _accept(here, submission)
    with acting(here, "officer", "rounds.collect") as frame:
        actions.close(frame, cycle.pk)
    with pytest.raises(Refused, match="khép lại"):
        _freeze(here, "board")
    with pytest.raises(Conflict), acting(here, "officer", "rounds.collect") as frame:
        actions.close(frame, cycle.pk)
