"""What people do with a proposal: draft it, correct the draft, record a step, publish it, say when to ask again."""

from __future__ import annotations

import mimetypes
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.queries import existing
from luc.industry.catalogue.queries import catalogues, choosable
from luc.industry.models import Proposal, ProposalStep
from luc.industry.proposing import queries
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today
from luc.papers.actions import store, take_in
from luc.papers.models import StoredFile
from luc.papers.storing import Kept

State = Proposal.State
WAIT = timedelta(days=30)  # after a letter, until it stands on the follower's desk
ONWARD: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.SENT, State.WITHDRAWN),
    State.SENT: (State.TAKEN, State.REFUSED, State.INCLUDED, State.WITHDRAWN),
    State.TAKEN: (State.INCLUDED, State.REFUSED),
    State.REFUSED: (State.SENT,),
    State.INCLUDED: (),
    State.WITHDRAWN: (),
}
_LETTERED = {State.SENT, State.TAKEN, State.REFUSED}
File = tuple[str, bytes] | None
_LONGEST = {"list_name": 300, "name": 500, "reason": 4000, "goods": 2000}


def draft(viewer: Viewer, *, party: int, catalogue: int | None, file: File = None, **words: str) -> Proposal:
    """Begin a proposal for an agency; `words`: list_name, name, reason, goods.

    Raises Party.DoesNotExist, NotAllowed, Catalogue.DoesNotExist, Refused (what is missing, by field).
    """
    body = existing(viewer, today()).get(pk=party, pk__in=viewer.parties_for("industry.propose"))
    viewer.require("industry.propose", tenant=body.tenant_id, party=body.pk)
    row = Proposal(tenant_id=body.tenant_id, party=body, follower_id=viewer.user or 0, at=now())
    for name, value in _told(viewer, body.tenant_id, catalogue, words).items():
        setattr(row, name, value)
    kept = take_in(tenant=body.tenant_id, name=file[0], data=file[1]) if file else None
    with action(viewer, "industry.propose", tenant=body.tenant_id, party=body.pk) as acting:
        row.file = _stored(acting, row, file, kept)
        acting.create(row)
        _step(acting, row, State.DRAFT)
    return row


def correct(
    viewer: Viewer, proposal: int, *, seen: int, catalogue: int | None, file: File = None, **words: str
) -> Proposal:
    """Correct a draft. Raises DoesNotExist, NotAllowed, Conflict, Refused (it was sent already, what is missing)."""
    row = queries.proposals(viewer).get(pk=proposal)
    told = _told(viewer, row.tenant_id, catalogue, words)
    kept = take_in(tenant=row.tenant_id, name=file[0], data=file[1]) if file else None
    with action(viewer, "industry.propose", tenant=row.tenant_id, party=row.party_id) as acting:
        locked = _locked(row.pk, seen)
        if locked.state != State.DRAFT:
            raise Refused(_("Đề xuất đã gửi thì không sửa nữa; hãy ghi bước tiếp theo."))
        if kept:
            told["file_id"] = getattr(_stored(acting, row, file, kept), "pk", None)
        return acting.change(locked, version=locked.version + 1, **told)


def _told(viewer: Viewer, tenant: int, catalogue: int | None, words: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: words.get(name, "").replace("\r\n", "\n").strip()[:longest]
        for name, longest in _LONGEST.items()
    }
    told["catalogue_id"] = None
    if catalogue:
        there = catalogues(viewer).get(pk=catalogue, tenant=tenant)
        told["catalogue_id"], told["list_name"] = there.pk, there.name
    titles = {
        "list_name": _("Hãy ghi tên danh mục."),
        "name": _("Chưa có tên."),
        "reason": _("Chưa có lý do."),
    }
    wrong = {name: title for name, title in titles.items() if not told[name]}
    if wrong:
        raise Refused(" ".join(wrong.values()), wrong)
    return told


