"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class WritingConfig(AppConfig):
    """Writing a plan on screen; it keeps nothing of its own."""

    name = "sosei.web.writing"
    label = "writing"
