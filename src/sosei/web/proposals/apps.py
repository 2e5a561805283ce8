"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Change requests to divisions and their proposals, which wait for the officer as operations."""

    name = "sosei.web.proposals"
    label = "proposals"
