"""What the population commands work on, from published files of any layout or from an example."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from sosei.cli.common import language
from sosei.values.problem import Problem

if TYPE_CHECKING:
    from sosei.cli.population_files import Setting
    from sosei.formats.population_reading import Reading
    from sosei.plan.model import Plan
    from sosei.population.engine import Clip
    from sosei.population.panel import Panel
    from sosei.population.scenario import Scenario
    from sosei.reports.population.known import Known, Series
    from sosei.reports.population.outlook import Outlook
    from sosei.values import Words

_FILE = click.Path(path_type=Path)
EXAMPLES = ("aso", "hitoyoshi")
QUIET = click.option("--quiet", is_flag=True, help="何も表示しない / say nothing")
AREA = click.option("--area", metavar="43203", help="地域のコード（一つだけなら不要） / the area's code")
_OPTIONS = (
    click.option("--example", type=click.Choice(EXAMPLES), help="例の都市 / an example city"),
    click.option(
        "--population",
        "projection",
        metavar="FILE",
        type=_FILE,
        help="男女・年齢別の将来推計人口（社人研の結果表など） / projected population by sex and age",
    ),
    click.option("--census", metavar="FILE", type=_FILE, help="国勢調査の人口 / census population"),
    click.option(
        "--register",
        metavar="FILE",
        type=_FILE,
        help="住民基本台帳の人口（1月1日） / population of the resident register",
    ),
    click.option(
        "--newer",
        metavar="FILE",
        type=_FILE,
        help="新しい推計の総人口と年齢3区分 / totals and age groups of a newer projection",
    ),
    click.option(
        "--national",
        metavar="FILE",
        type=_FILE,
        help="全国の将来推計人口（既定は平成29年推計） / national projection (default: that of 2017)",
    ),
    click.option(
        "--plan",
        metavar="PLAN.json",
        type=_FILE,
        help="計画に印字された推計人口を並べる / set what the plan prints beside",
    ),
)


def published(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name published files."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Published(NamedTuple):
    """The published files as asked for; ``area`` is a code."""

    example: str | None
    projection: Path | None
    census: Path | None
    register: Path | None
    newer: Path | None
    national: Path | None
    plan: Path | None
    area: str | None

    @property
    def given(self) -> bool:
        """Whether any published file or example is named."""
        return self.example is not None or self.projection is not None


def take_files(given: dict[str, Any]) -> Published:
    """The published files out of a command's options, which lose them.  Raises Problem for both kinds."""
    files = Published(*(given.pop(name, None) for name in Published._fields))
    if files.example is not None and (files.projection or files.census or files.register or files.newer):
        raise Problem(
            "--example と、--population・--census・--register・--newer は一緒に使えません。どちらかにしてください",
            "--example does not go with --population, --census, --register or --newer; use one or the other",
        )
    return files


def read_known(files: Published, say: Callable[[Words], None], *, shows_census: bool) -> Known:
    """What the files hold of one area; ``say`` is told what a reader must know, of the census where it is shown.

    Raises Problem.
    """
    from dataclasses import replace

    from sosei.plan.reading import read_plan
    from sosei.reports.population.known import known_example, printed_in

    if files.example is not None:
        _check_example_area(files.example, files.area)
        known = known_example(files.example, None if files.plan else _example_plan(files.example))
    elif files.projection is not None:
        known = _of_files(files, files.projection, say, say if shows_census else _nobody)
    else:
        raise Problem(
            "--example か --population で、もとになる将来推計人口を指定してください",
            "name the projected population to work on with --example or --population",
        )
    if files.plan is None:
        return known
    plan = read_plan(files.plan)
    _check_same_place(plan, known, files.plan)
    return replace(known, printed=printed_in(plan))


def _check_example_area(example: str, area: str | None) -> None:
    """Raise Problem where --area names another place than the example."""
    from sosei.formats.population_examples import CITIES

    city = CITIES[example]
    if area is not None and _five(area) != city.code:
        raise Problem(
            f"--area {area} は --example {example}（{city.name} {city.code}）の地域ではありません",
            f"--area {area} is not the area of --example {example} ({city.name} {city.code})",
        )


def _five(code: str) -> str:
    """A code of six digits without its check digit.  Raises Problem where that is wrong."""
    from sosei.formats.population_labels import read_code

    if len(code) != 6 or not code.isdecimal():
        return code
    five = read_code(code)
    if five is None:
        raise Problem(
            f"--area {code} の検査数字（6桁目）が合いません。5桁か、正しい6桁の団体コードにしてください",
            f"--area {code} has a wrong check digit (the sixth); name the area by five digits or the right six",
        )
    return five


def _check_same_place(plan: Plan, known: Known, path: Path) -> None:
    """Raise Problem for the plan of another municipality; a table without codes is taken at its word."""
    code = (plan.municipality.code or "")[:5]
    if code and known.code.isdecimal() and code != known.code:
        raise Problem(
            f"{path}: {plan.municipality.name}（{code}）の計画です。人口は{known.name}（{known.code}）のものです",
            f"{path}: this is the plan of {plan.municipality.name} ({code}); the population is that of {known.name} "
            f"({known.code})",
        )


def read_outlook(
    files: Published,
    until: int,
    names: tuple[str, ...],
    say: Callable[[Words], None],
    *,
    shows_census: bool,
) -> Outlook:
    """The runs of the scenarios called ``names`` (none: the standard ones).  Raises Problem."""
    made = _said(read_known(files, say, shows_census=shows_census), until, names, say)
    for scenario, run in zip(made.scenarios, made.runs, strict=True):
        if run.clips:
            say(_clipped(scenario, run.clips))
    return made


