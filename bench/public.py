"""What the public pages of a plan cost: a province of 103 communes and 40 tasks, published after a round.

    python -m bench.public [--communes 103] [--departments 30] [--tasks 40]

A database of its own in a temporary folder. Prints CPU time (the best of some runs through Django's client, templates
included, for a stranger), SQL statements, and the bytes of the page as they travel (gzip), beside the bound of each;
exit code 1 when one is not kept. Left out: the network; style sheets and typeface (tests/site/test_browser.py weighs
a first view with all of them).
"""

from __future__ import annotations

import gzip
import sys
from functools import cache, partial

from bench.collecting import best, installation
from bench.sizes import sizes

BOUNDS = {"plan": 0.020, "tasks": 0.050, "task": 0.015, "targets": 0.020, "changes": 0.020, "plans": 0.020}
NO_BOUND = ("units", "plan_json", "table")


def main() -> int:
    """Build, publish, measure, print; 1 when a bound is not kept."""
    asked = sizes(__doc__, communes=103, departments=30, tasks=40)
    over = 0
    with installation():
        addresses = published(asked.communes, asked.departments, asked.tasks)
        for name, address in addresses.items():
            seconds, statements = best(partial(get, address))
            bound = BOUNDS.get(name)
            over += bound is not None and seconds > bound
            said = f"of {bound * 1000:3.0f}" if bound else "      "
            weight = len(gzip.compress(get(address))) / 1000
            print(
                f"{name:<12} {seconds * 1000:6.1f} ms CPU {said}  {statements:2} SQL  {weight:6.1f} KB",
                flush=True,
            )
        seconds, statements = best(partial(again, addresses["plan"]))
        print(f"{'plan, 304':<12} {seconds * 1000:6.1f} ms CPU         {statements:2} SQL")
    return 1 if over else 0


def published(communes: int, departments: int, tasks: int) -> dict[str, str]:
    """The addresses of a published plan of a province in which everybody has reported."""
    from django.urls import reverse
    from django_scopes import scope

    from bench.province import Province
    from luc.plans.models import Plan
    from luc.portal import actions
    from luc.reporting import actions as reporting
    from luc.rounds.models import Submission

    side = (province := Province(communes, departments, tasks)).side
    with scope(tenant=[side.tenant.pk]):
        officer, plan = (
            side.viewer("officer"),
            Plan.objects.get(pk=province.cycle.regimes.all()[0].regime.plan_id),
        )
        handed = Submission.objects.filter(obligation__cycle=province.cycle).values_list("pk", flat=True)
        reporting.accept(officer, list(handed))
        built = actions.preview(officer, plan.pk, with_words=False)
        actions.publish(officer, plan.pk, seen=built.sha256)
        task = plan.tasks.all()[0].pk
    pages = ("plan", "targets", "tasks", "units", "changes", "plan_json")
    return {
        **{name: reverse(f"portal:{name}", args=[plan.pk]) for name in pages},
        "task": reverse("portal:task", args=[plan.pk, task]),
        "table": reverse("portal:table", args=[plan.pk, "nhiem-vu", "xlsx"]),
        "plans": reverse("portal:plans"),
    }


def get(address: str, *, at_hand: bool = False, **heads: str) -> bytes:
    """A page as a stranger gets it, made anew; `at_hand`: as it is when it was made for somebody within a minute."""
    from django.core.cache import caches
    from django.test import Client

    if not at_hand:
        caches["pages"].clear()
    answer = Client(headers=heads).get(address)
    assert answer.status_code in {200, 304}, (address, answer.status_code)
    return bytes(answer.content)


def again(address: str) -> bytes:
    """The page for a browser that has it."""
    return get(address, **{"if-none-match": mark(address)})


@cache
def mark(address: str) -> str:
    """The ETag of a page, asked once."""
    from django.test import Client

    return str(Client().get(address).headers["ETag"])


if __name__ == "__main__":
    sys.exit(main())
