"""What a ministry's pages cost over 34 provinces: the country's table, the round by province, its consolidation.

    python -m bench.ministry [--communes 3332] [--tasks 40]

Writes the provinces, each with a plan and a round in which three of four communes are accepted, and a ministry whose
round every province has answered out of its own; into a database in a temporary folder. Prints CPU time and SQL
statements, the best of five runs through Django's client, templates included. Left out: reports of the provinces'
departments, histories of several years.
"""

from __future__ import annotations

from functools import partial

from bench.collecting import best, installation
from bench.sizes import sizes


def main() -> None:
    """Build the country, measure, print a table."""
    asked = sizes(__doc__, communes=34 * 98, tasks=40)
    with installation():
        from bench.provinces import Ministry, get

        found = Ministry(asked.communes, asked.tasks)
        print(f"{found.provinces} provinces, {asked.communes} communes, {asked.tasks} tasks each")
        for title, person, address in found.pages():
            seconds, statements = best(partial(get, person, address))
            print(f"{title:<58} {seconds * 1000:7.0f} ms CPU  {statements:3} SQL")


if __name__ == "__main__":
    main()
