"""A second projection, written from the published equations in plain Python and apart from the engine.

It reads the two plain files with the csv module and keeps every figure in a dictionary; it shares no code
with ``sosei.population``.  Equations: 社人研『日本の地域別将来推計人口』, cohort-component method.

    P[i,s,a+1](t+w) = P[i,s,a](t) * (S[i,s,a] + n[i,s,a] - o[i,s,a]) + d[i,s,a] * Pool[s,a]
    Pool[s,a]       = sum over j of o[j,s,a] * P[j,s,a](t)       (or a stored pool)
    the last two groups flow into the open one, each by its own row
    plus net counts, cell by cell or a total times a profile
    C[i](t+w)       = CWR[i] * sum of P[i,female,15-49](t+w);  boys = C * m, girls = C - boys
    or births       = w * sum of f[a] * (P[i,female,a](t) + P[i,female,a](t+w)) / 2, 105.2 boys to 100 girls, survived
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict

Figures = dict[tuple[str, int, str, int], float]


def peer(base_text: str, rates_text: str, until: int, on_survivors: bool = False) -> Figures:
    """Persons by area, year, sex and age, from the base year to ``until``."""
    population: Figures = {}
    for row in csv.DictReader(io.StringIO(base_text)):
        population[row["area"], int(row["year"]), row["sex"], int(row["age"])] = float(row["value"])
    rates: dict[str, dict[tuple[str, int, str, int], float]] = defaultdict(dict)
    for row in csv.DictReader(io.StringIO(rates_text)):
        age = int(row["age"] or 0) if row["sex"] != "both" else 0
        rates[row["kind"]][row["area"], int(row["from"]), row["sex"], age] = float(row["value"])
    areas = sorted({area for area, _, _, _ in population})
    ages = sorted({age for _, _, _, age in population})
    year = min(when for _, when, _, _ in population)
    width = ages[1] - ages[0]
    while year < until:
        _step(population, rates, areas, ages, (year, year + width), on_survivors)
        year += width
    return population


def _step(
    population: Figures,
    rates: dict[str, dict[tuple[str, int, str, int], float]],
    areas: list[str],
    ages: list[int],
    years: tuple[int, int],
    on_survivors: bool,
) -> None:
    start, end = years
    for sex in ("male", "female"):
        for area in areas:
            for age in ages:
                population[area, end, sex, age] = 0.0
        for age in ages:
            leaving = {}
            for area in areas:
                key = (area, start, sex, age)
                out_rate = rates["out_rate"].get(key, 0.0)
                if on_survivors:
                    out_rate *= rates["survival"][key]
                leaving[area] = out_rate * population[key]
            for area in areas:
                key = (area, start, sex, age)
                pool = rates["pool"].get(key, sum(leaving.values()))
                stay = rates["survival"][key] + rates["net_migration"].get(key, 0.0)
                arrive = rates["in_share"].get(key, 0.0) * pool
                into = min(age + ages[1], ages[-1])
                counted = rates["net_count"].get(key, 0.0)
                counted += rates["net_total"].get((area, start, "both", 0), 0.0) * rates["net_profile"].get(
                    key, 0.0
                )
                population[area, end, sex, into] += population[key] * stay - leaving[area] + arrive + counted
    for area in areas:
        if rates["fertility"]:
            _births(population, rates, area, ages, years)
            continue
        women = sum(population[area, end, "female", age] for age in ages if 15 <= age < 50)
        children = rates["cwr"][area, start, "both", 0] * women
        boys = children * rates["male_share_0_4"][area, start, "both", 0]
        population[area, end, "male", 0] = boys
        population[area, end, "female", 0] = children - boys


def _births(
    population: Figures,
    rates: dict[str, dict[tuple[str, int, str, int], float]],
    area: str,
    ages: list[int],
    years: tuple[int, int],
) -> None:
    start, end = years
    births = 0.0
    for age in ages:
        women = (population[area, start, "female", age] + population[area, end, "female", age]) / 2
        births += (end - start) * women * rates["fertility"].get((area, start, "female", age), 0.0)
    for sex, of_births in (("male", 105.2 / 205.2), ("female", 100 / 205.2)):
        population[area, end, sex, 0] = births * of_births * rates["birth_survival"][area, start, sex, 0]
