"""A good is put on an item: said by who has the entry and verified with the rest, or set by an officer at once."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django_scopes import scope

from luc.industry import queries as registry
from luc.industry.actions.editing import save
from luc.industry.catalogue import queries
from luc.industry.models import Entry, Offer, Value
from luc.industry.saying import OPEN, lock
from luc.industry.searching import touched
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today


def choose(viewer: Viewer, offer: int, *, item: int | None) -> Entry:
    """Say on which item a good stands (None: on none); verified like every other field.

    Raises Offer.DoesNotExist, NotAllowed, Refused (no item of the lists that hold).
    """
    with scope(tenant=registry.tenants_of(viewer)):
        row = registry.offers_of(viewer).get(pk=offer)
        _known(row.tenant_id, item)
    return save(viewer, "offer", offer, values={"item": item})


def place(viewer: Viewer, offer: int, *, item: int | None) -> Offer:
    """Put a public good on an item, or on none: an officer's own word, public at once.

    Raises Offer.DoesNotExist, NotAllowed, Refused (no such item, nothing changes, the enterprise says another one
    that waits to be verified).
    """
    mine = viewer.tenants_for("industry.catalogue")
    row = Offer.objects.filter(tenant__in=mine, is_public=True).get(pk=offer)
    _known(row.tenant_id, item)
    with action(viewer, "industry.catalogue", tenant=row.tenant_id) as acting:
        locked = lock(row)
        assert isinstance(locked, Offer)
        said = Value.objects.filter(offer=row.pk, field="item")
        if said.filter(standing__in=OPEN).exists():
            raise Refused(_("Doanh nghiệp đang đề nghị một mục khác. Hãy xem ở trang kiểm tra hồ sơ."))
        if locked.item_id == item:
            raise Refused(_("Hàng hóa này đang đứng ở đúng mục ấy."))
        said.filter(standing=Value.Standing.VERIFIED).update(standing=Value.Standing.REPLACED)
        with written():
            source = _("Cơ quan đầu mối")
        Value.objects.create(
            tenant_id=row.tenant_id,
            offer=locked,
            field="item",
            value=item,
            source=source,
            on=today(),
            standing=Value.Standing.VERIFIED,
            by_id=viewer.user,
            at=now(),
            settled_by_id=viewer.user,
            settled_at=now(),
        )
        acting.change(locked, item_id=item, changed_at=now(), version=locked.version + 1)
        touched(locked)
    return locked


def _known(tenant: int, item: int | None) -> None:
    if item is not None and not queries.choosable(tenant).filter(pk=item).exists():
        raise Refused(_("Hãy chọn một mục của danh mục đang dùng."), {"item": _("Không có mục này.")})
