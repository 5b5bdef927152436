"""Which release made a database: its migrations beside those of this program, and the models as they were then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

Migration = tuple[str, str]

# sign-ins of the moment and what is counted for minutes: nobody's data, and a key for whoever holds an archive
PASSING = frozenset({"django_session", "kernel_cache"})


@dataclass(frozen=True, slots=True)
class Release:
    """Migrations that a database has had, those this program would add, and those it does not know."""

    applied: list[Migration]
    missing: list[Migration]
    unknown: list[Migration]

    @property
    def is_current(self) -> bool:
        return not self.missing and not self.unknown


def of_database(there: BaseDatabaseWrapper | None = None) -> Release:
    """Where a database stands; an empty one has had nothing."""
    loader = MigrationLoader(there or connection)
    return compared(loader, [(app, name) for app, name in loader.applied_migrations])


def compared(loader: MigrationLoader, applied: list[Migration]) -> Release:
    """What was applied, beside what this program has."""
    known, had = set(loader.graph.nodes), set(applied)
    apps = {app for app, _ in known}
    return Release(
        sorted(applied),
        sorted((app, name) for app, name in known - had),
        sorted(found for found in had - known if found[0] in apps),
    )


def leaves(loader: MigrationLoader, applied: list[Migration]) -> list[Migration]:
    """The last of what was applied in each app: where a migration of an empty database goes to."""
    had = {found for found in applied if found in loader.graph.nodes}
    return sorted(
        found
        for found in had
        if not any(
            child.key in had and child.key[0] == found[0] for child in loader.graph.node_map[found].children
        )
    )


def models_at(loader: MigrationLoader, applied: list[Migration]) -> list[type[Model]]:
    """The models as they were when these migrations were all, in a fixed order, without what passes."""
    state: Any = loader.project_state(leaves(loader, applied))
    found = state.apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted(
        (model for model in kept if model._meta.db_table not in PASSING),
        key=lambda model: model._meta.db_table,
    )
