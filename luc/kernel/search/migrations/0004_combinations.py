"""Facets that documents have together stand once, under a number by which ten thousand hits are counted."""

from hashlib import blake2b
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_TOGETHER = 1_000  # combinations of one statement


def fill(apps: Any, editor: Any) -> None:
    document, combination = apps.get_model("search", "Document"), apps.get_model("search", "Combination")
    texts = document.objects.order_by().values_list("facets", flat=True).distinct()
    made = [
        combination(hash=blake2b(text.encode(), digest_size=16).hexdigest(), facets=text) for text in texts
    ]
    combination.objects.bulk_create(made, batch_size=_TOGETHER)
    keys = dict(combination.objects.values_list("facets", "pk"))
    told = [(keys[text], pk) for pk, text in document.objects.order_by().values_list("pk", "facets")]
    with editor.connection.cursor() as cursor:
        cursor.executemany("UPDATE search_document SET combination_id = %s WHERE id = %s", told)
    if editor.connection.vendor == "postgresql":  # what waits to be checked would hold up the next operation
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE", params=None)


def empty(apps: Any, _editor: Any) -> None:
    document = apps.get_model("search", "Document")
    for row in document.objects.select_related("combination").iterator():
        document.objects.filter(pk=row.pk).update(facets=row.combination.facets)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_columns")]
    operations = [
        migrations.CreateModel(
            name="Combination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=32, unique=True)),
                ("facets", models.TextField(help_text="name=value, each on a line of its own")),
            ],
        ),
        migrations.AddField(
            model_name="document",
            name="combination",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="search.combination",
            ),
        ),
        migrations.RunPython(fill, empty),
        migrations.AlterField(
            model_name="document",
            name="combination",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="search.combination",
            ),
        ),
        migrations.RemoveField(model_name="document", name="facets"),
    ]
