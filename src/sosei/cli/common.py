"""What several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

PLAN = click.argument("plan", metavar="PLAN.json", type=click.Path(path_type=Path))


def language() -> str:
    """The language of messages: ``"ja"`` unless the person asked for ``"en"``."""
    return "en" if os.environ.get("SOSEI_LANG") == "en" else "ja"
