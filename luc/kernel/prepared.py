"""Reads that pages make many times a second: Django writes their SQL once a process, afterwards only values are sent.

To write the SQL of a read costs more than to answer it: on the evening a round is due a third of the machine
(bench/evening.py). A read is worth it when every request or every save makes it; all others stay querysets.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django_scopes import get_scope, scope

Value = int | str | date | Collection[int] | Collection[str]
Place = tuple[str, int]  # name of a value, and which of its members
R = TypeVar("R")
_TENANTS = "scope of tenants"
_MANY = 200  # members of a value: each number of them is kept as an SQL of its own


class Prepared(Generic[R]):
    """A read that differs in its values alone: `make(**values)` gives its queryset, rows or plain values."""

    def __init__(self, make: Callable[..., QuerySet[Any, R]]) -> None:
        self._make = make
        self._written: dict[tuple[object, ...], _Written[R]] = {}

    def __call__(self, **values: Value) -> list[R]:
        """The rows that the queryset of these values has in the scope of now, in one statement."""
        within = get_scope()
        enabled = within.get("_enabled", True)
        sent = values | {_TENANTS: within["tenant"]} if enabled and "tenant" in within else values
        sizes = {name: _size(value) for name, value in sent.items()}
        if any(_is_another(name, size) for name, size in sizes.items()):
            return list(self._make(**values))
        connection = connections[DEFAULT_DB_ALIAS]
        shape = (connection.vendor, enabled, *sizes.items())
        if shape not in self._written:
            try:
                self._written[shape] = self._write(connection, sent)
            except EmptyResultSet:  # a stranger asks for what belongs to tenants
                return []
        return self._written[shape].rows(connection, sent)

    def get(self, **values: Value) -> R:
        """The one row. Raises the model's DoesNotExist, MultipleObjectsReturned."""
        rows = self(**values)
        if len(rows) != 1:
            return self._make(**values).get()
        return rows[0]

    def first(self, **values: Value) -> R | None:
        """The first row; None where there is none."""
        return next(iter(self(**values)), None)

    def _write(self, connection: BaseDatabaseWrapper, values: Mapping[str, Value]) -> _Written[R]:
        marks = _marks(values)
        tenants = marks.pop(_TENANTS, None)
        if tenants is None:
            made = self._make(**marks)
        else:
            with scope(tenant=tenants):
                made = self._make(**marks)
            marks[_TENANTS] = tenants
        compiler = made.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        places = {
            _adapted(connection, mark): (name, number)
            for name, value in marks.items()
            for number, mark in enumerate(_members(value))
        }
        parts = [(places.get(param), param) for param in params]
        sent = {place[0] for place, _param in parts if place}
        if lost := set(values) - sent - {_TENANTS}:  # what belongs to no tenant has no scope
            raise ValueError(f"values that the read does not send as they are: {sorted(lost)}")
        return _Written(made, compiler, sql, parts)


@dataclass(frozen=True, slots=True)
class _Written(Generic[R]):
    """The SQL of one shape of a read: which value goes to which place, what never changes."""

    made: QuerySet[Any, R]
    compiler: SQLCompiler
    sql: str
    parts: list[tuple[Place | None, Any]]

    def rows(self, connection: BaseDatabaseWrapper, values: Mapping[str, Value]) -> list[R]:
        """Send the values, read the rows as the queryset does."""
        members = {name: tuple(_members(value)) for name, value in values.items()}
        params = tuple(
            param if place is None else _adapted(connection, members[place[0]][place[1]])
            for place, param in self.parts
        )
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, params)  # type: ignore[method-assign]
        query = copy(self.made.query)
        query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        made: Any = self.made
        filled: Any = QuerySet(made.model, query)
        filled._iterable_class, filled._fields = made._iterable_class, made._fields
        return list(filled)


def _is_another(name: str, size: int | None) -> bool:
    """Whether a value makes SQL of its own: nothing is among none (what no tenant owns may be asked by a stranger)."""
    return size is not None and (size > _MANY or (size == 0 and name != _TENANTS))


def _size(value: Value) -> int | None:
    return len(value) if isinstance(value, Collection) and not isinstance(value, str) else None


def _members(value: Any) -> Iterator[Any]:
    yield from (value,) if _size(value) is None else value


_NUMBER, _DAY = 7_000_000_000_000_000_000, datetime(9000, 1, 1, tzinfo=UTC)


def _marks(values: Mapping[str, Value]) -> dict[str, Any]:
    """Stand-ins of the same types that occur nowhere else, to be found again among the parameters."""
    marks: dict[str, Any] = {}
    count = 0
    for name, value in values.items():
        made = []
        for member in _members(value):
            count += 1
            made.append(_mark(member, count))
        marks[name] = made if _size(value) is not None else made[0]
    return marks


def _mark(value: object, count: int) -> object:
    if isinstance(value, datetime):
        return _DAY + timedelta(days=count)
    if isinstance(value, date):
        return (_DAY + timedelta(days=count)).date()
    if isinstance(value, str):
        return f"\ue000{count}\ue001"
    if isinstance(value, int) and not isinstance(value, bool):
        return _NUMBER + count
    raise TypeError(f"a prepared read takes no {type(value).__name__}")


def _adapted(connection: BaseDatabaseWrapper, value: Any) -> Any:
    """A value as the database is told it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value
