"""The table of Django's cache in the database: what all web processes count together (sign-ins that failed), no data."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_chains_and_runs")]

    operations = [
        # the table is Django's own (django.core.cache.backends.db), without a model of ours
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.CreateModel(
                    name="CacheEntry",
                    fields=[
                        ("cache_key", models.CharField(max_length=255, primary_key=True)),
                        ("value", models.TextField()),
                        ("expires", models.DateTimeField(db_index=True)),
                    ],
                    options={"db_table": "kernel_cache"},
                )
            ]
        )
    ]
