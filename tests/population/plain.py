"""The two plain files of a projection, written from assumptions by net rates."""

from __future__ import annotations

import numpy as np

from sosei.population.assumptions import Assumptions
from sosei.population.fertility import ChildWoman
from sosei.population.migration import NetRate
from sosei.population.panel import SEXES, Array, Panel

BASE_HEADER = "area,year,sex,age,value"
RATES_HEADER = "area,from,to,kind,sex,age,value"


def base_text(base: Panel) -> str:
    """BASE.csv."""
    rows = (f"{area},{year},{sex},{age},{value!r}" for area, year, sex, age, value in base.to_rows())
    return "\n".join([BASE_HEADER, *rows]) + "\n"


def rates_text(assumptions: Assumptions) -> str:
    """ASSUMPTIONS.csv of survival, net rates, child-woman ratio and male share."""
    migration, fertility = assumptions.migration, assumptions.fertility
    assert isinstance(migration, NetRate)
    assert isinstance(fertility, ChildWoman)
    rows = [
        *_by_age(assumptions, "survival", assumptions.survival),
        *_by_age(assumptions, "net_migration", migration.rate),
        *_of_all(assumptions, "cwr", fertility.cwr),
        *_of_all(assumptions, "male_share_0_4", fertility.male_share),
    ]
    return "\n".join([RATES_HEADER, *rows]) + "\n"


def _by_age(of: Assumptions, kind: str, values: Array) -> list[str]:
    whole = np.broadcast_to(values, (len(of.starts), 2, of.ages.groups, len(of.areas)))
    return [
        f"{area},{start},{start + of.ages.width},{kind},{sex},{age},{value!r}"
        for start, by_sex in zip(of.starts, whole, strict=True)
        for sex, by_age in zip(SEXES, by_sex, strict=True)
        for age, by_area in zip(of.ages.lower, by_age, strict=True)
        for area, value in zip(of.areas, by_area.tolist(), strict=True)
    ]


def _of_all(of: Assumptions, kind: str, values: Array) -> list[str]:
    whole = np.broadcast_to(values, (len(of.starts), len(of.areas)))
    return [
        f"{area},{start},{start + of.ages.width},{kind},both,0,{value!r}"
        for start, by_area in zip(of.starts, whole, strict=True)
        for area, value in zip(of.areas, by_area.tolist(), strict=True)
    ]
