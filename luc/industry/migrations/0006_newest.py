from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("industry", "0005_catalogue")]

    operations = [
        migrations.AddIndex(
            "offer",
            models.Index(fields=["-changed_at", "-id"], name="offer_newest", condition=Q(is_public=True)),
        ),
    ]
