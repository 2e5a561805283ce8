"""``sosei report``: official layouts as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sosei.cli.common import PLAN, language
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.plan.model import Plan
    from sosei.reports.documents import Document
    from sosei.values import When

OUTPUT = click.option(
    "-o",
    "--output",
    metavar="FILE.pdf|FILE.xlsx",
    type=click.Path(path_type=Path),
    required=True,
    help="書き出す先。拡張子が形式を決める / where to write; the ending decides the format",
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "xlsx"]),
    help="形式（拡張子のない書き出し先のとき） / format, where the file has no ending",
)
YEAR = click.option(
    "--year",
    metavar="R6",
    help="年度（既定は実績のある最も新しい年度） / fiscal year (default: the latest with values)",
)
PAPER = click.option("--paper", type=click.Choice(["a3", "a4"]), help="用紙（横） / paper, landscape")
QUIET = click.option("--quiet", is_flag=True, help="何も表示しない / say nothing")


@click.group()
def report() -> None:
    """公表様式の文書を作る。 / Official layouts as PDF or Excel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the person asked for."""

    plan: Path
    year: str | None
    output: Path
    form: str | None
    paper: str | None
    quiet: bool


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every document has."""
    for option in (QUIET, PAPER, FORMAT, OUTPUT, YEAR, PLAN):
        command = option(command)
    return command


@report.command()
@_options
def progress(**given: Any) -> None:
    """事業進捗報告。 / The yearly progress report."""
    from sosei.reports.documents import progress_document

    _write(progress_document, Request(**given), "a3")


@report.command("kpi-list")
@_options
def kpi_list(**given: Any) -> None:
    """KPI一覧。 / The list of KPIs."""
    from sosei.reports.documents import kpi_list_document

    _write(kpi_list_document, Request(**given), "a4")


@report.command()
@_options
def review(**given: Any) -> None:
    """点検結果を担当課ごとに。 / The result of the review, division by division."""
    from sosei.reports.documents import review_document

    _write(review_document, Request(**given), "a4")


def _write(make: Callable[[Plan, When | None, str, str], Document], request: Request, paper: str) -> None:
    from sosei.formats.output import write_output
    from sosei.plan.reading import read_plan
    from sosei.values import parse_fiscal_year_option

    form = request.form or _form_of(request.output)
    when = parse_fiscal_year_option(request.year) if request.year else None
    document = make(read_plan(request.plan), when, form, request.paper or paper)
    write_output(request.output, document.data)
    if not request.quiet:
        for warning in document.warnings:
            click.echo(f"sosei: {warning[language() == 'en']}", err=True)


def _form_of(output: Path) -> str:
    form = output.suffix.lower().removeprefix(".")
    if form not in ("pdf", "xlsx"):
        raise Problem(
            f"{output}: 形式が決まりません。拡張子を .pdf か .xlsx にするか、--format を付けてください",
            f"{output}: the format is not clear; end the name in .pdf or .xlsx, or give --format",
        )
    return form
