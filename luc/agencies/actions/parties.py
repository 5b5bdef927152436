"""Parties: added, named, joined into groups. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from luc.agencies import queries
from luc.agencies.models import GroupMember, Party, PartyName
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.text import folded, search_key
from luc.kernel.time import today


def add_party(
    viewer: Viewer,
    *,
    tenant: int,
    kind: str,
    name: str,
    short: str = "",
    member_kinds: Collection[str] = (),
    reports_through: int | None = None,
    valid_from: date | None = None,
    sureness: str = "",
) -> Party:
    """Add a party. Raises NotAllowed, Refused (no name, a name that exists in that time)."""
    name = _one_line(name)
    through = _through(viewer, tenant, reports_through)
    refuse_name(viewer, tenant, name, None)
    with action(viewer, "agencies.manage", tenant=tenant) as acting:
        row = Party(tenant_id=tenant, kind=kind, name=name, short=short.strip(), reports_through=through)
        row.member_kinds = sorted(member_kinds) if kind == Party.Kind.GROUP else []
        row.valid_from, row.sureness = valid_from, sureness.strip()
        return acting.create(row)


def edit_party(
    viewer: Viewer,
    party: int,
    *,
    short: str,
    reports_through: int | None,
    valid_from: date | None,
    sureness: str,
    member_kinds: Collection[str] = (),
) -> Party:
    """Change what is known of a party besides its name and its end. Raises NotAllowed, Refused."""
    row = queries.parties(viewer).get(pk=party)
    through = _through(viewer, row.tenant_id, reports_through)
    if through is not None and party in _way_of(viewer, through):
        message = _("Đơn vị này không thể báo cáo qua chính mình.")
        raise Refused(message, {"reports_through": message})
    if valid_from and row.valid_to and valid_from >= row.valid_to:
        message = _("Ngày bắt đầu phải trước ngày kết thúc %(day)s.") % {"day": f"{row.valid_to:%d/%m/%Y}"}
        raise Refused(message, {"valid_from": message})
    with action(viewer, "agencies.manage", tenant=row.tenant_id) as acting:
        kinds = sorted(member_kinds) if row.kind == Party.Kind.GROUP else []
        acting.change(row, short=short.strip(), valid_from=valid_from, sureness=sureness.strip())
        acting.change(row, member_kinds=kinds, reports_through_id=through.pk if through else None)
        _refuse_unchanged(acting)
    return row


def _through(viewer: Viewer, tenant: int, party: int | None) -> Party | None:
    """Who reports in a party's stead: one of the same tenant. Raises DoesNotExist."""
    return queries.parties(viewer).get(pk=party, tenant=tenant) if party else None


def _way_of(viewer: Viewer, through: Party) -> set[int]:
    """Those through whom a party reports in the end, itself included."""
    links = dict(queries.parties(viewer).values_list("pk", "reports_through"))
    way, step = set[int](), through.pk
    while step and step not in way:
        way.add(step)
        step = links.get(step) or 0
    return way


def rename(viewer: Viewer, party: int, *, name: str, reason: str) -> Party:
    """Correct the name of a party; the name so far stays as another name of it.

    A body that was reorganised under a new name is another party: end it with its successor.
    Raises NotAllowed, Refused (no name, no reason, the name it has, a name that exists).
    """
    row = queries.parties(viewer).get(pk=party)
    name = _one_line(name)
    if name == row.name:
        message = _("Đơn vị này đã có tên đó.")
        raise Refused(message, {"name": message})
    if not reason.strip():
        raise Refused(_("Hãy ghi lý do sửa tên."), {"reason": _("Chưa ghi lý do.")})
    refuse_name(viewer, row.tenant_id, name, row)
    with action(viewer, "agencies.manage", tenant=row.tenant_id, reason=reason.strip()) as acting:
        _keep_name(acting, row, row.name)
        acting.change(row, name=name)
        row.save(update_fields=["sort_key", "search_key"])
    return row


def add_name(viewer: Viewer, party: int, *, name: str) -> PartyName:
    """Add another name under which papers call a party. Raises NotAllowed, Refused (empty, or it has it)."""
    row = queries.parties(viewer).get(pk=party)
    name = _one_line(name)
    if search_key(name) == row.search_key or row.names.filter(search_key=search_key(name)).exists():
        message = _("Đơn vị này đã có tên đó.")
        raise Refused(message, {"name": message})
    with action(viewer, "agencies.manage", tenant=row.tenant_id) as acting:
        return _keep_name(acting, row, name)


def _keep_name(acting: Acting, party: Party, name: str) -> PartyName:
    key = search_key(name)
    there = PartyName.objects.filter(party=party, search_key=key).first()
    if there is not None:
        return there
    return acting.create(PartyName(tenant_id=party.tenant_id, party=party, name=name, search_key=key))


def add_member(viewer: Viewer, group: int, *, party: int, valid_from: date | None = None) -> GroupMember:
    """Put a party into a group by name, from a day on (today).

    What it was before is a row of its own and stays. Raises NotAllowed, Refused (no group, itself, it is in it then).
    """
    row = queries.parties(viewer).get(pk=group)
    member = queries.parties(viewer).get(pk=party)
    if row.kind != Party.Kind.GROUP or group == party or member.tenant_id != row.tenant_id:
        raise Refused(_("Chỉ thêm được đơn vị khác của tỉnh vào một nhóm."), {"party": _("Hãy chọn lại.")})
    begun = valid_from or today()
    later = Q(valid_to=None) | Q(valid_to__gt=begun)
    if GroupMember.objects.filter(later, group=row, party=member).exists():
        message = _("%(party)s đã thuộc nhóm này.") % {"party": member.name}
        raise Refused(message, {"party": message})
    with action(viewer, "agencies.manage", tenant=row.tenant_id) as acting:
        return acting.create(GroupMember(tenant_id=row.tenant_id, group=row, party=member, valid_from=begun))


def end_member(viewer: Viewer, group: int, *, party: int, on: date) -> GroupMember:
    """Take a party out of a group from a day on.

    Raises NotAllowed; Refused for a day before it came in; DoesNotExist when it is not in it by name.
    """
    row = queries.parties(viewer).get(pk=group)
    member = GroupMember.objects.get(group=row, party=party, valid_to=None)
    if member.valid_from and on < member.valid_from:
        day = f"{member.valid_from:%d/%m/%Y}"
        raise Refused(_("Đơn vị này chỉ thuộc nhóm từ ngày %(day)s.") % {"day": day})
    with action(viewer, "agencies.manage", tenant=row.tenant_id) as acting:
        return acting.change(member, valid_to=on)


def refuse_name(viewer: Viewer, tenant: int, name: str, party: Party | None) -> None:
    """Raises Refused for no name, or one that another party bears that has not ended."""
    if not name:
        raise Refused(_("Hãy ghi tên."), {"name": _("Chưa có tên.")})
    like = queries.parties(viewer).filter(tenant=tenant, search_key=search_key(name), valid_to=None)
    same = {pk for pk, other in like.values_list("pk", "name") if folded(other) == folded(name)}
    if same - {party.pk if party else None}:
        message = _("Đã có đơn vị tên “%(name)s”.") % {"name": name}
        raise Refused(message, {"name": message})


def _refuse_unchanged(acting: Acting) -> None:
    if not acting.lines:
        raise Refused(_("Chưa có gì thay đổi."))


def _one_line(text: str) -> str:
    return " ".join(text.split())
