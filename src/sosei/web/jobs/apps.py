"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work: documents made by a worker, with their progress and result files."""

    name = "sosei.web.jobs"
    label = "jobs"
