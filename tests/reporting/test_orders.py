"""Whatever the order of what people do, what counts is what is accepted: a machine that does anything at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from luc.agencies import actions as agencies
from luc.figures.models import Standing
from luc.figures.queries import COUNTING, counting_on, value_of
from luc.kernel.errors import NotAllowed, Refused
from luc.kernel.history import broken_links
from luc.kernel.time import now, today
from luc.plans.models import Plan, Progress
from luc.reporting import actions
from luc.reporting.content import value_of as said_value
from luc.reporting.models import Report
from luc.reporting.queries.consolidation import consolidate
from luc.reporting.queries.reports import draft
from luc.rounds import moving
from luc.rounds import queries as rounds
from luc.rounds.actions import fingerprint
from luc.rounds.models import Cycle, Obligation, Presentation, Stands, Submission
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting import life

State = Obligation.State
CLERKS = dict(life.PEOPLE)
NAMES = st.sampled_from(["finance", "environment", "science", "commune_1"])
VALUES = st.integers(0, 100).map(str)


class Orders(RuleBasedStateMachine):
    """One cycle of a small plan, and everything that people do with its reports."""

    side: ClassVar[Side]
    plan: ClassVar[Plan]
    done: ClassVar[Counter[str]] = Counter()

    @initialize()
    def opened(self) -> None:
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.cycle = life.open_cycle(self.side, self.plan)
        self.bound = set(self.cycle.obligations.values_list("party", flat=True))
        self.sealed: dict[tuple[str, int], str] = {}
        self.ended: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "frame"):
            assert broken_links(self.side.tenant.pk) == []
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def attempt(self, what: str, act: Callable[[], Any]) -> None:
        """Do it, or be refused; what was refused left nothing behind, as the invariants see."""
        try:
            act()
        except (Refused, NotAllowed, ObjectDoesNotExist):
            return
        self.done[what] += 1

    def report(self, name: str) -> Report:
        return Report.objects.get(obligation__party=self.side.parties[name], obligation__cycle=self.cycle)

    def clerk(self, report: Report) -> Any:
        """Who writes a report now; nobody's clerk where its agency has none in the cast."""
        names = {self.side.parties[name].pk: person for name, person in CLERKS.items()}
        return self.side.viewer(names.get(report.obligation.answerer_id, "clerk_commune_2"))

    def last(self, name: str) -> Submission:
        row = Obligation.objects.get(cycle=self.cycle, party=self.side.parties[name])
        return Submission.objects.get(obligation=row, version=row.version)

    @property
    def officer(self) -> Any:
        return self.side.viewer("officer")

    @rule(name=NAMES, value=VALUES)
    def write(self, name: str, value: str) -> None:
        def act() -> None:
            report = self.report(name)
            rows = life.full_answers(draft(report), f"Đã làm {value}", value)
            actions.save_draft(self.clerk(report), report.pk, version=report.version, rows=rows)

        self.attempt("write", act)

    @rule(name=NAMES, value=VALUES)
    def write_and_submit(self, name: str, value: str) -> None:
        self.write(name, value)
        self.submit(name)

    @rule(name=NAMES)
    def submit(self, name: str) -> None:
        def act() -> None:
            report = self.report(name)
            explained = {line.row.key: "đã rà soát" for line in draft(report).lines}
            actions.submit(self.clerk(report), report.pk, version=report.version, explanations=explained)

        self.attempt("submit", act)

    @rule(name=NAMES, value=VALUES)
    def write_submit_accept(self, name: str, value: str) -> None:
        self.write_and_submit(name, value)
        self.accept(name)

    @rule(value=VALUES)
    def present(self, value: str) -> None:
        def act() -> None:
            report = self.report("finance")
            actions.present(self.side.viewer("clerk_finance"), report.pk, version=report.version)

        self.write("finance", value)
        self.attempt("present", act)

    @rule(sends=st.booleans())
    def approve(self, sends: bool) -> None:
        row = Presentation.objects.filter(decision=None, obligation__cycle=self.cycle).first()
        if row is None:
            return
        head = self.side.viewer("head_finance")
        if sends:
            self.attempt("confirm", lambda: actions.confirm(head, row.pk))
        else:
            self.attempt("pass back", lambda: actions.pass_back(head, row.pk, remarks="xem lại"))

    @rule(name=NAMES)
    def take_back(self, name: str) -> None:
        self.attempt(
            "take back", lambda: actions.take_back(self.clerk(self.report(name)), self.last(name).pk)
        )

    @rule(name=NAMES)
    def give_back(self, name: str) -> None:
        self.attempt(
            "give back", lambda: actions.give_back(self.officer, self.last(name).pk, remarks="thiếu")
        )

    @rule(name=NAMES)
    def accept(self, name: str) -> None:
        self.attempt("accept", lambda: actions.accept(self.officer, [self.last(name).pk]))

    @rule()
    def accept_all(self) -> None:
        rows = rounds.last_submissions(self.officer).filter(
            obligation__cycle=self.cycle, obligation__state=State.SUBMITTED
        )
        self.attempt("accept all", lambda: actions.accept(self.officer, [row.pk for row in rows]))

    @rule(name=NAMES, later=st.booleans())
    def reopen(self, name: str, later: bool) -> None:
        until = now() + timedelta(days=1) if later else None
        self.attempt(
            "reopen", lambda: actions.reopen(self.officer, self.last(name).pk, reason="sai", until=until)
        )

    @rule(name=NAMES, granted=st.booleans())
    def ask(self, name: str, granted: bool) -> None:
        def act() -> None:
            clerk = self.clerk(self.report(name))
            asked = actions.ask_to_correct(clerk, self.last(name).pk, reason="nhầm số")
            actions.answer_request(self.officer, asked.pk, granted=granted, answer="xét rồi")

        self.attempt("ask", act)

    @rule(often=st.integers(0, 3))
    def close(self, often: int) -> None:
        if often:  # a closed cycle refuses nearly everything
            return
        self.attempt("close", lambda: actions.close_cycle(self.officer, self.cycle.pk))

    @rule()
    def open_again(self) -> None:
        self.attempt(
            "open again", lambda: actions.reopen_cycle(self.officer, self.cycle.pk, reason="gia hạn")
        )

    @rule(name=NAMES, value=VALUES)
    def write_submit_take_back(self, name: str, value: str) -> None:
        self.write_and_submit(name, value)
        self.take_back(name)

    @rule(name=NAMES, value=VALUES)
    def write_submit_give_back(self, name: str, value: str) -> None:
        self.write_and_submit(name, value)
        self.give_back(name)

    @rule(name=NAMES, value=VALUES, opens=st.booleans())
    def evening_of_closing(self, name: str, value: str, opens: bool) -> None:
        """All is accepted, the cycle is closed, one party is late and may; sometimes all may again."""
        self.accept_all()
        self.close(0)
        self.except_one(name)
        self.write_and_submit(name, value)
        if opens:
            self.open_again()

    @rule(name=NAMES)
    def except_one(self, name: str) -> None:
        until = now() + timedelta(days=1)
        self.attempt(
            "except",
            lambda: actions.open_once_more(
                self.officer, self.report(name).obligation_id, until=until, reason="lũ"
            ),
        )

    @rule(name=NAMES, other=NAMES, often=st.booleans())
    def stand_in(self, name: str, other: str, often: bool) -> None:
        if often:
            return
        party = None if name == other else self.side.parties[other].pk
        self.attempt(
            "stand in",
            lambda: actions.stand_in(
                self.officer, self.report(name).obligation_id, party=party, reason="thiếu người"
            ),
        )

    @rule(
        name=st.sampled_from(["finance", "science"]),
        new=st.sampled_from(["environment", "board"]),
        often=st.booleans(),
    )
    def end(self, name: str, new: str, often: bool) -> None:
        if often or name in self.ended:
            return
        self.ended.add(name)
        parties = self.side.parties
        self.attempt(
            "end",
            lambda: agencies.end_party(
                self.side.viewer("administrator"), parties[name].pk, on=today(), successors=[parties[new].pk]
            ),
        )

    @rule()
    def worker_looks(self) -> None:
        moving.look()

    # what must hold

    def heard(self, *states: str) -> Iterator[Submission]:
        for row in Obligation.objects.filter(cycle=self.cycle, state__in=states):
            yield Submission.objects.get(obligation=row, version=row.version)

    @invariant()
    def what_is_frozen_stays(self) -> None:
        for model in (Submission, Presentation):
            for row in model.objects.filter(obligation__cycle=self.cycle):
                assert fingerprint(row.content) == row.sha256
                assert self.sealed.setdefault((model.__name__, row.pk), row.sha256) == row.sha256

    @invariant()
    def each_bound_party_has_one_live_obligation(self) -> None:
        live = Obligation.objects.filter(cycle=self.cycle).exclude(state=State.HANDED_ON)
        answering = {row.pk: {row.party_id} for row in live}
        for row in Stands.objects.filter(obligation__in=list(answering), bound__in=self.bound):
            answering[row.obligation_id].add(row.bound_id)
        counts = Counter(party for parties in answering.values() for party in parties)
        assert self.bound <= counts.keys()
        assert set(counts.values()) == {1}

    @invariant()
    def coverage_is_exact(self) -> None:
        live = Obligation.objects.filter(cycle=self.cycle).exclude(state=State.HANDED_ON)
        states = Counter(live.values_list("state", flat=True))
        found = rounds.completeness(self.officer, [self.cycle.pk])[self.cycle.pk]
        assert found.bound == sum(states.values())
        assert (found.accepted, found.waiting) == (states[State.ACCEPTED], states[State.SUBMITTED])
        assert (found.returned, found.untouched) == (states[State.RETURNED], states[State.OPEN])
        if Cycle.objects.get(pk=self.cycle.pk).closed_at:
            assert not live.filter(state=State.SUBMITTED, open_until=None).exists()

    @invariant()
    def the_consolidation_is_the_sum_of_what_is_accepted(self) -> None:
        for states, accepted_only in (([State.ACCEPTED], True), ([State.ACCEPTED, State.SUBMITTED], False)):
            told = consolidate(self.officer, self.cycle, accepted_only=accepted_only)
            rows = [(one, row) for one in self.heard(*states) for row in one.content["rows"]]
            assert told.heard == len({one.pk for one in self.heard(*states)})
            said = Counter(
                (one.pk, row["key"], said_value(row)) for one, row in rows if row["section"] == "figure"
            )
            shown = Counter(
                (v.submission, str(v.row["key"]), v.value) for line in told.targets for v in line.voices
            )
            assert shown == said
            parts = Counter((one.pk, row["key"]) for one, row in rows if row["section"] == "part")
            assert Counter((v.submission, v.row["key"]) for t in told.tasks for v in t.voices) == parts

    @invariant()
    def the_ledger_says_the_same(self) -> None:
        for states, standings in (
            ([State.ACCEPTED], (Standing.Kind.ACCEPTED,)),
            ([State.ACCEPTED, State.SUBMITTED], COUNTING),
        ):
            said: Counter[tuple[int, Decimal]] = Counter()
            for one in self.heard(*states):
                values = [said_value(row) for row in one.content["rows"] if row["section"] == "figure"]
                said.update((one.pk, value) for value in values if value is not None)
            kept = counting_on(self.officer, now(), standings)
            assert Counter((row.source_id, value_of(row)) for row in kept) == said

    @invariant()
    def progress_is_that_of_the_accepted(self) -> None:
        kept = Counter(
            Progress.objects.filter(withdrawal=None).values_list("source_id", "part_id", "party_id")
        )
        said = Counter(
            (one.pk, row["id"], one.obligation.party_id)
            for one in self.heard(State.ACCEPTED)
            for row in one.content["rows"]
            if row["section"] == "part"
        )
        assert kept == said


