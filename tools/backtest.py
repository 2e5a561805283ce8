"""Sets the regional projection of 2018 against the census of 2020 and the projection of 2023.

    python tools/backtest.py [FOLDER]

FOLDER holds ``ipss_h30_results_all.csv`` and ``ipss_r5_totals_all.csv``; without it, it is
``data/population`` in the folder that SOSEI_SHARED names, or in ``shared`` beside the checkout.
Writes src/sosei/population/data/backtest.csv.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import numpy as np

from sosei.formats.population import read_population
from sosei.formats.population_areas import code_on
from sosei.formats.population_reading import Group, once
from sosei.population.backtest import Score, score, to_csv
from sosei.values import Problem

ROOT = Path(__file__).resolve().parents[1]
STORED = ROOT / "src/sosei/population/data/backtest.csv"
LATER = date(2023, 12, 22)
"""The projection of 2023 has the codes of this day."""
NOTES = (
    "国立社会保障・人口問題研究所『日本の地域別将来推計人口（平成30（2018）年推計）』の総人口を、",
    "同『令和5（2023）年推計』の総人口（2020年は国勢調査）と市区町村ごとに比べた差。人口規模は2015年。",
    "福島県は平成30年推計が県全体だけなので除く。市制施行でコードだけが変わった市（那珂川市）は同じ市として比べる。",
    "python tools/backtest.py が作る。手で書き換えない。",
)


def folder(arguments: list[str]) -> Path:
    """Where the statistics lie."""
    if arguments:
        return Path(arguments[0])
    return Path(os.environ.get("SOSEI_SHARED") or ROOT.parent / "shared") / "data/population"


def scores(data: Path) -> list[Score]:
    """The scores of all classes of size for 5, 10 ... 30 years ahead."""
    earlier, later = (
        read_population((data / name).read_bytes(), name)
        for name in ("ipss_h30_results_all.csv", "ipss_r5_totals_all.csv")
    )
    if earlier.panel is None or later.sums is None:
        raise Problem("推計の表ではありません", "these are not the tables of the projections")
    panel, sums = earlier.panel, later.sums
    known = {area.code for area in sums.areas}
    pairs = [(code, code_on(code, LATER)) for code in once(earlier.areas)]
    pairs = [(old, new) for old, new in pairs if new in known]
    at = [panel.areas.index(old) for old, _ in pairs]
    totals = panel.total()[:, at]
    found: list[Score] = []
    for step, year in enumerate(panel.years[1:], 1):
        real = np.array([sums.values[new, year, Group.TOTAL] for _, new in pairs])
        found += score(
            totals[0], totals[step], real, year - panel.years[0], "census" if year == 2020 else "projection"
        )
    return found


def main() -> int:
    """Write the stored result."""
    STORED.parent.mkdir(exist_ok=True)
    STORED.write_text(to_csv(scores(folder(sys.argv[1:])), NOTES), encoding="utf-8")
    print(STORED.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
