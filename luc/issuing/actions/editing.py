"""The words of a draft, block by block: saved, added, moved, taken out; figures bound or vouched for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db.models import F, Max
from django.utils.translation import gettext as _

from luc.issuing import queries
from luc.issuing.actions.drafting import writing_on
from luc.issuing.bare import bare, replaced
from luc.issuing.content import Content, Run, by_hand, chips, from_marks, said
from luc.issuing.heads import with_changes
from luc.issuing.models import Block, Draft
from luc.issuing.standing import known
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting
from luc.kernel.rights import Viewer
from luc.kernel.time import now

WRITTEN = (Block.Kind.PARAGRAPH, Block.Kind.ITEM, Block.Kind.SECTION)


def save_block(viewer: Viewer, block: int, *, version: int, text: str) -> Block:
    """Save the words of a block as typed, chips as marks.

    Raises Block.DoesNotExist, NotAllowed, Conflict when somebody saved it or took it out meanwhile,
    Refused as content.from_marks.
    """
    with _changing(viewer, block, version) as (acting, row):
        _must_be_words(row)
        runs = from_marks(text, _words(row.draft), [chip["cell"] for chip in chips(row.content)])
        is_edited = row.is_edited or said(runs) != said(row.content["runs"])
        _save(acting, row, row.content | {"runs": runs}, is_edited=is_edited)
    return row


def bind_figure(viewer: Viewer, block: int, *, version: int, number: int, cell: str) -> Block:
    """Make the bare figure of that number in a block a chip of a cell. Raises as save_block, Refused: no such cell."""
    with _changing(viewer, block, version) as (acting, row):
        shown = _words(row.draft).get(cell)
        if shown is None:
            raise Refused(_("Hãy chọn số liệu để gắn."), {"cell": _("Chưa chọn.")})
        _replace(acting, row, number, {"cell": cell, "shown": shown})
    return row


def confirm_figure(viewer: Viewer, block: int, *, version: int, number: int, source: str) -> Block:
    """Vouch for the bare figure of that number by naming where it is from. Raises as save_block, Refused: no source."""
    with _changing(viewer, block, version) as (acting, row):
        found = [span for span in bare(row.content) if span.number == number]
        shown = found[0].text if found else ""
        _replace(acting, row, number, by_hand(shown, " ".join(source.split())))
    return row


def _replace(acting: Acting, row: Block, number: int, run: Run) -> None:
    try:
        runs = replaced(row.content, number, run)
    except LookupError:
        raise Conflict(_("Đoạn này vừa được sửa; hãy xem lại.")) from None
    _save(acting, row, row.content | {"runs": runs}, is_edited=True)


def add_block(
    viewer: Viewer, draft: int, *, after: int | None, kind: str, text: str, level: int = 2
) -> Block:
    """Add a heading, paragraph or item behind a block or where one was taken out, or at the beginning.

    Raises as save_block.
    """
    row = queries.drafts(viewer).get(pk=draft)
    before = queries.every_block(viewer).get(pk=after, draft=row) if after else None
    if kind not in WRITTEN:
        raise Refused(_("Hãy chọn thêm đề mục, đoạn văn hay gạch đầu dòng."), {"kind": _("Chưa chọn.")})
    with writing_on(viewer, row) as (acting, row):
        runs = from_marks(text, _words(row))
        order = before.order + 1 if before else 1
        make_room(row, order, 1)
        made = Block(
            tenant_id=row.tenant_id,
            draft=row,
            order=order,
            kind=kind,
            level=min(max(level, 1), 3) if kind == Block.Kind.SECTION else 0,
            content={"runs": runs, "rests": [], "quotes": []},
            is_edited=True,
        )
        return acting.create(made)


def _words(draft: Draft) -> dict[str, str]:
    """What each cell shows today."""
    return {key: words for key, (words, _title) in known(draft).items()}


def make_room(draft: Draft, order: int, count: int) -> None:
    """Move the blocks from a place on, so that others fit before them."""
    Block.objects.filter(draft=draft, order__gte=order).update(order=F("order") + count)


def append_place(draft: Draft) -> int:
    """The place behind the last block."""
    return (Block.objects.filter(draft=draft).aggregate(last=Max("order"))["last"] or 0) + 1


def remove_block(viewer: Viewer, block: int, *, version: int) -> Block:
    """Take a block out; it is kept, and not offered again when figures are taken anew. Raises as save_block."""
    with _changing(viewer, block, version) as (acting, row):
        acting.change(row, removed_at=now(), version=row.version + 1)
    return row


def move_block(viewer: Viewer, block: int, *, version: int, up: bool) -> Block:
    """Change places with the block before or behind. Raises as save_block."""
    with _changing(viewer, block, version) as (acting, row):
        others = Block.objects.filter(draft=row.draft, removed_at=None)
        near = (
            others.filter(order__lt=row.order).order_by("-order").first()
            if up
            else others.filter(order__gt=row.order).order_by("order").first()
        )
        if near is None:
            raise Refused(_("Đoạn này đã ở đầu hoặc cuối văn bản."))
        here = row.order
        acting.change(row, order=near.order, version=row.version + 1)
        acting.change(near, order=here)
    return row


def save_head(
    viewer: Viewer, draft: int, *, title: str, texts: Mapping[str, str], lists: Mapping[str, Sequence[str]]
) -> Draft:
    """Settle the head and foot: what the paper is called, whom it goes to, who signs.

    Raises NotAllowed, Refused as heads.with_changes.
    """
    row = queries.drafts(viewer).get(pk=draft)
    title = " ".join(title.split())
    if not title or len(title) > 600:
        message = _("Hãy ghi trích yếu, không quá 600 ký tự.")
        raise Refused(message, {"title": message})
    with writing_on(viewer, row) as (acting, row):
        return acting.change(row, title=title, head=with_changes(row.head, texts, lists))


@contextmanager
def _changing(viewer: Viewer, block: int, version: int) -> Iterator[tuple[Acting, Block]]:
    """A block locked for a change, as its page showed it."""
    seen = queries.every_block(viewer).get(pk=block)
    with writing_on(viewer, seen.draft) as (acting, draft):
        row = Block.objects.select_for_update().get(pk=seen.pk)
        if row.removed_at:
            raise Conflict(_("Có người vừa bỏ đoạn này khỏi dự thảo."))
        if row.version != version:
            raise Conflict(_("Có người vừa sửa đoạn này. Chữ bạn gõ vẫn ở dưới đây; hãy so lại rồi lưu."))
        row.draft = draft
        yield acting, row


def _must_be_words(row: Block) -> None:
    if row.kind not in WRITTEN:
        raise Refused(_("Bảng và biểu đồ lấy từ số liệu; chỉ lấy lại số liệu hoặc bỏ được."))


def _save(acting: Acting, row: Block, content: Content, *, is_edited: bool) -> None:
    acting.change(row, content=content, is_edited=is_edited, version=row.version + 1)
