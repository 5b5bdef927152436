"""A year that is accepted, with estimates and money, and the next one open: for people who look at it."""

from __future__ import annotations

from datetime import timedelta

from luc.kernel.time import today
from luc.reporting import actions
from luc.reporting.checks import Checks
from luc.reporting.queries.reports import draft
from luc.rounds.models import Cycle
from tests.cast import Side
from tests.plan import make_plan
from tests.reporting.life import PEOPLE, accept, full_answers, open_cycle, report_of

SECTIONS = ["lead", "coordinate", "duty", "figure", "estimate", "money", "obstacle", "evidence"]
ASKING = {"leading": SECTIONS}
ITEMS = [
    ("Nhiệm vụ số 3: xây dựng mô hình xử lý chất thải", "central", "12.500", "4.000", "1.250,5", "3.100"),
    ("Hồ điều hòa phường An Bình", "local", "3.200", "900", "310", "655,25"),
]
CELLS = ("title", "source", "approved", "planned", "disbursed", "cumulative")


def tell(side: Side) -> Cycle:
    """Write both years; the environment department estimated 80 % and told of two items of money."""
    plan, day = make_plan(side), today()
    before = open_cycle(
        side,
        plan,
        title="Báo cáo năm trước",
        period_start=day - timedelta(days=720),
        last_day=day - timedelta(days=356),
        cutoff=day - timedelta(days=370),
        sections=ASKING,
    )
    row = report_of(side, "environment", before)
    rows = full_answers(draft(row), value="60")
    rows[draft(row).section("figure")[0].row.key]["estimate"] = "80"
    rows |= {f"money-{n}": dict(zip(CELLS, item, strict=True)) for n, item in enumerate(ITEMS, 1)}
    viewer = side.viewer(PEOPLE["environment"])
    saved = actions.save_draft(viewer, row.pk, version=0, rows=rows)
    accept(side, actions.submit(viewer, row.pk, version=saved.version))
    cycle = open_cycle(side, plan, sections=ASKING)
    checks = Checks(proof={"lead": "explain"})
    actions.check(side.viewer("officer"), cycle.pk, checks=checks, bounds={})
    return cycle
