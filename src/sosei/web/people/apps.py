"""Django's entry for this part."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Municipalities, people, roles, divisions and who is responsible for what."""

    name = "sosei.web.people"
    label = "people"
