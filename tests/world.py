"""Two tenants with one example of everything, and every address there is: what walks go over."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luc.kernel.models import User
from luc.kernel.rights import EVERYBODY, known_acts
from tests.cast import Cast
from tests.walk import Things, by_parameter

Step = tuple[str, str, tuple[str, ...]]


@dataclass(frozen=True)
class World:
    """Two tenants, and one example of everything in the first."""

    cast: Cast
    things: Things

    def address(self, step: Step) -> str:
        name, _, parameters = step
        return reverse(name, kwargs={p: by_parameter(self.things, name, p) for p in parameters})


def steps() -> list[Step]:
    """Every address: name, act, its parameters."""
    found: list[Step] = []

    def walk(patterns: list[URLPattern | URLResolver], space: str, before: tuple[str, ...]) -> None:
        for pattern in patterns:
            parameters = before + tuple(pattern.pattern.converters)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner, parameters)
            else:
                found.append((f"{space}{pattern.name}", getattr(pattern.callback, "act", ""), parameters))

    walk(get_resolver().url_patterns, "", ())
    return found


STEPS = steps()
OURS = [step for step in STEPS if step[1]]
FREE = [step for step in OURS if EVERYBODY in known_acts()[step[1]].roles]
# what belongs to no tenant: reference data, and what is asked of a person's own account
SHARED_DATA = {"unit"}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_turned_away(answer: HttpResponseBase) -> bool:
    return answer.status_code == 302 and "/tai-khoan/login/" in answer.headers["Location"]
