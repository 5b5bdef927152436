"""PostgreSQL: the words of title and more once again as lexemes of their own, so that GIN knows in which column they are."""

from importlib import import_module
from typing import Any

from django.db import migrations

before = import_module("luc.kernel.search.migrations.0002_index")
INDEX = "CREATE INDEX search_vector ON search_text USING gin (vector)"
# parts of a column, each word behind a sign that no typed word holds
AGAIN = " || ".join(
    f"array_to_tsvector(string_to_array('{sign}' || replace({text}, ' ', ' {sign}'), ' '))"
    for sign, text in (("t_", "title"), ("m_", "title || ' ' || more"))
)


def build(apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE search_text DROP COLUMN vector", params=None)
    build_again(apps, editor)


def build_again(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(before.POSTGRES[0].replace(") STORED", f" || {AGAIN}) STORED"), params=None)
        editor.execute(INDEX, params=None)


def take_down(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE search_text DROP COLUMN vector", params=None)
        for statement in before.POSTGRES:
            editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_index")]
    operations = [migrations.RunPython(build, take_down)]
