"""The report of a round as a Word file at once: what a draft of its outline would be now, written out, not edited.

The file is kept for ever with the sources of its numbers; no draft is. A job makes it.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from luc.agencies.queries import viewer_of
from luc.issuing import queries
from luc.issuing.actions.drafting import begun
from luc.issuing.actions.files import MEDIA_TYPES
from luc.issuing.actions.versions import frozen
from luc.issuing.drafting import block_of
from luc.issuing.models import WrittenFile
from luc.issuing.paper import paper_from
from luc.kernel import jobs
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now
from luc.papers.actions import store, take_in
from luc.reporting.models import OfficialDraft
from luc.reporting.queries.consolidation import Consolidation
from luc.rounds.models import Cycle
from vanban.writing import Paper, write_docx

KIND = "reporting.paper"  # as jobs that wait since an older release call it


def start_paper(viewer: Viewer, cycle: int, *, accepted_only: bool, plan: int | None = None) -> Job:
    """Ask for the Word file of a round's report on one plan (its first). Raises Cycle.DoesNotExist, NotAllowed."""
    row = queries.told_in_full(viewer).get(pk=cycle)
    viewer.require("issuing.draft", tenant=row.tenant_id, party=row.collector_id)
    what = {"cycle": row.pk, "accepted_only": accepted_only, "plan": plan}
    return jobs.start(viewer, KIND, f"Lập tệp Word: {row.title}", tenant=row.tenant_id, **what)


@jobs.job(KIND)
def make_paper(running: jobs.Running) -> dict[str, object]:
    """Consolidate what is there now, write the paper, keep it. The one who asked must still hold the right."""
    asked_by = running.job.created_by_id
    assert asked_by is not None  # start_paper needs a person's right
    running.progress(0, 2, "Đang tổng hợp các báo cáo")
    made = keep_paper(
        viewer_of(asked_by),
        running.arguments["cycle"],
        accepted_only=running.arguments["accepted_only"],
        plan=running.arguments.get("plan"),
    )
    running.progress(2, 2, "Đã xong")
    return {"draft": made.pk, "address": reverse("issuing:papers", args=[made.cycle_id])}


def written_out(
    viewer: Viewer, row: Cycle, *, accepted_only: bool, plan: int | None = None
) -> tuple[Paper, list[dict[str, Any]], Consolidation]:
    """The paper of a round as its draft would be now, the sources of its bookmarks, and what it was made of."""
    draft, made = begun(viewer, row, accepted_only=accepted_only, plan=plan)
    assert made.told is not None  # a report is made of a consolidation
    blocks = [block_of(draft, name, piece, n) for n, (name, piece) in enumerate(made.pieces, 1)]
    return *paper_from(*frozen(draft, blocks, made.cells), now().year), made.told


@written()
def keep_paper(viewer: Viewer, cycle: int, *, accepted_only: bool, plan: int | None = None) -> OfficialDraft:
    """Make and keep the file as it stands now. Raises Cycle.DoesNotExist, Plan.DoesNotExist, NotAllowed."""
    row = queries.told_in_full(viewer).get(pk=cycle)
    viewer.require("issuing.draft", tenant=row.tenant_id, party=row.collector_id)
    paper, sources, told = written_out(viewer, row, accepted_only=accepted_only, plan=plan)
    of = f" ({told.plan.number or told.plan.title[:60]})" if len(told.plans) > 1 else ""
    name = f"Dự thảo {row.title}{of} {now():%Y-%m-%d %H%M}.docx".replace("/", "-")
    content = {"form": 2, "coverage": told.coverage, "accepted_only": accepted_only, "sources": sources}
    kept = take_in(tenant=row.tenant_id, name=name, data=write_docx(paper))
    with action(viewer, "issuing.draft", tenant=row.tenant_id, party=row.collector_id) as acting:
        word = MEDIA_TYPES[WrittenFile.Format.DOCX]
        out = OfficialDraft(
            tenant_id=row.tenant_id,
            cycle=row,
            plan=told.plan if len(told.plans) > 1 else None,
            file=store(acting, kept, tenant=row.tenant_id, name=name, media_type=word),
            content=content,
            answered=told.heard,
            bound=told.counts.bound,
            made_at=now(),
            made_by_id=viewer.user,
        )
        out.save(force_insert=True)
        said = {"file": out.file_id, "coverage": told.coverage, "accepted_only": accepted_only}
        acting.log(out, None, said)
    return out
