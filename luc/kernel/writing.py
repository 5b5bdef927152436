"""Only actions write. A statement that changes a table of a room outside an action raises.

The guard stands on every connection. Open it with `writing()` only in actions, in the loading of reference data,
and in the bookkeeping of jobs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

_open: ContextVar[bool] = ContextVar("luc_writing", default=False)
_BEFORE = r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*"
_CHANGES = re.compile(
    _BEFORE + r"(?:INSERT|REPLACE|UPDATE|DELETE|TRUNCATE|MERGE|WITH)\b", re.IGNORECASE | re.DOTALL
)
_TARGETS = re.compile(
    r"(?:\bINTO|\bUPDATE(?:\s+OR\s+\w+)?|\bDELETE\s+FROM|\bTRUNCATE(?:\s+TABLE)?)\s+(?:ONLY\s+)?"
    r"(?:[\"`\[]?\w+[\"`\]]?\s*\.\s*)?[\"`\[]?(\w+)",
    re.IGNORECASE,
)


class WriteOutsideAction(RuntimeError):
    """A room's table was written by code that is no action."""


@contextmanager
def writing() -> Iterator[None]:
    """Allow writes to the rooms' tables inside."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


@cache
def _tables() -> frozenset[str]:
    ours = [config for config in apps.get_app_configs() if config.name.startswith("luc.")]
    return frozenset(
        model._meta.db_table for config in ours for model in config.get_models(include_auto_created=True)
    )


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Execute wrapper of Django's connections that refuses writes outside `writing()`."""
    if not _open.get() and not _migrating:
        written = _tables().intersection(_TARGETS.findall(sql)) if _CHANGES.match(sql) else None
        if written:
            raise WriteOutsideAction(f"write to {', '.join(sorted(written))} outside an action: {sql[:120]}")
    return execute(sql, params, many, context)


def stand_guard(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Put the guard on a new connection (signal connection_created)."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


_migrating: list[bool] = []


def lift_guard(**_: Any) -> None:
    """Migrations write freely (signal pre_migrate)."""
    _migrating.append(True)


def set_guard(**_: Any) -> None:
    """Migrations are over (signal post_migrate)."""
    _migrating.clear()
