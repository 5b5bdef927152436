"""A draft begins from a consolidation, and may be put aside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.cells import kept
from luc.issuing.drafting import Fresh, block_of, fresh, head_of, title_of
from luc.issuing.models import Block, Draft
from luc.issuing.outlines import default, of_regime
from luc.issuing.standing import fingerprint
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.plans.models import Plan, Regime
from luc.reporting.queries.plans import plans_of
from luc.rounds.models import Cycle


def start(viewer: Viewer, cycle: int, *, accepted_only: bool, plan: int | None = None) -> Draft:
    """Draft the report of a cycle on one plan (its first) by the outline of its regime.

    Raises Cycle.DoesNotExist, Plan.DoesNotExist, NotAllowed.
    """
    row = queries.to_draft(viewer).get(pk=cycle)
    draft, made = begun(viewer, row, accepted_only=accepted_only, plan=plan)
    with action(viewer, "issuing.draft", tenant=draft.tenant_id, party=draft.party_id) as acting:
        draft.save(force_insert=True)
        blocks = [block_of(draft, name, piece, n) for n, (name, piece) in enumerate(made.pieces, 1)]
        Block.objects.bulk_create(blocks)
        acting.log(draft, None, {"cycle": cycle, "blocks": len(blocks), "accepted_only": accepted_only})
    return draft


def begun(viewer: Viewer, row: Cycle, *, accepted_only: bool, plan: int | None = None) -> tuple[Draft, Fresh]:
    """The draft of a round's report and what stands in it, not saved. Raises Plan.DoesNotExist."""
    of = next((one for one in plans_of([row]).get(row.pk, []) if plan in (None, one.pk)), None)
    if of is None:
        raise Plan.DoesNotExist
    regime = Regime.objects.filter(pk__in=row.regimes.values("regime"), plan=of).first()
    outline = of_regime(regime)[0] if regime else default(Regime.Frequency.PERIODIC)
    draft = Draft(
        tenant_id=row.tenant_id,
        cycle=row,
        plan=of,
        party=row.collector,
        accepted_only=accepted_only,
        outline=[heading.as_plain() for heading in outline],
        made_at=now(),
        made_by_id=viewer.user,
    )
    made = fresh(draft)
    assert made.told is not None  # a report is made of a consolidation
    draft.title, draft.head = title_of(made.told), head_of(made.told)
    draft.cells, draft.cells_of = kept(made.cells), fingerprint(draft)
    return draft, made


def drop(viewer: Viewer, draft: int) -> Draft:
    """Put a draft aside: it is kept, and written no more. Raises NotAllowed, Refused when it is issued."""
    row = queries.drafts(viewer).get(pk=draft)
    with writing_on(viewer, row) as (acting, row):
        return acting.change(row, state=Draft.State.DROPPED)


@contextmanager
def writing_on(viewer: Viewer, draft: Draft, act: str = "issuing.draft") -> Iterator[tuple[Acting, Draft]]:
    """The frame of every act on a draft: the right of its agency, the draft locked and still being written."""
    with action(viewer, act, tenant=draft.tenant_id, party=draft.party_id) as acting:
        row = Draft.objects.select_for_update().get(pk=draft.pk)
        if row.state == Draft.State.ISSUED:
            raise Refused(_("Văn bản này đã ban hành, không sửa được nữa."))
        if row.state == Draft.State.DROPPED:
            raise Refused(_("Dự thảo này đã bỏ, không sửa được nữa."))
        yield acting, row
