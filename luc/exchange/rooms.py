"""Rooms above bring their own part of the API."""

from __future__ import annotations

_brought: list[str] = []


def brings(module: str) -> None:
    """Register, in `apps.ready`, the module whose `router` is a part of the API; it is imported with the addresses."""
    _brought.append(module)


def brought() -> list[str]:
    """Every module that was brought."""
    return list(_brought)
