"""``sosei population table|chart|chapter``: what is read and printed of a population."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sosei.cli.common import keep_inputs, language
from sosei.cli.population_published import AREA, QUIET, published, read_outlook, take_files, telling
from sosei.values.bilingual import Words
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.reports.population.figures import Figure
    from sosei.reports.population.goals import Goal
    from sosei.reports.population.outlook import Outlook

_TO = click.option(
    "--to",
    "until",
    metavar="2070",
    type=click.IntRange(1900, 2200),
    default=2070,
    show_default=True,
    help="最後の年 / the last year",
)
_SCENARIOS = click.option(
    "--scenario",
    "names",
    metavar="FILE|PRESET",
    multiple=True,
    help="シナリオ（既定は pattern1, simulation1, simulation2） / scenarios (default: the national ones)",
)
_TABLES = ("scenarios", "groups", "components")
_CHARTS = (
    "total",
    "groups",
    "group-lines",
    "pyramid",
    "scenario-pyramid",
    "components",
    "scenarios",
    "contribution",
)
_WITH_CENSUS = frozenset(("total", "groups", "group-lines"))
"""The charts that show the census always; pyramids do where a year of it may be asked for."""
_FORMATS = frozenset(("csv", "json", "md", "pdf", "svg", "xlsx"))
_GOALS = {"hitoyoshi": 22000.0}
"""The target of an example whose plan prints none: made up, and said to be."""


class Draws(NamedTuple):
    """How often rates are shaken, and where the random numbers begin."""

    draws: int
    seed: int


def _output(endings: str) -> Callable[..., Any]:
    return click.option(
        "-o",
        "--output",
        metavar=endings,
        type=click.Path(path_type=Path),
        required=True,
        help="書き出す先。拡張子が形式を決める / where to write; the ending decides the format",
    )


@click.command()
@click.argument("kind", type=click.Choice(_TABLES))
@published
@AREA
@_TO
@_SCENARIOS
@_output("FILE.csv|FILE.xlsx")
@QUIET
def table(kind: str, until: int, names: tuple[str, ...], output: Path, quiet: bool, **given: Any) -> None:
    """シナリオ、年齢3区分、増減の内訳の表を CSV か Excel に。 / Tables as CSV or Excel.

    scenarios はシナリオと年の表（指数・差・比）、groups は年齢3区分と割合、components は期間ごとの増減の内訳です。
    """
    from sosei.formats.output import write_output
    from sosei.reports.population.table_files import table_csv, tables_xlsx
    from sosei.reports.population.tables import component_table, group_table, scenario_table

    form = _form(output, "csv", "xlsx")
    keep_inputs(given.values(), output)
    makers = {"scenarios": scenario_table, "groups": group_table, "components": component_table}
    with telling(quiet=quiet) as tell:
        made = read_outlook(take_files(given), until, names, tell, shows_census=kind == "groups")
        found = makers[kind](made, language())
        name = made.known.name
        data = table_csv(found) if form == "csv" else tables_xlsx(found.title, name, [found])
        write_output(output, data)


@click.command()
@click.argument("kind", type=click.Choice(_CHARTS))
@published
@AREA
@_TO
@_SCENARIOS
@click.option(
    "--year",
    "years",
    metavar="2045",
    type=int,
    multiple=True,
    help="ピラミッドの年（pyramid は二つまで） / years of the pyramids",
)
@_output("FILE.svg|FILE.csv|FILE.xlsx")
@QUIET
def chart(
    kind: str,
    until: int,
    names: tuple[str, ...],
    years: tuple[int, ...],
    output: Path,
    quiet: bool,
    **given: Any,
) -> None:
    """図を SVG に、図の数値の表を CSV か Excel に。 / A chart as SVG, its figures as CSV or Excel.

    total は総人口と推計の幅、groups は年齢3区分の棒、group-lines は年齢3区分の線と交わる年、pyramid は二つの年の、
    scenario-pyramid は二つのシナリオの人口ピラミッド、components は自然増減と社会増減、scenarios はシナリオの比較、
    contribution は出生と移動がそれぞれ加える人数です。出典と注は、図の数値の表に付きます。
    """
    from sosei.formats.output import write_output
    from sosei.reports.charts.population import draw
    from sosei.reports.population.table_files import table_csv, tables_xlsx
    from sosei.reports.population.tables import figure_table

    form = _form(output, "svg", "csv", "xlsx")
    keep_inputs(given.values(), output)
    if years and "pyramid" not in kind:
        raise Problem(
            f"--year は人口ピラミッドだけに使えます（{kind} が指定されました）",
            f"--year is for pyramids only ({kind} was asked for)",
        )
    with telling(quiet=quiet) as tell:
        shows_census = kind in _WITH_CENSUS or (kind == "pyramid" and bool(years))
        made = read_outlook(take_files(given), until, names, tell, shows_census=shows_census)
        figure = _figure(kind, made, years)
        if form == "svg":
            write_output(output, draw(figure.chart, "population").encode())
            for note in figure.notes:
                tell(note)
            return
        found = figure_table(figure, language())
        data = table_csv(found) if form == "csv" else tables_xlsx(found.title, made.known.name, [found])
        write_output(output, data)


@click.command()
@published
@AREA
@_TO
@click.option(
    "--scenario",
    "names",
    metavar="FILE|PRESET",
    multiple=True,
    help="標準の三つに加えるシナリオ（二つまで） / scenarios beside the three national ones",
)
@click.option(
    "--target",
    metavar="22000",
    type=float,
    help="目標人口（既定は、公表された最後の年の人口を保つ場合） / the population to reach",
)
@click.option(
    "--year",
    "years",
    metavar="2045",
    type=int,
    multiple=True,
    help="目標の年（繰り返し可。既定は公表された最後の年と --to の年） / years of the target",
)
@_output("FILE.pdf|FILE.md")
@QUIET
def chapter(
    until: int,
    names: tuple[str, ...],
    target: float | None,
    years: tuple[int, ...],
    output: Path,
    quiet: bool,
    **given: Any,
) -> None:
    """「人口の現状と将来推計」の章を PDF か Markdown に。 / The population chapter, in Japanese.

    Markdown では、図を同じフォルダーの SVG ファイルに分けて書き出します。
    """
    from sosei.formats.output import write_output
    from sosei.reports.documents import population_chapter_document
    from sosei.reports.population.chapter import chapter as chapter_of
    from sosei.reports.population.markdown import chapter_files
    from sosei.reports.population.outlook import STANDARD

    form = _form(output, "pdf", "md")
    keep_inputs(given.values(), output)
    if years and target is None:
        raise Problem(
            "--year は --target と一緒に指定してください",
            "--year goes with --target; give the population too",
        )
    files = take_files(given)
    with telling(quiet=quiet) as tell:
        made = read_outlook(files, until, (*STANDARD, *names), tell, shows_census=True)
        goal = _goal(made, files.example, target, years)
        if form == "md":
            for name, data in chapter_files(chapter_of(made, goal), output.stem).items():
                write_output(output.with_name(name), data)
            return
        document = population_chapter_document(made, goal)
        write_output(output, document.data)
        for warning in document.warnings:
            tell(Words(*warning))


def scenario_document(
    outlook: Outlook, output: Path, draws: Draws | None, say: Callable[[Words], None]
) -> bytes:
    """The comparison of scenarios as a workbook or a chart, as the ending of ``output`` asks.

    The workbook of a comparison with draws has a sheet of them in the last year.  ``say`` is told the sources
    and notes of a chart, which has no place for them.  Raises Problem.
    """
    from sosei.reports.charts.population import draw
    from sosei.reports.population.comparing import draws_table
    from sosei.reports.population.figures import scenario_figure
    from sosei.reports.population.table_files import tables_xlsx
    from sosei.reports.population.tables import scenario_table

    if _form(output, "csv", "xlsx", "svg") == "svg":
        if draws is not None:
            raise Problem(
                f"{output}: 率を揺らした値は図に入りません。.csv か .xlsx にしてください",
                f"{output}: a chart does not hold the draws; write .csv or .xlsx",
            )
        figure = scenario_figure(outlook, language())
        for note in figure.notes:
            say(note)
        return draw(figure.chart, "population").encode()
    found = [scenario_table(outlook, language())]
    if draws is not None:
        found.append(draws_table(outlook, outlook.until, language(), *draws))
    return tables_xlsx(found[0].title, outlook.known.name, found)


def example_goal(outlook: Outlook, city: str) -> Goal | None:
    """The target of an example city; None where its chapter asks what keeps its population."""
    from sosei.reports.population.goals import Goal

    if city not in _GOALS:
        return None
    return Goal(population=_GOALS[city], years=_usual_years(outlook), note="試算のためのサンプルの目標")


def _goal(outlook: Outlook, example: str | None, target: float | None, years: tuple[int, ...]) -> Goal | None:
    from sosei.reports.population.goals import Goal

    if target is None:
        return None if example is None else example_goal(outlook, example)
    return Goal(population=target, years=years or _usual_years(outlook))


def _usual_years(outlook: Outlook) -> tuple[int, ...]:
    """The last published year and the last of all."""
    return tuple(dict.fromkeys((outlook.last_published, outlook.until)))


def _figure(kind: str, outlook: Outlook, years: tuple[int, ...]) -> Figure:
    from sosei.reports.population import figures

    words = language()
    if kind == "pyramid":
        chosen = years or (outlook.base.years[0], outlook.last_published)
        return figures.pyramid_figure(outlook, chosen, words)
    if kind == "scenario-pyramid":
        return figures.scenario_pyramid_figure(outlook, years[0] if years else outlook.until, words)
    makers: dict[str, Callable[[Outlook, str], Figure]] = {
        "total": figures.total_figure,
        "groups": figures.group_figure,
        "group-lines": figures.group_lines_figure,
        "components": partial(figures.flow_figure, at=0),
        "scenarios": figures.scenario_figure,
        "contribution": figures.contribution_figure,
    }
    return makers[kind](outlook, words)


def check_ending(output: Path, *forms: str) -> None:
    """Raise Problem where the name says another of our formats than ``forms``, which no reader could open."""
    if output.suffix.lower().removeprefix(".") in _FORMATS.difference(forms):
        raise _unclear(output, forms)


def _form(output: Path, *forms: str) -> str:
    form = output.suffix.lower().removeprefix(".")
    if form not in forms:
        raise _unclear(output, forms)
    return form


def _unclear(output: Path, forms: tuple[str, ...]) -> Problem:
    ja, en = "か".join(f" .{each} " for each in forms).strip(), " or ".join(f".{each}" for each in forms)
    return Problem(
        f"{output}: 形式が決まりません。拡張子を {ja} にしてください",
        f"{output}: the format is not clear; end the name in {en}",
    )
