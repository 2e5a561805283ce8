"""How far a published projection was off: by size of the municipality and by years ahead.

The projection of 2018 (base 2015) is set against the census of 2020 for five years ahead, and against
the projection of 2023 for ten and more, because nothing later is known yet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from sosei.population.panel import Array

SIZES = (0, 1_000, 3_000, 5_000, 10_000, 30_000, 100_000, 300_000)
"""人口規模: the smallest population in the base year of each class of size."""
QUANTILES = (10, 25, 50, 75, 90)

Against = Literal["census", "projection"]
_COLUMNS = (
    "size_from",
    "years_ahead",
    "against",
    "areas",
    "mean_percent",
    "sd_percent",
    "median_abs_percent",
)


@dataclass(frozen=True, slots=True)
class Score:
    """One class of size, one horizon.

    ``mean``, ``sd`` and ``median_abs`` are of the error in percent, projected over later minus 1: a
    negative mean says that the projection was too low.  ``ratios`` are the quantiles (10, 25, 50, 75,
    90 percent) of the later figure over the projected one.
    """

    size_from: int
    years_ahead: int
    against: Against
    areas: int
    mean: float
    sd: float
    median_abs: float
    ratios: tuple[float, ...]


def score(
    base: Array, projected: Array, later: Array, years_ahead: int, against: Against
) -> tuple[Score, ...]:
    """The scores of all classes of size that have two areas or more.

    ``base`` is the population in the base year, ``projected`` and ``later`` that of the later year,
    each ``[area]`` and above zero.
    """
    bounds = [*SIZES, np.inf]
    found: list[Score] = []
    for low, high in pairwise(bounds):
        inside = (base >= low) & (base < high)
        if int(inside.sum()) < 2:
            continue
        error = (projected[inside] / later[inside] - 1) * 100
        ratios = np.quantile(later[inside] / projected[inside], [q / 100 for q in QUANTILES])
        found.append(
            Score(
                int(low),
                years_ahead,
                against,
                int(inside.sum()),
                float(error.mean()),
                float(error.std(ddof=1)),
                float(np.median(np.abs(error))),
                tuple(float(ratio) for ratio in ratios),
            )
        )
    return tuple(found)


def to_csv(scores: Sequence[Score], notes: Sequence[str] = ()) -> str:
    """The scores as CSV, with lines of comment (#) in front."""
    out = io.StringIO(newline="")
    out.writelines(f"# {note}\n" for note in notes)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_COLUMNS, *(f"ratio_q{q}" for q in QUANTILES)])
    for row in sorted(scores, key=lambda row: (row.size_from, row.years_ahead)):
        figures = [f"{value:.4f}" for value in (row.mean, row.sd, row.median_abs)]
        ratios = [f"{ratio:.6f}" for ratio in row.ratios]
        writer.writerow([row.size_from, row.years_ahead, row.against, row.areas, *figures, *ratios])
    return out.getvalue()


def from_csv(text: str) -> tuple[Score, ...]:
    """The scores that ``to_csv`` wrote."""
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Score(
            int(row["size_from"]),
            int(row["years_ahead"]),
            "census" if row["against"] == "census" else "projection",
            int(row["areas"]),
            float(row["mean_percent"]),
            float(row["sd_percent"]),
            float(row["median_abs_percent"]),
            tuple(float(row[f"ratio_q{q}"]) for q in QUANTILES),
        )
        for row in rows
    )
