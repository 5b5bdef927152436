"""Roles that somebody holds for a time in the place of another."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from luc.agencies.models import Membership, Party, Role
from luc.agencies.queries import colleagues, memberships, people, roles_to_give
from luc.kernel.models import User
from luc.kernel.rights import Viewer
from luc.kernel.time import today, valid_on


def delegations(viewer: Viewer, party: Party) -> QuerySet[Membership]:
    """The delegations in a party that a viewer steers, those that hold or are to come first."""
    rows = memberships(viewer).filter(party=party).exclude(stands_for=None)
    return rows.select_related("stands_for").order_by("-valid_to", "pk")


def delegable(viewer: Viewer, party: Party) -> QuerySet[Membership]:
    """The roles held in a party today that a viewer may delegate: not the administrator's, none twice."""
    roles = [role for role in roles_to_give(viewer, party) if role != Role.ADMINISTRATOR]
    return colleagues(viewer, party, today()).filter(role__in=roles, stands_for=None)


def delegates(viewer: Viewer, party: Party) -> QuerySet[User]:
    """Who can be given a role for a time: people with an account whom the viewer steers."""
    held = Membership.objects.filter(valid_on(today()), tenant=party.tenant_id)
    return people(viewer).filter(Q(pk__in=held.values("user")), is_active=True)
