"""The focal officer's evening, page by page: who is late, remind, read, return, accept, consolidate, take away.

    python -m bench.officer [--communes 100] [--departments 30] [--tasks 40]

A province in a database of its own in a temporary folder: a tenth of the parties has not handed in, the rest waits.
Then the grid of 170 communes and 20 figures, and the consolidation of a whole province. Prints CPU time (the best of
some runs through Django's client, templates included) and SQL statements beside the bound; exit code 1 when one is
not kept. Steps that write are undone after their measurement. Not measured: the network, the job that writes the paper.
"""

from __future__ import annotations

import sys

from bench.collecting import best, installation
from bench.sizes import sizes


def main() -> int:
    """Build, go through the evening, print; 1 when a bound is not kept."""
    asked = sizes(__doc__, communes=100, departments=30, tasks=40)
    over = 0
    with installation():
        from bench.focal import evening, large, sheet

        parts = [evening(asked.communes, asked.departments, asked.tasks), sheet(170, 20), large()]
        for steps in parts:
            for title, bound, run in steps:
                seconds, statements = best(run, 3)
                over += seconds > bound
                mark = "" if seconds <= bound else "  OVER"
                print(
                    f"{title:<62} {seconds * 1000:6.0f} ms CPU of {bound * 1000:4.0f}  {statements:3} SQL{mark}",
                    flush=True,
                )
    print("every bound is kept" if not over else f"{over} over the bound")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
