"""Single pages and one act beside their bounds: a list of 500 tasks, one task, a round of 130 agencies that is closed.

    python -m bench.pages [--tasks 500] [--communes 100] [--departments 30]

The plan and the province in a database of its own in a temporary folder. Prints CPU time (the best of some runs through
Django's client, templates included), SQL statements and the size of the page; exit code 1 when a bound is not kept.
What writes is undone after its measurement. Not measured: the network; compression (the size is before it).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

from bench.collecting import best, installation
from bench.sizes import sizes

Step = tuple[str, float, Callable[[], object]]
LIST, ONE, CLOSING = 0.05, 0.015, 1.0


def main() -> int:
    """Build, measure, print; 1 when a bound is not kept."""
    asked = sizes(__doc__, tasks=500, communes=100, departments=30)
    over = 0
    with installation():
        for title, bound, run in steps(asked.tasks, asked.communes, asked.departments):
            seconds, statements = best(run, 5)
            over += seconds > bound
            mark = "" if seconds <= bound else "  OVER"
            print(
                f"{title:<62} {seconds * 1000:6.0f} ms CPU of {bound * 1000:4.0f}  {statements:3} SQL{mark}",
                flush=True,
            )
    print("every bound is kept" if not over else f"{over} over the bound")
    return 1 if over else 0


def steps(tasks: int, communes: int, departments: int) -> Iterator[Step]:
    """What is measured, in its order."""
    from django_scopes import scope

    from bench.focal import _officer, _open, _press
    from bench.province import Province
    from luc.kernel.writing import writing
    from luc.plans.models import Task
    from luc.rounds.models import Obligation
    from tests.plan import make_plan

    province = Province(communes, departments, 40)
    officer, tenant = _officer(province), province.side.tenant.pk
    with scope(tenant=[tenant]):
        plan = make_plan(province.side, tasks, number="500/KH-UBND")
        one = Task.objects.filter(plan=plan)[0].pk
    yield f"list of {tasks} tasks", LIST, partial(_open, officer, f"/ke-hoach/{plan.pk}/nhiem-vu/")
    yield "one task", ONE, partial(_open, officer, f"/ke-hoach/{plan.pk}/nhiem-vu/{one}/")
    yield "one plan", LIST, partial(_open, officer, f"/ke-hoach/{plan.pk}/")
    with scope(tenant=[tenant]), writing():
        Obligation.objects.filter(cycle=province.cycle, state="submitted").update(state="accepted")
    address = f"/ky-bao-cao/{province.cycle.pk}/khep/"
    title = f"close a round of {province.count} parties x 40 tasks"
    yield title, CLOSING, partial(_press, officer, address, {"confirmed": "yes"})


if __name__ == "__main__":
    sys.exit(main())
