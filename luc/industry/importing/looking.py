"""What a file would do: which rows are good, what they would make or change, what is wrong where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.industry import queries
from luc.industry.importing.cells import Books
from luc.industry.importing.judging import MOST_ROWS, Group, Judge, Row, groups
from luc.industry.importing.kept import Kept, kept
from luc.industry.models import Enterprise, Import
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today, valid_on
from luc.kernel.workbooks.foreign import Table, tables
from luc.kernel.workbooks.tables import Fault
from luc.papers.queries import content

SHOWN = 300  # faults on a page
BOTH_WAYS = "cách viết số"  # in the words of a fault: the file must say how it writes numbers


@dataclass(slots=True)
class Look:
    """A file as it was understood: all its rows, the good ones by enterprise, what the registry has of them."""

    rows: list[Row]
    groups: list[Group]
    kept: Kept

    @property
    def faults(self) -> list[Fault]:
        return [fault for row in self.rows for fault in row.faults]


def table_of(one: Import) -> Table:
    """The sheet of a file that is to be read. Raises Refused."""
    found = tables(one.file.name, content(one.file), most=MOST_ROWS)
    return next((table for table in found if table.name == one.sheet), found[0])


def home_of(tenant: int) -> int | None:
    """The province in which a tenant's communes lie, None where that is not one."""
    communes = Party.objects.filter(valid_on(today()), tenant=tenant, kind=Party.Kind.COMMUNE)
    above = set(communes.exclude(unit=None).values_list("unit__parent", flat=True))
    return next(iter(above)) if len(above) == 1 else None


def look(viewer: Viewer, one: Import) -> Look:
    """Read and judge a file with the columns that were matched, beside what is kept now. Raises Refused."""
    judge = Judge(Books(one.tenant_id), one.columns, one.numbers, home_of(one.tenant_id))
    rows = judge.rows(table_of(one), one.head)
    there = kept(viewer, one.tenant_id, {row.code for row in rows if not row.faults})
    _beside_kept(rows, there)
    return Look(rows, groups(rows), there)


def _beside_kept(rows: Sequence[Row], there: Kept) -> None:
    """Faults of rows whose enterprise may not be touched, or is new and has no name."""
    named = {row.code for row in rows if not row.faults and row.enterprise.get("name")}
    for row in rows:
        if row.faults:
            continue
        at = row.at.get("tax_code", f"A{row.number}")
        if row.code in there.refused:
            row.faults.append(Fault("", at, there.refused[row.code]))
        elif row.code not in there.entries and row.code not in named:
            row.faults.append(Fault("", row.at.get("name", at), _("Chưa có tên doanh nghiệp.")))


def summary(viewer: Viewer, one: Import, found: Look) -> dict[str, Any]:
    """What a preview shows, as plain values."""
    wrong = [row for row in found.rows if row.faults]
    new = [group for group in found.groups if group.code not in found.kept.entries]
    offers = [row for group in found.groups for row in group.rows if row.offer]
    again = [row for group in found.groups for row in group.rows if _is_kept(group, row, found.kept)]
    told = [(row.number, fault) for row in wrong for fault in row.faults]
    faults = [{"row": number, "at": fault.address, "words": fault.words} for number, fault in told[:SHOWN]]
    return {
        "rows": len(found.rows),
        "good": len(found.rows) - len(wrong),
        "wrong": len(wrong),
        "new": len(new),
        "known": len(found.groups) - len(new),
        "offers": len(offers) - len(again),
        "offers_known": len(again),
        "faults": faults,
        "faults_all": len(told),
        "alike": list(_alike(viewer, one, new))[:SHOWN],
        "sample": [_sample(group) for group in found.groups[:5]],
        "asks_numbers": not one.numbers and any(BOTH_WAYS in fault.words for _number, fault in told),
    }


def _is_kept(group: Group, row: Row, there: Kept) -> bool:
    entry = there.entries.get(group.code)
    key = search_key(row.offer.get("name", ""))
    return entry is not None and bool(key) and (entry.pk, key) in there.offers


def _sample(group: Group) -> dict[str, Any]:
    offers = [row.offer["name"] for row in group.rows if row.offer]
    return {
        "row": group.number,
        "code": group.code,
        "name": group.enterprise.get("name", ""),
        "offers": offers,
    }


def _alike(viewer: Viewer, one: Import, new: Sequence[Group]) -> Iterator[dict[str, Any]]:
    """New codes under a name that the registry has with another code: put in all the same, but worth a look."""
    names = {search_key(group.enterprise["name"]): group for group in new}
    seen = queries.kept(viewer).filter(tenant=one.tenant_id).order_by()
    there: dict[str, Enterprise] = {}
    keys = list(names)
    for start in range(0, len(keys), 500):
        there |= {row.search_key: row for row in seen.filter(search_key__in=keys[start : start + 500])}
    for key, row in there.items():
        group = names[key]
        yield {"row": group.number, "name": group.enterprise["name"], "code": row.tax_code}
