"""An agency enters an enterprise that it knows, an officer the parks and clusters with their boards."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.agencies.queries import existing
from luc.industry.actions.registering import found
from luc.industry.models import Enterprise, Park
from luc.industry.saying import say
from luc.industry.tax import compact
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import search_key
from luc.kernel.time import today
from luc.territory.models import Unit


def add_enterprise(viewer: Viewer, *, keeper: int, tax_code: str, name: str) -> Enterprise:
    """Enter an enterprise for an agency that keeps it (`keeper`, one of the viewer's own).

    Raises Party.DoesNotExist, NotAllowed, Refused (no name, no code, one that the registry has).
    """
    party = existing(viewer, today()).get(pk=keeper, pk__in=viewer.parties_for("industry.keep"))
    name, code = " ".join(name.split())[:250], compact(tax_code)
    if not name:
        raise Refused(_("Hãy ghi tên doanh nghiệp."), {"name": _("Chưa có tên.")})
    with action(viewer, "industry.keep", tenant=party.tenant_id, party=party.pk) as acting:
        there = Enterprise.objects.filter(tenant=party.tenant_id, tax_code=code, holds_code=True).first()
        if there is not None:
            raise Refused(_code_is_there(there), {"tax_code": _("Mã số này đã có trong danh bạ.")})
        row = found(acting, tenant=party.tenant_id, tax_code=code, name=name, keeper=party.pk)
        say(acting, row, {"name": name}, source=party.name, on=today())
    return row


def _code_is_there(row: Enterprise) -> str:
    """Who works for the tenant may know that a code is there; the name only of what is public."""
    if row.is_public:
        return _("Mã số thuế này đã có hồ sơ: %(name)s.") % {"name": row.name}
    return _("Mã số thuế này đã có hồ sơ chưa công khai; hãy hỏi cơ quan đầu mối.")


def add_park(
    viewer: Viewer,
    *,
    tenant: int,
    kind: str,
    name: str,
    unit: int | None = None,
    board: int | None = None,
    valid_from: date | None = None,
    source: str = "",
) -> Park:
    """Enter a park or cluster of today. Raises NotAllowed, Refused (no name, one that is there), DoesNotExist."""
    name = " ".join(name.split())[:200]
    if not name:
        raise Refused(_("Hãy ghi tên khu, cụm công nghiệp."), {"name": _("Chưa có tên.")})
    manages = (
        Party.objects.get(
            Q(kind__in=["board", "department", "commune", "enterprise"]), pk=board, tenant=tenant
        )
        if board
        else None
    )
    with action(viewer, "industry.parks", tenant=tenant) as acting:
        if Park.objects.filter(tenant=tenant, search_key=search_key(name), valid_to=None).exists():
            raise Refused(_("Đã có khu, cụm công nghiệp tên này."), {"name": _("Đã có.")})
        row = Park(
            tenant_id=tenant, kind=kind, name=name, board=manages, valid_from=valid_from, source=source[:200]
        )
        row.unit = Unit.objects.get(pk=unit) if unit else None
        return acting.create(row)
