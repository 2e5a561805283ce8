"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class PopulationConfig(AppConfig):
    """The population vision: tables of published figures, scenarios with a name."""

    name = "sosei.web.population"
    label = "population"
