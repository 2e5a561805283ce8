"""``sosei population``: projection, scenarios and target seeking on files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sosei.cli.common import OUTPUT, keep_inputs, language
from sosei.cli.population_documents import (
    Draws,
    chapter,
    chart,
    check_ending,
    scenario_document,
    table,
)
from sosei.cli.population_published import (
    AREA,
    QUIET,
    Published,
    published,
    read_known,
    read_outlook,
    setting_under,
    take_files,
    telling,
)
from sosei.values.bilingual import Words
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.cli.population_files import Asked, Setting
    from sosei.population.draws import Shaken
    from sosei.population.engine import Projection

_FEW = 5
_HINT = (
    "（公表された推計から始めるときは --example か --population）",
    " (to start from a published projection give --example or --population)",
)
_FILE = click.Path(path_type=Path)
_YEAR = click.IntRange(0, 9999)
_TO = click.option(
    "--to", "until", metavar="2045", type=_YEAR, required=True, help="最後の年 / the last year"
)
_INPUT = (
    click.option("--base", metavar="BASE.csv", type=_FILE, help="基準人口 / base population"),
    click.option("--assumptions", metavar="ASSUMPTIONS.csv", type=_FILE, help="仮定値 / assumptions"),
    click.option(
        "--out-rate-on",
        "timing",
        type=click.Choice(["start", "survivors"]),
        default="start",
        show_default=True,
        help="転出率を掛ける人口（期首人口、生残者） / whom the out-rate is taken of",
    ),
    click.option(
        "--extend",
        "extended",
        is_flag=True,
        help="最後の期間の先を、その率を固定して延ばす / go beyond the last step with its rates held",
    ),
    click.option(
        "--nation",
        metavar="NATION.csv",
        type=_FILE,
        help="全国推計（その変化を反映して延ばすシナリオに必要） / national projection, for scenarios that follow it",
    ),
)


def _inputs(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of the two files."""
    for option in reversed(_INPUT):
        command = option(command)
    return command


def _asked(until: int, given: dict[str, Any], hint: tuple[str, str] = ("", "")) -> Asked:
    from sosei.cli.population_files import Asked

    for name in ("base", "assumptions"):
        if given[name] is None:
            raise Problem(f"--{name} を指定してください{hint[0]}", f"--{name} is missing{hint[1]}")
    return Asked(until=until, **given)


def _settings(
    until: int, source: Published, given: dict[str, Any], tell: Callable[[Words], None]
) -> Callable[[str | None], Setting]:
    """Gives base and assumptions of one area under a scenario; plain or published files are read once."""
    from sosei.cli.population_files import read_files, setting_of

    if source.given:
        known = read_known(source, tell, shows_census=False)
        return lambda scenario: setting_under(known, until, scenario or "pattern1", tell)
    files = read_files(_asked(until, given, _HINT))
    return lambda scenario: setting_of(files, scenario).alone(source.area)


@click.group()
def population() -> None:
    """人口の将来推計、シナリオ、目標人口からの逆算。 / Population projection, scenarios, targets."""


