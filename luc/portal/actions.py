"""What people do with public pages: publish, remove, ask, answer, refuse."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django_scopes import scope

from luc.figures.actions import publish as publish_figures
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now
from luc.kernel.writing import writing
from luc.plans.models import Plan
from luc.portal import changes, queries
from luc.portal.content import Built, build, summary_of
from luc.portal.desk import plans, waiting
from luc.portal.models import Contact, Edition, Knock, Question, Removal
from luc.portal.telling import tell

LONGEST = 2000  # signs of a question
A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
MOST_OF_ONE = 5  # questions from one address in an hour
MOST_OF_ALL = 200  # questions to one plan in a day


def preview(viewer: Viewer, plan: int, *, with_words: bool) -> Built:
    """What everybody would see. Raises Plan.DoesNotExist for a plan of others."""
    return build(viewer, plans(viewer).get(pk=plan), with_words=with_words)


def publish(viewer: Viewer, plan: int, *, seen: str, with_words: bool = False, note: str = "") -> Edition:
    """Publish a plan as the preview showed it (`seen`: its sha256); its accepted figures are published with it.

    Raises Plan.DoesNotExist, NotAllowed, Refused (a draft), Conflict when the plan moved on since the preview, or
    nothing is new.
    """
    row = plans(viewer).get(pk=plan)
    if not row.number:
        raise Refused(_("Kế hoạch chưa có số, ký hiệu: dự thảo không công bố được."))
    at = now()  # before it is built: what is withdrawn from now on goes off the page
    built = build(viewer, row, with_words=with_words)
    if built.sha256 != seen:
        raise Conflict(_("Kế hoạch hoặc số liệu vừa thay đổi so với bản xem trước. Hãy xem lại rồi công bố."))
    with action(viewer, "portal.publish", tenant=row.tenant_id, party=row.focal_id) as acting:
        Plan.objects.select_for_update().only("pk").get(pk=row.pk)
        last = Edition.objects.filter(plan=row).select_related("removal").order_by("-number").first()
        stands = last is not None and not hasattr(last, "removal")
        if last and stands and (last.sha256, last.note) == (seen, note.strip()):
            raise Conflict(_("Trang công khai đã đúng như bản này; không có gì mới để công bố."))
        publish_figures(acting, sorted(queries.figures_in(built.content)))
        edition = Edition(
            tenant_id=row.tenant_id,
            plan=row,
            number=last.number + 1 if last else 1,
            content=built.content,
            summary=summary_of(built.content),
            changes=changes.between(
                queries.complete(last.content) if last and stands else None, built.content
            ),
            note=note.strip(),
            sha256=seen,
            at=at,
            by_id=viewer.user,
        )
        edition.save(force_insert=True)
        acting.log(edition, None, {"number": edition.number, "sha256": seen, "note": edition.note})
    return edition


def remove(viewer: Viewer, plan: int, *, reason: str) -> Removal:
    """Take the public page of a plan away. Raises Plan.DoesNotExist, NotAllowed, Refused without a reason."""
    row = plans(viewer).get(pk=plan)
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do gỡ trang."), {"reason": _("Chưa có lý do.")})
    with action(
        viewer, "portal.publish", tenant=row.tenant_id, party=row.focal_id, reason=reason.strip()
    ) as acting:
        Plan.objects.select_for_update().only("pk").get(pk=row.pk)
        last = queries.current().filter(plan=row).first()
        if last is None:
            raise Refused(_("Kế hoạch này không có trang công khai."))
        return acting.create(
            Removal(tenant_id=row.tenant_id, edition=last, reason=reason.strip(), at=now(), by_id=viewer.user)
        )


def ask(
    viewer: Viewer, plan: int, *, task: int | None, text: str, name: str, mail: str, agreed: bool, origin: str
) -> Question:
    """Ask about a published plan or a task of it, by anybody. What is said of the asker is kept only if `agreed`.

    origin: the address that the request came from; only a keyed hash of it is kept, for a day. Raises
    Edition.DoesNotExist for what is not published, Refused (no words, too many, too often).
    """
    shown = queries.shown(plan)
    if task is not None and task not in {row["id"] for row in shown.content["tasks"]}:
        raise Edition.DoesNotExist
    text = text.replace("\r\n", "\n").strip()
    _must_say(text, mail=mail, agreed=agreed)
    with written():
        asker = replace(viewer, user=None, name=_("Người dân"), tenants=frozenset([shown.tenant]), grants=())
    with (
        scope(tenant=[shown.tenant]),
        action(asker, "portal.ask", tenant=shown.tenant) as acting,
    ):
        _knock(plan, origin)
        row = Question(tenant_id=shown.tenant, plan_id=plan, task_id=task, text=text, at=now())
        acting.create(row)
        if mail and agreed:
            Contact(tenant_id=shown.tenant, question=row, name=name.strip()[:120], mail=mail).save()
    return row


def _must_say(text: str, *, mail: str, agreed: bool) -> None:
    fields = {}
    if not text:
        fields["text"] = _("Hãy ghi câu hỏi.")
    elif len(text) > LONGEST:
        fields["text"] = _("Câu hỏi dài quá %(n)d ký tự.") % {"n": LONGEST}
    if mail and not agreed:
        fields["agreed"] = _(
            "Để nhận trả lời qua thư, hãy đồng ý cho giữ địa chỉ; nếu không, hãy bỏ trống địa chỉ."
        )
    if fields:
        raise Refused(" ".join(fields.values()), fields)


def _knock(plan: int, origin: str) -> None:
    """Count an asking, as a step; forget those of yesterday. Raises Refused when it is too often."""
    at = now()
    who = hmac.new(settings.SECRET_KEY.encode(), origin.encode(), hashlib.sha256).hexdigest()
    Knock.objects.filter(at__lt=at - A_DAY).delete()
    often = Knock.objects.filter(who=who, at__gt=at - AN_HOUR).count() >= MOST_OF_ONE
    if often or Question.objects.filter(plan=plan, at__gt=at - A_DAY).count() >= MOST_OF_ALL:
        raise Refused(_("Vừa có quá nhiều câu hỏi được gửi. Hãy gửi lại sau một giờ."))
    Knock(who=who, at=at).save()


def answer(viewer: Viewer, question: int, *, shown: str, text: str, seen: str) -> Question:
    """Answer a question: from now on everybody reads it, as `shown` has it, with the answer.

    `seen`: the state that the page showed. Raises Question.DoesNotExist, NotAllowed, Refused without words, Conflict.
    """
    shown, text = (words.replace("\r\n", "\n").strip() for words in (shown, text))
    fields = {} if shown else {"shown": _("Hãy ghi câu hỏi như sẽ công khai.")}
    if not text:
        fields["text"] = _("Hãy ghi câu trả lời.")
    if fields:
        raise Refused(" ".join(fields.values()), fields)
    row = _settle(viewer, question, seen, state=Question.State.ANSWERED, shown=shown, answer=text, reason="")
    tell(row)
    return row


def refuse(viewer: Viewer, question: int, *, reason: str, seen: str) -> Question:
    """Keep a question (or take it back) from the public. Raises as `answer`."""
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do không công khai."), {"reason": _("Chưa có lý do.")})
    row = _settle(viewer, question, seen, state=Question.State.REFUSED, reason=reason.strip())
    with writing():
        Contact.objects.filter(question=row).delete()
    return row


def _settle(viewer: Viewer, question: int, seen: str, **values: str) -> Question:
    row = waiting(viewer).get(pk=question)
    with action(viewer, "portal.answer", tenant=row.tenant_id, party=row.plan.focal_id) as acting:
        row = Question.objects.select_for_update().get(pk=row.pk)
        if row.state != seen:
            raise Conflict(_("Câu hỏi này vừa có người xử lý; hãy tải lại trang rồi xem."))
        acting.change(row, **values, answered_at=now())
    return row
