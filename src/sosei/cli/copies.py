"""``sosei backup``, ``restore``, ``export-all``, ``import-all``: an installation or a municipality as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sosei.cli.bar import bar
from sosei.cli.common import language
from sosei.cli.home import HOME, opened, say
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.web.installation.transfer import Made

FILE = click.argument("file", metavar="FILE.zip", type=click.Path(path_type=Path))


@click.command()
@HOME
@FILE
@click.option(
    "--with-secret",
    is_flag=True,
    help="秘密鍵も入れる（戻したあともサインインが続く） / put the secret key in, so that sessions go on",
)
def backup(file: Path, with_secret: bool) -> int:
    """全体のバックアップを一つのファイルに取る（動かしたままでよい）。 / Back everything up, while it runs.

    パスワードのハッシュと二要素認証の秘密が入ります（持ち主だけが読めるファイルにします）。秘密鍵、sosei.toml、
    作った文書は入りません。
    Holds password hashes and second factors; not the secret key, sosei.toml, nor documents that were made.
    """
    home = opened()
    from sosei.web.installation.backup import back_up

    with bar("バックアップを取っています", "backing up") as tell:
        made = back_up(file, tell, secret=home / "secret.key" if with_secret else None)
    return _told(file, made, "バックアップを取りました", "backed up")


@click.command()
@HOME
@FILE
@click.option("--database", metavar="URL", help="PostgreSQL の URL（なければ SQLite） / default: SQLite")
def restore(file: Path, database: str | None) -> int:
    """バックアップを空の環境に戻す。 / Restore a backup into an empty installation.

    フォルダーがなければ作ります。すべてのハッシュを確かめてから書き、書いたあとに版と操作ログを確かめます。
    Makes the folder where there is none. Every hash is checked before anything is written.
    """
    from sosei.cli.setup import prepared_for_restore

    with prepared_for_restore(file, database):
        from sosei.web.installation.backup import restore as bring_back

        with bar("戻しています", "restoring") as tell:
            made = bring_back(file, tell)
    return _told(file, made, "戻しました", "restored")


@click.command("export-all")
@HOME
@click.option("--code", metavar="432032", required=True, help="市町村の団体コード / the municipality's code")
@FILE
def export_all(code: str, file: Path) -> int:
    """一つの市町村をまるごと一つのファイルに書き出す。 / Write one municipality whole, to hand it over.

    計画のすべての版、下書き、操作ログ、人と役割が入ります。パスワードと二要素認証は入らないので、受け取った側で
    sosei user password で付け直します。
    Plans, drafts, log, people and roles; no password or second factor.
    """
    opened()
    from sosei.web.installation.handover import export
    from sosei.web.installation.people import municipality_of

    with bar("書き出しています", "exporting") as tell:
        made = export(municipality_of(code), file, tell)
    return _told(file, made, "書き出しました", "exported")


@click.command("import-all")
@HOME
@FILE
@click.option(
    "--rename-login",
    "renamed",
    metavar="OLD=NEW",
    multiple=True,
    help="取り込む人のユーザー名を変える / another login name for a person taken in",
)
def import_all(file: Path, renamed: tuple[str, ...]) -> int:
    """export-all のファイルから市町村を取り込む。 / Take a municipality in from such a file."""
    opened()
    from sosei.web.installation.handover import import_file

    with bar("取り込んでいます", "importing") as tell:
        municipality, made = import_file(file, _pairs(renamed), tell)
    say(
        f"{municipality.name}（{municipality.code}）: 利用者のパスワードは sosei user password で付けてください",
        f"{municipality.name} ({municipality.code}): give people passwords with sosei user password",
    )
    return _told(file, made, "取り込みました", "taken in")


def _pairs(renamed: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in renamed:
        old, equals, new = text.partition("=")
        if not (old and equals and new):
            raise Problem(
                f"--rename-login は「古い名前=新しい名前」と書きます（あったもの: {text}）",
                f"--rename-login is written OLD=NEW (found: {text})",
            )
        pairs[old] = new
    return pairs


def _told(file: Path, made: Made, ja: str, en: str) -> int:
    """Say what was done; exit code 1 where something is not as it should be."""
    from sosei.web.installation.transfer import size_of

    size = size_of(file)
    say(
        f"{ja}: {file}（{size}、{made.rows:,}行、版 {made.editions}件）",
        f"{en}: {file} ({size}, {made.rows:,} rows, {made.editions} editions)",
    )
    if made.sha256:
        say(f"目録の SHA-256: {made.sha256}", f"SHA-256 of its manifest: {made.sha256}")
    for fault in made.faults:
        click.echo(f"× {fault.sentence(language())}", err=True)
    return 1 if made.faults else 0
