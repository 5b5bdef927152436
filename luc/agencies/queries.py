"""Who is who, as of a date."""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import groupby

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django_scopes import scopes_disabled

from luc.agencies.matching import Candidate, match
from luc.agencies.models import OUTSIDE, GroupMember, Invitation, Membership, Party, PartySuccession, Role
from luc.agencies.resolving import Answerer, answered_by, resolve
from luc.kernel.models import User
from luc.kernel.prepared import Prepared
from luc.kernel.rights import STRANGER, Grant, Viewer
from luc.kernel.text import search_key
from luc.kernel.time import now, today, valid_on

__all__ = ["Answerer", "Candidate", "answered_by", "match", "resolve"]


_held = Prepared(
    lambda user, on: Membership.objects.filter(valid_on(on), user=user).values_list(
        "role", "tenant_id", "party_id", "stands_for__full_name", "tenant__name"
    )
)


def viewer_of(user: int, on: date | None = None) -> Viewer:
    """The viewer that a user is on a day (today), with the grants of all memberships that hold."""
    person = User.objects.filter(pk=user).only("full_name", "is_active").first()
    return viewer_for(person, on) if person else STRANGER


def viewer_for(person: User, on: date | None = None) -> Viewer:
    """The viewer that a user at hand is on a day (today); one who is no longer active is a stranger."""
    if not person.is_active:
        return STRANGER
    with scopes_disabled():  # the memberships are what the scope is made from
        rows = _held(user=person.pk, on=on or today())
    grants = tuple(Grant(role, tenant, party, behalf or "") for role, tenant, party, behalf, _name in rows)
    inside = [row for row in rows if row[0] not in OUTSIDE]
    tenants = frozenset(tenant for _role, tenant, *_rest in inside)
    name = inside[0][4] if len(tenants) == 1 else ""
    return Viewer(person.pk, person.full_name, tenants, grants, tenant_name=name)


def parties(viewer: Viewer) -> QuerySet[Party]:
    """The parties of the viewer's tenants, ended ones too, in the order of a Vietnamese dictionary."""
    return Party.objects.filter(tenant__in=viewer.tenants).order_by("sort_key", "pk")


def existing(viewer: Viewer, on: date) -> QuerySet[Party]:
    """The parties of the viewer's tenants that exist on a day."""
    return parties(viewer).filter(valid_on(on))


def found(
    viewer: Viewer, *, words: str = "", kind: str = "", ended: bool = False, on: date
) -> QuerySet[Party]:
    """The parties of a list: of a kind, whose name or other name has all the words, also ended ones."""
    rows = (parties(viewer) if ended else existing(viewer, on)).filter(is_listed=True)
    if kind:
        rows = rows.filter(kind=kind)
    for word in search_key(words).split():
        named = Q(search_key__contains=word) | Q(names__search_key__contains=word)
        rows = rows.filter(named | Q(short__icontains=word))
    return rows.distinct()


def party_choices(viewer: Viewer, on: date) -> list[tuple[str, list[tuple[int, str]]]]:
    """The parties that exist on a day as choices of a form, grouped by kind in the order of the kinds."""
    return _by_kind(existing(viewer, on).filter(is_listed=True))


def party_offers(viewer: Viewer, on: date) -> list[tuple[str, list[tuple[int, str]]]]:
    """The parties to whom a viewer may invite people, as choices of a form."""
    listed = existing(viewer, on).filter(_steered(viewer, "pk"), is_listed=True)
    return _by_kind(listed.exclude(kind=Party.Kind.GROUP))


def _by_kind(rows: QuerySet[Party]) -> list[tuple[str, list[tuple[int, str]]]]:
    places = {value: place for place, value in enumerate(Party.Kind.values)}
    named = sorted(rows.values_list("kind", "pk", "name"), key=lambda row: places[row[0]])
    return [
        (capfirst(str(Party.Kind(kind).label)), [(pk, name) for _, pk, name in group])
        for kind, group in groupby(named, key=lambda row: row[0])
    ]


def successions(viewer: Viewer, party: Party) -> tuple[list[PartySuccession], list[PartySuccession]]:
    """What a party was made from and what became of it."""
    lines = (
        PartySuccession.objects.filter(tenant__in=viewer.tenants).select_related("old", "new").order_by("on")
    )
    rows = list(lines.filter(Q(old=party) | Q(new=party)))
    return [row for row in rows if row.new_id == party.pk], [row for row in rows if row.old_id == party.pk]


def members(group: Party, on: date) -> QuerySet[Party]:
    """Who belongs to a group on a day, by kind or by name."""
    named = GroupMember.objects.filter(valid_on(on), group=group).values("party")
    of_kind = Q(kind__in=group.member_kinds) & ~Q(kind=Party.Kind.GROUP)
    return Party.objects.filter(valid_on(on) & of_kind | Q(pk__in=named), tenant=group.tenant_id).order_by(
        "sort_key"
    )


def members_by_name(group: Party, on: date) -> QuerySet[GroupMember]:
    """The rows of those who belong to a group by name on a day."""
    return GroupMember.objects.filter(valid_on(on), group=group)