def _clipped(scenario: Scenario, clips: tuple[Clip, ...]) -> Words:
    """How many cells of a run were set to zero; project --report lists them."""
    from sosei.values import Words

    count, persons = len(clips), sum(clip.persons for clip in clips)
    return Words(
        f"「{scenario.name.ja}」では、負になる {count} セルを 0 にしました（{persons:,.1f}人を調整）",
        f'"{scenario.name.en}": {count} cells that would be negative were set to 0 ({persons:,.1f} persons adjusted)',
    )


def _said(known: Known, until: int, names: tuple[str, ...], say: Callable[[Words], None]) -> Outlook:
    """The runs, ``say`` being told how the years beyond the published ones came about."""
    from sosei.cli.population_files import fitting
    from sosei.population.ratios import derive
    from sosei.reports.population.outlook import outlook
    from sosei.reports.population.sources import beyond

    given = derive(known.projection, known.nation).assumptions
    base = known.projection.at(known.projection.years[0])
    made = outlook(known, until, [fitting(name, base, given) for name in names] or None)
    if made.is_extended:
        say(beyond(made))
    return made


def setting_under(known: Known, until: int, name: str, say: Callable[[Words], None]) -> Setting:
    """Base and assumptions of ``known`` under the scenario called ``name``.  Raises Problem."""
    from sosei.cli.population_files import Setting
    from sosei.reports.population.sources import DERIVED, missed
    from sosei.values import Words

    made = _said(known, until, (name,), say)
    say(DERIVED)
    if made.missed[0]:
        say(missed(made))
    called = made.scenarios[0].name
    return Setting(made.base, made.runs[0].assumptions, 0, Words(called.ja, called.en))


@contextmanager
def telling(*, quiet: bool = False) -> Iterator[Callable[[Words], None]]:
    """Says remarks on the error stream, each once, when the work is done.

    Where it fails, the sentence on what is wrong stands alone.
    """
    remarks: list[Words] = []
    yield remarks.append
    if not quiet:
        for text in dict.fromkeys(words.of(language()) for words in remarks):
            click.echo(f"sosei: {text}", err=True)


def _nobody(_: Words) -> None:
    """Is told, and says nothing."""


def _of_files(
    files: Published, projection: Path, say: Callable[[Words], None], of_census: Callable[[Words], None]
) -> Known:
    from sosei.formats.population_examples import national
    from sosei.population.ratios import check_steps
    from sosei.reports.population.known import Known

    area = None if files.area is None else _five(files.area)
    panel = _panel(_read(projection, area, say), projection, area)
    try:
        check_steps(panel)
    except Problem as problem:
        raise Problem(f"{projection}: {problem.ja}", f"{projection}: {problem.en}") from None
    code, name = panel.areas[0], panel.names[0] or panel.areas[0]
    nation = (
        national()
        if files.national is None
        else _panel(_read(files.national, None, say), files.national, None)
    )
    if files.national is not None:
        _check_nation(nation, panel, files.national)
    return Known(
        code=code,
        name=name,
        projection=panel,
        nation=nation,
        census=_series(files.census, code, of_census),
        register=_series(files.register, code, say),
        newer=_series(files.newer, code, say),
    )


def _check_nation(nation: Panel, panel: Panel, path: Path) -> None:
    """Raise Problem where the national projection is that of the area itself or of a smaller one."""
    ours, theirs = float(panel.total()[0, 0]), float(nation.total()[0, 0])
    is_itself = nation.areas == panel.areas and nation.areas[0].strip("0") != ""
    if is_itself or theirs < ours:
        raise Problem(
            f"{path}: 全国の将来推計人口ではありません（{nation.names[0] or nation.areas[0]} {nation.years[0]}年 {theirs:,.0f}人）",
            f"{path}: this is not the projection of the nation ({nation.names[0] or nation.areas[0]}, "
            f"{theirs:,.0f} in {nation.years[0]})",
        )


def _series(path: Path | None, code: str, say: Callable[[Words], None]) -> Series | None:
    from sosei.reports.population.known import series_of

    if path is None:
        return None
    reading = _read(path, code or None, say)
    try:
        return series_of(reading, code)
    except Problem as problem:
        raise Problem(f"{path}: {problem.ja}", f"{path}: {problem.en}") from None


def _read(path: Path, area: str | None, say: Callable[[Words], None]) -> Reading:
    from sosei.formats.population import read_population
    from sosei.plan.reading import read_bytes

    reading = read_population(read_bytes(path), str(path), None if area is None else {area})
    for remark in reading.remarks:
        say(remark)
    return reading


def _panel(reading: Reading, path: Path, area: str | None) -> Panel:
    """The people of one area by sex and age.  Raises Problem where the file has none or several."""
    if reading.panel is None:
        raise Problem(
            f"{path}: 総人口や年齢3区分だけの表です。男女・5歳階級別の人口の表を指定してください",
            f"{path}: this is a table of totals or age groups only; name one by sex and five-year age groups",
        )
    panel = reading.panel
    if area is not None:
        return panel.area(area)
    if len(panel.areas) > 1:
        raise Problem(
            f"{path}: {len(panel.areas)} 地域があります。--area で一つを指定してください",
            f"{path}: there are {len(panel.areas)} areas; name one with --area",
        )
    return panel


def _example_plan(city: str) -> Plan:
    from sosei.plan.examples import NAMES, example_paths
    from sosei.plan.reading import read_plan

    return read_plan(dict(zip(NAMES, example_paths(), strict=True))[city])
