"""A signed paper is issued: from then on it stands for ever."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from luc.issuing.issued import queries
from luc.issuing.issued.models import Issued, Use
from luc.issuing.models import Draft
from luc.issuing.ready import ready_to_issue
from luc.issuing.signed.models import SignedFile
from luc.issuing.signed.queries import Checked, checked, signed_files
from luc.issuing.signed.words import verdict_words
from luc.issuing.standing import fingerprint
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today

SHOWN = 5  # so many reasons are told at once


def issue(
    viewer: Viewer,
    signed: int,
    *,
    number: str,
    date: datetime.date,
    confirmed: Collection[str] = (),
    vouched: bool = False,
    unseen: str = "",
    corrects: int | None = None,
    reason: str = "",
) -> Issued:
    """Issue a signed paper that was compared. `confirmed`: the differences somebody has looked at, by number;
    `unseen`: how what the machine cannot see in a scan was compared (the reason why it may be issued so).

    Raises SignedFile.DoesNotExist, NotAllowed; Refused: a number of the signed paper or of the version drifted, the
    signature does not hold, a difference or the signer is not confirmed, number or day are missing or are not those of
    the paper, the paper it corrects was corrected before.
    """
    row = signed_files(viewer).select_related("version").get(pk=signed)
    viewer.require("issuing.issue", tenant=row.tenant_id, party=row.version.draft.party_id)
    row = SignedFile.objects.select_related("version__draft", "file", "written").get(pk=row.pk)
    found, of = checked(row), fingerprint(row.version.draft)
    _must_hold(row, found)
    _must_be_confirmed(found, confirmed, vouched, unseen)
    number = _number(row, number, date)
    wrong = _corrected(viewer, row, corrects, reason)
    with action(viewer, "issuing.issue", tenant=row.tenant_id, party=row.version.draft.party_id) as acting:
        draft = Draft.objects.select_for_update().get(pk=row.version.draft_id)
        kept = SignedFile.objects.select_for_update().get(pk=row.pk)
        if draft.state != Draft.State.DRAFTING or kept.state != SignedFile.State.CHECKED:
            raise Refused(_("Văn bản này vừa được ban hành hoặc đã bỏ."))
        if fingerprint(draft) != of:
            raise Conflict(_("Một báo cáo phía dưới vừa thay đổi; hãy tải lại trang."))
        issued = _new(row, found, confirmed, unseen)
        issued.number, issued.date = number, date
        issued.corrects, issued.reason = wrong, " ".join(reason.split()) if wrong else ""
        issued.cells_of, issued.at = of, now()
        issued.by_id, issued.by_name = viewer.user, acting.viewer.name[:120]
        issued.save(force_insert=True)
        _index(issued, row)
        _log(acting, issued, draft, kept)
    return issued


def _new(row: SignedFile, found: Checked, confirmed: Collection[str], unseen: str) -> Issued:
    """What the signed paper, its version and its draft say of the paper that is issued."""
    draft = row.version.draft
    with written():
        vouching, verdict = _vouching(found, confirmed, unseen), verdict_words(row.signatures)
    return Issued(
        tenant_id=row.tenant_id,
        version=row.version,
        signed=row,
        file=row.file,
        sha256=row.file.sha256,
        party_id=draft.party_id,
        cycle_id=draft.cycle_id,
        plan_id=draft.plan_id,
        kind=str(row.head.get("kind", ""))[:60],
        title=str(row.version.content["title"])[:600],
        signer=_signer(row)[:200],
        signer_title=str(row.head.get("signer_title", ""))[:200],
        signature=verdict,
        confirmed=vouching,
        cells=row.version.cells,
    )


def _log(acting: Acting, issued: Issued, draft: Draft, signed: SignedFile) -> None:
    after = {
        "number": issued.number,
        "date": issued.date,
        "sha256": issued.sha256,
        "corrects": issued.corrects_id,
    }
    acting.log(issued, None, after)
    acting.change(draft, state=Draft.State.ISSUED)
    acting.change(signed, state=SignedFile.State.ISSUED)


def _must_hold(row: SignedFile, found: Checked) -> None:
    """Nothing of the paper or of what it rests on drifted."""
    if row.state != SignedFile.State.CHECKED:
        raise Refused(_("Bản đã ký này chưa đối chiếu xong, đã ban hành hoặc đã bỏ."))
    reasons = found.blocking
    reasons += [f"{one.near}: {one.words}" if one.near else one.words for one in ready_to_issue(row.version)]
    if reasons:
        more = (
            _(" Còn %(count)d lý do nữa.") % {"count": len(reasons) - SHOWN} if len(reasons) > SHOWN else ""
        )
        raise Refused(_("Chưa ban hành được: ") + " ".join(reasons[:SHOWN]) + more)


def _must_be_confirmed(found: Checked, confirmed: Collection[str], vouched: bool, unseen: str) -> None:
    open_ = [one for one in found.to_confirm if one.no not in confirmed]
    if open_:
        message = _("Còn %(count)d chỗ khác bản trình ký chưa được xem và xác nhận.") % {"count": len(open_)}
        raise Refused(message, {one.no: _("Chưa xác nhận.") for one in open_})
    if found.unseen and not unseen.strip():
        message = _("Hãy ghi đã đối chiếu bằng cách nào những chỗ máy không đọc được trong bản quét.")
        raise Refused(message, {"unseen": message})
    if found.signature_to_confirm and not vouched:
        message = _("Chưa xác nhận chữ ký.")
        raise Refused(message, {"vouched": message})


def _vouching(found: Checked, confirmed: Collection[str], unseen: str) -> list[str]:
    """What a person vouched for, in words."""
    told = [
        f"«{one.before}» → «{one.after}» ({one.around})" for one in found.to_confirm if one.no in confirmed
    ]
    if found.unseen:
        said = "; ".join(f"«{one.before}» ({one.around})" for one in found.unseen)
        head = _("Chưa đối chiếu được (bản quét), %(count)d chỗ") % {"count": len(found.unseen)}
        told.append(f"{head}: {' '.join(unseen.split())}. {said}")
    return [*filter(None, [found.signature_to_confirm]), *told]


def _number(row: SignedFile, number: str, date: datetime.date) -> str:
    """Number and day as they stand in the paper, where it says them."""
    number = "".join(number.split())
    if not number or number.startswith(("/", "-")):
        raise Refused(
            _("Chưa có số, ký hiệu của văn bản."), {"number": _("Hãy ghi số, ký hiệu như trên văn bản.")}
        )
    if date > today():
        raise Refused(_("Ngày văn bản ở tương lai."), {"date": _("Hãy xem lại ngày.")})
    said, day = str(row.head.get("number", "")), str(row.head.get("date", ""))
    if said and not row.is_scan and number.casefold() != said.casefold():
        message = _("Văn bản ghi số %(said)s.") % {"said": said}
        raise Refused(message, {"number": message})
    if day and not row.is_scan and date.isoformat() != day:
        message = _("Văn bản ghi ngày %(day)s.") % {
            "day": datetime.date.fromisoformat(day).strftime("%d/%m/%Y")
        }
        raise Refused(message, {"date": message})
    same = Issued.objects.filter(party=row.version.draft.party_id, number=number, date=date)
    if same.exists():
        message = _("Số này ngày này đã có một văn bản khác ban hành.")
        raise Refused(message, {"number": message})
    return number[:60]


def _signer(row: SignedFile) -> str:
    """Who signed: as the paper says, else whose certificate signed it first."""
    by = row.signatures[0]["signer"] if row.signatures else ""
    return str(row.head.get("signer") or by)


def _corrected(viewer: Viewer, row: SignedFile, corrects: int | None, reason: str) -> Issued | None:
    """The paper that this one corrects."""
    if corrects is None:
        return None
    wrong = queries.issued(viewer).filter(party=row.version.draft.party_id, pk=corrects).first()
    if wrong is None or hasattr(wrong, "corrected_by"):
        message = _("Văn bản được đính chính không có, hoặc đã được đính chính bằng văn bản khác.")
        raise Refused(message, {"corrects": message})
    if not reason.strip():
        message = _("Hãy ghi lý do đính chính.")
        raise Refused(message, {"reason": message})
    return wrong


def _index(issued: Issued, row: SignedFile) -> None:
    Use.objects.bulk_create(_uses(issued, row.written.sources), batch_size=2000)


def _uses(issued: Issued, sources: Iterable[dict[str, object]]) -> list[Use]:
    found = {
        (str(one["bookmark"]), str(one.get("cell") or ""), int(submission), str(key))
        for one in sources
        for submission, key in one["rows"]  # type: ignore[attr-defined]
    }
    return [
        Use(
            tenant_id=issued.tenant_id,
            issued=issued,
            bookmark=bookmark,
            cell=cell,
            submission_id=submission,
            row=key,
        )
        for bookmark, cell, submission, key in sorted(found)
    ]
