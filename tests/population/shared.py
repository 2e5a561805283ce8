"""Published projections beside the checkout, for tests that replay all of Japan; skipped where they are not there."""

from __future__ import annotations

import csv
import os
import subprocess
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest

from sosei.population.ages import AgeScheme
from sosei.population.panel import Origin, Panel

IPSS = "国立社会保障・人口問題研究所"
H30 = Origin(f"{IPSS}『日本の地域別将来推計人口（平成30(2018)年推計）』", "結果表", "H30", "published")
H29 = Origin(f"{IPSS}『日本の将来推計人口（平成29年推計）』", "出生中位・死亡中位", "H29", "published")


def population_data() -> Path:
    """The folder with the published tables; skips the test where there is none.

    ``SOSEI_SHARED`` names the folder ``shared``; without it, it stands beside the main checkout.
    """
    named = os.environ.get("SOSEI_SHARED")
    shared = Path(named) if named else _beside_checkout()
    folder = shared / "data/population"
    if not (folder / "ipss_h30_results_all.csv").is_file():
        pytest.skip(f"the published tables are not in {folder}; set SOSEI_SHARED")
    return folder


def _beside_checkout() -> Path:
    here = Path(__file__).resolve().parents[2]
    asked = ["git", "-C", str(here), "rev-parse", "--path-format=absolute", "--git-common-dir"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    root = Path(found.stdout.strip()).parent if found.returncode == 0 else here
    return root.parent / "shared"


@lru_cache
def h30() -> Panel:
    """H30, 2015 (base) to 2045, every area of the table, wards and prefectures too."""
    with (population_data() / "ipss_h30_results_all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    years = tuple(sorted({int(row[4][:4]) for row in rows}))
    areas = tuple(dict.fromkeys(row[0].zfill(5) for row in rows))
    names = {row[0].zfill(5): row[3] or row[2] for row in rows}
    place = {code: at for at, code in enumerate(areas)}
    values = np.zeros((len(years), 2, 19, len(areas)))
    for row in rows:
        year, area = years.index(int(row[4][:4])), place[row[0].zfill(5)]
        values[year, 0, :, area] = [float(cell) for cell in row[25:44]]
        values[year, 1, :, area] = [float(cell) for cell in row[44:63]]
    return Panel(values, years, AgeScheme(5, 19), areas, tuple(names[code] for code in areas), (H30,))


@lru_cache
def h30_kinds() -> dict[str, str]:
    """市などの別 of every area: a prefecture, 1 designated city, 0 ward, 2 city, 3 town or village."""
    with (population_data() / "ipss_h30_results_all.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row[0].zfill(5): row[1] for row in list(csv.reader(file))[1:]}


@lru_cache
def h29_nation() -> Panel:
    """The national projection, medium fertility and mortality, 2015 to 2065, ages to 100 and over."""
    sexes = {"男性": 0, "女性": 1}
    with (population_data() / "ipss_national_h29_medium_sex_age5.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    years = tuple(sorted({int(row["year"]) for row in rows}))
    values = np.zeros((len(years), 2, 21, 1))
    for row in rows:
        age = int("".join(c for c in row["age"].split("~")[0] if c.isdigit())) // 5
        values[years.index(int(row["year"])), sexes[row["sex"]], age, 0] = float(row["value"])
    return Panel(values, years, AgeScheme(5, 21), ("00000",), ("全国",), (H29,))
