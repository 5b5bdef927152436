"""Steps of a round: open, freeze, give back, accept, close. They take the `Acting` of the room that asks.

A step locks the row it changes; what somebody else changed in the meantime is a Conflict.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, plain, values_of
from luc.kernel.prepared import Prepared
from luc.kernel.sharing import shared
from luc.kernel.time import now, start_of
from luc.rounds.models import Cycle, Obligation, Remark, Stands, Submission, Verdict

WRITABLE = frozenset({Obligation.State.OPEN, Obligation.State.RETURNED})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a party is bound: the party that the paper binds, how it came to this one, and that in words."""

    bound: int
    why: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A party that will owe an answer."""

    party: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new round is: of what source, over what period [start, until), figures as of when, due when."""

    source_kind: str
    source_id: int
    title: str
    period_start: date
    period_until: date
    cutoff: date
    due_at: datetime
    collector: int


def open_cycle(acting: Acting, opening: Opening, bound: Sequence[Bound]) -> Cycle:
    """Open a round with one obligation for each bound party. Raises Refused with the wrong fields."""
    assert acting.tenant is not None
    _check(opening, bound)
    values = {name: getattr(opening, name) for name in Opening.__slots__ if name != "collector"}
    cycle = Cycle(
        tenant_id=acting.tenant,
        collector_id=opening.collector,
        opened_at=now(),
        opened_by_id=acting.viewer.user,
        **values,
    )
    acting.create(cycle, obligations=sorted(party.party for party in bound))
    _bind(cycle, bound)
    return cycle


def _check(opening: Opening, bound: Sequence[Bound]) -> None:
    fields = {}
    if not opening.title.strip():
        fields["title"] = _("Chưa có tên kỳ báo cáo.")
    if opening.period_until <= opening.period_start:
        fields["period_end"] = _("Ngày cuối kỳ phải sau ngày đầu kỳ.")
    if start_of(opening.cutoff) >= opening.due_at:
        fields["cutoff"] = _("Ngày chốt số liệu phải trước hạn báo cáo.")
    if fields:
        raise Refused(_("Kỳ báo cáo chưa hợp lệ: ") + " ".join(fields.values()), fields)
    if not bound:
        raise Refused(_("Chưa có đơn vị nào phải báo cáo trong kỳ này."))
    same = Cycle.objects.filter(
        source_kind=opening.source_kind, source_id=opening.source_id, period_start=opening.period_start
    )
    if same.exists():
        message = _("Kỳ báo cáo bắt đầu từ ngày này đã được mở.")
        raise Refused(message, {"period_start": message})


