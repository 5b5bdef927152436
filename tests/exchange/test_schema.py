"""schemathesis asks the API whatever its description allows, and what it does not: no 5xx, answers as described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from luc.exchange import limiting
from tests.cast import Side
from tests.industry import life
from tests.portal.life import publish, reported

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
PLAIN = {"Accept-Encoding": "identity"}  # over WSGI nothing is unpacked on the way
ASKS = 15  # of each address, in each way
# a NUL byte is refused before any address of ours is looked at: tests/kernel
HOW = SchemathesisConfig(
    projects=ProjectsConfig(default=ProjectConfig(generation=GenerationConfig(allow_x00=False)))
)


def described() -> Any:
    """The description as programs get it, over our own WSGI application."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=HOW)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The connection of the test stays open after a request, as with Django's own client."""
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield
    for one in signals:
        one.connect(close_old_connections)


@pytest.fixture
def filled(here: Side, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Something of everything, and nobody who counts; the ids by name of the parameter."""
    monkeypatch.setattr(limiting, "MOST", 10**6)
    life.axes()
    _viewer, row, offer = life.verified(here)
    plan = reported(here, "environment")
    publish(here, plan)
    return {"public_enterprise": row.pk, "public_offer": offer.pk, "plan": plan.pk}


def test_whatever_is_asked_the_answer_is_as_described(filled: dict[str, int]) -> None:
    operations = [found.ok() for found in described().get_all_operations()]
    assert len(operations) == 9
    for operation in operations:
        has_more = any(operation.iter_parameters())  # without, nothing can be asked that is not described
        for mode in schemathesis.GenerationMode if has_more else [schemathesis.GenerationMode.POSITIVE]:
            _ask(operation.as_strategy(generation_mode=mode))


def _ask(strategy: Any) -> None:
    @given(strategy)
    @settings(
        max_examples=ASKS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=PLAIN)

    ask()


def test_what_is_there_is_as_described(filled: dict[str, int]) -> None:
    for found in described().get_all_operations():
        operation = found.ok()
        names = [one.name for one in operation.path_parameters]
        case = operation.Case(path_parameters={name: filled[name] for name in names})
        answer = case.call_and_validate(checks=CHECKS, headers=PLAIN)
        assert answer.status_code == 200, operation.path
