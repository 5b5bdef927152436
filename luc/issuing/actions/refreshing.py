"""The figures and sentences of a draft taken anew: all that differs, or single ones."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.actions.drafting import writing_on
from luc.issuing.actions.editing import append_place, make_room
from luc.issuing.cells import kept
from luc.issuing.differences import GONE, NEW, Difference, differences, renewed
from luc.issuing.drafting import Fresh, Place, block_of, fresh
from luc.issuing.models import Block, Draft
from luc.issuing.standing import Now, fallen, fingerprint
from luc.kernel.errors import Conflict, Refused
from luc.kernel.rights import Viewer
from luc.kernel.time import now


def offered(draft: Draft) -> tuple[list[Difference], Fresh, Now]:
    """What differs now, and what it was found from."""
    blocks = list(Block.objects.filter(draft=draft).order_by("order", "pk"))
    made = fresh(draft)
    known = Now(kept(made.cells), fallen(draft, [row for row in blocks if not row.removed_at]))
    return differences(blocks, made, known), made, known


def refresh(
    viewer: Viewer, draft: int, *, seen: str, take: Collection[str] | None, words: Collection[str] = ()
) -> int:
    """Take the differences with these keys, or all; returns how many. `words`: of those in which a person changed the
    words the ones that take the new words too. seen: fingerprint of what was shown.

    Raises NotAllowed, Conflict when reports moved since, Refused when nothing is chosen or nothing differs.
    """
    row = queries.drafts(viewer).get(pk=draft)
    found, made, known = offered(row)
    if seen != fingerprint(row):
        raise Conflict(_("Số liệu lại vừa thay đổi; hãy xem lại những chỗ khác nhau dưới đây."))
    chosen = [one for one in found if take is None or one.key in take]
    if not chosen:
        raise Refused(_("Chưa chọn chỗ nào để lấy lại.") if found else _("Không có gì khác."))
    with writing_on(viewer, row) as (acting, row):
        for one in chosen:
            _apply(row, one, known, take_words=one.key in words)
        acting.change(row, cells_of=fingerprint(row))
        row.cells = kept(made.cells)
        row.save(update_fields=["cells"])
        acting.log(
            row, {"taken": [one.old[:300] for one in chosen]}, {"taken": [one.new[:300] for one in chosen]}
        )
    return len(chosen)


def _apply(draft: Draft, one: Difference, known: Now, *, take_words: bool) -> None:
    if one.kind == NEW:
        _insert(draft, one)
        return
    assert one.block is not None  # only what is new has none
    row = Block.objects.select_for_update().get(pk=one.block.pk)
    if row.version != one.block.version:
        raise Conflict(_("Có người vừa sửa một đoạn; hãy xem lại những chỗ khác nhau dưới đây."))
    row.version += 1
    if one.kind == GONE:
        row.removed_at = now()
        row.save(update_fields=["removed_at", "version"])
        return
    row.content = renewed(one, known, take_words=take_words)
    row.is_edited = row.is_edited and not take_words
    row.save(update_fields=["content", "is_edited", "version"])


def _insert(draft: Draft, one: Difference) -> None:
    """Behind its neighbour; at the end when that is not there."""
    assert one.piece is not None  # what is new was produced
    order = _place_of(draft, one.after)
    make_room(draft, order, 1)
    block_of(draft, one.place[0], one.piece, order).save()


def _place_of(draft: Draft, after: Place | None) -> int:
    if after is None:
        return 1
    near = Block.objects.filter(draft=draft, producer=after[0], place=after[1]).first()
    return near.order + 1 if near else append_place(draft)
