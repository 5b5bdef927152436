from django.db import migrations, models
from django.db.models import F


def end_doubles(apps, _schema_editor):
    """Of equal open memberships the first stays; the others end the day they began."""
    membership = apps.get_model("agencies", "Membership")
    seen = set()
    for row in membership._base_manager.filter(valid_to=None).order_by("pk"):
        key = (row.user_id, row.party_id, row.role)
        if key in seen:
            membership._base_manager.filter(pk=row.pk).update(valid_to=F("valid_from"))
        seen.add(key)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_group_intervals"),
    ]

    operations = [
        migrations.RunPython(end_doubles, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(valid_to=None),
                fields=("user", "party", "role"),
                name="membership_open_once",
            ),
        ),
    ]
