"""The demonstration's story: a sample plan adopted, last year complete, this year's quarters, a round that runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, OuterRef

from luc.agencies.actions import add_party
from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import viewer_of
from luc.demonstration import industry, publishing, requests
from luc.demonstration.reports import Course, fill
from luc.kernel import jobs
from luc.kernel.models import Job, Tenant
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import start_of, telling, today
from luc.plans.actions.adopt import adopt
from luc.plans.actions.choose import accept_suggestions, create_missing
from luc.plans.actions.upload import upload
from luc.plans.models import Plan, Reading, Regime, RegimeParty
from luc.plans.queries.readings import review
from luc.reporting.actions.checking import check
from luc.reporting.actions.opening import Choices, close_cycle, open_cycle
from luc.reporting.checks import Checks, Proof
from luc.reporting.cut import Audience, Section
from luc.reporting.queries.binding import binding
from luc.rounds.models import Cycle, Obligation
from luc.rounds.periods import Proposal, current, propose

SAMPLE = "ke-hoach-cnmt-mau.docx"
CHECKS = Checks(proof={Section.LEAD.value: Proof.EXPLAIN.value})
Say = Callable[[str], None]


def holder(tenant: Tenant, party: str, role: str) -> Viewer:
    """The viewer who holds a role in a party, by the party's name."""
    held = Membership.objects.filter(tenant=tenant, party__search_key=search_key(party), role=role)
    return viewer_of(held.values_list("user", flat=True)[0])


def meet_ministry(tenant: Tenant) -> None:
    """The ministry that reads along is a party before anybody has an account in it."""
    if not Party.objects.filter(tenant=tenant, search_key=search_key("Bộ Công Thương")).exists():
        add_party(Viewer.for_system(tenant.pk), tenant=tenant.pk, kind="central", name="Bộ Công Thương")


def read_paper(viewer: Viewer, tenant: Tenant, path: Path) -> Reading:
    """Upload a paper and read it at once; the reading waits for its review, or its job says why not."""
    reading = upload(viewer, tenant=tenant.pk, name=path.name, data=path.read_bytes())
    if reading.job and reading.job.state == Job.State.QUEUED:
        jobs.run.call(reading.job.pk)
    reading.refresh_from_db()
    return reading


def tell(tenant: Tenant, say: Say) -> None:
    """The whole story, each step said as it begins."""
    officer = holder(tenant, "Sở Công Thương", Role.OFFICER)
    say("đọc và thông qua kế hoạch mẫu")
    with telling(start_of(date(2025, 7, 21)) + timedelta(hours=9)):
        plan = adopt_sample(officer, tenant)
    for round_ in rounds_of(plan, today()):
        say(f"{round_.regime.get_frequency_display()}: {round_.proposal.title}")
        cycle = round_.open(officer)
        handed = fill(cycle, officer, round_.course)
        if round_.is_over:
            with telling(round_.course.ends + timedelta(days=1)):
                close_cycle(officer, cycle.pk)
            with telling(round_.course.ends + timedelta(days=2)):
                publishing.publish_plan(officer, plan)
        say(f"  {handed}/{Obligation.objects.filter(cycle=cycle).count()} đơn vị đã báo cáo")
    say("câu hỏi của người dân")
    publishing.ask(officer, plan)
    say("doanh nghiệp và hàng hóa môi trường")
    enterprises, offers = industry.tell(tenant)
    say(f"  {enterprises} doanh nghiệp, {offers} hàng hóa, dịch vụ (hư cấu)")
    say("báo cáo đột xuất gửi các xã, phường")
    answered, owing = requests.tell(tenant, officer, today())
    say(f"  {answered}/{owing} đơn vị đã trả lời")


def adopt_sample(officer: Viewer, tenant: Tenant) -> Plan:
    """The plan of samples/, as an officer in a hurry adopts it: every suggestion accepted."""
    reading = read_paper(officer, tenant, settings.ROOT / "samples" / SAMPLE)
    seen = review(officer, reading.pk)
    if any(seen.meant(name) is None for name in seen.names):
        create_missing(officer, reading.pk)
    accept_suggestions(officer, reading.pk)
    return adopt(officer, reading.pk)


@dataclass(frozen=True, slots=True)
class Round:
    """One cycle of the story: of which regime, what it proposes, when it is opened and how it goes."""

    regime: Regime
    proposal: Proposal
    opened: datetime
    course: Course
    is_over: bool

    def open(self, officer: Viewer) -> Cycle:
        """Open it as of its day."""
        plan, day = self.proposal, self.opened.date()
        assert plan.period_start is not None
        assert plan.last_day is not None
        assert plan.cutoff is not None
        asked = binding(self.regime, day)
        # a task that would be left with nobody: the officer also asks those whom the regime does not name
        extra = [line.party.pk for line in asked.left_out] if asked.orphans else []
        with telling(self.opened):
            cycle = open_cycle(
                officer,
                self.regime.pk,
                title=plan.title,
                period_start=plan.period_start,
                last_day=plan.last_day,
                cutoff=plan.cutoff,
                due_day=plan.due_day or plan.last_day,
                includes_day=plan.includes_day,
                choices=Choices(extra=extra, sections={Audience.LEADING.value: Section.values}),
            )
            if Checks.of(cycle.form.checks) != CHECKS:  # a round begins with those of the one before
                check(officer, cycle.pk, checks=CHECKS, bounds={})
        return cycle


def rounds_of(plan: Plan, on: date) -> list[Round]:
    """Last year's yearly round complete; this year's quarters that are over; what runs now, half in."""
    found = []
    asked = Regime.objects.filter(plan=plan, frequency__in=["annual", "quarterly"], collector__isnull=False)
    # what the collecting agency itself reports upwards is no round among the province's bodies
    own = RegimeParty.objects.filter(regime=OuterRef("pk"), party=OuterRef("collector"))
    for regime in asked.exclude(Exists(own)):
        for year, position in _periods(regime.frequency, on):
            deadline = (regime.deadline_day, regime.deadline_month)
            proposal = propose(regime.frequency, deadline, regime.includes_day, year, position)
            if (round_ := _round(regime, proposal, on)) is not None:
                found.append(round_)
    return sorted(found, key=lambda one: one.opened)


def _periods(frequency: str, on: date) -> list[tuple[int, int]]:
    year, position = current(frequency, on)
    if frequency == "annual":
        return [(year - 1, 1), (year, 1)]
    return [(year, number) for number in range(1, position + 1)]


def _round(regime: Regime, proposal: Proposal, on: date) -> Round | None:
    """Asked four weeks before it is due; None when that day is still to come."""
    due = proposal.due_day or proposal.last_day
    if due is None or regime.plan.date is None:
        return None
    opened = start_of(due) - timedelta(days=28) + timedelta(hours=8)
    now = start_of(on)
    if opened >= now or opened.date() <= regime.plan.date:
        return None
    is_over = start_of(due) < now
    course = Course(
        begins=opened + timedelta(days=3),
        ends=start_of(due) + timedelta(days=2) if is_over else now,
        handed_in=1.0 if is_over else 0.6,
        accepted=1.0 if is_over else 0.6,
        returned=0.0 if is_over else 0.1,
    )
    return Round(regime, proposal, opened, course, is_over)
