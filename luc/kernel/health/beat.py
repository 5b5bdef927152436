"""Each worker says again and again that it lives; who asks sees the youngest word."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.cache import cache

from luc.kernel.time import now

SILENT_AFTER = timedelta(seconds=60)
_KEY = "worker.beat"


def beat() -> None:
    """Say that a worker lives; a regular look of the worker."""
    cache.set(_KEY, now().isoformat(), None)


def last_beat() -> datetime | None:
    """When a worker last said that it lives."""
    said = cache.get(_KEY)
    return datetime.fromisoformat(said) if said else None


def is_alive() -> bool:
    """Whether a worker spoke lately."""
    last = last_beat()
    return last is not None and now() - last < SILENT_AFTER
