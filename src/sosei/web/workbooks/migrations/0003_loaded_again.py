from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workbooks", "0002_both_sides"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="upload",
            name="marked",
        ),
        migrations.AddField(
            model_name="upload",
            name="act",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="mark",
            field=models.CharField(default="", max_length=80),
        ),
    ]
