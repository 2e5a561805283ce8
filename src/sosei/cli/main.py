"""The command ``sosei``: arguments, languages, errors.

What a command needs is imported inside it, so that ``sosei --help`` stays quick.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click

from sosei.cli.care import doctor, reindex
from sosei.cli.check import check
from sosei.cli.common import OUTPUT, PLAN, language
from sosei.cli.copies import backup, export_all, import_all, restore
from sosei.cli.diff import diff
from sosei.cli.evaluate import evaluate
from sosei.cli.installation import init, serve, worker
from sosei.cli.population import population
from sosei.cli.report import report
from sosei.cli.users import user
from sosei.values.problem import Problem


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("sosei"), prog_name="sosei", message="%(prog)s %(version)s")
@click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    default="ja",
    envvar="SOSEI_LANG",
    help="表示の言葉 / language of messages (SOSEI_LANG)",
)
def cli(lang: str) -> None:
    """創生: 地方版総合戦略を、策定から公表まで。

    Runs a municipality's comprehensive strategy from plan to publication.
    """
    os.environ["SOSEI_LANG"] = lang


@cli.command()
@PLAN
def show(plan: Path) -> None:
    """計画の木と数値を端末に表示する。 / Show a plan's tree with its figures."""
    from rich.console import Console

    from sosei.cli.show import plan_tree
    from sosei.plan.reading import read_plan

    Console(highlight=False, emoji=False, markup=False).print(plan_tree(read_plan(plan), language()))


@cli.command()
@PLAN
@OUTPUT
def table(plan: Path, output: Path) -> None:
    """指標の掲載箇所を一行ずつ CSV に書き出す。 / Every placement of every indicator as one CSV row."""
    from sosei.formats.output import write_output
    from sosei.formats.table import table_csv
    from sosei.plan.reading import read_plan

    write_output(output, table_csv(read_plan(plan)))


@cli.command()
@OUTPUT
def schema(output: Path) -> None:
    """計画ファイルの JSON Schema を書き出す。 / The JSON Schema of plan files."""
    from sosei.formats.output import write_output
    from sosei.plan.schema import plan_schema

    write_output(output, plan_schema())


@cli.command()
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=Path("out"),
    help="文書を書き出すフォルダー（既定は out） / folder for the documents (default: out)",
)
@click.option("--no-serve", is_flag=True, help="文書だけを作る / make the documents only")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="ポート / port")
def demo(out: Path, no_serve: bool, port: int) -> int:
    """人吉市と阿蘇市の例で文書を作り、アプリケーションを起動する。 / Documents of two cities, then the application.

    アプリケーションは DIR/app にデータを置き、役割ごとのログインを表示します。止めるには Ctrl+C。
    The application keeps its data in DIR/app and prints a login for every role; Ctrl+C stops it.
    """
    from sosei.cli.demo import run

    run(out, language())
    if no_serve:
        return 0
    from sosei.cli.demo_serving import serve_demo

    return serve_demo(out / "app", port)


for command in (check, diff, evaluate, population, report):
    cli.add_command(command)
for command in (init, serve, worker, user, backup, restore, export_all, import_all, reindex, doctor):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command line; bad input ends with one sentence and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        code = cli.main(prog_name="sosei", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except Problem as problem:
        _stop(problem.sentence(language()))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        _stop(usage_sentence(error, language()))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        database = sys.modules.get("django.db")  # there only where a command opened an installation
        if database is None or not isinstance(error, database.DatabaseError):
            raise
        _stop(database_sentence(error, language()))


def database_sentence(error: Exception, language: str) -> str:
    """What a database refused in the middle of a command, in one sentence."""
    why = " ".join(str(error).split())
    if language == "en":
        return f"the database refused ({why}); sosei doctor looks at what is wrong"
    return f"データベースで誤りが起きました（{why}）。sosei doctor で調べてください"


def usage_sentence(error: click.ClickException, language: str) -> str:
    """What is wrong with the command as typed, in one sentence."""
    if language == "en":
        return f"{error.format_message()} (sosei --help shows how to use it)"
    match error:
        case click.exceptions.NoSuchCommand():
            what = f"「{error.command_name}」というコマンドはありません"
        case click.exceptions.NoSuchOption():
            what = f"「{error.option_name}」というオプションはありません"
        case click.MissingParameter():
            what = f"{_named(error)} を指定してください"
        case click.BadParameter():
            what = f"「{_named(error)}」に使えない値です（{error.message}）"
        case _:
            what = f"コマンドの書き方が違います（{error.format_message()}）"
    return f"{what}。sosei --help で使い方を表示します"


def _named(error: click.BadParameter) -> str:
    """What a person types: an option by its long name, an argument by what it stands for."""
    if isinstance(error.param, click.Option):
        return max(error.param.opts, key=len)
    return error.param.make_metavar(error.ctx) if error.param and error.ctx else ""


def _stop(sentence: str) -> NoReturn:
    click.echo(f"sosei: {sentence}", err=True)
    sys.exit(2)
