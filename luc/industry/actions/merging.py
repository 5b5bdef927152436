"""Two entries of one enterprise become one; the other leads to it, and nothing is orphaned."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from luc.agencies.models import Membership, Role
from luc.industry.actions.registering import join
from luc.industry.confirming.steps import settle
from luc.industry.models import Application, Contact, Enterprise, Offer, State, Suggestion
from luc.industry.saying import say, standing, wished
from luc.industry.searching import touched
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.time import now, today, valid_on


def merge(viewer: Viewer, enterprise: int, *, into: int, reason: str) -> Enterprise:
    """Merge an entry into another: offers, people, contact and suggestions go over.

    What it says beyond the other is to be verified there.

    Raises DoesNotExist, NotAllowed, Refused (itself, no reason, one that is merged already).
    """
    rows = Enterprise.objects.filter(tenant__in=viewer.tenants_for("industry.verify"))
    row = rows.get(pk=enterprise)
    if enterprise == into:
        raise Refused(_("Không gộp hồ sơ vào chính nó."), {"into": _("Hãy chọn hồ sơ khác.")})
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do gộp."), {"reason": _("Chưa có lý do.")})
    with action(viewer, "industry.verify", tenant=row.tenant_id, reason=reason.strip()) as acting:
        both = {
            one.pk: one for one in rows.select_for_update().filter(pk__in=[enterprise, into]).order_by("pk")
        }
        row, kept = both[enterprise], rows.get(pk=into, tenant=row.tenant_id)
        if State.MERGED in {row.state, kept.state}:
            raise Refused(_("Một trong hai hồ sơ đã được gộp rồi."))
        _take_over(acting, row, kept)
        acting.change(
            row,
            state=State.MERGED,
            merged_into_id=kept.pk,
            holds_code=False,
            is_public=False,
            valid_to=_end(row),
        )
        if not kept.holds_code and kept.tax_code == row.tax_code:
            acting.change(kept, holds_code=True)
        settle(acting, row.pk)
        touched(row)
        touched(kept)
    return kept


def _end(row: Enterprise) -> date | None:
    """From today it is no more; one that began today never was for a whole day, and keeps no end."""
    return today() if row.valid_from < today() else None


def _take_over(acting: Acting, row: Enterprise, kept: Enterprise) -> None:
    offers = list(Offer.objects.filter(enterprise=row).values_list("pk", flat=True))
    Offer.objects.filter(pk__in=offers).update(enterprise=kept)
    for model in (Suggestion, Application):
        model.objects.filter(enterprise=row).update(enterprise=kept)
    Enterprise.objects.filter(merged_into=row).update(merged_into=kept)
    Enterprise.objects.filter(head=row).update(head=kept)
    if not kept.contacts.filter(withdrawn_at=None).exists():
        Contact.objects.filter(enterprise=row, withdrawn_at=None).update(enterprise=kept)
    else:
        gone = {"name": "", "position": "", "phone": "", "mail": "", "withdrawn_at": now()}
        Contact.objects.filter(enterprise=row, withdrawn_at=None).update(**gone)
    for held in Membership.objects.filter(
        valid_on(today()), party=row.party_id, role=Role.ENTERPRISE
    ).select_related("user"):
        join(acting, held.user, kept)
    Membership.objects.filter(party=row.party_id, role=Role.ENTERPRISE, valid_to=None).update(
        valid_to=today()
    )
    values = wished(row, standing([row])[row.pk])
    own = wished(kept, standing([kept])[kept.pk])
    new = {name: value for name, value in values.items() if not own.get(name)}
    if new:
        say(acting, kept, new, source=_("Hồ sơ được gộp"), on=today())
        kept.state, kept.handed_at = State.WAITING, now()
        kept.save(update_fields=["state", "handed_at"])
    acting.log(kept, None, {"merged": row.pk, "offers": offers, "fields": sorted(new)})
