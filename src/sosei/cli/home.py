"""What the commands of an installation share: its folder, its start, what is asked and said."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from sosei.cli.common import language
from sosei.values.problem import Problem


def _keep(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> None:
    if value is not None:
        os.environ["SOSEI_HOME"] = str(value.absolute())


HOME = click.option(
    "--home",
    metavar="DIR",
    type=click.Path(path_type=Path),
    expose_value=False,
    callback=_keep,
    help="データのフォルダー（SOSEI_HOME、既定は sosei-data） / the installation's folder",
)
CODE = click.option("--code", metavar="432032", help="市町村の団体コード / the municipality's code")


def begin() -> Path:
    """Start Django with the installation's settings, everything written from now on private; its folder."""
    from django.core.exceptions import ImproperlyConfigured

    from sosei.web.config import home_folder
    from sosei.web.start import start

    os.umask(0o077)
    try:
        start()
    except ImproperlyConfigured as error:
        raise Problem(
            f"設定のとおりに始められません（{error}）。PostgreSQL を使うには sosei[postgresql] を入れます",
            f"cannot start with these settings ({error}); PostgreSQL needs sosei[postgresql] installed",
        ) from None
    return home_folder()


def opened() -> Path:
    """``begin``, where the tables are there and of this program's form; raises Problem otherwise."""
    home = begin()
    from sosei.web.installation.schema import must_be_current

    must_be_current()
    return home


def say(ja: str, en: str) -> None:
    """Print a sentence in the person's language at once."""
    click.echo(en if language() == "en" else ja)
    sys.stdout.flush()


def asked(value: str | None, option: str, ja: str, en: str, check: Callable[[str], Any] = str) -> str:
    """``value``, or the person's answer where there is a terminal; raises Problem where there is neither.

    An answer that ``check`` refuses is asked for again.
    """
    words = en if language() == "en" else ja
    if value is not None:
        check(value)
        return value
    if not sys.stdin.isatty():
        raise Problem(f"{ja}を {option} で指定してください", f"{en}: name it with {option}")
    while True:
        answer: str = click.prompt(words, type=str).strip()
        try:
            check(answer)
        except Problem as problem:
            click.echo(problem.sentence(language()), err=True)
        else:
            return answer