def _bind(cycle: Cycle, bound: Sequence[Bound]) -> None:
    rows = Obligation.objects.bulk_create(
        Obligation(tenant_id=cycle.tenant_id, cycle=cycle, party_id=party.party, due_at=cycle.due_at)
        for party in bound
    )
    Stands.objects.bulk_create(
        Stands(
            tenant_id=cycle.tenant_id,
            obligation=row,
            bound_id=reason.bound,
            why=reason.why,
            note=reason.note[:300],
        )
        for row, party in zip(rows, bound, strict=True)
        for reason in party.reasons
    )


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of a content in its one canonical form."""
    text = json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def locked(obligation: int) -> Obligation:
    """The obligation with its cycle, both locked. Always in this order, then the report: nobody waits in a ring."""
    cycle = Cycle.objects.select_for_update().get(obligations=obligation)
    row = Obligation.objects.select_for_update().get(pk=obligation)
    row.cycle = cycle
    return row


_lock_obligation = Prepared(lambda obligation: Obligation.objects.select_for_update().filter(pk=obligation))


def joined(obligation: int, party: Party | None = None) -> Obligation:
    """An obligation locked as by `locked`, but many share the cycle: for steps that only change this one answer.

    On the last evening all write at once; they wait for who closes the round, not for each other. Such a step never
    calls one that has the cycle alone. `party`: whose it is, where that is at hand.
    """
    cycle = shared(Cycle.objects.filter(obligations=obligation))
    row = _lock_obligation.get(obligation=obligation)
    row.cycle = cycle
    if party is not None and party.pk == row.party_id:
        row.party = party
    return row


def freeze(acting: Acting, obligation: int, *, content: Mapping[str, Any], is_nil: bool) -> Submission:
    """Keep what is handed in, for ever, as the next version.

    Raises Conflict when it was handed in already, Refused in a closed round.
    """
    return freeze_held(acting, locked(obligation), content=content, is_nil=is_nil)


def freeze_held(acting: Acting, row: Obligation, *, content: Mapping[str, Any], is_nil: bool) -> Submission:
    """As `freeze`, of an obligation that this transaction holds already."""
    must_be_writable(row, row.cycle)
    at = now()
    submission = Submission.objects.create(
        tenant_id=row.tenant_id,
        obligation=row,
        version=row.version + 1,
        content=plain(content),
        sha256=fingerprint(content),
        is_nil=is_nil,
        is_late=at >= row.due_at,
        at=at,
        by_id=acting.viewer.user,
        by_name=acting.viewer.name[:120],
    )
    acting.log(submission, None, {"version": submission.version, "sha256": submission.sha256})
    acting.change(
        row,
        state=Obligation.State.SUBMITTED,
        version=submission.version,
        is_nil=is_nil,
        submitted_at=row.submitted_at or at,
    )
    return submission


def must_be_writable(row: Obligation, cycle: Cycle) -> None:
    """Raise Refused in a closed round, Conflict when the answer was handed in already."""
    must_take_answers(row, cycle)
    if row.state not in WRITABLE:
        raise Conflict(_("Báo cáo này đã được gửi; chỉ sửa được khi cơ quan đầu mối trả lại."))


def must_take_answers(row: Obligation, cycle: Cycle) -> None:
    """Raise Refused in a closed round that was not opened once more for this party."""
    row.cycle = cycle
    if not row.takes_answers:
        raise Refused(_("Kỳ báo cáo đã khép lại; hãy liên hệ cơ quan đầu mối."))


def give_back(
    acting: Acting, submission: int, *, remarks: str, rows: Mapping[str, str] | None = None
) -> Verdict:
    """Return a submission with remarks, on the whole and by row of its content.

    Raises Refused without any remark or in a closed round, Conflict when it is not waiting.
    """
    said = _said(rows)
    if not remarks.strip() and not said:
        raise Refused(_("Hãy ghi rõ cần sửa gì."), {"remarks": _("Chưa ghi nội dung cần sửa.")})
    (row,) = waiting([submission])
    must_take_answers(row.obligation, row.obligation.cycle)
    verdict = end_waiting(acting, row, Verdict.Kind.RETURNED, remarks.strip())
    verdict.save(force_insert=True)
    acting.log(verdict, None, values_of(verdict) | ({"rows": said} if said else {}))
    _remark(verdict, said)
    acting.change(row.obligation, state=Obligation.State.RETURNED)
    return verdict


def _said(rows: Mapping[str, str] | None) -> dict[str, str]:
    return {key: words.strip() for key, words in (rows or {}).items() if words.strip()}


def _remark(verdict: Verdict, said: Mapping[str, str]) -> None:
    Remark.objects.bulk_create(
        Remark(tenant_id=verdict.tenant_id, verdict=verdict, key=key, text=words)
        for key, words in said.items()
    )


def accept(
    acting: Acting,
    submissions: Collection[int],
    *,
    remarks: str = "",
    rows: Mapping[str, str] | None = None,
) -> list[Submission]:
    """Accept submissions that wait, all or none; remarks by row go with each of them.

    Raises Conflict when one of them does not wait any more.
    """
    said = _said(rows)
    found = waiting(submissions)
    verdicts = [end_waiting(acting, row, Verdict.Kind.ACCEPTED, remarks.strip()) for row in found]
    for verdict in Verdict.objects.bulk_create(verdicts):
        _remark(verdict, said)
    return _accepted(acting, found, {"remarks": remarks.strip(), "rows": said})


def _accepted(acting: Acting, rows: list[Submission], said: Mapping[str, Any]) -> list[Submission]:
    words = {name: value for name, value in said.items() if value}
    obligations = [row.obligation for row in rows]
    Obligation.objects.filter(pk__in=[row.pk for row in obligations]).update(state=Obligation.State.ACCEPTED)
    for row in obligations:
        after = {"state": Obligation.State.ACCEPTED, "version": row.version} | words
        acting.log(row, {"state": row.state}, after)
        row.state = Obligation.State.ACCEPTED
    return rows


def waiting(submissions: Collection[int]) -> list[Submission]:
    """Submissions that wait, locked with their obligations. Raises Refused for others, Conflict for one that ended.

    Their cycle is locked first, as everywhere.
    """
    cycles = Submission.objects.filter(pk__in=submissions).values("obligation__cycle")
    list(Cycle.objects.select_for_update().filter(pk__in=cycles).order_by("pk"))
    rows = list(
        Submission.objects.select_for_update(of=("self", "obligation"))
        .filter(pk__in=submissions)
        .defer("content")
        .select_related("obligation__party", "obligation__cycle")
        .order_by("pk")
    )
    if not rows or len(rows) != len(set(submissions)):
        raise Refused(_("Hãy chọn báo cáo đang chờ xem."))
    for row in rows:
        if row.obligation.state != Obligation.State.SUBMITTED or row.obligation.version != row.version:
            raise Conflict(
                _("Báo cáo của %(party)s đã được xử lý hoặc đã có bản mới; hãy tải lại trang.")
                % {"party": row.obligation.party}
            )
    return rows


def end_waiting(acting: Acting, row: Submission, kind: str, remarks: str) -> Verdict:
    """The unsaved row that says how a submission stopped waiting."""
    return Verdict(
        tenant_id=row.tenant_id,
        submission=row,
        kind=kind,
        remarks=remarks,
        at=now(),
        by_id=acting.viewer.user,
        by_name=acting.viewer.name[:120],
    )


def close(acting: Acting, cycle: int) -> Cycle:
    """Close a round: nothing more is handed in. Raises Conflict if closed, Refused while some wait."""
    row = Cycle.objects.select_for_update().get(pk=cycle)
    if row.closed_at is not None:
        raise Conflict(_("Kỳ báo cáo này đã khép lại."))
    waiting = Obligation.objects.filter(cycle=row, state=Obligation.State.SUBMITTED).count()
    if waiting:
        raise Refused(
            _("Còn %(count)d báo cáo chờ xem; hãy chấp nhận hoặc trả lại trước.") % {"count": waiting}
        )
    return acting.change(row, closed_at=now())
