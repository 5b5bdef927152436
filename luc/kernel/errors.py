"""What an action answers when it will not do what was asked. Messages are for people, in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """What was asked cannot be done now: `message` says why and what to do, `fields` names the places."""

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class Conflict(Refused):
    """Somebody else changed the same thing in the meantime; nothing was overwritten."""


class NotAllowed(PermissionDenied):
    """The viewer has no right to this act."""
