"""Opinions of agencies on a version: asked until a day, given once, taken over or explained, written into the paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.issuing import queries
from luc.issuing.actions.commenting import MAX_TEXT
from luc.issuing.actions.drafting import writing_on
from luc.issuing.actions.editing import append_place
from luc.issuing.content import words as block_words
from luc.issuing.models import Block, Draft, Opinion, OpinionRemark, Version
from luc.issuing.producers.pieces import cell
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import end_of, now, today

State, Taken = Opinion.State, OpinionRemark.Taken
PRODUCER = "opinions"
HEADS = ("STT", "Đơn vị", "Ý kiến", "Về nội dung", "Tiếp thu, giải trình")


def ask(viewer: Viewer, version: int, *, parties: Collection[int], last_day: date) -> list[Opinion]:
    """Ask agencies for their opinion on a version until the end of a day; who was asked already is not asked again.

    Raises Version.DoesNotExist, NotAllowed, Refused: nobody chosen, an unknown agency, a day that is over.
    """
    row = queries.versions(viewer).get(pk=version)
    there = set(row.opinions.values_list("party", flat=True))
    found = Party.objects.filter(tenant=row.tenant_id, pk__in=set(parties) - there, valid_to=None)
    asked = [
        party
        for party in found.order_by("sort_key", "pk")
        if party.kind != Party.Kind.GROUP and party.pk != row.draft.party_id
    ]
    if not asked:
        raise Refused(_("Hãy chọn ít nhất một đơn vị chưa được hỏi."), {"parties": _("Chưa chọn.")})
    if last_day < today():
        raise Refused(_("Hạn góp ý phải từ hôm nay trở đi."), {"last_day": _("Ngày đã qua.")})
    with writing_on(viewer, row.draft, "issuing.ask") as (acting, _draft):
        until, at = end_of(last_day), now()
        return [
            acting.create(
                Opinion(
                    tenant_id=row.tenant_id,
                    version=row,
                    party=party,
                    until=until,
                    asked_at=at,
                    asked_by_id=viewer.user,
                )
            )
            for party in asked
        ]


def give(
    viewer: Viewer, opinion: int, *, state: str, general: str = "", remarks: Mapping[int, str] | None = None
) -> Opinion:
    """Answer for one's own agency: agree, agree with remarks by block or in general, or no opinion. Once.

    Raises Opinion.DoesNotExist, NotAllowed, Conflict when it was answered, Refused: no answer chosen, remarks missing
    or not meant, on a block that the version does not have.
    """
    row = queries.asked_of(viewer).get(pk=opinion)
    said = [(None, general), *sorted((remarks or {}).items())]
    kept = [(block, text.replace("\r\n", "\n").strip()[:MAX_TEXT]) for block, text in said if text.strip()]
    _check(row.version, state, [block for block, _text in kept if block is not None], has_remarks=bool(kept))
    with action(viewer, "issuing.give", tenant=row.tenant_id, party=row.party_id) as acting:
        row = Opinion.objects.select_for_update().select_related("version__draft").get(pk=row.pk)
        if row.state != State.ASKED:
            raise Conflict(_("Đơn vị đã có ý kiến về dự thảo này."))
        if row.version.draft.state != Draft.State.DRAFTING:
            raise Refused(_("Văn bản không còn được soạn, không góp ý được nữa."))
        by = {"answered_by_id": viewer.user, "answered_by_name": viewer.name[:120]}
        acting.change(row, state=state, answered_at=now(), **by)
        for block, text in kept:
            acting.create(OpinionRemark(tenant_id=row.tenant_id, opinion=row, block_id=block, text=text))
    return row


def _check(version: Version, state: str, blocks: Collection[int], *, has_remarks: bool) -> None:
    if state not in {State.AGREED, State.REMARKED, State.NONE}:
        raise Refused(_("Hãy chọn một câu trả lời."), {"state": _("Chưa chọn.")})
    if state == State.REMARKED and not has_remarks:
        raise Refused(_("Hãy ghi ít nhất một ý kiến."), {"general": _("Chưa có nội dung.")})
    if state != State.REMARKED and has_remarks:
        message = _("Bạn đã ghi ý kiến; hãy chọn «thống nhất, có ý kiến», hoặc xóa phần ý kiến.")
        raise Refused(message, {"state": message})
    if not set(blocks) <= {block["id"] for block in version.content["blocks"]}:
        raise Refused(_("Có ý kiến về một đoạn không thuộc bản được hỏi."))


def settle(viewer: Viewer, remark: int, *, taken: str, explanation: str) -> OpinionRemark:
    """Say what was done with a remark: taken over, or explained. Raises NotAllowed, Refused without explanation."""
    row = queries.remarks(viewer).get(pk=remark)
    explanation = explanation.replace("\r\n", "\n").strip()[:MAX_TEXT]
    if taken not in {Taken.TAKEN, Taken.EXPLAINED}:
        raise Refused(_("Hãy chọn tiếp thu hay giải trình."), {"taken": _("Chưa chọn.")})
    if taken == Taken.EXPLAINED and not explanation:
        raise Refused(_("Hãy ghi lý do giải trình."), {"explanation": _("Chưa có nội dung.")})
    with writing_on(viewer, row.opinion.version.draft, "issuing.ask") as (acting, _draft):
        values = {"settled_at": now(), "settled_by_name": viewer.name[:120]}
        return acting.change(row, taken=taken, explanation=explanation, **values)


def write_opinions(viewer: Viewer, draft: int) -> Draft:
    """Write the table of opinions into the draft as its last annex; written before, it is written anew.

    Raises NotAllowed, Refused when nobody was asked.
    """
    row = queries.drafts(viewer).get(pk=draft)
    asked = list(queries.opinions(viewer).filter(version__draft=row).prefetch_related("remarks"))
    if not asked:
        raise Refused(_("Chưa lấy ý kiến đơn vị nào."))
    with written():
        contents = {
            "annex": {"title": "Tổng hợp ý kiến góp ý của các đơn vị", "landscape": True},
            "table": _table(asked),
        }
    with writing_on(viewer, row, "issuing.ask") as (acting, row):
        there = {one.place: one for one in Block.objects.filter(draft=row, producer=PRODUCER)}
        for place, content in contents.items():
            _put(row, there.get(place), place, content)
        acting.log(row, None, {"opinions": len(asked)})
    return row


def _put(draft: Draft, there: Block | None, place: str, content: dict[str, object]) -> None:
    if there is None:
        kind = Block.Kind.ANNEX if place == "annex" else Block.Kind.TABLE
        order = append_place(draft)
        Block(
            tenant_id=draft.tenant_id,
            draft=draft,
            order=order,
            kind=kind,
            content=content,
            producer=PRODUCER,
            place=place,
            is_edited=True,
        ).save()
        return
    there.content, there.removed_at, there.version = content, None, there.version + 1
    there.save(update_fields=["content", "removed_at", "version"])


def _table(asked: list[Opinion]) -> dict[str, object]:
    rows = [cells for n, one in enumerate(asked, 1) for cells in _rows(n, one)]
    columns = [[0.6, "center"], [2.4, "left"], [4.0, "left"], [2.4, "left"], [4.0, "left"]]
    return {"head": list(HEADS), "columns": columns, "rows": rows}


def _rows(number: int, one: Opinion) -> list[list[dict[str, object]]]:
    head = [cell(str(number)), cell(one.party.name)]
    remarks = list(one.remarks.select_related("block").order_by("pk"))
    if not remarks:
        return [[*head, cell(str(one.get_state_display())), cell(""), cell("")]]
    return [[*head, cell(row.text), cell(about(row)), cell(_done(row))] for row in remarks]


def about(remark: OpinionRemark) -> str:
    """What a remark is about, in words: as the version said it that was asked about."""
    if remark.block_id is None:
        return _("Chung")
    blocks = remark.opinion.version.content["blocks"]
    found = next((block for block in blocks if block["id"] == remark.block_id), None)
    said = " ".join(block_words(found["content"]).split()) if found else ""
    return said if len(said) <= 120 else f"{said[:119]}…"


def _done(row: OpinionRemark) -> str:
    label = str(row.get_taken_display())
    words = label[:1].upper() + label[1:]
    return f"{words}: {row.explanation}" if row.explanation else words
