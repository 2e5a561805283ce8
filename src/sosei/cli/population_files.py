"""A projection's setting from two plain files."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple, cast

from sosei.formats.population_plain import read_population
from sosei.formats.population_rates import read_rates
from sosei.plan.reading import read_bytes
from sosei.population.assumptions import Assumptions
from sosei.population.extension import hold_last
from sosei.population.panel import Panel
from sosei.values import Problem


class Setting(NamedTuple):
    """Base and assumptions that fit each other; ``unused`` areas of the assumptions have no base."""

    base: Panel
    assumptions: Assumptions
    unused: int


def read_setting(base: Path, assumptions: Path, until: int, timing: str, extended: bool) -> Setting:
    """Both files read and checked, up to ``until``.  Raises Problem."""
    panel = read_population(read_bytes(base), str(base))
    rates = read_rates(
        read_bytes(assumptions), str(assumptions), panel, cast("Literal['start', 'survivors']", timing)
    )
    given = rates.assumptions
    if extended and until > given.ends[-1]:
        given = hold_last(given, until)
    try:
        return Setting(panel, given.between(panel.years[0], until), rates.unused)
    except Problem as problem:
        raise Problem(f"{assumptions}: {problem.ja}", f"{assumptions}: {problem.en}") from None
