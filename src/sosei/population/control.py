"""合計値への補正: control totals put on a run, and how much they moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sosei.population.assumptions import Assumptions
from sosei.population.engine import Projection
from sosei.population.panel import Panel
from sosei.values import Problem, Words


def controlled(assumptions: Assumptions, totals: Panel) -> Assumptions:
    """``assumptions`` with every step that ends in a year of ``totals`` scaled to it, sex by sex and age by age.

    ``totals`` is the sum of all areas of the run, as one area; older groups than those of the run are added
    up.  Raises Problem for several areas, for ages that do not fit and where no step ends in any of its years.
    """
    if len(totals.areas) != 1:
        raise Problem(
            f"合計値は全地域の合計だけの表にしてください（{len(totals.areas)} 地域があります）",
            f"control totals must be the sums of all areas alone (there are {len(totals.areas)} areas)",
        )
    if totals.ages.width != assumptions.ages.width:
        raise Problem(
            f"合計値が{totals.ages.width}歳きざみです。{assumptions.ages.width}歳きざみにしてください",
            f"the control totals are by groups of {totals.ages.width} years; they must be of {assumptions.ages.width}",
        )
    fitting = totals.with_open_group(assumptions.ages.lower[-1])
    if not set(fitting.years) & set(assumptions.ends):
        raise Problem(
            "合計値に、推計する年がありません", "the control totals are of no year that is projected"
        )
    values = np.full((len(assumptions.starts), *fitting.values.shape[1:3]), np.nan)
    for step, end in enumerate(assumptions.ends):
        if end in fitting.years:
            values[step] = fitting.at(end).values[0, ..., 0]
    return replace(assumptions, totals=values)


def adjustment_words(found: Projection) -> Words | None:
    """How many people control totals added or took in each year; None where there are none.

    Cells in which nobody lives cannot be scaled; they are counted.
    """
    totals = found.assumptions.totals
    if totals is None or found.adjusted is None:
        return None
    arrivals = found.assumptions.arrivals
    counted = found.panel.values[1:] - (0.0 if arrivals is None else arrivals)
    unmet = int(((totals > 0) & (counted.sum(axis=-1) <= 0)).sum())
    used = np.asarray(~np.isnan(totals).all(axis=(1, 2)))
    net = found.adjusted.sum(axis=(1, 2, 3))[used].tolist()
    years = [end for end, is_used in zip(found.assumptions.ends, used, strict=True) if is_used]
    moved = float(np.abs(found.adjusted).sum())
    ja = "、".join(f"{year}年 {persons:+,.1f}人" for year, persons in zip(years, net, strict=True))
    en = ", ".join(f"{year} {persons:+,.1f}" for year, persons in zip(years, net, strict=True))
    words = Words(
        f"合計値に合わせる補正をしました（{ja}、延べ{moved:,.1f}人）",
        f"scaled to the control totals ({en}; {moved:,.1f} persons moved in all)",
    )
    if not unmet:
        return words
    return Words(
        f"{words.ja}。人のいない {unmet} セルは合わせられません",
        f"{words.en}; {unmet} cells in which nobody lives cannot be scaled",
    )
