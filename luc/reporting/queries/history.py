"""Who wrote what in a report, and every step it took: from the one history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from luc.kernel.models import Change
from luc.kernel.rights import known_acts
from luc.reporting.content import label_of, printed
from luc.reporting.models import Report
from luc.reporting.queries.reports import rows_of
from luc.rounds.models import Presentation, Submission

SHOWN = 200


def history(report: Report) -> list[dict[str, Any]]:
    """The steps of a report, newest first, as the component of histories shows them; in a few statements."""
    obligation = report.obligation_id
    submissions = Submission.objects.filter(obligation=obligation).values_list("pk", flat=True)
    presentations = Presentation.objects.filter(obligation=obligation).values_list("pk", flat=True)
    things = (
        Q(kind="reporting.report", object_id=str(report.pk))
        | Q(kind="rounds.obligation", object_id=str(obligation))
        | Q(kind="rounds.submission", object_id__in=[str(pk) for pk in submissions])
        | Q(kind="rounds.presentation", object_id__in=[str(pk) for pk in presentations])
    )
    lines = Change.objects.filter(things, tenant=report.tenant_id).order_by("-sequence")[:SHOWN]
    titles = {row.key: row.text for row in rows_of(report)}
    acts = known_acts()
    return [
        {
            "when": line.at,
            "who": line.actor_name,
            "what": str(acts[line.act].title) if line.act in acts else line.title,
            "reason": line.reason,
            "changes": _changes(line, titles),
        }
        for line in lines
    ]


def _changes(line: Change, titles: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """What a line says of the rows of the draft: row and cell, before, after."""
    before, after = line.before or {}, line.after or {}
    found = []
    for key, cells in after.items():
        if not isinstance(cells, Mapping) or "-" not in key:
            continue
        was = before.get(key) or {}
        for name, value in cells.items():
            title = titles.get(key, _("Vướng mắc, kiến nghị chung"))[:80].rstrip(" .;:")
            label = f"{title}: {label_of(name)}"
            found.append((label, printed(_plain(name), was.get(name)), printed(_plain(name), value)))
    return found


def _plain(name: str) -> str:
    """The name of a cell in a frozen report, by that of its column."""
    return "nil" if name == "is_nil" else name