@population.command()
@_inputs
@_TO
@click.option(
    "--scenario", metavar="FILE|PRESET", help="シナリオ（既定は仮定値のまま） / scenario (default: none)"
)
@click.option(
    "--totals",
    metavar="TOTALS.csv",
    type=_FILE,
    help="全地域の合計を男女・年齢別にこの値に合わせる / scale the sum of all areas to these figures",
)
@click.option(
    "--report",
    metavar="REPORT.csv",
    type=_FILE,
    help="負になるため 0 にしたセルの一覧を書き出す / write every cell that was clipped at zero",
)
@OUTPUT
def project(
    until: int, scenario: str | None, totals: Path | None, report: Path | None, output: Path, **given: Any
) -> None:
    """基準人口と仮定値から、男女別・年齢別の将来人口を求める。 / Project a population by sex and age.

    BASE.csv は area,year,sex,age,value、ASSUMPTIONS.csv は area,from,to,kind,sex,age,value の列を持つ表です。
    TOTALS.csv は BASE.csv と同じ列で、地域は一つ（全地域の合計）です。
    BASE.csv has the columns area,year,sex,age,value, ASSUMPTIONS.csv area,from,to,kind,sex,age,value,
    TOTALS.csv those of BASE.csv with one area, the sum of all.
    """
    from sosei.cli.population_files import read_files, run, setting_of, with_totals
    from sosei.formats.output import check_place, write_output
    from sosei.formats.population_plain import clips_csv, population_csv
    from sosei.population.control import adjustment_words

    check_ending(output, "csv")
    keep_inputs((*given.values(), totals), output, report)
    asked = _asked(until, given)
    setting = with_totals(setting_of(read_files(asked), scenario), totals)
    found = run(setting, asked)
    if report is not None:
        check_place(report, output)
    write_output(output, population_csv(found.panel))
    if report is not None:
        write_output(report, clips_csv(found.clips))
    with telling() as tell:
        _say_clips(found, tell)
        if adjusted := adjustment_words(found):
            tell(adjusted)
        _say_unused(setting, tell)


@population.command(name="scenario")
@published
@_inputs
@_TO
@AREA
@click.option(
    "--scenario",
    "names",
    metavar="FILE|PRESET",
    multiple=True,
    default=("pattern1", "simulation1", "simulation2"),
    show_default=True,
    help="比べるシナリオ。最初のものが差と比の基準 / scenarios; the first is what the others are measured by",
)
@click.option(
    "--draws",
    metavar="1000",
    type=click.IntRange(100, 100_000),
    help="出生と移動の率を乱数で揺らした計算の回数。10％・50％・90％の値を加える / runs with shaken rates; adds bands",
)
@click.option(
    "--seed",
    metavar="1",
    type=click.IntRange(0, 2**32 - 1),
    help="乱数の種。同じ種なら同じ値になる（既定は 1） / seed of the draws (default: 1)",
)
@OUTPUT
@QUIET
def compare_scenarios(
    until: int,
    names: tuple[str, ...],
    draws: int | None,
    seed: int | None,
    output: Path,
    quiet: bool,
    **given: Any,
) -> None:
    """シナリオ別の総人口を、指数・差・比とともに CSV に書き出す。 / Compare scenarios as CSV.

    備え付け: pattern1, simulation1, simulation2, closed, pattern3, pattern1-nation。
    公表された推計から始めるときは、拡張子 .xlsx で表に、.svg で図にもなります。
    From a published projection also as a table (.xlsx) and as a chart (.svg).
    """
    from sosei.cli.population_forms import comparison_csv
    from sosei.formats.output import write_output
    from sosei.population.compare import check_names, compare
    from sosei.population.engine import project as projected

    check_ending(output, "csv", "xlsx", "svg")
    keep_inputs((*given.values(), *map(Path, names)), output)
    source, shaking = take_files(given), _shaking(draws, seed)
    with telling(quiet=quiet) as tell:
        if output.suffix.lower() in (".xlsx", ".svg"):
            made = read_outlook(source, until, names, tell, shows_census=False)
            write_output(output, scenario_document(made, output, shaking, tell))
            return
        under = _settings(until, source, given, tell)
        settings, panels = [under(name) for name in names], {}
        check_names([setting.name.of(language()) for setting in settings])
        for setting in settings:
            found = projected(setting.base, setting.assumptions, until)
            panels[setting.name.of(language())] = found.panel
            _say_clips(found, tell)
        comparison = compare(panels, settings[0].base.areas[0])
        write_output(output, comparison_csv(comparison, _bands(settings, shaking, tell)))


