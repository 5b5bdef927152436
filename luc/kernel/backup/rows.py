"""Rows as lines of text, the same from either database, and back."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

Model = type[models.Model]
T = TypeVar("T")
AT_ONCE = 500


class Counted:
    """Lines as they go by: how many, and one hash of them all whatever their order."""

    def __init__(self) -> None:
        self.count, self._sum = 0, 0

    def add(self, line: str) -> str:
        """Count a line; returns it. The order in which a database keeps the names inside a JSON value is nothing."""
        same = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self.count += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(same.encode()).digest(), "big")) % (1 << 256)
        return line

    @property
    def hash(self) -> str:
        return f"{self._sum:064x}"


def columns(model: Model) -> list[str]:
    """The names of a model's own columns."""
    return [str(field.column) for field in model._meta.concrete_fields]


def lines(model: Model, there: BaseDatabaseWrapper) -> Iterator[str]:
    """Every row of a table as one line of JSON, by key."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(there.alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain)


def load(model: Model, there: BaseDatabaseWrapper, found: Iterable[str]) -> None:
    """Put lines back as rows, as they were: no default, no time of now. Raises ValueError on what is no line."""
    fields = model._meta.concrete_fields
    quoted = ", ".join(there.ops.quote_name(name) for name in columns(model))
    places = ", ".join(["%s"] * len(fields))
    table = there.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({places})"  # noqa: S608 - names of our own models
    for batch in _batches(found, AT_ONCE):
        values = [_values(fields, line, there) for line in batch]
        with there.cursor() as cursor:
            cursor.executemany(statement, values)


def _values(fields: Iterable[Any], line: str, there: BaseDatabaseWrapper) -> list[Any]:
    row = json.loads(line)
    return [
        field.get_db_prep_save(_meant(field, value), there) for field, value in zip(fields, row, strict=True)
    ]


def _meant(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return b64decode(value)
    if field.is_relation:
        return _meant(field.target_field, value)  # type: ignore[attr-defined]
    return field.to_python(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    raise TypeError(f"no way to keep a {type(value).__name__}")


def last_key(model: Model, there: BaseDatabaseWrapper) -> int | None:
    """The last number that was given to a row of this table, also when the row is gone; None without numbers."""
    if not isinstance(model._meta.pk, models.AutoField):
        return None
    table, column = model._meta.db_table, model._meta.pk.column
    with there.cursor() as cursor:
        if there.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', column])
            (name,) = cursor.fetchone()
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {name}")  # noqa: S608
        else:
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        return int(cursor.fetchone()[0])


def go_on_from(model: Model, there: BaseDatabaseWrapper, last: int | None) -> None:
    """The next row gets the number after the last one: a number in the history is never given twice."""
    if not last or not isinstance(model._meta.pk, models.AutoField):
        return
    table, column = model._meta.db_table, model._meta.pk.column
    with there.cursor() as cursor:
        if there.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', column, last])
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def _batches(found: Iterable[T], size: int) -> Iterator[list[T]]:
    going = iter(found)
    while batch := list(islice(going, size)):
        yield batch
