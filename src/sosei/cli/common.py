"""What several commands share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from sosei.values.problem import Problem

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


def refuse_terminal(output: Path, form: str) -> None:
    """Raise Problem where a PDF or a workbook would be poured into a terminal."""
    if str(output) in ("-", "/dev/stdout") and sys.stdout.isatty():
        raise Problem(
            f"{form} は端末に表示できません。-o で書き出すファイルを指定してください",
            f"{form} cannot be shown in a terminal; name a file with -o",
        )
