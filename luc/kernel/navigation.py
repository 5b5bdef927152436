"""The main navigation: rooms add their entries; what is of one kind stands in a menu, so that all fits one line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from luc.kernel.rights import Viewer, known_acts

if TYPE_CHECKING:
    from luc.kernel.rights import Title

REPORTS = pgettext_lazy("navigation", "Báo cáo")
PAPERS = pgettext_lazy("navigation", "Văn bản")
REGISTERS = pgettext_lazy("navigation", "Danh mục")
FITS = 6  # so many entries stand side by side; more are grouped


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the navigation, or a menu of several (`entries`)."""

    title: Title
    address: str = ""
    is_current: bool = False
    entries: tuple[Entry, ...] = ()


@dataclass(slots=True)
class _Known:
    order: int
    title: Title
    address: str
    act: str
    group: Title | None = field(default=None)


_known: list[_Known] = []


def navigate(order: int, title: Title, address: str, act: str, group: Title | None = None) -> None:
    """A room adds its entry; shown to whoever may do the act, in the menu of a group where there are many."""
    if address not in {one.address for one in _known}:
        _known.append(_Known(order, title, address, act, group))


def navigation(request: HttpRequest, viewer: Viewer) -> list[Entry]:
    """The entries of a viewer in their order; a group stands where its first entry would."""
    shown = [one for one in sorted(_known, key=lambda one: one.order) if _leads_somewhere(viewer, one.act)]
    flat = [(one.group, Entry(one.title, one.address, _is_current(request, one.address))) for one in shown]
    if len(flat) <= FITS:
        return [entry for _group, entry in flat]
    found: list[Entry] = []
    for group, entry in flat:
        together = tuple(other for its, other in flat if group is not None and its is group)
        if len(together) < 2:
            found.append(entry)
        elif entry == together[0]:
            found.append(Entry(str(group), "", any(one.is_current for one in together), together))
    return found


def _leads_somewhere(viewer: Viewer, act: str) -> bool:
    """Whether a viewer may open it and finds something: who stands outside every tenant only by an own role."""
    if viewer.user is None or not viewer.may(act):
        return False
    outside = bool(viewer.grants) and not viewer.tenants
    return not outside or bool(known_acts()[act].roles & viewer.roles)


def _is_current(request: HttpRequest, address: str) -> bool:
    return request.path == address or (address != "/" and request.path.startswith(address))
