"""What the population commands work on, from plain files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, cast

from sosei.formats.population import read_population as read_published
from sosei.formats.population_plain import is_plain, read_panel, read_population
from sosei.formats.population_rates import Rates, read_rates
from sosei.plan.reading import read_bytes
from sosei.population.apply import apply
from sosei.population.assumptions import Assumptions
from sosei.population.control import controlled
from sosei.population.engine import Projection, project
from sosei.population.extension import hold_last
from sosei.population.migration import Timing
from sosei.population.panel import Panel
from sosei.population.scenario import Scenario
from sosei.population.scenario_files import named_on, parse_scenario, preset_scenario
from sosei.values import Problem, Words


class Setting(NamedTuple):
    """Base and assumptions that fit each other; ``unused`` areas of the assumptions have no base.

    ``name`` is that of the scenario put on them, as it is called on that base; empty where there is none.
    """

    base: Panel
    assumptions: Assumptions
    unused: int
    name: Words

    def alone(self, code: str | None) -> Setting:
        """The setting of one area, with the pool of a run of all kept.  Raises Problem where none is named."""
        if code is None and len(self.base.areas) > 1:
            raise Problem(
                f"基準人口に {len(self.base.areas)} 地域があります。--area で一つを指定してください",
                f"the base population has {len(self.base.areas)} areas; name one with --area",
            )
        chosen = self.base.areas[0] if code is None else code
        base, assumptions = project(self.base, self.assumptions).alone(chosen)
        return self._replace(base=base, assumptions=assumptions)


class Asked(NamedTuple):
    """The files and switches of a command."""

    base: Path
    assumptions: Path
    until: int
    timing: str
    extended: bool
    nation: Path | None = None


class Files(NamedTuple):
    """What the files hold, before a scenario is put on."""

    asked: Asked
    base: Panel
    rates: Rates
    nation: Panel | None


def read_files(asked: Asked) -> Files:
    """All files read and checked.  Raises Problem."""
    base = read_population(read_bytes(asked.base), str(asked.base))
    timing = cast("Timing", asked.timing)
    rates = read_rates(read_bytes(asked.assumptions), str(asked.assumptions), base, timing)
    nation = None if asked.nation is None else _of_any_layout(asked.nation)
    return Files(asked, base, rates, nation)


def _of_any_layout(path: Path) -> Panel:
    """A population by sex and age: a plain file, or a published table of any layout.  Raises Problem."""
    data = read_bytes(path)
    if is_plain(data):
        return read_panel(data, str(path))
    panel = read_published(data, str(path)).panel
    if panel is None:
        raise Problem(
            f"{path}: 総人口や年齢3区分だけの表です。男女・5歳階級別の人口の表を指定してください",
            f"{path}: this is a table of totals or age groups only; name one by sex and five-year age groups",
        )
    return panel


def setting_of(files: Files, scenario: str | None = None) -> Setting:
    """The setting as ``scenario`` says, up to the last year; beyond the last step only where asked for."""
    asked, base, given = files.asked, files.base, files.rates.assumptions
    until = asked.until if asked.extended else min(asked.until, given.ends[-1])
    chosen = None if scenario is None else named_on(fitting(scenario, base, given), None)
    try:
        if chosen is not None:
            given = apply(chosen, base, given, max(until, given.ends[0]), files.nation)
        elif until > given.ends[-1]:
            given = hold_last(given, until)
        name = Words("", "") if chosen is None else Words(chosen.name.ja, chosen.name.en)
        return Setting(base, _up_to(asked, base, given), files.rates.unused, name)
    except Problem as problem:
        follows = chosen is not None and chosen.follows_nation and asked.nation is not None
        at = asked.nation if follows and until > files.rates.assumptions.ends[-1] else asked.assumptions
        raise _at(at, problem) from None


def _up_to(asked: Asked, base: Panel, given: Assumptions) -> Assumptions:
    """The steps from the base to the year asked for.  Raises Problem, which names --extend where that would help."""
    try:
        return given.between(base.years[0], asked.until)
    except Problem as problem:
        more = asked.until - given.ends[-1]
        if base.years[0] not in given.starts or more <= 0 or more % given.ages.width:
            raise
        raise Problem(
            f"{problem.ja}。--extend を付けると、最後の期間の率を固定して延ばせます",
            f"{problem.en}; --extend goes on with the rates of the last step",
        ) from None


def with_totals(setting: Setting, path: Path | None) -> Setting:
    """``setting`` scaled to the totals in the file ``path``; itself without one.  Raises Problem."""
    if path is None:
        return setting
    totals = _of_any_layout(path)
    try:
        return setting._replace(assumptions=controlled(setting.assumptions, totals))
    except Problem as problem:
        raise _at(path, problem) from None


def run(setting: Setting, asked: Asked) -> Projection:
    """The projection of a setting.  Raises Problem with the file whose rates make more people than can be counted."""
    try:
        return project(setting.base, setting.assumptions, asked.until)
    except Problem as problem:
        raise _at(asked.assumptions, problem) from None


def _at(path: Path | None, problem: Problem) -> Problem:
    return Problem(f"{path}: {problem.ja}", f"{path}: {problem.en}")


def fitting(name: str, base: Panel, given: Assumptions) -> Scenario:
    """The scenario called ``name``, tried on the steps there are.

    Raises Problem, with the file of the scenario where its ages or its fertility do not go with ``given``.
    """
    scenario = scenario_named(name)
    try:
        apply(scenario, base, given)
    except Problem as problem:
        raise _at(Path(name), problem) from None
    return scenario


def scenario_named(name: str) -> Scenario:
    """The scenario in a TOML file, or the preset of that name.  Raises Problem."""
    path = Path(name)
    if path.suffix != ".toml" and not path.exists():
        return preset_scenario(name)
    try:
        return parse_scenario(read_bytes(path).decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        raise Problem(
            f"{name}: UTF-8 で書かれていません。UTF-8 で保存し直してください",
            f"{name}: is not written in UTF-8; save it again as UTF-8",
        ) from None
