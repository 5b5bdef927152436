from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("industry", "0003_supply")]

    operations = [
        migrations.AddField("enterprise", "confirmed_at", models.DateTimeField(null=True)),
        migrations.AddField("offer", "confirmed_at", models.DateTimeField(null=True)),
    ]
