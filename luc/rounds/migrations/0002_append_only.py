from django.db import migrations

from luc.kernel.appending import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("rounds", "0001_initial")]
    operations = [AppendOnly("Submission"), AppendOnly("Verdict")]