def step(
    viewer: Viewer,
    proposal: int,
    *,
    seen: int,
    state: str,
    letter: str = "",
    on: date | None = None,
    words: str = "",
    item: int | None = None,
    file: File = None,
) -> Proposal:
    """Record what became of a proposal: by which letter of which day, with its words.

    Raises DoesNotExist, NotAllowed, Conflict, Refused: a step that does not follow, no letter, no reason of a refusal,
    a day that has not come or lies before the step before, a list that has no such item.
    """
    row = queries.proposals(viewer).get(pk=proposal)
    letter, words = letter.strip()[:60], words.replace("\r\n", "\n").strip()[:4000]
    if state not in ONWARD[row.state]:
        raise Refused(_("Bước này không tiếp theo bước «%(state)s».") % {"state": row.get_state_display()})
    _must_be_told(row, state, letter, on, words, item)
    kept = take_in(tenant=row.tenant_id, name=file[0], data=file[1]) if file else None
    act, party = queries.role_of(viewer, row)
    with action(viewer, act, tenant=row.tenant_id, party=party) as acting:
        locked = _locked(row.pk, seen)
        stored = _stored(acting, row, file, kept)
        _step(acting, locked, state, letter=letter, on=on, words=words, file=stored)
        waits = state in {State.SENT, State.TAKEN}
        values: dict[str, Any] = {"state": state, "version": locked.version + 1}
        values["remind_on"] = today() + WAIT if waits else None
        values["item_id"] = item if state == State.INCLUDED else None
        if state == State.WITHDRAWN:
            values["is_public"] = False
        return acting.change(locked, **values)


def _must_be_told(
    row: Proposal, state: str, letter: str, on: date | None, words: str, item: int | None
) -> None:
    wrong = {}
    if state in _LETTERED and not letter:
        wrong["letter"] = _("Hãy ghi số, ký hiệu công văn.")
    if state in _LETTERED and on is None:
        wrong["on"] = _("Hãy ghi ngày.")
    last = row.steps.exclude(on=None).order_by("-pk").first()
    if on and on > today():
        wrong["on"] = _("Ngày này chưa đến.")
    elif on and last and last.on and on < last.on:
        wrong["on"] = _("Ngày này trước bước trước (%(day)s).") % {"day": f"{last.on:%d/%m/%Y}"}
    if state == State.REFUSED and not words:
        wrong["words"] = _("Hãy ghi lý do không được tiếp thu.")
    if state == State.INCLUDED:
        known = row.catalogue_id is not None
        if known and not choosable(row.tenant_id).filter(pk=item or 0, catalogue=row.catalogue_id).exists():
            wrong["item"] = _("Hãy chọn mục của danh mục đang dùng.")
        elif not known and not words:
            wrong["words"] = _("Hãy ghi đã vào danh mục nào, theo văn bản nào.")
    if wrong:
        raise Refused(" ".join(wrong.values()), wrong)


def follow(viewer: Viewer, proposal: int, *, seen: int, remind_on: date | None) -> Proposal:
    """Follow a proposal, and be asked again on a day. Raises DoesNotExist, NotAllowed, Conflict, Refused."""
    row = queries.proposals(viewer).get(pk=proposal)
    if not ONWARD[row.state]:
        raise Refused(_("Đề xuất này đã xong."))
    act, party = queries.role_of(viewer, row)
    with action(viewer, act, tenant=row.tenant_id, party=party) as acting:
        locked = _locked(row.pk, seen)
        if (locked.remind_on, locked.follower_id) == (remind_on, viewer.user):
            raise Refused(_("Không có gì đổi."))
        return acting.change(locked, follower_id=viewer.user, remind_on=remind_on, version=locked.version + 1)


def publish(viewer: Viewer, proposal: int, *, seen: int, public: bool) -> Proposal:
    """Show a proposal to everybody, or no more. Raises DoesNotExist, NotAllowed, Conflict, Refused (never sent)."""
    row = queries.proposals(viewer).get(pk=proposal)
    with action(viewer, "industry.follow", tenant=row.tenant_id) as acting:
        locked = _locked(row.pk, seen)
        if public and locked.state in {State.DRAFT, State.WITHDRAWN}:
            raise Refused(_("Chỉ công khai đề xuất đã gửi."))
        if locked.is_public == public:
            raise Refused(_("Không có gì đổi."))
        return acting.change(locked, is_public=public, version=locked.version + 1)


def _locked(pk: int, seen: int) -> Proposal:
    locked = Proposal.objects.select_for_update().get(pk=pk)
    if locked.version != seen:
        raise Conflict(_("Đề xuất này vừa được sửa ở nơi khác. Hãy xem lại rồi làm tiếp."))
    return locked


def _step(acting: Acting, row: Proposal, state: str, **told: Any) -> ProposalStep:
    said = ProposalStep(tenant_id=row.tenant_id, proposal=row, state=state, at=now(), **told)
    said.by_id = acting.viewer.user or 0
    return acting.create(said)


def _stored(acting: Acting, row: Proposal, file: File, kept: Kept | None) -> StoredFile | None:
    if file is None or kept is None:
        return None
    media = mimetypes.guess_type(file[0])[0] or "application/octet-stream"
    return store(acting, kept, tenant=row.tenant_id, name=file[0], media_type=media)
