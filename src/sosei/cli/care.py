"""``sosei doctor`` and ``sosei reindex``: looking after an installation."""

from __future__ import annotations

import json

import click

from sosei.cli.common import language
from sosei.cli.home import CODE, HOME, begin, opened, say

_MARKS = {"good": "○", "doubtful": "△", "bad": "×"}


@click.command()
@HOME
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="形式 / format")
def doctor(form: str) -> int:
    """書体、データベース、権限、版、操作ログなどを調べる。 / Look at fonts, database, permissions, editions, logs.

    悪いところが一つでもあれば終了コードは 1 です。
    Exit code 1 where something is wrong.
    """
    home = begin()
    from sosei.web.installation.doctor import State, examine

    lines = []
    for line in examine(home):
        lines.append(line)
        if form == "text":
            which = language() == "en"
            click.echo(f"{_MARKS[line.state]} {line.what[which]}: {line.found[which]}")
    if form == "json":
        found = [
            {
                "state": line.state.value,
                "what": {"ja": line.what[0], "en": line.what[1]},
                "found": {"ja": line.found[0], "en": line.found[1]},
            }
            for line in lines
        ]
        click.echo(json.dumps({"findings": found}, ensure_ascii=False, indent=1))
    return 1 if any(line.state is State.BAD for line in lines) else 0


@click.command()
@HOME
@CODE
def reindex(code: str | None) -> None:
    """一覧と検索のための表を、版から作り直す。 / Rebuild what lists and search read, from the editions."""
    opened()
    from sosei.web.installation.people import municipality_of
    from sosei.web.plans.index import reindex as rebuild

    count = rebuild(municipality_of(code) if code else None)
    say(f"版 {count}件の表を作り直しました", f"rebuilt the rows of {count} editions")
