"""Whether a version may be issued: every figure is what is known now, every sentence rests on a report that counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luc.issuing.cells import kept
from luc.issuing.content import words
from luc.issuing.models import Draft, Version
from luc.issuing.standing import Now, cells_now, fallen, of_block, retold

STATE, CHANGED, EMPTY = "state", "changed", "empty"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a version may not be issued: number, gone, report, bare (standing), state, changed, empty; and where."""

    kind: str
    words: str
    block: int | None = None
    near: str = ""


def ready_to_issue(version: Version) -> list[Reason]:
    """Why a version may not be issued as it is; empty when it may. Everything is added up anew.

    state: it is issued or dropped · changed: the draft went on since · number, gone: a figure is not what is known
    now · report: a sentence rests on a report that counts no more · bare: a figure nobody vouches for · empty: a
    heading without anything beneath.
    """
    draft, blocks = version.draft, version.content["blocks"]
    found = _of_draft(version)
    now = Now(kept(cells_now(draft)), fallen(draft, blocks), retold(draft))
    for block in blocks:
        near = " ".join(words(block["content"]).split())[:80]
        found += [Reason(one.kind, one.words, block["id"], near) for one in of_block(block, now)]
    return found + _empty(version)


def _of_draft(version: Version) -> list[Reason]:
    draft, found = version.draft, []
    if draft.state == Draft.State.ISSUED:
        found.append(Reason(STATE, _("Văn bản này đã ban hành.")))
    if draft.state == Draft.State.DROPPED:
        found.append(Reason(STATE, _("Dự thảo này đã bỏ.")))
    kept_blocks = [(block["id"], block["content"]) for block in version.content["blocks"]]
    rows = draft.blocks.filter(removed_at=None).order_by("order", "pk").values_list("pk", "content")
    head = (version.content["title"], version.content["head"]) == (draft.title, draft.head)
    if version.number != draft.version or not head or list(rows) != kept_blocks:
        found.append(Reason(CHANGED, _("Dự thảo đã sửa tiếp sau phiên bản này; hãy giữ phiên bản mới.")))
    return found


def _empty(version: Version) -> list[Reason]:
    """Headings that are followed by another of the same or a higher rank, or by nothing."""
    blocks = version.content["blocks"]
    found = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block["kind"] not in {"section", "annex"}:
            continue
        ends = following is None or following["kind"] == "annex"
        if ends or (following["kind"] == "section" and following["level"] <= block["level"]):
            title = words(block["content"])
            found.append(Reason(EMPTY, _("Đề mục chưa có nội dung."), block["id"], title))
    return found
