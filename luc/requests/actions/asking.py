"""A request is drafted as typed and sent: then its questions stand, and everybody it names owes an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from luc.kernel.errors import Conflict, NotAllowed, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import VIETNAM, now, today
from luc.papers.actions import store, take_in
from luc.papers.kinds import must_be_known
from luc.requests.drafting import Asked, understand
from luc.requests.models import Addressee, Column, Question, Reply, Request
from luc.requests.queries import requests as queries
from luc.requests.queries.sources import REQUEST
from luc.rounds import actions as rounds
from luc.rounds.models import Cycle, Obligation

PAPERS = {"pdf", "docx"}


def asking_party(viewer: Viewer) -> int:
    """The agency for which a viewer asks. Raises NotAllowed when there is none."""
    parties = sorted(grant for grant in viewer.parties_for("requests.ask"))
    if not parties:
        raise NotAllowed(_("Tài khoản của bạn không có quyền gửi yêu cầu."))
    return parties[0]


def begin(viewer: Viewer, *, typed: Mapping[str, Any], copy_of: int | None = None) -> Request:
    """Begin a draft with what was typed so far; `copy_of` is the request it was copied from. Raises NotAllowed."""
    party = asking_party(viewer)
    tenant = next(grant.tenant for grant in viewer.grants if grant.party == party)
    source = queries.templates(viewer).filter(pk=copy_of).first() if copy_of else None
    with action(viewer, "requests.ask", tenant=tenant, party=party) as acting:
        row = Request(
            tenant_id=tenant,
            asker_id=party,
            title=str(typed.get("title", ""))[:300],
            typed=dict(typed),
            copy_of=source,
            made_at=now(),
            made_by_id=viewer.user,
        )
        return acting.create(row)


def save(viewer: Viewer, request: int, *, version: int, typed: Mapping[str, Any]) -> Request:
    """Keep a draft as it was typed. Raises NotAllowed, Conflict when somebody saved after `version` was shown."""
    found = queries.drafts(viewer).get(pk=request)
    if found.typed == typed and found.version == version:
        return found
    with action(viewer, "requests.ask", tenant=found.tenant_id, party=found.asker_id) as acting:
        row = _locked(found, version)
        return acting.change(
            row, typed=dict(typed), title=str(typed.get("title", ""))[:300], version=row.version + 1
        )


def _locked(found: Request, version: int) -> Request:
    row = Request.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.sent_at or row.dropped_at:
        raise Conflict(_("Yêu cầu này đã được gửi hoặc đã bỏ."))
    if row.version != version:
        raise Conflict(_("Có người vừa sửa bản thảo này. Chưa có gì bị ghi đè."))
    return row


def attach(viewer: Viewer, request: int, *, name: str, data: bytes, media_type: str) -> Request:
    """Attach the paper (.docx, .pdf) behind a draft. Raises NotAllowed; Refused for any other content."""
    found = queries.drafts(viewer).get(pk=request)
    viewer.require("requests.ask", tenant=found.tenant_id, party=found.asker_id)
    if must_be_known(name, data) not in PAPERS and data:
        message = _("Văn bản đính kèm phải là tệp .docx hoặc .pdf.")
        raise Refused(message, {"file": message})
    kept = take_in(tenant=found.tenant_id, name=name, data=data)
    with action(viewer, "requests.ask", tenant=found.tenant_id, party=found.asker_id) as acting:
        row = _locked(found, found.version)
        file = store(acting, kept, tenant=found.tenant_id, name=name, media_type=media_type)
        return acting.change(row, paper_id=file.pk)


def detach(viewer: Viewer, request: int) -> Request:
    """Take the paper off a draft. Raises NotAllowed, Refused when there is none."""
    found = queries.drafts(viewer).get(pk=request)
    with action(viewer, "requests.ask", tenant=found.tenant_id, party=found.asker_id) as acting:
        row = _locked(found, found.version)
        if row.paper_id is None:
            raise Refused(_("Yêu cầu này không có văn bản đính kèm."))
        return acting.change(row, paper_id=None)


def drop(viewer: Viewer, request: int) -> Request:
    """Give up a draft. Raises NotAllowed, Conflict."""
    found = queries.drafts(viewer).get(pk=request)
    with action(viewer, "requests.ask", tenant=found.tenant_id, party=found.asker_id) as acting:
        return acting.change(_locked(found, found.version), dropped_at=now())


def send(viewer: Viewer, request: int, *, version: int) -> Request:
    """Send a draft as it was shown: its questions are fixed, a cycle opens, everybody bound today owes an answer.

    Raises NotAllowed; Refused with the fields that keep it from being sent, or the parties nobody answers for;
    Conflict when it was changed since or sent already.
    """
    found = queries.drafts(viewer).get(pk=request)
    asked = understand(found.typed)
    if asked.problems:
        raise Refused(_("Yêu cầu chưa gửi được: ") + " ".join(asked.problems.values()), asked.problems)
    with written():  # its reasons are kept
        binding = queries.binding(found.asker, asked.parties, today())
    must_bind(binding)
    with action(viewer, "requests.ask", tenant=found.tenant_id, party=found.asker_id) as acting:
        row = _locked(found, version)
        _fix_questions(row, asked)
        cycle = rounds.open_cycle(acting, _opening(row, asked), binding.bound)
        name_addressees(row, asked.parties)
        start_replies(row, cycle)
        return acting.change(
            row,
            title=asked.title,
            words=asked.words,
            cycle_id=cycle.pk,
            sent_at=now(),
            version=row.version + 1,
        )


def must_bind(binding: queries.Binding) -> None:
    """Raises Refused when somebody who was chosen stands for nobody."""
    if binding.nobody:
        names = "; ".join(party.name for party in binding.nobody)
        message = _("Chưa có đơn vị nào trả lời cho: %(names)s. Hãy bỏ chọn, hoặc chọn đơn vị khác.")
        raise Refused(message % {"names": names}, {"party": message % {"names": names}})


def _opening(row: Request, asked: Asked) -> rounds.Opening:
    assert asked.due_at is not None  # a draft without it has a problem
    day = today()
    return rounds.Opening(
        source_kind=REQUEST,
        source_id=row.pk,
        title=asked.title,
        period_start=day,
        period_until=day + timedelta(days=1),
        cutoff=min(day, asked.due_at.astimezone(VIETNAM).date()),
        due_at=asked.due_at,
        collector=row.asker_id,
    )


def _fix_questions(row: Request, asked: Asked) -> None:
    rows = Question.objects.bulk_create(
        Question(
            tenant_id=row.tenant_id,
            request=row,
            order=at,
            **one.fields(),
        )
        for at, one in enumerate(asked.questions, 1)
    )
    Column.objects.bulk_create(
        Column(
            tenant_id=row.tenant_id,
            question=question,
            order=at,
            kind=column.kind,
            text=column.text,
            unit=column.unit,
        )
        for question, one in zip(rows, asked.questions, strict=True)
        for at, column in enumerate(one.columns, 1)
    )


def name_addressees(row: Request, parties: tuple[int, ...]) -> None:
    """Keep whom a request names, beside those named before."""
    there = set(Addressee.objects.filter(request=row).values_list("party", flat=True))
    Addressee.objects.bulk_create(
        Addressee(tenant_id=row.tenant_id, request=row, party_id=party, at=now())
        for party in parties
        if party not in there
    )


def start_replies(row: Request, cycle: Cycle) -> None:
    """An empty reply for every obligation of the cycle that has none."""
    owing = Obligation.objects.filter(cycle=cycle, reply=None).order_by("pk").values_list("pk", flat=True)
    Reply.objects.bulk_create(Reply(tenant_id=row.tenant_id, obligation_id=pk, request=row) for pk in owing)


def named(acting: Acting, row: Request, parties: tuple[int, ...]) -> None:
    """One line of history: whom a running request names from now on."""
    acting.log(row, None, {"addressees": list(parties)})
