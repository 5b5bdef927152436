"""`luc serve` as an operator meets it: how soon it answers, whom it lets in, what it says of wrong settings."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator

import pytest

from luc.demonstration.people import PASSWORD
from tests.kept import EMPTY
from tests.server import Person, Server


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration, served for the second time; what was printed is in its server.log."""
    server = Server(tmp_path_factory.mktemp("demonstration"), demonstration=True)
    server.story(EMPTY)
    server.luc("load")
    server.luc("demonstrate")
    server.luc("collectstatic", "--noinput", "-v0")
    begun = time.monotonic()
    server.start("--demonstration")
    sys.stdout.write(f"\nsecond start: {time.monotonic() - begun:.1f} s\n")
    yield server
    server.stop()


def printed(server: Server) -> list[str]:
    log = (server.home / "server.log").read_text(encoding="utf-8")
    return re.findall(r"^  (\S+\.\S+)  +.+:", log, re.MULTILINE)


def test_a_second_start_makes_nothing_again_and_prints_who_can_sign_in(demonstration: Server) -> None:
    log = (demonstration.home / "server.log").read_text(encoding="utf-8")
    assert "·" not in log  # every step of making something begins with one
    assert PASSWORD in log
    accounts = printed(demonstration)
    assert len(accounts) == len(set(accounts)) > 8
    roles = {name.rpartition(".")[2] for name in accounts}
    assert {"clerk", "officer", "administrator", "leader", "ministry_reader"} <= roles


def test_every_printed_account_signs_in_and_has_a_first_page(demonstration: Server) -> None:
    for name in printed(demonstration):
        person = Person(demonstration)
        person.sign_in(name, PASSWORD)
        assert "Lục" in person.get("/")


def test_the_demonstration_shows_its_mails(demonstration: Server) -> None:
    assert "Hộp thư" in Person(demonstration).get("/hop-thu/")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A province as an operator makes it, without the demonstration."""
    server = Server(tmp_path_factory.mktemp("province"))
    server.luc("migrate", "-v0")
    server.luc("load")
    server.luc("init", "--province", "92")
    server.start("--web", "1")
    yield server
    server.stop()


def test_without_the_demonstration_nothing_of_it_is_there(province: Server) -> None:
    users, invited, parties = province.rows(
        "SELECT username FROM kernel_user",
        "SELECT role FROM agencies_invitation",
        "SELECT count(*) FROM agencies_party WHERE kind = 'commune'",
    )
    assert users == []
    assert [tuple(row) for row in invited] == [("administrator",)]
    assert parties[0][0] == 103
    asked = "from django.conf import settings; print('luc.demonstration' in settings.INSTALLED_APPS)"
    assert province.luc("shell", "-v0", "-c", asked).strip() == "False"
    with pytest.raises(AssertionError, match="404"):
        Person(province).get("/hop-thu/")
    with pytest.raises(AssertionError, match="could not sign in"):
        Person(province).sign_in("soct.officer", PASSWORD)


def test_the_demonstration_is_refused_where_it_is_not_installed(province: Server) -> None:
    refused = province.attempt("serve", "--demonstration", "--port", "1")
    assert refused.returncode != 0
    assert "LUC_DEMONSTRATION" in refused.stderr
    assert "Traceback" not in refused.stderr


RECIPE = {
    "LUC_HOSTS": "luc.tinh.example",
    "LUC_ORIGINS": "https://luc.tinh.example",
    "LUC_HTTPS": "true",
}
ASK = """
from django.test import Client
for host in ("luc.tinh.example", "khac.example"):
    print(host, Client(headers={"host": host, "x-forwarded-proto": "https"}).get("/").status_code)
"""


def test_the_recipe_of_the_documentation_lets_other_machines_in(province: Server) -> None:
    """docs/operators/settings.md: the names are let in, others are not, and the link of `luc init` has the name."""
    said = province.attempt("shell", "-v0", "-c", ASK, **RECIPE)
    assert said.stdout.split() == ["luc.tinh.example", "200", "khac.example", "400"], said.stderr
    invited = province.attempt("init", "--province", "92", **RECIPE)
    assert "https://luc.tinh.example/loi-moi/" in invited.stdout


WRONG = {
    "LUC_DATABASE": "nonsense",
    "LUC_MAX_UPLOAD_MB": "abc",
    "LUC_DEBUG": "maybe",
    "LUC_MAIL": "nobody",
    "LUC_LOG_LEVEL": "LOUD",
    "LUC_HOME": "/proc/nowhere",
}
OUT_OF_REACH = {
    "LUC_MAX_UPLOAD_MB": "-1",
    "LUC_DATABASE": "postgres://nobody@127.0.0.1:1/nothing",
}


@pytest.mark.parametrize(("name", "value"), [*WRONG.items(), *OUT_OF_REACH.items()])
def test_a_wrong_setting_is_named_at_start(
    name: str, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    server = Server(tmp_path_factory.mktemp("wrong"), database="sqlite://:memory:")
    refused = server.attempt("serve", "--port", "1", timeout=60, **{name: value})
    assert refused.returncode not in {0, None}
    assert name in refused.stderr or value in refused.stderr
    assert "Traceback" not in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize(("more", "seconds"), [({}, "60"), ({"LUC_DATABASE_KEPT": "0"}, "0")])
def test_a_connection_to_postgresql_outlives_its_request(
    more: dict[str, str], seconds: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    server = Server(tmp_path_factory.mktemp("kept"), database="postgres://nobody@127.0.0.1:1/nothing")
    ask = "from django.conf import settings; print(settings.DATABASES['default']['CONN_MAX_AGE'])"
    said = server.attempt("shell", "-v0", "--no-imports", "-c", ask, **more)
    assert said.stdout.strip() == seconds, said.stderr
