"""A value chosen for the calculation: where it comes from, and its number or why there is none."""

from __future__ import annotations

from typing import NamedTuple

from sosei.scheme.quantity import Pair
from sosei.scheme.reasons import NoRate
from sosei.values import Quantity


class Picked(NamedTuple):
    """``how`` says how a value was made that stands in no cell: sum, path, share, zero."""

    value: Pair | NoRate
    quantity: Quantity | None = None
    year: int | None = None
    older: bool = False
    how: str = ""
