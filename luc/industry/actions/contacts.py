"""Whom to write to: only with consent, and gone when it is withdrawn (Luật 91/2025/QH15)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django_scopes import scope

from luc.industry import queries
from luc.industry.models import Contact, Enterprise
from luc.kernel.errors import Refused
from luc.kernel.history import action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now

CONSENT = lazy(
    "Tôi đồng ý để Lục công khai họ tên, chức vụ, điện thoại và thư điện tử ghi ở đây trên trang của doanh nghiệp, "
    "để người cần hàng hóa liên hệ. Tôi có thể rút lại bất cứ lúc nào; khi đó thông tin bị xóa khỏi mọi trang ngay."
)


def give_contact(
    viewer: Viewer, enterprise: int, *, name: str, position: str, phone: str, mail: str, agreed: bool
) -> Contact:
    """Show a contact of the own enterprise in place of the one before. Only its own people may agree.

    Who agreed, when and to which words is kept. Raises DoesNotExist, NotAllowed, Refused (no consent, no way to reach).
    """
    fields = {}
    if not agreed:
        fields["agreed"] = _("Chỉ công khai khi bạn đồng ý. Nếu không, hãy để trống phần này.")
    if not name.strip() or not (phone.strip() or mail.strip()):
        fields["name"] = _("Hãy ghi tên và điện thoại hoặc thư điện tử.")
    if fields:
        raise Refused(" ".join(fields.values()), fields)
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.own(viewer).get(pk=enterprise)
        with action(viewer, "industry.own", tenant=row.tenant_id, party=row.party_id) as acting:
            Enterprise.objects.select_for_update().get(pk=row.pk)
            _empty(viewer, row)
            with written():
                words = str(CONSENT)
            contact = Contact(tenant_id=row.tenant_id, enterprise=row, agreed_to=words, agreed_at=now())
            contact.name, contact.position = name.strip()[:120], position.strip()[:120]
            contact.phone, contact.mail = phone.strip()[:30], mail.strip()
            contact.agreed_by_id = viewer.user or 0
            contact.save(force_insert=True)
            acting.log(row, None, {"contact": contact.pk, "consent": "given"})
    return contact


def withdraw_contact(viewer: Viewer, enterprise: int) -> None:
    """Take consent back: the contact is emptied, so no page and no backup made later has it.

    Raises DoesNotExist, NotAllowed, Refused (there is none).
    """
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.own(viewer).get(pk=enterprise)
        with action(viewer, "industry.own", tenant=row.tenant_id, party=row.party_id) as acting:
            Enterprise.objects.select_for_update().get(pk=row.pk)
            if not _empty(viewer, row):
                raise Refused(_("Hiện không có thông tin liên hệ nào được công khai."))
            acting.log(row, None, {"consent": "withdrawn"})


def _empty(viewer: Viewer, enterprise: Enterprise) -> int:
    gone = {"name": "", "position": "", "phone": "", "mail": ""}
    rows = Contact.objects.filter(enterprise=enterprise, withdrawn_at=None)
    return rows.update(**gone, withdrawn_at=now(), withdrawn_by_id=viewer.user)
