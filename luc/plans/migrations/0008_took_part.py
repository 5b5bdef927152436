from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0007_amendments")]

    operations = [
        migrations.AlterField(
            model_name="progress",
            name="state",
            field=models.CharField(
                choices=[
                    ("not_started", "chưa triển khai"),
                    ("on_time", "đúng tiến độ"),
                    ("ahead", "vượt tiến độ"),
                    ("behind", "chậm tiến độ"),
                    ("done", "hoàn thành"),
                    ("took_part", "có tham gia"),
                    ("nil", "không phát sinh"),
                ],
                max_length=12,
            ),
        ),
    ]
