"""The main navigation: all of few, menus of many, what is current marked in both."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client, RequestFactory

from luc.kernel.navigation import FITS, Entry, navigation
from tests.cast import Side


def shown(side: Side, person: str, path: str = "/") -> list[Entry]:
    return navigation(RequestFactory().get(path), side.viewer(person))


def test_many_entries_stand_in_menus_and_none_is_lost(here: Side) -> None:
    found = shown(here, "officer", "/ky-bao-cao/")
    menus = [entry for entry in found if entry.entries]
    single = [entry for entry in found if not entry.entries]
    assert all(len(menu.entries) > 1 for menu in menus)
    assert len(menus) + len(single) < len(single) + sum(len(menu.entries) for menu in menus)
    addresses = [one.address for entry in found for one in entry.entries or (entry,)]
    assert len(addresses) == len(set(addresses)) > FITS
    assert {"/", "/ke-hoach/", "/ky-bao-cao/", "/yeu-cau/", "/co-quan/", "/don-vi/"} <= set(addresses)
    (current,) = [entry for entry in found if entry.is_current]
    assert [one.address for one in current.entries if one.is_current] == ["/ky-bao-cao/"]


def test_nobody_has_an_entry_that_is_not_theirs(here: Side) -> None:
    def all_of(person: str) -> set[str]:
        return {one.address for entry in shown(here, person) for one in entry.entries or (entry,)}

    assert "/lanh-dao/" in all_of("leader")
    assert "/con-nguoi/" not in all_of("clerk_finance")
    assert "/bao-cao/" in all_of("clerk_finance")


def test_the_page_has_each_menu_as_an_element_that_opens_without_javascript(
    here: Side, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("officer").get("/ky-bao-cao/").content.decode()
    assert 'aria-current="true"' in page
    assert (
        page.count('<a href="/ky-bao-cao/" aria-current="page"') == 2
    )  # on wide screens, and on narrow ones