ACTS = {
    *("write", "submit", "present", "confirm", "pass back", "take back", "give back", "accept"),
    *("accept all", "reopen", "ask", "close", "open again", "except", "stand in", "end"),
}


def machine(side: Side) -> type[Orders]:
    """The machine in a tenant whose finance department confirms its reports."""
    agencies.set_approval(side.viewer("head_finance"), side.parties["finance"].pk, is_needed=True)
    own = {"side": side, "plan": make_plan(side), "done": Counter()}
    return type("Here", (Orders,), own)


def test_each_step_keeps_what_must_hold(here: Side) -> None:
    """Every step once where it is possible, so that none is only ever refused."""
    walk = machine(here)()
    walk.opened()
    steps: list[Callable[[], Any]] = [
        lambda: walk.write_submit_take_back("environment", "40"),
        lambda: walk.write_submit_give_back("environment", "41"),
        lambda: walk.write_submit_accept("environment", "42"),
        lambda: walk.present("7"),
        lambda: walk.approve(False),
        lambda: walk.present("8"),
        lambda: walk.approve(True),
        lambda: walk.ask("finance", True),
        lambda: walk.reopen("environment", False),
        lambda: walk.stand_in("commune_1", "environment", False),
        lambda: walk.write_and_submit("commune_1", "3"),
        walk.accept_all,
        lambda: walk.end("science", "environment", False),
        walk.worker_looks,
        lambda: walk.write_and_submit("environment", "43"),
        lambda: walk.evening_of_closing("commune_2", "5", False),
        lambda: walk.reopen("environment", True),
        walk.open_again,
    ]
    for step in steps:
        step()
        walk.what_is_frozen_stays()
        walk.each_bound_party_has_one_live_obligation()
        walk.coverage_is_exact()
        walk.the_consolidation_is_the_sum_of_what_is_accepted()
        walk.the_ledger_says_the_same()
        walk.progress_is_that_of_the_accepted()
    assert walk.done.keys() >= ACTS, ACTS - walk.done.keys()
    walk.teardown()


def test_whatever_the_order_what_is_accepted_counts(here: Side) -> None:
    found = machine(here)
    run_state_machine_as_test(
        found,
        settings=settings(
            max_examples=8,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(found.done.keys() & ACTS) >= 12, found.done
