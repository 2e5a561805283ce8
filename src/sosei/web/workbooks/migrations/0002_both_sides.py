from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workbooks", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="both",
            field=models.TextField(default="[]"),
        ),
        migrations.AddField(
            model_name="upload",
            name="mark",
            field=models.CharField(default="", max_length=80),
        ),
        migrations.AddField(
            model_name="upload",
            name="act",
            field=models.UUIDField(null=True),
        ),
    ]
