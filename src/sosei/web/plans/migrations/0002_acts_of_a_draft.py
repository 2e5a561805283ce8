from __future__ import annotations

from typing import Any

from django.db import migrations, models


def fill(apps: Any, _: Any) -> None:
    """Until now every operation was an act of its own; an earlier row is never taken back by a later one."""
    rows = apps.get_model("plans", "DraftOperation").objects
    rows.update(act=models.F("id"))
    backwards: set[Any] = set()
    taking_back = rows.exclude(undoes=None).order_by("draft", "no")
    for pk, undoes in taking_back.values_list("pk", "undoes").iterator():
        if undoes not in backwards:
            backwards.add(pk)
            rows.filter(pk=pk).update(backwards=True)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.AddField("draftoperation", "act", models.UUIDField(null=True)),
        migrations.AddField("draftoperation", "backwards", models.BooleanField(default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("draftoperation", "act", models.UUIDField(db_index=True)),
    ]
