"""The database's own index of the words: FTS5 kept by triggers, or a generated tsvector with GIN; no extension."""

from typing import Any

from django.db import migrations

_COLUMNS = "title, more, body, exact, marks"
_NEW = "new.title, new.more, new.body, new.exact, new.marks"
_OLD = "old.title, old.more, old.body, old.exact, old.marks"
_ADD = f"INSERT INTO search_index(rowid, {_COLUMNS}) VALUES (new.document_id, {_NEW});"  # noqa: S608 - our own columns
_TAKE = (
    f"INSERT INTO search_index(search_index, rowid, {_COLUMNS}) VALUES ('delete', old.document_id, {_OLD});"  # noqa: S608
)
SQLITE = (
    f"CREATE VIRTUAL TABLE search_index USING fts5({_COLUMNS}, content='search_text',"
    " content_rowid='document_id', tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN {_ADD} END",
    f"CREATE TRIGGER search_text_gone AFTER DELETE ON search_text BEGIN {_TAKE} END",
    f"CREATE TRIGGER search_text_changed AFTER UPDATE ON search_text BEGIN {_TAKE} {_ADD} END",
)
SQLITE_BACK = (
    "DROP TRIGGER search_text_added",
    "DROP TRIGGER search_text_gone",
    "DROP TRIGGER search_text_changed",
    "DROP TABLE search_index",
)
# a word of its own ends each column, so that no phrase crosses; marks have no place in the text
_PARTS = " || ".join(
    f"setweight(to_tsvector('simple', {column} || ' zq'), '{weight}')"
    for column, weight in (("title", "A"), ("more", "B"), ("body", "C"), ("exact", "D"))
)
POSTGRES = (
    f"ALTER TABLE search_text ADD COLUMN vector tsvector"
    f" GENERATED ALWAYS AS ({_PARTS} || array_to_tsvector(string_to_array(marks, ' '))) STORED",
    "CREATE INDEX search_vector ON search_text USING gin (vector)",
)
POSTGRES_BACK = ("ALTER TABLE search_text DROP COLUMN vector",)


def build(_apps: Any, editor: Any) -> None:
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement, params=None)


def take_down(_apps: Any, editor: Any) -> None:
    for statement in POSTGRES_BACK if editor.connection.vendor == "postgresql" else SQLITE_BACK:
        editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(build, take_down)]
