"""影響度 and 人口減少段階, with the thresholds as data."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from sosei.population.panel import Panel
from sosei.population.scenario_files import shipped
from sosei.values import Problem, Words


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Percentages at which ranks and stages begin (``presets/impact.toml``)."""

    natural: tuple[float, ...]
    social: tuple[float, ...]
    elderly: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """影響度: percentages and ranks of natural and of social change.

    ``natural`` = simulation 1 over pattern 1, ``social`` = simulation 2 over simulation 1, in percent: how
    much it would change if fertility rose, and if in addition nobody moved.  Ratios, not added effects.
    """

    year: int
    natural: float
    social: float
    natural_rank: int
    social_rank: int


STAGES = (
    Words("人口は減少していない", "the population does not fall"),
    Words("第1段階（老年人口は増加）", "stage 1 (the elderly increase)"),
    Words("第2段階（老年人口は維持・微減）", "stage 2 (the elderly are level or slightly fewer)"),
    Words("第3段階（老年人口は減少）", "stage 3 (the elderly decrease)"),
)
"""人口減少段階 from 0, as a sentence has them."""
STAGE_NAMES = (
    Words("減少なし", "no decline"),
    *(Words(f"第{stage}段階", f"stage {stage}") for stage in range(1, len(STAGES))),
)
"""The same, as short as a cell has them."""


@cache
def shipped_thresholds() -> Thresholds:
    """The thresholds that come along."""
    data = tomllib.loads(shipped("impact.toml"))
    return Thresholds(**{key: tuple(values) for key, values in data.items()})


def impact(
    pattern1: Panel, simulation1: Panel, simulation2: Panel, year: int, thresholds: Thresholds | None = None
) -> tuple[Impact, ...]:
    """影響度 of every area in ``year``.  Raises Problem where an area has nobody left to compare with."""
    limits = thresholds or shipped_thresholds()
    totals = [panel.at(year).total()[0].tolist() for panel in (pattern1, simulation1, simulation2)]
    found = []
    for code, one, two, three in zip(pattern1.areas, *totals, strict=True):
        if one <= 0 or two <= 0:
            raise Problem(
                f"{code} の{year}年の人口が 0 のため、影響度を求められません",
                f"{code} has no population in {year}, so there is no impact to find",
            )
        natural, social = two / one * 100, three / two * 100
        ranks = (rank(natural, limits.natural), rank(social, limits.social))
        found.append(Impact(year, natural, social, *ranks))
    return tuple(found)


def rank(percent: float, limits: tuple[float, ...]) -> int:
    """1 below the first limit, and one more from each limit on (the limit itself belongs to the higher rank)."""
    return bisect_right(limits, percent) + 1


def decline_stages(panel: Panel, thresholds: Thresholds | None = None) -> tuple[tuple[int, ...], ...]:
    """人口減少段階 of each area for each year after the first: 0 where the total is not below the first year's.

    ``STAGES`` has the words.  The elderly are those of 65 and over, in percent of the first year.
    """
    limits = thresholds or shipped_thresholds()
    total, elderly = panel.total(), panel.between(65)
    return tuple(
        tuple(
            _stage(
                float(total[0, area]),
                float(total[year, area]),
                float(elderly[0, area]),
                float(elderly[year, area]),
                limits,
            )
            for year in range(1, len(panel.years))
        )
        for area in range(len(panel.areas))
    )


def _stage(base: float, total: float, base_elderly: float, elderly: float, limits: Thresholds) -> int:
    if total >= base:
        return 0
    percent = elderly / base_elderly * 100 if base_elderly > 0 else 0.0
    above, level = limits.elderly
    if percent > above:
        return 1
    return 2 if percent >= level else 3
