"""Loading of the register of legal papers from its reference file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from luc.kernel.writing import writing
from luc.papers.models import LegalPaper
from vanban.checks.registers import strict_rows

_FIELDS = ["date", "title", "valid_from", "valid_to", "replaced_by", "status", "source", "kind", "search_key"]
_KIND = re.compile(r"[^\W\d]+(?: [^\W\d]+)*(?= )")  # what stands before the number


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found and wrote."""

    papers: int
    written: int


def load(refdata: Path) -> Loaded:
    """Load refdata/legal/legal_documents.csv; a second load writes nothing, a changed row is changed.

    Raises OSError, KeyError or ValueError for a missing or broken file; nothing is written then.
    """
    with (refdata / "legal" / "legal_documents.csv").open(encoding="utf-8", newline="") as lines:
        drafts = [_draft(row) for row in strict_rows(lines, lines.name)]
    there = {paper.number: paper for paper in LegalPaper.objects.all()}
    new = [draft for draft in drafts if draft.number not in there]
    changed = [there[d.number] for d in drafts if d.number in there and _take_over(there[d.number], d)]
    with transaction.atomic(), writing():
        LegalPaper.objects.bulk_create(new, batch_size=500)
        LegalPaper.objects.bulk_update(changed, _FIELDS, batch_size=500)
    return Loaded(len(drafts), len(new) + len(changed))


def _take_over(paper: LegalPaper, draft: LegalPaper) -> bool:
    differs = any(getattr(paper, name) != getattr(draft, name) for name in _FIELDS)
    for name in _FIELDS:
        setattr(paper, name, getattr(draft, name))
    return differs


def _draft(row: dict[str, str]) -> LegalPaper:
    kind = _KIND.match(row["document"])
    paper = LegalPaper(
        number=row["document"],
        kind=kind.group() if kind else "",
        date=_day(row["issued"]),
        title=row["title"],
        valid_from=_day(row["in_force_from"]),
        valid_to=_day(row["in_force_until"]),
        replaced_by=row["replaced_by"],
        status=row["remark"],
        source=row["source"],
    )
    paper.set_keys()
    return paper


def _day(text: str) -> date | None:
    """A whole day; a year alone is not known to the day and stays out."""
    return date.fromisoformat(text) if len(text) == 10 else None
