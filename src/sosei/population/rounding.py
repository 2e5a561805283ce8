"""端数処理: whole persons whose sums fit, made once, for tables; the figures inside stay unrounded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sosei.population.panel import Array, Panel

Whole = NDArray[np.int64]


def half_up(values: Array) -> Whole:
    """四捨五入 of numbers of 0 or more, as spreadsheets round (Python rounds half to even)."""
    return np.floor(np.asarray(values) + 0.5).astype(np.int64)


def largest_remainder(values: Array, totals: Whole) -> Whole:
    """Whole numbers along the last axis that add up to ``totals`` (the other axes).

    Each is the number below or above its value as long as a total is nearer than one per cell to its sum;
    the largest remainders go up, of equal ones the first.  All zero where the values are and the total is.
    """
    below = np.floor(values).astype(np.int64)
    missing = np.asarray(totals) - below.sum(axis=-1)
    order = np.argsort(below - values, axis=-1, kind="stable")  # largest remainder first
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.broadcast_to(np.arange(values.shape[-1]), order.shape), axis=-1)
    every, rest = np.divmod(missing, values.shape[-1])
    return np.asarray(below + every[..., None] + (rank < rest[..., None]))


def whole_persons(panel: Panel) -> Whole:
    """``panel`` in whole persons ``[year, sex, age, area]``: each area's total is rounded half up, then split.

    The sexes add up to the total and the ages to each sex, as in the tables of 社人研; each cell is the whole
    number below or above its value, or next to it where the rounding of the total asks for it.
    """
    by_sex = np.moveaxis(panel.values.sum(axis=2), 1, -1)  # [year, area, sex]
    sexes = largest_remainder(by_sex, half_up(by_sex.sum(axis=-1)))
    by_age = np.moveaxis(panel.values, (1, 2), (-2, -1))  # [year, area, sex, age]
    return np.ascontiguousarray(np.moveaxis(largest_remainder(by_age, sexes), (-2, -1), (1, 2)))
