"""What several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

OUTPUT = click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    default=Path("/dev/stdout"),
    help="書き出す先（既定は標準出力） / where to write (default: standard output)",
)
PLAN = click.argument("plan", metavar="PLAN.json", type=click.Path(path_type=Path))


def language() -> str:
    """The language of messages: ``"ja"`` unless the person asked for ``"en"``."""
    return "en" if os.environ.get("SOSEI_LANG") == "en" else "ja"
