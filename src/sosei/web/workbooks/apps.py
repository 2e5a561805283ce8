"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class WorkbooksConfig(AppConfig):
    """Workbooks and pasted blocks that wait to be taken over into a draft."""

    name = "sosei.web.workbooks"
    label = "workbooks"

    def ready(self) -> None:
        """Say to the workers how an upload is read."""
        from sosei.web.jobs.other import WORKS, Work
        from sosei.web.workbooks import keeping, reading

        WORKS[reading.KIND] = Work(run=reading.run, clear=keeping.clear_old, failed=reading.FAILED)