@population.command()
@published
@_inputs
@AREA
@click.option(
    "--target", metavar="22000", type=float, required=True, help="目標人口 / the population to reach"
)
@click.option(
    "--year",
    "years",
    metavar="2045",
    type=_YEAR,
    multiple=True,
    required=True,
    help="年（繰り返し可） / year(s)",
)
@click.option(
    "--by",
    "levers",
    type=click.Choice(["families", "tfr", "out"]),
    multiple=True,
    default=("families", "tfr", "out"),
    help="手段: 移住世帯、出生率、転出の抑制（既定はすべて） / lever (default: all)",
)
@click.option(
    "--family",
    default="couple-30s-child",
    show_default=True,
    help="世帯構成: couple-30s-child, couple-20s, couple-60s, woman-20s / who comes in a family",
)
@click.option(
    "--tfr-by",
    metavar="2030",
    type=_YEAR,
    help="出生率が達する年（既定は2030年か、基準年がそれ以後なら最初の期間の終わり） / "
    "year the TFR is reached in (default: 2030, or the end of the first step where that is later)",
)
@click.option("--scenario", metavar="FILE|PRESET", help="土台のシナリオ / scenario to start from")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), help="形式（既定は拡張子による） / format"
)
@OUTPUT
@QUIET
def solve(  # noqa: PLR0913, PLR0917 - one parameter an option
    target: float,
    years: tuple[int, ...],
    levers: tuple[str, ...],
    family: str,
    tfr_by: int | None,
    scenario: str | None,
    form: str | None,
    output: Path,
    quiet: bool,
    **given: Any,
) -> None:
    """目標人口に達するには、世帯・出生率・転出の抑制がどれだけ必要か。 / What a target population needs."""
    from sosei.cli.population_forms import ANSWERS, levers_named
    from sosei.formats.output import write_output
    from sosei.population.solve import solve as solved

    if form is None:
        check_ending(output, "txt", "json")
    keep_inputs((*given.values(), *([] if scenario is None else [Path(scenario)])), output)
    ending = "json" if output.suffix.lower() == ".json" else "text"
    with telling(quiet=quiet) as tell:
        setting = _settings(max(years), take_files(given), given, tell)(scenario)
        chosen = levers_named(levers, family, tfr_by, setting.assumptions)
        targets = dict.fromkeys(years, target)
        answers = [
            answer for lever in chosen for answer in solved(lever, setting.base, setting.assumptions, targets)
        ]
        write_output(output, ANSWERS[form or ending](answers, language()))


def _shaking(draws: int | None, seed: int | None) -> Draws | None:
    """The draws asked for.  Raises Problem for a seed without any."""
    from sosei.population.draws import SEED

    if draws is None and seed is not None:
        raise Problem("--seed は --draws と一緒に指定してください", "--seed goes with --draws; give it too")
    return None if draws is None else Draws(draws, SEED if seed is None else seed)


def _bands(
    settings: list[Setting], shaking: Draws | None, tell: Callable[[Words], None]
) -> tuple[Shaken, ...]:
    """The draws of every setting, ``tell`` being told what they are; none where none are asked for."""
    from sosei.population.draws import shaken
    from sosei.reports.population.comparing import shaken_words

    if shaking is None:
        return ()
    for words in shaken_words(settings[0].name, shaking.draws):
        tell(words)
    return shaken(settings[0].base, [each.assumptions for each in settings], *shaking)


def _say_clips(found: Projection, tell: Callable[[Words], None]) -> None:
    """What was clipped: never silent, never thousands of lines."""
    clips = found.clips
    for clip in clips[:_FEW]:
        tell(clip.words())
    if len(clips) > _FEW:
        persons = sum(clip.persons for clip in clips)
        tell(
            Words(
                f"負になるため 0 にしたセルは全部で {len(clips)}、{persons:.3f}人です（project の --report で一覧を書き出します）",
                f"{len(clips)} cells were clipped at zero in all, {persons:.3f} persons (project --report writes them)",
            )
        )


def _say_unused(setting: Setting, tell: Callable[[Words], None]) -> None:
    if setting.unused:
        tell(
            Words(
                f"仮定値のうち、基準人口にない {setting.unused} 地域の分は使っていません",
                f"areas of the assumptions that the base population does not have are not used: {setting.unused}",
            )
        )


for command in (table, chart, chapter):
    population.add_command(command)
