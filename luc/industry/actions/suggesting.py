"""Anybody says what is wrong or missing in a public entry; an officer decides."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django_scopes import scope

from luc.industry import queries
from luc.industry.fields import ENTERPRISE, OFFER
from luc.industry.knocking import knock
from luc.industry.models import Suggestion
from luc.kernel.errors import Conflict, Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now

LONGEST = 2000
MOST_WAITING = 50  # about one enterprise


def suggest(
    viewer: Viewer, enterprise: int, *, offer: int | None = None, field: str = "", text: str, origin: str
) -> Suggestion:
    """Say what is wrong or missing; nothing is kept of who said it.

    Raises Enterprise.DoesNotExist or Offer.DoesNotExist for what is not public, Refused (no words, too often).
    """
    row = queries.public_enterprises().get(pk=enterprise)
    about = queries.public_offers().get(pk=offer, enterprise=enterprise) if offer else None
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST:
        message = _("Hãy ghi góp ý, không quá %(n)d ký tự.") % {"n": LONGEST}
        raise Refused(message, {"text": message})
    known = {spec.name for spec in (OFFER if about else ENTERPRISE)}
    with written():
        somebody = replace(
            viewer, user=None, name=_("Người góp ý"), tenants=frozenset([row.tenant_id]), grants=()
        )
    with (
        scope(tenant=[row.tenant_id]),
        action(somebody, "industry.suggest", tenant=row.tenant_id) as acting,
    ):
        knock("suggest", origin)
        if row.suggestions.filter(state=Suggestion.State.WAITING).count() >= MOST_WAITING:
            raise Refused(_("Hồ sơ này đang có nhiều góp ý chờ xem. Hãy gửi lại sau."))
        said = Suggestion(tenant_id=row.tenant_id, enterprise=row, offer=about, text=text, at=now())
        said.field = field if field in known else ""
        return acting.create(said)


def settle(viewer: Viewer, suggestion: int, *, taken: bool, reason: str = "") -> Suggestion:
    """Say what became of a suggestion. Raises DoesNotExist, NotAllowed, Refused without a reason, Conflict."""
    row = queries.suggestions(viewer).get(pk=suggestion)
    if not taken and not reason.strip():
        raise Refused(_("Hãy ghi lý do không dùng góp ý."), {"reason": _("Chưa có lý do.")})
    with action(viewer, "industry.verify", tenant=row.tenant_id) as acting:
        row = Suggestion.objects.select_for_update().get(pk=row.pk)
        if row.state != Suggestion.State.WAITING:
            raise Conflict(_("Góp ý này vừa có người xử lý."))
        state = Suggestion.State.TAKEN if taken else Suggestion.State.REFUSED
        return acting.change(row, state=state, reason=reason.strip()[:500], settled_at=now())
