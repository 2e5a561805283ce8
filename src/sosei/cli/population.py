"""``sosei population``: projection, scenarios and target seeking on files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sosei.cli.common import OUTPUT, language

if TYPE_CHECKING:
    from sosei.population.engine import Projection

_FEW = 5
FILE = click.Path(path_type=Path)
BASE = click.option(
    "--base", metavar="BASE.csv", type=FILE, required=True, help="基準人口 / the base population"
)
ASSUMPTIONS = click.option(
    "--assumptions",
    metavar="ASSUMPTIONS.csv",
    type=FILE,
    required=True,
    help="仮定値 / the assumptions",
)
TIMING = click.option(
    "--out-rate-on",
    type=click.Choice(["start", "survivors"]),
    default="start",
    show_default=True,
    help="転出率を掛ける人口（期首人口、生残者） / whom the out-rate is taken of",
)
EXTEND = click.option(
    "--extend",
    type=click.Choice(["last-step-held"]),
    help="最後の期間の先を、その率を固定して延ばす / go beyond the last step with its rates held",
)


@click.group()
def population() -> None:
    """人口の将来推計。 / Population projection."""


@population.command()
@BASE
@ASSUMPTIONS
@click.option("--to", "until", metavar="2045", type=int, required=True, help="最後の年 / the last year")
@OUTPUT
@TIMING
@EXTEND
@click.option(
    "--report",
    metavar="REPORT.csv",
    type=FILE,
    help="負になるため 0 にしたセルの一覧を書き出す / write every cell that was clipped at zero",
)
def project(  # noqa: PLR0913, PLR0917 - one parameter an option
    base: Path,
    assumptions: Path,
    until: int,
    output: Path,
    out_rate_on: str,
    extend: str | None,
    report: Path | None,
) -> None:
    """基準人口と仮定値から、男女別・年齢別の将来人口を求める。 / Project a population by sex and age.

    BASE.csv は area,year,sex,age,value、ASSUMPTIONS.csv は area,from,to,kind,sex,age,value の列を持つ表です。
    BASE.csv has the columns area,year,sex,age,value, ASSUMPTIONS.csv area,from,to,kind,sex,age,value.
    """
    from sosei.cli.population_files import read_setting
    from sosei.formats.output import write_output
    from sosei.formats.population_plain import clips_csv, population_csv
    from sosei.population.engine import project as projected

    setting = read_setting(base, assumptions, until, out_rate_on, extend is not None)
    found = projected(setting.base, setting.assumptions, until)
    write_output(output, population_csv(found.panel))
    if report is not None:
        write_output(report, clips_csv(found.clips))
    _say_clips(found)
    if setting.unused:
        _say(
            f"仮定値のうち、基準人口にない {setting.unused} 地域の分は使っていません",
            f"the assumptions of {setting.unused} areas that the base population does not have are not used",
        )


def _say_clips(found: Projection) -> None:
    """What was clipped, on the error stream: never silent, never thousands of lines."""
    clips = found.clips
    for clip in clips[:_FEW]:
        words = clip.words()
        _say(words.ja, words.en)
    if len(clips) > _FEW:
        persons = sum(clip.persons for clip in clips)
        _say(
            f"負になるため 0 にしたセルは全部で {len(clips)}、{persons:.3f}人です（--report で一覧を書き出します）",
            f"{len(clips)} cells were clipped at zero in all, {persons:.3f} persons (--report writes them)",
        )


def _say(ja: str, en: str) -> None:
    click.echo(f"sosei: {en if language() == 'en' else ja}", err=True)
