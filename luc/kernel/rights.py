"""Rights as data: act x roles x whose. Rooms register their tables; the page of rights is made from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from luc.kernel.errors import NotAllowed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Title = str | _StrPromise

EVERYBODY = "everybody"  # strangers too
SIGNED_IN = "signed_in"  # whoever has an account

Whose = Literal["own", "tenant", "any"]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing people do. `whose`: of the own agency, of the own tenant, or any (reference data, own account)."""

    name: str
    title: Title
    roles: frozenset[str]
    whose: Whose = "tenant"


def act(name: str, title: Title, roles: Iterable[str], whose: Whose = "tenant") -> Act:
    """One line of a room's table of rights."""
    return Act(name, title, frozenset(roles), whose)


_acts: dict[str, Act] = {}


def register(acts: Iterable[Act]) -> None:
    """Add a room's table; called once when the room starts. Raises ValueError when a name is taken."""
    for line in acts:
        if _acts.get(line.name, line) != line:
            raise ValueError(f"act {line.name} is registered twice")
        _acts[line.name] = line


def known_acts() -> dict[str, Act]:
    """Every act by name, as the rooms registered them."""
    return dict(_acts)


_roles: dict[str, object] = {}


def register_roles(titles: Mapping[str, object]) -> None:
    """The room that keeps roles says how each is called on pages."""
    _roles.update(titles)


def role_title(role: str) -> str:
    """What a role is called on pages."""
    return str(_roles.get(role, role))


@dataclass(frozen=True, slots=True)
class Grant:
    """One role that a person holds today, in one party of one tenant; `behalf`: in whose place, by name."""

    role: str
    tenant: int
    party: int
    behalf: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: every query starts from it. `user` None is a stranger, or the system itself."""

    user: int | None = None
    name: str = ""
    tenants: frozenset[int] = frozenset()
    grants: tuple[Grant, ...] = field(default=())
    system: bool = False
    tenant_name: str = ""

    @staticmethod
    def for_system(tenant: int | None, name: str = "Hệ thống") -> Viewer:
        """The installation itself: commands and jobs that nobody asked for."""
        return Viewer(name=name, tenants=frozenset([tenant] if tenant else []), system=True)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    @property
    def parties(self) -> frozenset[int]:
        return frozenset(grant.party for grant in self.grants)

    @property
    def tenant(self) -> int | None:
        """The one tenant of this viewer, None for strangers and for viewers of several."""
        return next(iter(self.tenants)) if len(self.tenants) == 1 else None

    def may(self, name: str, *, tenant: int | None = None, party: int | None = None) -> bool:
        """Whether an act is allowed: on what belongs to a tenant or to a party; without both, somewhere at all.

        "Somewhere" decides what is offered (navigation, the door of a page), never which rows are shown.
        """
        wanted = _acts[name]
        if self.system or EVERYBODY in wanted.roles or (SIGNED_IN in wanted.roles and self.user is not None):
            return tenant is None or wanted.whose == "any" or tenant in self.tenants
        return any(self._allows(grant, name, tenant, party) for grant in self.grants)

    def acting_name(self, name: str, *, tenant: int | None = None, party: int | None = None) -> str:
        """The name under which an act is written down: with the one in whose place it is done, if only by that."""
        found = [grant for grant in self.grants if self._allows(grant, name, tenant, party)]
        if not found or not all(grant.behalf for grant in found):
            return self.name
        return _("%(name)s, thay mặt %(behalf)s") % {"name": self.name, "behalf": found[0].behalf}

    def _allows(self, grant: Grant, name: str, tenant: int | None, party: int | None) -> bool:
        wanted = _acts[name]
        return (
            grant.role in wanted.roles
            and (tenant is None or wanted.whose == "any" or grant.tenant == tenant)
            and (party is None or wanted.whose != "own" or grant.party == party)
        )

    def require(self, name: str, *, tenant: int | None = None, party: int | None = None) -> None:
        """Raise NotAllowed unless `may`."""
        if not self.may(name, tenant=tenant, party=party):
            raise NotAllowed(_("Tài khoản của bạn không có quyền: %(act)s.") % {"act": _acts[name].title})

    def parties_for(self, name: str) -> frozenset[int]:
        """The parties in which this viewer may do an act."""
        return frozenset(grant.party for grant in self.grants if grant.role in _acts[name].roles)

    def tenants_for(self, name: str) -> frozenset[int]:
        """The tenants in which this viewer may do an act: what a query of whole tenants filters by."""
        return frozenset(tenant for tenant in self.tenants if self.may(name, tenant=tenant))


STRANGER = Viewer()
