"""Starting Django for a command or a script."""

from __future__ import annotations

import os


def start() -> None:
    """Set Django up with the installation's settings; raises Problem where there is no installation."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.web.settings")
    django.setup()
