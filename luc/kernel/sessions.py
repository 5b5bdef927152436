"""Who is signed in, as Django and allauth keep it; every request reads a session and its person."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from luc.kernel.models import User
from luc.kernel.prepared import Prepared

_read_session = Prepared(lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
_read_person = Prepared(lambda person: User.objects.filter(pk=person))


class SessionStore(db.SessionStore):
    """Django's sessions in the database, whose one read is prepared."""

    def _get_session_from_db(self) -> Any:
        rows = _read_session(key=self.session_key or "", now=timezone.now())
        if not rows:
            self._session_key = None
            return None
        return rows[0]


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth tells no types
    """allauth's way to sign in, whose one read of each request is prepared."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session; None for one who may not sign in any more."""
        rows = _read_person(person=user_id)
        return rows[0] if rows and self.user_can_authenticate(rows[0]) else None
