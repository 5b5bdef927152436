"""Who is who, as of a date."""

from __future__ import annotations

from datetime import date

from django_scopes import scopes_disabled

from luc.agencies.models import Membership
from luc.kernel.models import User
from luc.kernel.rights import STRANGER, Grant, Viewer
from luc.kernel.time import today, valid_on


def viewer_of(user: int, on: date | None = None) -> Viewer:
    """The viewer that a user is on a day (today), with the grants of all memberships that hold."""
    person = User.objects.filter(pk=user, is_active=True).only("full_name").first()
    if person is None:
        return STRANGER
    with scopes_disabled():  # the memberships are what the scope is made from
        held = Membership.objects.filter(valid_on(on or today()), user=user)
        rows = list(held.values_list("role", "tenant_id", "party_id", "tenant__name"))
    grants = tuple(Grant(*row[:3]) for row in rows)
    names = {row[3] for row in rows}
    return Viewer(
        person.pk,
        person.full_name,
        frozenset(grant.tenant for grant in grants),
        grants,
        tenant_name=names.pop() if len(names) == 1 else "",
    )
