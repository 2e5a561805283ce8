"""``sosei evaluate``: achievement by any scheme, from a plan or from a plain table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sosei.cli.common import OUTPUT, language
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.cli.evaluation import Evaluation
    from sosei.scheme.model import Scheme

_STANDARD_INPUT = ("-", "/dev/stdin")


@click.command()
@click.argument("source", metavar="PLAN.json|TABLE.csv", type=click.Path(path_type=Path), required=False)
@click.option(
    "--year",
    metavar="R6",
    help="年度（既定は実績のある最も新しい年度） / fiscal year (default: the latest with values)",
)
@click.option(
    "--scheme",
    metavar="FILE|PRESET",
    help="評価方式のファイル、または --list の名前（既定は計画の方式、なければ実績値÷目標値） / "
    "a scheme file or a name from --list (default: the plan's own, else actual over target)",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", help="形式 / format"
)
@OUTPUT
@click.option("--quiet", is_flag=True, help="読めない行を知らせない / do not report unreadable rows")
@click.option(
    "--list", "listing", is_flag=True, help="備え付けの評価方式を並べる / list the schemes that come along"
)
def evaluate(  # noqa: PLR0913, PLR0917 - one parameter an option
    source: Path | None,
    year: str | None,
    scheme: str | None,
    form: str,
    output: Path,
    quiet: bool,
    listing: bool,
) -> None:
    """達成率と評価区分を、根拠とともに求める。 / Rate, class and explanation per indicator, and the roll-up.

    PLAN.json は計画ファイル、TABLE.csv は name、target、actual:R6 の列を持つ表です（- は標準入力）。
    PLAN.json is a plan file, TABLE.csv a table with the columns name, target and actual:R6 (- is standard input).
    """
    from sosei.cli.evaluation_forms import FORMS, presets_listed
    from sosei.formats.output import write_output

    if listing:
        write_output(output, presets_listed(form, language()))
        return
    if source is None:
        raise Problem(
            "PLAN.json か TABLE.csv を指定してください。評価方式の一覧は sosei evaluate --list で表示します",
            "name a PLAN.json or a TABLE.csv; sosei evaluate --list shows the schemes",
        )
    found = _evaluation(source, year, scheme)
    write_output(output, FORMS[form](found, language()))
    if form != "json" and not quiet:
        for error in found.errors:
            click.echo(f"sosei: {source}: {error.sentence(language())}", err=True)


def _evaluation(source: Path, year: str | None, scheme: str | None) -> Evaluation:
    from sosei.cli.evaluation import evaluation_of_plan, evaluation_of_table, is_plan
    from sosei.formats.table_reading import load_table
    from sosei.plan.reading import load_plan, read_bytes
    from sosei.values import parse_fiscal_year_option

    chosen = _scheme(scheme) if scheme else None
    wanted = parse_fiscal_year_option(year).year if year else None
    data = sys.stdin.buffer.read() if str(source) in _STANDARD_INPUT else read_bytes(source)
    try:
        if is_plan(data):
            return evaluation_of_plan(load_plan(data), wanted, chosen)
        return evaluation_of_table(load_table(data), wanted, chosen)
    except Problem as problem:
        raise Problem(f"{source}: {problem.ja}", f"{source}: {problem.en}") from None


def _scheme(name: str) -> Scheme:
    """The scheme in a file, or the preset of that name."""
    from sosei.scheme.files import load_scheme
    from sosei.scheme.presets import preset

    path = Path(name)
    return load_scheme(path) if path.suffix == ".toml" or path.exists() else preset(name)
