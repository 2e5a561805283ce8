"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame of every page: language, layout, errors, template words."""

    name = "sosei.web.site"
    label = "sosei_site"
