"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class PopulationConfig(AppConfig):
    """The population vision: tables of published figures, scenarios with a name."""

    name = "sosei.web.population"
    label = "population"

    def ready(self) -> None:
        """Say to the workers how a file of population is read."""
        from sosei.web.jobs.other import WORKS, Work
        from sosei.web.population import upload_keeping, upload_work

        WORKS[upload_work.KIND] = Work(
            run=upload_work.run, clear=upload_keeping.clear_old, failed=upload_work.FAILED
        )
