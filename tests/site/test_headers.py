"""What every answer tells the browser to refuse, and what cookies may do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import PASSWORD, Cast
from tests.server import Server


def test_a_page_allows_only_its_own_scripts(cast: Cast) -> None:
    answer = Client().get("/tai-khoan/login/")
    policy = answer.headers["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert "http:" not in policy
    assert directives["object-src"] == directives["frame-ancestors"] == "'none'"
    assert directives["default-src"] == directives["base-uri"] == directives["form-action"] == "'self'"
    other = Client().get("/tai-khoan/login/").headers["Content-Security-Policy"]
    nonces = [re.findall(r"'nonce-([^']+)'", words) for words in (policy, other)]
    assert all(nonce not in nonces[1] for nonce in nonces[0])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_cookies_are_for_this_site_and_no_script(cast: Cast) -> None:
    client = Client()
    client.get("/tai-khoan/login/")
    client.post("/tai-khoan/login/", {"login": "a.officer", "password": PASSWORD})
    assert set(client.cookies) >= {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie
        assert cookie["samesite"] == "Lax", cookie


def test_who_sends_nothing_gets_no_cookie(cast: Cast) -> None:
    """Neither for reading nor for choosing how it looks: only where a form has to be sent is there a token."""
    for path in ("/", "/cong-khai/", "/en/public/", "/tiep-can/", "/khong-co-trang-nay/"):
        client = Client()
        client.get(path)
        assert not client.cookies, path
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sang-toi/", {"theme": "dark", "next": "/"}).status_code == 302
    assert strict.post("/ngon-ngu/setlang/", {"language": "en", "next": "/"}).status_code == 302
    assert set(strict.cookies) == {"theme", "django_language"}
    assert "csrftoken" in Client().get("/tai-khoan/login/").cookies


ASK = """
import json
from django.conf import settings
names = ["SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLAUTH_TRUSTED_PROXY_COUNT"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


@pytest.mark.parametrize(("https", "name"), [("true", "__Host-session"), ("false", "sessionid")])
def test_behind_tls_cookies_travel_in_it_only(https: str, name: str, tmp_path: Path) -> None:
    server = Server(tmp_path, database="sqlite://:memory:", more={"LUC_HTTPS": https})
    said = json.loads(server.luc("shell", "-v0", "--no-imports", "-c", ASK))
    assert said.pop("SESSION_COOKIE_NAME") == name
    assert said.pop("SECURE_HSTS_SECONDS") == (31_536_000 if https == "true" else 0)
    assert said.pop("ALLAUTH_TRUSTED_PROXY_COUNT") == (1 if https == "true" else 0)
    assert set(said.values()) == {https == "true"}
