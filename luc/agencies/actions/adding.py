"""A party added as a step of another action: somebody who looks a paper through meets a body nobody had entered."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from luc.agencies.models import Party
from luc.kernel.errors import Refused
from luc.kernel.history import Acting
from luc.kernel.text import search_key

# a province is founded (luc init), never met in a paper
_NAMED_IN_PAPERS = set(Party.Kind.values) - {Party.Kind.PROVINCE.value}


def party(
    acting: Acting,
    *,
    tenant: int,
    kind: str,
    name: str,
    reports_through: Party | None = None,
    member_kinds: Collection[str] = (),
) -> Party:
    """Add a party that exists since ever.

    Raises NotAllowed; Refused for no name, an unknown kind or that of the province itself, a name that exists.
    """
    acting.viewer.require("agencies.add_named", tenant=tenant)
    name = " ".join(name.split())
    if not name or kind not in _NAMED_IN_PAPERS:
        wrong = {"name": _("Chưa có tên.")} if not name else {"kind": _("Hãy chọn loại đơn vị.")}
        raise Refused(_("Chưa thêm được đơn vị."), wrong)
    if Party.objects.filter(tenant=tenant, search_key=search_key(name), valid_to=None).exists():
        message = _("Đã có đơn vị tên “%(name)s”: hãy chọn đơn vị đó.") % {"name": name}
        raise Refused(message, {"name": message})
    row = Party(tenant_id=tenant, kind=kind, name=name, reports_through=reports_through)
    row.member_kinds = sorted(member_kinds) if kind == Party.Kind.GROUP else []
    return acting.create(row)
