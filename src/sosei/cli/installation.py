"""``sosei init``, ``serve``, ``worker``: making an installation and running it."""

from __future__ import annotations

from pathlib import Path

import click

from sosei.cli.home import HOME, opened, say


@click.command()
@HOME
@click.option("--code", metavar="432032", help="市町村の団体コード / the municipality's code")
@click.option("--name", metavar="人吉市", help="市町村の名前 / its name")
@click.option("--prefecture", metavar="熊本県", help="都道府県 / its prefecture")
@click.option("--officer", metavar="NAME", help="最初の企画担当者の氏名 / name of the first planning officer")
@click.option("--login", metavar="USERNAME", help="企画担当者のユーザー名 / the officer's login name")
@click.option("--operator", metavar="LOGIN", help="運用の担当者のユーザー名 / login name of the operator")
@click.option(
    "--password-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="最初のパスワードを1行目に書いたファイル（なければ作って一度だけ表示） / file with the first password "
    "(default: made and shown once)",
)
@click.option("--database", metavar="URL", help="PostgreSQL の URL（なければ SQLite） / default: SQLite")
@click.option("--hosts", metavar="NAMES", help="ブラウザーで開く名前（, で並べる） / host names, by commas")
def init(  # noqa: PLR0913, PLR0917 - one parameter an option
    code: str | None,
    name: str | None,
    prefecture: str | None,
    officer: str | None,
    login: str | None,
    operator: str | None,
    password_file: Path | None,
    database: str | None,
    hosts: str | None,
) -> None:
    """データのフォルダー、市町村、最初の企画担当者を用意する。 / Make an installation: folder, municipality, officer.

    もう一度使うと、別の市町村を加えます。何も上書きしません。
    Used again, it adds another municipality. Nothing is ever overwritten.
    """
    from sosei.cli.setup import Wanted, set_up
    from sosei.web.installation.passwords import password_in

    set_up(
        Wanted(
            code=code,
            name=name,
            prefecture=prefecture,
            officer=officer,
            login=login,
            operator=operator,
            password=password_in(password_file) if password_file else None,
            database=database,
            hosts=hosts,
        )
    )


@click.command()
@HOME
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス / address to listen on"
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="ポート / port")
@click.option(
    "--http", is_flag=True, help="暗号化しない（一台での試用） / no encryption, for a trial on one machine"
)
@click.option("--proxy", is_flag=True, help="前段のプロキシが TLS を終える / a proxy in front ends TLS")
@click.option(
    "--tls-cert", metavar="FILE", type=click.Path(path_type=Path), help="証明書（PEM） / certificate"
)
@click.option("--tls-key", metavar="FILE", type=click.Path(path_type=Path), help="秘密鍵（PEM） / its key")
@click.option("--no-worker", is_flag=True, help="文書を作る処理を起動しない / start no job worker")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="ページを返す処理の数（既定は CPU の数、4まで） / processes for pages (default: CPUs, up to 4)",
)
def serve(  # noqa: PLR0913, PLR0917 - one parameter an option
    host: str,
    port: int,
    http: bool,
    proxy: bool,
    tls_cert: Path | None,
    tls_key: Path | None,
    no_worker: bool,
    workers: int | None,
) -> int:
    """アプリケーションを起動する（ページと、文書を作る処理）。 / Serve the application, with its job worker.

    TLS のやり方を一つ選びます: --tls-cert と --tls-key、--proxy、試用なら --http（sosei.toml に書いてもよい）。
    One way of TLS has to be chosen: a certificate, a proxy in front, or --http for a trial.
    """
    from sosei.cli.serving import Way, run

    return run(Way(host, port, http, proxy, tls_cert, tls_key), with_worker=not no_worker, workers=workers)


@click.command()
@HOME
def worker() -> None:
    """文書を作る処理だけを動かす（別の機械に足すとき）。 / A job worker alone, for more machines."""
    opened()
    say("文書を作る処理を始めました。止めるには Ctrl+C", "the job worker runs; Ctrl+C stops it")
    from sosei.web.installation.processes import run_worker

    run_worker()
