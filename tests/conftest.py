"""What all tests share: the cast, signed-in clients, the shared folder, and which database they run on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker, Settings

from luc.site.catalogue import LUC
from tests import kept
from tests.cast import Cast, Side, make_cast

if TYPE_CHECKING:
    from tests.world import World


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues that changed since `make` did; once, before the workers start."""
    if hasattr(config, "workerinput"):
        return
    kept.begin()
    for source in LUC.glob("site/locale/*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as words, compiled.open("wb") as machine:
                write_mo(machine, read_po(words))


def pytest_unconfigure(config: pytest.Config) -> None:
    """What was made once for all tests goes with the run."""
    if not hasattr(config, "workerinput"):
        kept.end()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> bool:
    """The tests' database starts as a copy of a migrated one: nothing is left to migrate, which takes a minute."""
    told, home = connection.settings_dict, tmp_path_factory.mktemp("database")
    if connection.vendor == "sqlite":
        kept.copy_into(home)
        told["TEST"]["NAME"] = str(home / kept.DATABASE)
    else:
        address = urlsplit(os.environ["LUC_DATABASE"])
        name = told["TEST"]["NAME"] or f"test_{told['NAME']}"
        kept.copy_onto(urlunsplit(address._replace(path=f"/{name}")), home)
    return True


def quick(files: Path) -> dict[str, Any]:
    """Settings of tests: cheap passwords, mails kept, files in a folder of their own, jobs done at once."""
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": files},
    }
    return {
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "EMAIL_BACKEND": "luc.kernel.outbox.OutboxBackend",
        "STORAGES": {**django_settings.STORAGES, "default": storage},
        "TASKS": {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
    }


@pytest.fixture(autouse=True)
def _quick_and_apart(settings: Settings, tmp_path: Path) -> None:
    for name, value in quick(tmp_path / "files").items():
        setattr(settings, name, value)
    caches["pages"].clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """Both tenants with their people."""
    return make_cast()


@pytest.fixture
def here(cast: Cast) -> Iterator[Side]:
    """The tests' own tenant, with its scope open for direct calls of queries and actions."""
    from django_scopes import scope

    with scope(tenant=[cast.here.tenant.pk]):
        yield cast.here


@pytest.fixture
def signed_in(cast: Cast) -> Callable[..., Client]:
    """signed_in("officer") or signed_in("officer", cast.there): a client with that person's session."""

    def sign_in(person: str, side: Side | None = None) -> Client:
        client = Client()
        client.force_login((side or cast.here).people[person])
        return client

    return sign_in


@pytest.fixture(scope="module")
def written(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[World, Path]]:
    """Both tenants with one example of everything, written once for all walks."""
    from tests.walk import examples
    from tests.world import World

    files = tmp_path_factory.mktemp("walk")
    with ExitStack() as open_:
        with django_db_blocker.unblock(), override_settings(**quick(files)):
            open_.enter_context(transaction.atomic())
            cast = make_cast()
            things = examples(cast.here)
            examples(cast.there)
        yield World(cast, things), files
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            open_.close()


@pytest.fixture
def world(db: None, written: tuple[World, Path], settings: Settings) -> World:
    """The world as it was written; what a test changes in it is undone."""
    found, files = written
    settings.STORAGES = quick(files)["STORAGES"]
    return found


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder with the real plans; tests that need it are not collected where it is absent."""
    return SHARED


# what takes minutes begins first: begun last, it would keep one worker busy while the others have nothing left; before
# all, what makes something dear for its whole module, so that one worker has all of it
LONG = (
    "tests/site/test_serve.py",
    "tests/backup/",
    "tests/site/test_every_page.py",
    "tests/papers/test_objects.py",
    "tests/crash/",
    "tests/journeys/",
)
SHARED = Path(os.environ.get("LUC_SHARED", Path(__file__).parents[2] / "shared"))
needs_plans = pytest.mark.plans


def _place(item: pytest.Item) -> int:
    """Where a test stands among what is long; the others after them, in their order."""
    return next((n for n, head in enumerate(LONG) if item.nodeid.startswith(head)), len(LONG))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the real plans their tests are left out by number, never skipped; in CI their absence is a failure.

    What needs two connections at once is left out on SQLite: its tests are in the half of `make test` on PostgreSQL.
    What takes long begins first.
    """
    if not os.environ.get("LUC_DATABASE", "").startswith("postgres"):
        racing = [item for item in items if item.get_closest_marker("postgres")]
        config.hook.pytest_deselected(items=racing)
        items[:] = [item for item in items if item not in racing]
    items.sort(key=_place)
    if (SHARED / "plans").is_dir():
        return
    if os.environ.get("CI") == "true":
        raise pytest.UsageError(f"the real plans are not there: {SHARED / 'plans'} (LUC_SHARED)")
    without = [item for item in items if item.get_closest_marker("plans")]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if item not in without]
