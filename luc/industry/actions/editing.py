"""Somebody says something of an entry: the enterprise of its own, an agency of what it keeps, an officer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from django_scopes import scope

from luc.industry import queries
from luc.industry.confirming.steps import settle
from luc.industry.fields import Values
from luc.industry.models import Enterprise, Entry, Offer, State
from luc.industry.saying import enterprise_of, lock, missing, say, standing, wished
from luc.industry.searching import touched
from luc.kernel.errors import Refused
from luc.kernel.history import Acting, action
from luc.kernel.rights import Viewer
from luc.kernel.text import written
from luc.kernel.time import now, today

MOST_OFFERS = 500  # of one enterprise


@contextmanager
def speaking(viewer: Viewer, enterprise: Enterprise, reason: str = "") -> Iterator[tuple[Acting, str]]:
    """The action on an entry in the role in which the viewer has it, and whose word that is.

    Raises NotAllowed for who has no such role.
    """
    party, keepers = enterprise.party_id, viewer.parties_for("industry.keep")
    board = enterprise.park.board_id if enterprise.park else None
    with written():
        if party in viewer.parties_for("industry.own"):
            act, source = "industry.own", _("Doanh nghiệp tự khai")
        elif keeper := next((one for one in (enterprise.keeper_id, board) if one in keepers), None):
            kept_by = (
                enterprise.keeper
                if enterprise.keeper_id == keeper
                else enterprise.park and enterprise.park.board
            )
            act, source, party = "industry.keep", str(kept_by), keeper
        else:
            act, source = "industry.verify", _("Cơ quan đầu mối")
    with action(viewer, act, tenant=enterprise.tenant_id, party=party, reason=reason) as acting:
        yield acting, source


def row_of(viewer: Viewer, kind: str, pk: int) -> Entry:
    """The entry ("enterprise" or "offer") of which a viewer may say something. Raises DoesNotExist."""
    return queries.offers_of(viewer).get(pk=pk) if kind == "offer" else queries.editable(viewer).get(pk=pk)


def save(viewer: Viewer, kind: str, pk: int, *, values: Values, seen: int | None = None) -> Entry:
    """Keep what is said of some fields of an entry. Raises DoesNotExist, NotAllowed, Conflict, Refused.

    What the enterprise is still writing is not touched by others.
    """
    with scope(tenant=queries.tenants_of(viewer)):
        row = row_of(viewer, kind, pk)
        enterprise = enterprise_of(row)
        if not queries.sees_open(viewer, row, enterprise) and standing([row])[row.pk]:
            raise Refused(_("Doanh nghiệp đang sửa hồ sơ này. Hãy đợi doanh nghiệp gửi, rồi sửa."))
        with speaking(viewer, enterprise) as (acting, source):
            locked = lock(row, seen)
            if not say(acting, locked, values, source=source, on=today()):
                acting.log(locked, None, {"same": True})
    return locked


def add_offer(viewer: Viewer, enterprise: int, *, name: str) -> Offer:
    """A new offer of an enterprise, to be filled step by step. Raises DoesNotExist, NotAllowed, Refused."""
    name = " ".join(name.split())[:250]
    if not name:
        raise Refused(_("Hãy ghi tên hàng hóa, dịch vụ."), {"name": _("Chưa có tên.")})
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.editable(viewer).get(pk=enterprise)
        if row.offers.count() >= MOST_OFFERS:
            raise Refused(_("Mỗi doanh nghiệp khai được %(n)d hàng hóa.") % {"n": MOST_OFFERS})
        with speaking(viewer, row) as (acting, source):
            offer = Offer(tenant_id=row.tenant_id, enterprise=row, name=name)
            offer.created_at, offer.valid_from = now(), today()
            acting.create(offer)
            say(acting, offer, {"name": name}, source=source, on=today())
    return offer


def hand_in(viewer: Viewer, enterprise: int) -> list[Entry]:
    """Ask the officer to look: the entry and its offers that were changed since. Those handed in.

    Raises DoesNotExist, NotAllowed, Refused: what is missing, by offer; nothing is new.
    """
    with scope(tenant=queries.tenants_of(viewer)):
        row = queries.editable(viewer).get(pk=enterprise)
        with speaking(viewer, row) as (acting, _source):
            ready = _changed(row)
            if not ready:
                raise Refused(_("Không có gì mới để gửi."))
            for entry in ready:
                acting.change(entry, state=State.WAITING, handed_at=now(), version=entry.version + 1)
            settle(acting, row.pk)
    return ready


def _changed(row: Enterprise) -> list[Entry]:
    """The entries that can be handed in, locked. Raises Refused when one lacks a needed field."""
    head = Enterprise.objects.select_for_update().get(pk=row.pk)
    offers = list(Offer.objects.select_for_update().filter(enterprise=row).order_by("pk"))
    new = (State.DRAFT, State.RETURNED)
    found: list[Entry] = []
    wrong = []
    for entries in ([head], offers):
        open_ = standing(entries)
        for entry in entries:
            if entry.state not in new and not (entry.state == State.WITHDRAWN and open_[entry.pk]):
                continue
            found.append(entry)
            if lacking := missing(entry, wished(entry, open_[entry.pk])):
                wrong.append(f"{entry.name}: {', '.join(lacking)}")
    if wrong:
        raise Refused(_("Còn thiếu: %(fields)s.") % {"fields": "; ".join(wrong)})
    return found


def withdraw(viewer: Viewer, kind: str, pk: int, *, reason: str = "") -> Entry:
    """Take an entry from the public pages, at once. Raises DoesNotExist, NotAllowed, Refused (it is not there)."""
    with scope(tenant=queries.tenants_of(viewer)):
        row = row_of(viewer, kind, pk)
        with speaking(viewer, enterprise_of(row), reason.strip()) as (acting, _source):
            locked = lock(row)
            if locked.state == State.WITHDRAWN:
                raise Refused(_("Mục này đã được rút."))
            acting.change(
                locked, state=State.WITHDRAWN, is_public=False, changed_at=now(), version=locked.version + 1
            )
            touched(locked)
            settle(acting, enterprise_of(locked).pk)
    return locked
