"""When one is reminded: whatever the schedule and the calendar, never outside working hours, each moment once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from luc.kernel.time import VIETNAM, start_of
from luc.rounds.reminders.calendar import Calendar, holidays, known_until
from luc.rounds.reminders.ladder import Ladder, Person
from luc.rounds.reminders.models import DAYS, Policy, Rung
from luc.rounds.reminders.schedule import CAUGHT_UP, current, days_from, last_day, steps, target

NIGHT = timedelta(minutes=1)
days_of_years = st.dates(date(2026, 1, 1), date(2030, 12, 31))
offsets = st.lists(st.integers(-90, 90), max_size=20)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any hours; any days said to be off or worked, but never a month without work."""
    opens = draw(st.integers(0, 22))
    closes = draw(st.integers(opens + 1, 23))
    said = draw(st.dictionaries(days_of_years, st.booleans(), max_size=30))
    return Calendar(time(opens, draw(st.sampled_from([0, 30]))), time(closes, 45), said)


@st.composite
def due_moments(draw: st.DrawFn) -> datetime:
    return datetime.combine(draw(days_of_years), draw(st.times()), tzinfo=VIETNAM)


@given(due_moments(), offsets, calendars())
def test_no_moment_is_outside_working_hours(due_at: datetime, days: list[int], calendar: Calendar) -> None:
    for step in steps(due_at, days, calendar):
        assert calendar.is_open(step.at)
        assert calendar.works(step.at.astimezone(VIETNAM).date())


@given(due_moments(), offsets, calendars())
def test_before_is_before_and_after_is_after(due_at: datetime, days: list[int], calendar: Calendar) -> None:
    planned = steps(due_at, days, calendar)
    assert len({step.at for step in planned}) == len(planned)
    assert [step.offset for step in planned] == sorted(step.offset for step in planned)
    for step in planned:
        day = step.at.astimezone(VIETNAM).date()
        assert (step.at < due_at) == (step.offset <= 0)
        assert day <= step.planned if step.offset <= 0 else day >= step.planned
        assert step.planned == last_day(due_at) + timedelta(days=step.offset)


@given(due_moments(), offsets, calendars(), st.lists(st.integers(1, 36), min_size=1, max_size=400))
def test_each_step_stands_once_however_the_worker_looks(
    due_at: datetime, days: list[int], calendar: Calendar, pauses: list[int]
) -> None:
    """Looks at any times: a step is told at most once, in its order; with a look in time, exactly once."""
    planned = steps(due_at, days, calendar)
    opened_at = due_at - timedelta(days=40)
    moment, told = opened_at, []
    looks = []
    for pause in pauses:
        moment += timedelta(hours=pause)
        looks.append(moment)
        step = current(planned, opened_at, moment)
        if step and calendar.is_open(moment) and (not told or told[-1] is not step):
            told.append(step)
    assert [step.at for step in told] == sorted({step.at for step in told})
    for this, following in zip(planned, [*planned, None][1:], strict=True):
        until = min(following.at if following else this.at + CAUGHT_UP, this.at + CAUGHT_UP)
        in_time = any(this.at <= look < until and calendar.is_open(look) for look in looks)
        assert told.count(this) == (1 if in_time and this.at >= opened_at else 0)


@given(due_moments(), calendars())
def test_the_last_day_always_has_its_reminder(due_at: datetime, calendar: Calendar) -> None:
    planned = steps(due_at, DAYS, calendar)
    assert [step.offset for step in planned].count(0) == 1
    assert sum(step.offset <= 0 and due_at - step.at < timedelta(days=90) for step in planned) >= 1


@given(due_moments(), calendars())
def test_mails_leave_at_once_or_at_the_next_opening(moment: datetime, calendar: Calendar) -> None:
    leaves = calendar.next_open(moment)
    assert calendar.is_open(leaves)
    assert leaves == moment if calendar.is_open(moment) else leaves > moment
    assert calendar.next_open(leaves) == leaves


def test_before_the_tenth_ends_with_the_ninth() -> None:
    due = start_of(date(2026, 12, 10))
    assert last_day(due) == date(2026, 12, 9)
    assert days_from(due, date(2026, 12, 10)) == 1
    assert last_day(due + timedelta(hours=17)) == date(2026, 12, 10)


def test_due_before_the_office_opens_is_reminded_the_day_before() -> None:
    due = datetime(2026, 12, 10, 7, 30, tzinfo=VIETNAM)  # Thursday
    (step,) = steps(due, [0], Calendar())
    assert step.at == datetime(2026, 12, 9, 8, 0, tzinfo=VIETNAM)


people = st.lists(
    st.builds(
        Person,
        user=st.integers(1, 12),
        name=st.just("Người"),
        address=st.sampled_from(["", "a@b.vn"]),
        way=st.sampled_from(["digest", "single", "desk"]),
        is_refused=st.booleans(),
    ),
    max_size=3,
    unique_by=lambda person: person.user,
).map(tuple)
ladders = st.builds(
    lambda clerks, heads, officers, administrators: Ladder(
        {1: {"clerk": clerks, "head": heads}, 2: {"officer": officers}}, administrators
    ),
    people,
    people,
    people,
    people,
)


@given(ladders, st.integers(-14, 90), st.integers(1, 5), st.integers(0, 5))
def test_none_goes_nowhere(ladder: Ladder, offset: int, head_from: int, more: int) -> None:
    """Everybody up to the target is told, each once; above it only while nobody is reached; nobody is said plainly."""
    policy = Policy(head_from=head_from, officer_from=head_from + more)
    rung, overdue = target(offset, policy), offset > 0
    told = ladder.told(1, 2, rung, overdue=overdue)
    users = [line.person.user for line in told if line.person]
    assert len(users) == len(set(users))
    assert told
    order = [Rung.CONTACT, Rung.HEAD, Rung.OFFICER]
    for wanted in order[: order.index(rung) + 1]:
        assert {person.user for person in ladder.on(wanted, 1, 2)} <= set(users)
    if any(line.rung == Rung.NOBODY for line in told):
        assert not users
        assert not any(ladder.on(wanted, 1, 2) for wanted in order)
    reached = [line for line in told if line.person and line.person.is_reached(overdue=overdue)]
    if any(line.rung != Rung.NOBODY and order.index(line.rung) > order.index(rung) for line in told):
        lower = [person for wanted in order[: order.index(rung) + 1] for person in ladder.on(wanted, 1, 2)]
        at_target = ladder.on(rung, 1, 2)
        assert not any(person.is_reached(overdue=overdue) for person in at_target), (lower, reached)


def test_the_national_days_off_have_a_source_and_what_is_not_sure_is_no_day_off() -> None:
    known = holidays()
    for year in range(2026, known_until().year + 1):
        for month, day in ((1, 1), (4, 30), (5, 1), (9, 2)):
            assert known[date(year, month, day)].is_sure
        tet = [
            row
            for row in known.values()
            if row.day.year == year and row.name == "Tết Âm lịch" and row.is_sure
        ]
        assert len(tet) in (4, 5)  # the fifth day is announced each year
        assert not known[date(year, 11, 24)].is_sure
    assert all(row.source and row.name for row in known.values())
    calendar = Calendar()
    unsure = [row.day for row in known.values() if not row.is_sure and row.day.weekday() < 5]
    assert all(calendar.works(day) for day in unsure)
    # a weekly day of rest that is a holiday is made up for (Labour Code, article 111.3): never a Monday worked after
    assert not calendar.works(date(2027, 5, 3))
