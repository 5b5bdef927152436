from django.db import migrations

from luc.kernel.appending import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]
    operations = [AppendOnly("Figure"), AppendOnly("Standing")]
