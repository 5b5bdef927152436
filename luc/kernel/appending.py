"""Append-only tables: the database itself refuses UPDATE and DELETE, on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

_SQLITE = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"""
_FUNCTION = """CREATE OR REPLACE FUNCTION luc_append_only() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$ LANGUAGE plpgsql"""
_POSTGRES = """CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
FOR EACH {level} EXECUTE FUNCTION luc_append_only()"""


class AppendOnly(Operation):
    """Migration operation: from here on rows of a model are only added."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing changes in the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the triggers."""
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        postgres = schema_editor.connection.vendor == "postgresql"
        if postgres:
            schema_editor.execute(_FUNCTION, params=None)
        for verb in ("update", "delete", "truncate") if postgres else ("update", "delete"):
            level = "STATEMENT" if verb == "truncate" else "ROW"
            sql = _POSTGRES if postgres else _SQLITE
            words = {"table": table, "verb": verb, "VERB": verb.upper(), "level": level}
            schema_editor.execute(sql.format(**words), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the triggers."""
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for verb in ("update", "delete", "truncate"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

    def describe(self) -> str:
        return f"Rows of {self.model} are only added"
