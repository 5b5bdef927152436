"""The national programmes that provincial plans carry out, from data/programmes.json."""

import json
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).parents[1] / "data" / "programmes.json"


def load(apps, editor):
    programme = apps.get_model("plans", "Programme")
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        programme.objects.using(editor.connection.alias).update_or_create(code=row["code"], defaults=row)


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_review")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
