from django.db import migrations

from luc.kernel.appending import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [AppendOnly("Progress")]
