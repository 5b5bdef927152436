"""Kind and audience of a document become one mark; combinations are known by a hash of their facets as their key.

PostgreSQL: words with marks are looked for one by one, they need no places.
"""

from hashlib import blake2b
from importlib import import_module
from typing import Any

from django.db import migrations, models

columns = import_module("luc.kernel.search.migrations.0003_columns")
_TOGETHER = 1_000  # rows of one statement
_ONE_BY_ONE = "array_to_tsvector(string_to_array({}, ' '))".format
_PARTS = " || ".join(
    [
        *(
            f"setweight(to_tsvector('simple', {column} || ' zq'), '{weight}')"
            for column, weight in (("title", "A"), ("more", "B"), ("body", "C"))
        ),
        *map(_ONE_BY_ONE, ("exact", "marks")),
        columns.AGAIN,
    ]
)


def put_away(_apps: Any, editor: Any) -> None:
    """What PostgreSQL makes of the words; without it they are changed in a tenth of the time."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE search_text DROP COLUMN vector", params=None)


def make_anew(_apps: Any, editor: Any) -> None:
    """PostgreSQL's column and index; SQLite's is in pieces after so many changes and becomes one."""
    if editor.connection.vendor == "postgresql":
        vector = f"vector tsvector GENERATED ALWAYS AS ({_PARTS}) STORED"
        editor.execute(f"ALTER TABLE search_text ADD COLUMN {vector}", params=None)
        editor.execute(columns.INDEX, params=None)
    else:
        editor.execute("INSERT INTO search_index(search_index) VALUES ('optimize')", params=None)


def join_marks(apps: Any, editor: Any) -> None:
    """The marks of a text were: its kind, each audience, each facet."""
    text = apps.get_model("search", "Text")
    rows = text.objects.order_by("pk").values_list("pk", "marks", "document__combination__facets")
    last = 0
    with editor.connection.cursor() as cursor:
        while portion := list(rows.filter(pk__gt=last)[:_TOGETHER]):
            told = [(_joined(marks.split(), facets), pk) for pk, marks, facets in portion]
            cursor.executemany("UPDATE search_text SET marks = %s WHERE document_id = %s", told)
            last = portion[-1][0]


def _joined(marks: list[str], facets: str) -> str:
    kind, rest = marks[0], marks[1:]
    count = len(facets.split("\n")) if facets else 0  # no other sign ends a line: a value may hold one
    audiences = rest[: len(rest) - count]
    return " ".join([*(_mark(f"{kind}={whom}") for whom in audiences), *rest[len(audiences) :]])


def _mark(text: str) -> str:
    return "z" + blake2b(text.encode(), digest_size=10).hexdigest()


def key_by_hash(apps: Any, editor: Any) -> None:
    combination = apps.get_model("search", "Combination")
    old = list(combination.objects.values_list("pk", "facets"))
    keys = {pk: int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) >> 1 for pk, text in old}
    with editor.connection.cursor() as cursor:
        for statement, told in (
            (
                "INSERT INTO search_combination (id, facets) VALUES (%s, %s)",
                [(keys[pk], text) for pk, text in old],
            ),
            (
                "UPDATE search_document SET combination_id = %s WHERE combination_id = %s",
                [(new, pk) for pk, new in keys.items()],
            ),
            ("DELETE FROM search_combination WHERE id = %s", [(pk,) for pk in keys]),
        ):
            cursor.executemany(statement, told)
    check_now(editor)


def check_now(editor: Any) -> None:
    """What waits to be checked would hold up PostgreSQL's next operation."""
    if editor.connection.vendor == "postgresql":
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)


def forget(apps: Any, editor: Any) -> None:
    """Back: all of it is made anew by `luc search rebuild`."""
    apps.get_model("search", "Document").objects.all().delete()
    apps.get_model("search", "Combination").objects.all().delete()
    check_now(editor)


class Migration(migrations.Migration):
    dependencies = [("search", "0004_combinations")]
    operations = [
        migrations.RunPython(put_away, columns.build_again),
        migrations.RunPython(join_marks, migrations.RunPython.noop),
        migrations.RunPython(make_anew, put_away),
        migrations.RemoveField(model_name="combination", name="hash"),
        migrations.AlterField(
            model_name="combination",
            name="id",
            field=models.BigIntegerField(primary_key=True, serialize=False),
        ),
        migrations.RunPython(key_by_hash, forget),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["id", "combination"], name="search_combined"),
        ),
        migrations.AlterField(
            model_name="text",
            name="marks",
            field=models.TextField(help_text="hashes: kind and audience together, facets"),
        ),
    ]
