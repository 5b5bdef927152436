"""The walk of every address as every role, as a stranger, and as another tenant's people.

What the generated page of rights says is all that anybody may do: a page whose act the viewer lacks answers 403 (a
stranger is sent to sign in), a thing of another tenant does not exist (404), and nothing ever answers 500.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luc.kernel.models import Change
from luc.kernel.rights import EVERYBODY, known_acts
from tests.cast import PEOPLE, Side
from tests.walk import NO_ACT, examples

Step = tuple[str, str, dict[str, str]]


def steps() -> list[Step]:
    """Every address of the rooms: name, act, and its parameters by converter."""
    found: list[Step] = []

    def walk(patterns: list[URLPattern | URLResolver], space: str, before: dict[str, str]) -> None:
        for pattern in patterns:
            parameters = before | {k: type(c).__name__ for k, c in pattern.pattern.converters.items()}
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner, parameters)
            else:
                name = f"{space}{pattern.name}"
                found.append((name, getattr(pattern.callback, "act", ""), parameters))

    walk(get_resolver().url_patterns, "", {})
    return found


STEPS = steps()
OURS = [step for step in STEPS if step[1]]


def test_every_address_says_which_act_it_needs() -> None:
    without = {name for name, act, _ in STEPS if not act and not name.startswith(NO_ACT)}
    assert without == set()


def test_every_act_at_an_address_is_in_the_table() -> None:
    assert {act for _, act, _ in OURS} <= set(known_acts())


@pytest.fixture
def world(here: Side, cast: object) -> dict[str, dict[str, object]]:
    """For both tenants: one example of everything that an address names."""
    return {"here": examples(cast.here), "there": examples(cast.there)}  # type: ignore[attr-defined]


def address(step: Step, things: dict[str, object]) -> str:
    name, _, parameters = step
    chosen = {}
    for parameter in parameters:
        thing = things.get(f"{name}.{parameter}", things.get(parameter))
        assert thing is not None, f"tests/walk.py has no example for {name}.{parameter}"
        chosen[parameter] = getattr(thing, "pk", thing)
    return reverse(name, kwargs=chosen)


def turned_away(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and "/tai-khoan/login/" in answer["Location"]


def test_a_stranger_sees_only_what_is_for_everybody(world: dict[str, dict[str, object]]) -> None:
    client = Client(raise_request_exception=True)
    for step in OURS:
        answer = client.get(address(step, world["here"]))
        if EVERYBODY in known_acts()[step[1]].roles:
            assert answer.status_code < 500, step
        else:
            assert turned_away(answer), (step, answer.status_code)


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_each_role_sees_what_the_table_says(
    person: str, here: Side, world: dict[str, dict[str, object]], signed_in: Callable[..., Client]
) -> None:
    client, viewer = signed_in(person), here.viewer(person)
    for step in OURS:
        answer = client.get(address(step, world["here"]))
        if viewer.may(step[1]):
            assert answer.status_code in {200, 302, 404, 405, 409}, (step, answer.status_code)
            assert not turned_away(answer), step
        else:
            assert answer.status_code == 403, (step, answer.status_code)


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_nothing_of_another_tenant_exists(
    person: str, cast: object, world: dict[str, dict[str, object]], signed_in: Callable[..., Client]
) -> None:
    client = signed_in(person, cast.there)  # type: ignore[attr-defined]
    shared = {"territory:unit", "kernel:look", "accessibility"}
    for step in OURS:
        name, act, parameters = step
        if not parameters or name in shared or EVERYBODY in known_acts()[act].roles:
            continue
        path = address(step, world["here"])
        assert client.get(path).status_code in {403, 404, 405}, step
        before = Change.objects.count()
        answer = client.post(path, {})
        assert answer.status_code in {403, 404, 405}, (step, answer.status_code)
        assert Change.objects.count() == before, step


@pytest.mark.parametrize("person", sorted(PEOPLE))
def test_an_empty_form_never_breaks_a_page(
    person: str, here: Side, world: dict[str, dict[str, object]], signed_in: Callable[..., Client]
) -> None:
    client, viewer = signed_in(person), here.viewer(person)
    for step in OURS:
        allowed = viewer.may(step[1])
        before = Change.objects.count()
        answer = client.post(address(step, world["here"]), {})
        assert answer.status_code < 500, (step, answer.status_code)
        if not allowed:
            assert answer.status_code == 403, (step, answer.status_code)
            assert Change.objects.count() == before, step


def test_strangers_change_nothing(world: dict[str, dict[str, object]]) -> None:
    client = Client()
    before = Change.objects.count()
    for step in OURS:
        answer = client.post(address(step, world["here"]), {})
        assert answer.status_code < 500, step
        if EVERYBODY not in known_acts()[step[1]].roles:
            assert turned_away(answer), (step, answer.status_code)
    assert Change.objects.count() == before


def test_pages_name_no_other_host(
    world: dict[str, dict[str, object]], signed_in: Callable[..., Client]
) -> None:
    """Nothing is loaded from elsewhere: every src, href of a sheet or action of a form stays on this host."""
    import re

    client = signed_in("officer")
    for step in OURS:
        answer = client.get(address(step, world["here"]))
        if answer.status_code != 200 or "html" not in answer.get("Content-Type", ""):
            continue
        page = answer.content.decode()
        loaded = re.findall(r'(?:<link[^>]+href|src|action|data-\w+)="([^"]+)"', page)
        assert not [a for a in loaded if urlsplit(a).netloc], step
