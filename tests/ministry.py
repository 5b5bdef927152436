"""A ministry of its own beside provinces of the cast: a tenant whose parties are their committees, with one plan."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django_scopes import scope, scopes_disabled

from luc.agencies.actions.founding import set_up
from luc.agencies.founding import start_of_ministry
from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import viewer_of
from luc.figures.models import Indicator
from luc.kernel.models import Tenant, User
from luc.kernel.rights import Viewer
from luc.kernel.writing import writing
from luc.papers.models import StoredFile
from luc.plans.models import Part, Plan, Regime, RegimeParty, Target, Task
from luc.reporting import actions
from luc.reporting.models import Report
from luc.rounds.models import Cycle
from luc.territory.models import Unit
from luc.territory.queries import country
from tests.cast import PASSWORD, Side
from tests.reporting.life import opening_values
from vanban.document import Document, Paragraph

TASKS = (
    "Xây dựng mô hình xử lý chất thải tại địa phương",
    "Hỗ trợ doanh nghiệp công nghiệp môi trường tiếp cận vốn",
)
TARGETS = (
    ("Tỷ lệ nước thải sinh hoạt được xử lý đạt 70 %", "70", "%"),
    ("Số doanh nghiệp công nghiệp môi trường đạt 200 doanh nghiệp", "200", "doanh nghiệp"),
)


@dataclass
class Ministry:
    """The ministry's tenant: its officer, a reader of every province, and its plan."""

    tenant: Tenant
    party: Party
    group: Party
    plan: Plan
    sides: Sequence[Side]
    people: dict[str, User]

    def committee(self, side: Side) -> Party:
        """The province as the ministry's register has it."""
        with scopes_disabled():
            return Party.objects.get(tenant=self.tenant, unit=side.province)

    def viewer(self, person: str) -> Viewer:
        return viewer_of(self.people[person].pk)

    def above(self, side: Side) -> Viewer:
        """The officer of a province, who writes its report to the ministry too."""
        return viewer_of(side.people["officer"].pk)

    @contextmanager
    def seen_by(self, viewer: Viewer) -> Iterator[None]:
        """The scope in which a viewer's requests run."""
        with scope(tenant=sorted(viewer.tenants)):
            yield

    def open_cycle(self, **more: Any) -> Cycle:
        """A cycle of the ministry's plan that binds every province."""
        viewer = self.viewer("m.officer")
        with self.seen_by(viewer):
            regime = Regime.objects.get(plan=self.plan)
            values = opening_values(title="Báo cáo của các tỉnh năm 2026") | more
            return actions.open_cycle(viewer, regime.pk, **values)

    def report_of(self, side: Side) -> Report:
        with scopes_disabled():
            return Report.objects.select_related("obligation__party", "obligation__cycle").get(
                tenant=self.tenant, obligation__party=self.committee(side)
            )


def make_ministry(*sides: Side) -> Ministry:
    """Write the ministry with the provinces of these sides; each side's officer is its clerk there."""
    with writing():
        whole = country()
    provinces = Unit.objects.filter(pk__in=[side.province.pk for side in sides])
    with scope(tenant=[]):
        tenant = set_up("BCT", start_of_ministry("Bộ Công Thương", "BCT", whole, provinces)).tenant
    with scope(tenant=[tenant.pk]), writing():
        party = Party.objects.get(name="Bộ Công Thương")
        group = Party.objects.get(kind="group")
        people = {
            "m.officer": _person("m.officer", party, Role.OFFICER),
            "m.reader": _person("m.reader", party, Role.MINISTRY_READER),
        }
        for side in sides:
            committee = Party.objects.get(unit=side.province)
            _role(side.people["officer"], committee, Role.CLERK)
        plan = _plan(tenant, party, group, whole, people["m.officer"])
    with scopes_disabled(), writing():
        for side in sides:
            _role(people["m.reader"], side.parties["ministry"], Role.MINISTRY_READER)
    return Ministry(tenant, party, group, plan, sides, people)


def _person(username: str, party: Party, role: Role) -> User:
    user = User(username=username, full_name=f"Người {username}", email=f"{username}@example.vn")
    user.set_password(PASSWORD)
    user.save()
    _role(user, party, role)
    return user


def _role(user: User, party: Party, role: Role) -> None:
    Membership.objects.create(
        tenant=party.tenant, user=user, party=party, role=role, valid_from=date(2020, 1, 1)
    )


def _plan(tenant: Tenant, party: Party, group: Party, whole: Unit, by: User) -> Plan:
    data = b"ke hoach cua bo"
    file = StoredFile.objects.create(
        tenant=tenant,
        sha256=hashlib.sha256(data).hexdigest(),
        name="ke-hoach-bo.txt",
        media_type="text/plain",
        size=len(data),
        path="ke-hoach-bo",
        uploaded_by=by,
        at=datetime(2026, 1, 19, 3, tzinfo=UTC),
    )
    lines = ("KẾ HOẠCH", *TASKS, *(target[0] for target in TARGETS))
    plan = Plan.objects.create(
        tenant=tenant,
        number="07/KH-BCT",
        date=date(2026, 1, 15),
        issuer=tenant.name,
        kind="KẾ HOẠCH",
        title="Phát triển ngành công nghiệp môi trường cả nước giai đoạn 2026 - 2030",
        period_start=2026,
        period_end=2030,
        territory=whole,
        focal=party,
        file=file,
        document=Document(tuple(Paragraph(line) for line in lines)).as_json(),
        header={"legal_bases": [], "signer": None, "recipients": []},
        adopted_at=datetime(2026, 1, 20, 3, tzinfo=UTC),
    )
    for order, text in enumerate(TASKS, 1):
        task = Task.objects.create(
            tenant=tenant,
            plan=plan,
            order=order,
            number=str(order),
            text=text,
            source="appendix",
            start="2026",
        )
        Part.objects.create(tenant=tenant, task=task, party=group, role="lead", order=0, printed=group.name)
    for order, (text, low, unit) in enumerate(TARGETS, 1):
        indicator = Indicator.objects.create(tenant=tenant, name=text, unit=unit)
        Target.objects.create(
            tenant=tenant,
            plan=plan,
            order=order,
            text=text,
            value_min=Decimal(low),
            unit=unit,
            year=2030,
            comparator="gte",
            indicator=indicator,
            territory=whole,
            answering=group,
        )
    regime = Regime.objects.create(
        tenant=tenant,
        plan=plan,
        order=1,
        reporter_text="UBND các tỉnh, thành phố",
        collector=party,
        addressees=[],
        frequency="annual",
        deadline_day=20,
        deadline_month=12,
    )
    RegimeParty.objects.create(tenant=tenant, regime=regime, party=group, printed=group.name)
    return plan
