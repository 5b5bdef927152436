"""The pages of allauth that Lục has: signing in and out, one's password, the second step. No others are reached.

What is left out writes past the house: its page of mail addresses adds an address with which one signs in at once,
without history. Addresses of people are kept by whoever invites them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allauth import urls
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

WANTED = frozenset(
    {
        "account_login",
        "account_logout",
        "account_signup",  # says that nobody signs up here
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


def _wanted(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    """The patterns that lead to what is wanted, folders without any left out."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name in WANTED:
                yield pattern
            continue
        inner = list(_wanted(pattern.url_patterns))
        if inner:
            yield URLResolver(RoutePattern(str(pattern.pattern)), inner)


urlpatterns = list(_wanted(urls.urlpatterns))
