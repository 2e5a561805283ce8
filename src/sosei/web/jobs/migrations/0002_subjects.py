from __future__ import annotations

import json
from typing import Any

from django.db import migrations


def name_subjects(apps: Any, _: Any) -> None:
    """Until now every document was of a plan's state, with a public comment beside it where it was about one."""
    for job in apps.get_model("jobs", "Job").objects.iterator():
        asked = json.loads(job.parameters)
        if "state" not in asked:
            continue
        state, about = asked.pop("state"), asked.pop("about", None)
        asked["of"] = state
        if about:
            beside = {name: about[name] for name in ("title", "content", "is_public")}
            asked["of"] = {"comment": about["pk"], "plan": state["plan"], **beside}
        job.parameters = json.dumps(asked)
        job.save(update_fields=["parameters"])


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [migrations.RunPython(name_subjects, migrations.RunPython.noop)]
