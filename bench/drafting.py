"""The official report on its way, page by page: drafted, opened, one passage saved, refreshed, kept, judged, written.

    python -m bench.drafting [--communes 100] [--departments 30] [--tasks 40]

The officer's evening of `bench.officer`, when most have handed in. Prints CPU time (the best of some runs through
Django's client, templates included) and SQL statements beside the bound; exit code 1 when one is not kept. Steps that
write are undone after their measurement. Not measured: the network, the worker's queue.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial

from bench.collecting import best, installation
from bench.sizes import sizes

Step = tuple[str, float, Callable[[], object]]
PAGE, ADDED_UP, PAPER = 0.1, 0.6, 3.0


def main() -> int:
    """Build, go through the steps, print; 1 when a bound is not kept."""
    asked, over = sizes(__doc__, communes=100, departments=30, tasks=40), 0
    with installation():
        for title, bound, run in steps(asked.communes, asked.departments, asked.tasks):
            seconds, statements = best(run, 3)
            over += seconds > bound
            mark = "" if seconds <= bound else "  OVER"
            print(
                f"{title:<62} {seconds * 1000:6.0f} ms CPU of {bound * 1000:4.0f}  {statements:3} SQL{mark}"
            )
    print("every bound is kept" if not over else f"{over} over the bound")
    return 1 if over else 0


def steps(communes: int, departments: int, tasks: int) -> Iterator[Step]:
    """Every page that is opened and every button that is pressed, in their order."""
    from django_scopes import scope

    from bench.focal import _officer, _open, _press
    from bench.province import Province
    from luc.issuing import actions
    from luc.issuing.content import chips
    from luc.issuing.paper import paper_of
    from luc.issuing.ready import ready_to_issue
    from vanban.writing import write_docx

    province = Province(communes, departments, tasks, late=(communes + departments) // 10)
    officer, viewer = _officer(province), province.side.viewer("officer")
    tenant = [province.side.tenant.pk]
    with scope(tenant=tenant):
        draft = actions.start(viewer, province.cycle.pk, accepted_only=False)
        version = actions.keep(viewer, draft.pk)
        block = draft.blocks.order_by("order")[0]
        numbers = sum(len(list(chips(row.content))) for row in draft.blocks.all())

    def inside(run: Callable[[], object]) -> None:
        with scope(tenant=tenant):
            run()

    new = f"/soan-thao/moi/{province.cycle.pk}/"
    at = f"/soan-thao/{draft.pk}/"
    yield (
        f"draft: {province.count} parties x {tasks} tasks, {numbers} numbers",
        ADDED_UP,
        partial(_press, officer, new, {}),
    )
    yield "the draft on its page", PAGE, partial(_open, officer, at)
    yield "one passage open for writing", PAGE, partial(_open, officer, f"{at}?sua={block.pk}")
    saved = {"version": "0", "text": "Một câu khác."}
    yield "save a passage", PAGE, partial(_press, officer, f"/soan-thao/doan/{block.pk}/", saved)
    yield "what differs now", ADDED_UP, partial(_open, officer, f"{at}lay-lai/")
    yield "whether a version may be issued", ADDED_UP, partial(inside, lambda: ready_to_issue(version))
    yield "the Word file", PAPER, partial(inside, lambda: write_docx(paper_of(version)[0]))


if __name__ == "__main__":
    sys.exit(main())
