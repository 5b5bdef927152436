"""The draft of the official report is made in a job, stored for ever, with the sources of its numbers."""

from __future__ import annotations

from django.urls import reverse

from luc.agencies.queries import viewer_of
from luc.kernel import jobs
from luc.kernel.history import action
from luc.kernel.models import Job
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now
from luc.papers.actions import store, take_in
from luc.reporting.letterhead import letterhead
from luc.reporting.models import OfficialDraft
from luc.reporting.paper import official
from luc.reporting.queries.consolidation import consolidate
from luc.rounds.queries import cycles
from vanban.writing import write_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KIND = "reporting.paper"


def start_paper(viewer: Viewer, cycle: int, *, accepted_only: bool, plan: int | None = None) -> Job:
    """Ask for the draft of a cycle's official report on one plan (its first); a job makes it. Raises NotAllowed."""
    row = cycles(viewer).get(pk=cycle)
    viewer.require("reporting.paper", tenant=row.tenant_id, party=row.collector_id)
    title = f"Lập dự thảo: {row.title}"
    what = {"cycle": row.pk, "accepted_only": accepted_only, "plan": plan}
    return jobs.start(viewer, KIND, title, tenant=row.tenant_id, **what)


@jobs.job(KIND)
def make_paper(running: jobs.Running) -> dict[str, object]:
    """Consolidate what is there now, write the paper, keep it. The one who asked must still hold the right."""
    asked_by = running.job.created_by_id
    assert asked_by is not None  # start_paper needs a person's right
    draft = keep_paper(
        viewer_of(asked_by),
        running.arguments["cycle"],
        accepted_only=running.arguments["accepted_only"],
        plan=running.arguments.get("plan"),
        running=running,
    )
    return {"draft": draft.pk, "address": reverse("reporting:papers", args=[draft.cycle_id])}


@written()
def keep_paper(
    viewer: Viewer,
    cycle: int,
    *,
    accepted_only: bool,
    plan: int | None = None,
    running: jobs.Running | None = None,
) -> OfficialDraft:
    """Make and keep the draft of a cycle's official report as it stands now. Raises NotAllowed."""
    tell = running.progress if running else _silent
    row = cycles(viewer).get(pk=cycle)
    tell(0, 3, "Đang tổng hợp các báo cáo")
    told = consolidate(viewer, row, accepted_only=accepted_only, plan=plan)
    tell(1, 3, "Đang soạn văn bản")
    paper, sources = official(told, letterhead(row, told.plan))
    data = write_docx(paper)
    tell(2, 3, "Đang lưu tệp")
    of = f" ({told.plan.number or told.plan.title[:60]})" if len(told.plans) > 1 else ""
    name = f"Dự thảo {row.title}{of} {now():%Y-%m-%d %H%M}.docx".replace("/", "-")
    content = {"form": 1, "coverage": told.coverage, "accepted_only": accepted_only, "sources": sources}
    viewer.require("reporting.paper", tenant=row.tenant_id, party=row.collector_id)
    kept = take_in(tenant=row.tenant_id, name=name, data=data)
    with action(viewer, "reporting.paper", tenant=row.tenant_id, party=row.collector_id) as acting:
        file = store(acting, kept, tenant=row.tenant_id, name=name, media_type=DOCX)
        draft = OfficialDraft(
            tenant_id=row.tenant_id,
            cycle=row,
            plan=told.plan if len(told.plans) > 1 else None,
            file=file,
            content=content,
            answered=told.heard,
            bound=told.counts.bound,
            made_at=now(),
            made_by_id=viewer.user,
        )
        draft.save(force_insert=True)
        acting.log(draft, None, {"file": file.pk, "coverage": told.coverage, "accepted_only": accepted_only})
    tell(3, 3, "Đã xong")
    return draft


def _silent(_done: int, _total: int, _saying: str) -> None:
    """Nobody watches."""
