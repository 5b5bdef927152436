"""A province as large as the largest: its communes and departments, a plan, a cycle in which all have reported."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.test import Client
from django_scopes import scope, scopes_disabled

from luc.agencies.models import Party
from luc.kernel.history import action
from luc.kernel.models import User
from luc.kernel.writing import writing
from luc.plans.models import Part
from luc.reporting.content import compose
from luc.reporting.models import Report
from luc.reporting.queries.consolidation import consolidate
from luc.reporting.queries.reports import draft
from luc.rounds.actions import freeze
from luc.rounds.models import Cycle
from luc.territory.models import Unit
from tests.cast import MERGER, Side, make_side
from tests.plan import make_plan
from tests.reporting.life import open_cycle


class Province:
    """A tenant as the tests', grown to size; every third coordinating party took part in every third task.

    `late`: how many parties have not handed in. `code`: of the province; several stand side by side.
    """

    def __init__(
        self, communes: int, departments: int, tasks: int, *, late: int = 0, code: str = "p1"
    ) -> None:
        with writing(), scopes_disabled():
            self.side = make_side(code, f"tỉnh Mẫu {code}", code)
        with scope(tenant=[self.side.tenant.pk]):
            self._grow(communes, departments)
            plan = make_plan(self.side, tasks)
            with writing():  # communes work along in every task
                Part.objects.filter(task__plan=plan, role="coordinate").update(
                    party=self.side.parties["communes"]
                )
            self.cycle = open_cycle(self.side, plan)
            self.waiting = open_cycle(self.side, make_plan(self.side, 60, number="60/KH"))
            _report(self.side, self.cycle, late)
            self.count = self.cycle.obligations.count()

    def _grow(self, communes: int, departments: int) -> None:
        with writing():
            for n in range(communes - 3):
                unit = Unit(
                    code=f"{self.side.province.code}{n + 100}",
                    level="commune",
                    name=f"Mẫu {n}",
                    full_name=f"Xã Mẫu {n}",
                    type="xa",
                )
                unit.parent, unit.valid_from = self.side.province, MERGER
                unit.save()
                self._party("commune", f"UBND {unit.full_name}", unit=unit)
            for n in range(departments - 6):
                self._party("department", f"Sở Mẫu {n}")

    def _party(self, kind: str, name: str, **more: object) -> Party:
        return Party.objects.create(tenant=self.side.tenant, kind=kind, name=name, **more)

    def measured(self) -> dict[str, Callable[[], object]]:
        """What is measured, by what it is called."""
        side, cycle = self.side, self.cycle
        counts = f"{self.count} parties"
        commune = self._form("commune_1", "clerk_commune", cycle)
        leading = self._form("finance", "clerk_finance", self.waiting)
        officer = self._client(side.people["officer"])
        return {
            f"commune's form: {commune[1]} rows, folded": commune[0],
            f"department's form: {leading[1]} rows": leading[0],
            f"consolidation, data: {counts}": partial(self._consolidate, cycle),
            f"consolidation, page: {counts}": partial(_get, officer, f"/ky-bao-cao/{cycle.pk}/tong-hop/"),
            f"board: {counts}": partial(_get, officer, f"/ky-bao-cao/{cycle.pk}/"),
            "a commune's desk, a plan to acknowledge": partial(
                _get, self._client(side.people["clerk_commune_2"]), "/"
            ),
            f"the officer's desk: {counts}": partial(_get, officer, "/"),
            f"the leader's page: {counts}": partial(_get, self._client(side.people["leader"]), "/lanh-dao/"),
            "opening page": partial(_get, officer, f"/ky-bao-cao/mo/{cycle.source_id}/"),
        }

    def _consolidate(self, cycle: Cycle) -> object:
        with scope(tenant=[self.side.tenant.pk]):
            return consolidate(self.side.viewer("officer"), cycle, accepted_only=False)

    def _form(self, party: str, person: str, cycle: Cycle) -> tuple[Callable[[], object], int]:
        with scope(tenant=[self.side.tenant.pk]), writing():
            row = Report.objects.get(obligation__cycle=cycle, obligation__party=self.side.parties[party])
            row.obligation.state = "open"
            row.obligation.save(update_fields=["state"])
            count = len(draft(row).lines)
        return partial(_get, self._client(self.side.people[person]), f"/bao-cao/{row.pk}/"), count

    def _client(self, user: User) -> Client:
        client = Client()
        with writing():
            client.force_login(user)
        return client


def _get(client: Client, address: str) -> object:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer


def _report(side: Side, cycle: Cycle, late: int) -> None:
    """All but the last `late` hand in: leads on time, of those who work along every third in every third task."""
    rows = Report.objects.filter(obligation__cycle=cycle).select_related(
        "obligation__cycle", "obligation__party", "plan"
    )
    with action(side.viewer("officer"), "rounds.collect", tenant=side.tenant.pk) as acting:
        for n, row in enumerate(rows[: len(rows) - late]):
            content = compose(draft(row))
            for m, said in enumerate(content["rows"]):
                said |= _answer(said, n, m)
            freeze(acting, row.obligation_id, content=content, is_nil=False)


def _answer(said: dict[str, object], n: int, m: int) -> dict[str, object]:
    if said["section"] == "figure":
        return {"value": "70", "kind": "actual"}
    if said.get("role") == "coordinate" and (n + m) % 9:
        return {"nil": True}
    state = "took_part" if said.get("role") == "coordinate" else "on_time"
    return {"result": "Đã tổ chức hai lớp tập huấn và ban hành văn bản hướng dẫn thực hiện", "state": state}
