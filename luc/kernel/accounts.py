"""A person's own account."""

from __future__ import annotations

from luc.kernel.history import action
from luc.kernel.models import User
from luc.kernel.rights import Viewer


def set_password(user: User, password: str) -> None:
    """Give a user a new password; history says that it changed, never what it is."""
    with action(Viewer(user.pk, user.full_name), "account.password", tenant=None) as acting:
        user.set_password(password)
        user.save(update_fields=["password"])
        acting.log(user, None, {"password": "changed"})
