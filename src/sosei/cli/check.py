"""``sosei check``: the review of a plan, for a reader or for programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sosei.cli.common import OUTPUT, language
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.cli.review_forms import Reviewed

_ALL = "ALL"


@click.command()
@click.argument("plan", metavar="PLAN.json", type=click.Path(path_type=Path), required=False)
@click.option(
    "--year",
    metavar="R6",
    help="年度（既定は実績のある最も新しい年度） / fiscal year (default: the latest with values)",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="形式 / format")
@click.option(
    "--select",
    metavar="CODES",
    multiple=True,
    help="この規則だけを使う（TWN,TXT02 のように頭から） / only these rules, by the beginning of their codes",
)
@click.option("--ignore", metavar="CODES", multiple=True, help="この規則を使わない / leave these rules out")
@click.option(
    "--explain",
    metavar="CODE",
    is_flag=False,
    flag_value=_ALL,
    help="規則を説明する（CODE を省くと一覧） / explain a rule (without CODE: list them)",
)
@OUTPUT
def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    plan: Path | None,
    year: str | None,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    explain: str | None,
    output: Path,
) -> int:
    """計画と報告の食い違いを点検する。 / Review a plan: find what does not add up.

    誤りが一つでも残れば終了コードは 1 です。規則を外すときは、計画ファイルの waivers に理由とともに書きます。
    Exit code 1 where an error-level finding stands. To switch a rule off for good, write it with its
    reason into the plan's waivers.
    """
    from sosei.checks.registry import chosen
    from sosei.cli.review_forms import FORMS, explained
    from sosei.formats.output import write_output

    if explain is not None:
        asked = chosen([] if explain == _ALL else [explain])
        write_output(output, explained(asked, language(), brief=explain == _ALL))
        return 0
    if plan is None:
        raise Problem(
            "PLAN.json を指定してください。規則の一覧は sosei check --explain で表示します",
            "name a PLAN.json; sosei check --explain lists the rules",
        )
    found = _reviewed(plan, year, _codes(select), _codes(ignore))
    write_output(output, FORMS[form](found, language()))
    return 1 if found.review.has_errors else 0


def _reviewed(path: Path, year: str | None, select: list[str], ignore: list[str]) -> Reviewed:
    from sosei.checks.registry import chosen
    from sosei.checks.review import review, review_year
    from sosei.cli.review_forms import Reviewed
    from sosei.plan.reading import read_plan
    from sosei.values import parse_fiscal_year_option

    rules = chosen(select, ignore)
    wanted = parse_fiscal_year_option(year) if year else None
    plan = read_plan(path)
    return Reviewed(plan, review(plan, review_year(plan, wanted), rules))


def _codes(given: tuple[str, ...]) -> list[str]:
    return [code for text in given for code in text.split(",")]
