"""Many new rows of a table at once, as plain values: one statement that is written once; PostgreSQL copies them in.

`bulk_create` makes an expression of every value and writes its SQL anew each time: most of what a file of ten thousand
enterprises cost. Worth it where rows come by the hundred, or with every act (the history).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from django.db import connection, models, transaction

from luc.kernel.writing import guard

_FEW = 20  # rows for which a copy is not begun
_AS_THEY_ARE = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)
Values = Sequence[Any]


def add(model: type[models.Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Write rows whose values stand in the order of `names` (columns); other columns get the default of their field.

    The database gives the keys that are not named. Raises IntegrityError as any insertion does.
    """
    _insert(model, names, list(rows))


def add_keyed(model: type[models.Model], names: Sequence[str], rows: Iterable[Values]) -> list[int]:
    """The same where the caller needs the keys: they are returned in the order of the rows.

    Raises TransactionManagementError outside a transaction, IntegrityError.
    """
    told = list(rows)
    keys = _keys(model, len(told))
    key = model._meta.pk.attname
    _insert(model, [key, *names], [(pk, *row) for pk, row in zip(keys, told, strict=True)])
    return keys


def create(model: type[models.Model], things: Sequence[models.Model]) -> None:
    """Write new objects with all their columns and give them their keys; `save` and its signals are not called.

    Raises TransactionManagementError outside a transaction, IntegrityError.
    """
    names = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    keys = add_keyed(model, names, [[getattr(thing, name) for name in names] for thing in things])
    for thing, pk in zip(things, keys, strict=True):
        thing.pk, thing._state.adding, thing._state.db = pk, False, connection.alias


def _keys(model: type[models.Model], count: int) -> list[int]:
    """Keys that no row had yet. On SQLite a transaction that writes is the only one, and its table remembers."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("keys are given inside the action that writes the rows")
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [f'"{table}"', key, count])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))


def _insert(model: type[models.Model], names: Sequence[str], rows: list[Values]) -> None:
    if not rows:
        return
    fields = {f.attname: f for f in model._meta.concrete_fields}
    given = [fields.pop(name) for name in names]
    left = [field for field in fields.values() if not field.primary_key]
    rest = tuple(field.get_db_prep_save(field.get_default(), connection) for field in left)
    columns = ", ".join(f'"{field.column}"' for field in [*given, *left])
    changed = _changed(given)
    sent = [(*row, *rest) for row in _as_sent(rows, changed)]
    table = f'"{model._meta.db_table}"'
    if connection.vendor == "postgresql" and len(sent) > _FEW:
        _copy(table, columns, sent)
        return
    marks = ", ".join(["%s"] * (len(given) + len(left)))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", sent)  # noqa: S608 - our own names


def _changed(fields: Sequence[models.Field[Any, Any]]) -> dict[int, Callable[[Any], Any]]:
    """Which places of a row are told the database in another way than Python keeps them; a day once for all rows."""
    found: dict[int, Callable[[Any], Any]] = {}
    for x, field in enumerate(fields):
        if not isinstance(field, _AS_THEY_ARE):
            told = partial(field.get_db_prep_save, connection=connection)
            found[x] = cache(told) if isinstance(field, models.DateField) else told
    return found


def _as_sent(rows: Iterable[Values], changed: Mapping[int, Callable[[Any], Any]]) -> Iterator[list[Any]]:
    for row in rows:
        sent = list(row)
        for x, told in changed.items():
            if sent[x] is not None:
                sent[x] = told(sent[x])
        yield sent


def _copy(table: str, columns: str, rows: Iterable[Values]) -> None:
    statement = f"COPY {table} ({columns}) FROM STDIN"

    def copied(*_said: Any) -> None:
        with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    guard(copied, f"INSERT INTO {table}", None, True, {})
