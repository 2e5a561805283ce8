"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class ReadingConfig(AppConfig):
    """Reading a plan: overview, goals, measures, projects, indicators, list, search."""

    name = "sosei.web.reading"
    label = "reading"
