"""Which tables name bytes outside the database; a room that keeps some says so when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Read = Callable[[str, str], bytes]
Write = Callable[[str, str, bytes], object]


@dataclass(frozen=True, slots=True)
class Store:
    """A table whose columns `path` and `sha256` name bytes; how they are read and kept.

    `read(path, sha256)` raises `Lost` when they are missing or changed; `write(path, sha256, data)` is durable.
    """

    table: str
    read: Read
    write: Write


class Lost(RuntimeError):
    """Bytes that a row names are missing, or no longer what they were."""


_stores: dict[str, Store] = {}


def holds_bytes(store: Store) -> None:
    """Register a table that names bytes."""
    _stores[store.table] = store


def stores() -> dict[str, Store]:
    """What is registered, by table."""
    return dict(_stores)
