"""What several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
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


def keep_inputs(given: Iterable[object], *outputs: Path | None) -> None:
    """Raise Problem where one of ``outputs`` is one of the files among what was ``given`` to read."""
    read = {each.resolve() for each in given if isinstance(each, Path) and each.is_file()}
    for output in outputs:
        if output is not None and output.resolve() in read:
            raise Problem(
                f"{output}: 読み込むファイルに書き出すことになります。別の名前を指定してください",
                f"{output}: this is a file that is read; name another to write to",
            )


def refuse_terminal(output: Path, form: str) -> None:
    """Raise Problem where a PDF or a workbook would be poured into a terminal."""
    if str(output) in ("-", "/dev/stdout") and sys.stdout.isatty():
        raise Problem(
            f"{form} は端末に表示できません。-o で書き出すファイルを指定してください",
            f"{form} cannot be shown in a terminal; name a file with -o",
        )
