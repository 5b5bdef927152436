"""How sign-in behaves here: accounts come by invitation only, and a new password is an act with its history."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from luc.agencies.actions.accounts import set_password
from luc.kernel.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up from outside."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """A reset or changed password, through the action that writes it."""
        set_password(user, password)
