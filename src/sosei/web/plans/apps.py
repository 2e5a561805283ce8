"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Plans as editions: canonical bytes, drafts as operations, rows for lists and search."""

    name = "sosei.web.plans"
    label = "plans"