def groups_of(party: Party, on: date) -> list[Party]:
    """The groups that a party belongs to on a day."""
    named = set(GroupMember.objects.filter(valid_on(on), party=party).values_list("group", flat=True))
    rows = Party.objects.filter(valid_on(on), tenant=party.tenant_id, kind=Party.Kind.GROUP).order_by(
        "sort_key"
    )
    return [row for row in rows if row.pk in named or party.kind in row.member_kinds]


def may_steer_people(viewer: Viewer, party: Party) -> bool:
    """Whether a viewer invites and ends the people of a party."""
    return viewer.may("agencies.people", tenant=party.tenant_id) or viewer.may(
        "agencies.own_people", tenant=party.tenant_id, party=party.pk
    )


def memberships(viewer: Viewer) -> QuerySet[Membership]:
    """The roles a viewer may steer: an administrator all of the tenant, a head those of the agency."""
    return (
        Membership.objects.filter(_steered(viewer))
        .select_related("user", "party")
        .order_by("user__sort_key", "pk")
    )


def accounts(viewer: Viewer) -> QuerySet[User]:
    """The people of the tenants whose accounts a viewer administers."""
    held = Membership.objects.filter(tenant__in=viewer.tenants_for("agencies.accounts"))
    return User.objects.filter(pk__in=held.values("user"))


def has_second_factor(user: User) -> bool:
    """Whether a person signs in with a second step."""
    return bool(Authenticator.objects.filter(user=user).exists())


def invitations(viewer: Viewer) -> QuerySet[Invitation]:
    """The invitations a viewer may steer, newest first."""
    return Invitation.objects.filter(_steered(viewer)).select_related("party", "created_by").order_by("-pk")


def _steered(viewer: Viewer, party: str = "party") -> Q:
    everybody = viewer.tenants_for("agencies.people")
    own = Q((f"{party}__in", viewer.parties_for("agencies.own_people")), tenant__in=viewer.tenants)
    return Q(tenant__in=everybody) | own


def administered(viewer: Viewer) -> frozenset[int]:
    """The tenants whose parties a viewer manages."""
    return viewer.tenants_for("agencies.manage")


def managed(viewer: Viewer) -> QuerySet[Party]:
    """The parties that a viewer manages."""
    return parties(viewer).filter(tenant__in=administered(viewer))


def narrowed(rows: QuerySet[Membership], *, words: str, ended: bool, on: date) -> QuerySet[Membership]:
    """Roles whose person or party has all the words; only those that hold on a day unless `ended`."""
    if not ended:
        rows = rows.filter(valid_on(on))
    wanted = search_key(words).split()
    if not wanted:
        return rows
    named = rows.values_list("pk", "user__full_name", "user__username", "party__name")
    return rows.filter(pk__in=[pk for pk, *names in named if _has_words(search_key(" ".join(names)), wanted)])


def _has_words(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def waiting(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Only the invitations that can still be accepted."""
    return rows.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now())


def colleagues(viewer: Viewer, party: Party, on: date) -> QuerySet[Membership]:
    """Who holds a role in a party on a day; everybody of the tenant may know whom to call."""
    rows = Membership.objects.filter(valid_on(on), party=party, tenant__in=viewer.tenants)
    return rows.select_related("user", "stands_for").order_by("user__sort_key")


def my_roles(viewer: Viewer) -> list[Membership]:
    """A person's own roles, of every tenant, those that hold first."""
    with scopes_disabled():
        rows = Membership.objects.filter(user=viewer.user).select_related("party", "tenant", "stands_for")
        return sorted(rows, key=lambda row: (row.valid_to is not None, -row.valid_from.toordinal()))


def roles_to_give(viewer: Viewer, party: Party) -> list[Role]:
    """The roles a viewer may give in a party: an administrator any, a head those of the agency's people."""
    if viewer.may("agencies.people", tenant=party.tenant_id):
        return [role for role in Role if role not in OUTSIDE]
    mine = {g.role for g in viewer.grants if g.party == party.pk and g.tenant == party.tenant_id}
    return [role for giver, roles in _GIVEN_BY.items() if giver in mine for role in roles]


def roles_offered(viewer: Viewer) -> list[Role]:
    """The roles a viewer may give somewhere."""
    if viewer.may("agencies.people"):
        return [role for role in Role if role not in OUTSIDE]
    return [role for giver, roles in _GIVEN_BY.items() if giver in viewer.roles for role in roles]


_GIVEN_BY = {
    Role.HEAD: [Role.CLERK, Role.APPROVER, Role.HEAD],
    Role.FOCAL_HEAD: [Role.OFFICER, Role.FOCAL_HEAD],
}


def hash_of(secret: str) -> str:
    """What the database keeps of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invitation_of(secret: str) -> Invitation | None:
    """The invitation behind a one-time link, whatever its state; a guessed secret finds nothing."""
    with scopes_disabled():  # a stranger has no tenant; the secret is the right
        rows = Invitation.objects.filter(secret_hash=hash_of(secret))
        return rows.select_related("party", "tenant").first()


def people(viewer: Viewer) -> QuerySet[User]:
    """The people who hold or held a role that the viewer may steer."""
    return User.objects.filter(pk__in=memberships(viewer).values("user")).order_by("sort_key", "pk")
