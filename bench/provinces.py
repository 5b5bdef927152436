"""Provinces that have reported to a ministry: what `bench.ministry` measures."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django_scopes import scopes_disabled

from bench.country import make_country
from luc.agencies.models import Membership, Role
from luc.kernel.models import User
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.plans.models import Part, Progress
from luc.reporting.content import compose
from luc.reporting.models import Report
from luc.reporting.queries.reports import draft
from luc.rounds.actions import fingerprint
from luc.rounds.models import Cycle, Obligation, Submission, Verdict
from luc.territory.models import TenantUnit
from tests.cast import Side
from tests.ministry import make_ministry

HEARD = 3  # of four communes


class Ministry:
    """A country with a ministry over it, and the pages of its officer and its reader."""

    def __init__(self, communes: int, tasks: int) -> None:
        _desks, rounds = make_country(communes, tasks)
        with scopes_disabled():
            sides = [_side(one.tenant) for one in rounds]
            self.ministry = make_ministry(*sides)
            for one in rounds:
                _heard(Cycle.objects.get(pk=one.cycle))
            self.cycle = self.ministry.open_cycle()
            self.below = rounds[0].cycle
            with writing():
                for report, one in zip(_reports(self.cycle), rounds, strict=True):
                    _answered(report, Cycle.objects.get(pk=one.cycle))
        self.provinces = len(rounds)

    def pages(self) -> list[tuple[str, Client, str]]:
        """What is measured: its name, who looks, the address."""
        officer, reader = (_client(self.ministry.people[name]) for name in ("m.officer", "m.reader"))
        return [
            ("country's table by province", reader, "/ky-bao-cao/cac-tinh/"),
            (
                "the ministry's round by province, its reader",
                reader,
                f"/ky-bao-cao/{self.cycle.pk}/cac-tinh/",
            ),
            (
                "the ministry's round by province, its officer",
                officer,
                f"/ky-bao-cao/{self.cycle.pk}/cac-tinh/",
            ),
            ("consolidation over the provinces", officer, f"/ky-bao-cao/{self.cycle.pk}/tong-hop/"),
            ("board of the ministry's round", officer, f"/ky-bao-cao/{self.cycle.pk}/"),
            ("list of rounds of every province", reader, "/ky-bao-cao/"),
            ("consolidation of one province below", reader, f"/ky-bao-cao/{self.below}/tong-hop/"),
        ]


def _side(tenant: int) -> Side:
    """A province that is written, as the ministry's setting-up wants it."""
    unit = TenantUnit.objects.select_related("unit", "tenant").get(tenant=tenant, unit__valid_to=None)
    officer = Membership.objects.select_related("user").get(tenant=tenant, role=Role.OFFICER)
    central = Membership.objects.select_related("party").get(tenant=tenant, role=Role.MINISTRY_READER)
    return Side(unit.tenant, unit.unit, {"ministry": central.party}, {"officer": officer.user})


def _heard(cycle: Cycle) -> None:
    """Three of four communes have an accepted report of their own words; leads have told how far they are."""
    rows = list(_reports(cycle))
    content = compose(draft(rows[-1]))
    for row in content["rows"]:
        value = (
            {"value": "70", "kind": "actual"}
            if row["section"] == "figure"
            else {"result": "Đã tổ chức hai lớp"}
        )
        row |= value | ({"state": "took_part"} if row["section"] == "part" else {})
    with writing():
        heard = [row.obligation for n, row in enumerate(rows) if (n + 1) % (HEARD + 1)]
        _submit(heard, content)
        parts = Part.objects.filter(task__plan=rows[0].plan_id, role=Part.Role.LEAD)
        Progress.objects.bulk_create(
            Progress(
                tenant_id=cycle.tenant_id,
                part=part,
                party_id=part.party_id,
                period_start=cycle.period_start,
                period_until=cycle.period_until,
                state=Progress.State.ON_TIME if n % 3 else Progress.State.DONE,
                source_kind="reporting.submission",
                source_id=0,
                at=now(),
            )
            for n, part in enumerate(parts)
        )


def _reports(cycle: Cycle) -> list[Report]:
    rows = Report.objects.filter(obligation__cycle=cycle).order_by("pk")
    return list(rows.select_related("obligation__party", "obligation__cycle__collector", "plan"))


def _submit(obligations: list[Obligation], content: dict[str, object]) -> None:
    seal, at = fingerprint(content), now() - timedelta(hours=1)
    rows = Submission.objects.bulk_create(
        Submission(
            tenant_id=one.tenant_id,
            obligation=one,
            version=1,
            content=content,
            sha256=seal,
            is_nil=False,
            is_late=False,
            at=at,
            by_name="",
        )
        for one in obligations
    )
    Verdict.objects.bulk_create(
        Verdict(tenant_id=row.tenant_id, submission=row, kind=Verdict.Kind.ACCEPTED, at=at, by_name="")
        for row in rows
    )
    Obligation.objects.filter(pk__in=[one.pk for one in obligations]).update(
        state=Obligation.State.ACCEPTED, version=1, submitted_at=at
    )


def _answered(report: Report, below: Cycle) -> None:
    """A province's accepted report, each row taken from its own round."""
    content = compose(draft(report))
    heard = list(Submission.objects.filter(obligation__cycle=below).values_list("pk", flat=True))
    origin = {
        "cycle": {"id": below.pk, "title": below.title, "cutoff": below.cutoff.isoformat()},
        "at": now().isoformat(),
        "heard": len(heard),
        "bound": below.obligations.count(),
        "rows": [[pk, 1, "part-1"] for pk in heard],
        "items": [],
    }
    for row in content["rows"]:
        value = (
            {"value": "70", "kind": "actual"}
            if row["section"] == "figure"
            else {"result": "Đã xong bước một"}
        )
        row |= value | {"from": origin} | ({"state": "on_time"} if row["section"] == "part" else {})
    _submit([report.obligation], content)


def _client(user: User) -> Client:
    client = Client()
    with writing():
        client.force_login(user)
    return client


def get(client: Client, address: str) -> object:
    """A page, which has to be there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer
