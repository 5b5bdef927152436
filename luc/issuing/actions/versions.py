"""A version of a draft is kept: frozen for ever with the cells that it shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from luc.issuing import queries
from luc.issuing.actions.drafting import writing_on
from luc.issuing.cells import Cells
from luc.issuing.content import chips
from luc.issuing.models import Block, Draft, Version
from luc.issuing.standing import cells_now
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.kernel.time import now
from luc.rounds.models import Obligation


def keep(viewer: Viewer, draft: int, *, note: str = "") -> Version:
    """Keep the draft as it stands; the last version when nothing changed since. Raises NotAllowed, Refused."""
    row = queries.drafts(viewer).get(pk=draft)
    known = cells_now(row)
    with writing_on(viewer, row) as (acting, row):
        return freeze(acting, row, known, note)


def freeze(acting: Acting, draft: Draft, known: Cells, note: str) -> Version:
    """The version of a draft as it stands; the draft is locked."""
    blocks = list(Block.objects.filter(draft=draft, removed_at=None).order_by("order", "pk"))
    content, cells = frozen(draft, blocks, known)
    digest = hashlib.sha256(json.dumps([content, cells], sort_keys=True).encode()).hexdigest()
    last = draft.versions.order_by("-number").first()
    if last is not None and last.sha256 == digest:
        acting.log(last, None, {"again": True})
        return last
    answered, bound = _coverage(draft)
    version = Version(
        tenant_id=draft.tenant_id,
        draft=draft,
        number=draft.version + 1,
        content=content,
        cells=cells,
        sha256=digest,
        answered=answered,
        bound=bound,
        note=" ".join(note.split())[:300],
        made_at=now(),
        made_by_id=acting.viewer.user,
        made_by_name=acting.viewer.name[:120],
    )
    version.save(force_insert=True)
    acting.log(version, None, {"number": version.number, "sha256": digest, "note": version.note})
    acting.change(draft, version=version.number)
    return version


def frozen(draft: Draft, blocks: Sequence[Block], known: Cells) -> tuple[dict[str, Any], dict[str, Any]]:
    """The content and the cells of a version as `Version` keeps them, of blocks that are saved or not."""
    content = {"form": 1, "title": draft.title, "head": draft.head, "blocks": [_plain(row) for row in blocks]}
    return content, _shown(blocks, known)


def _plain(row: Block) -> dict[str, Any]:
    return {
        "id": row.pk or row.order,
        "kind": row.kind,
        "level": row.level,
        "producer": row.producer,
        "place": row.place,
        "content": row.content,
    }


def _shown(blocks: Iterable[Block], known: Cells) -> dict[str, Any]:
    """The cells that the chips of blocks show, as they are now; one that is no more keeps what is shown."""
    shown = {chip["cell"]: chip["shown"] for row in blocks for chip in chips(row.content)}
    gone = {key: {"words": words, "title": "", "rows": []} for key, words in shown.items()}
    return {key: known[key].as_plain() if key in known else gone[key] for key in sorted(shown)}


def _coverage(draft: Draft) -> tuple[int, int]:
    """How many reports there are, of how many."""
    if draft.cycle_id is None:
        return 0, 0
    rows = Obligation.objects.filter(cycle=draft.cycle_id).exclude(state=Obligation.State.HANDED_ON)
    states = [Obligation.State.ACCEPTED]
    states += [] if draft.accepted_only else [Obligation.State.SUBMITTED]
    return rows.filter(state__in=states).count(), rows.count()
