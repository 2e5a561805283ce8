"""One row of TABLE.csv, read: what files give and what is evaluated, without a plan around it.

It stands in this room because the file formats and the evaluation both know it and neither knows
the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sosei.plan.indicator import Counting, Direction, Role
from sosei.values import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A placement with its indicator and values, as one row of a table holds them.

    ``line``       the line of the file on which the row begins, from 1.
    ``baseline2``  the baseline that replaces the printed one (置き換えた基準値).
    ``targets``, ``actuals``, ``printed`` (達成率 as published) and ``grades`` (評価区分 as published)
    by the year in which the fiscal or calendar year begins; empty cells have no entry.
    """

    line: int
    id: str
    name: str
    indicator: str = ""
    place: str = ""
    role: Role = Role.KPI
    unit: str = ""
    direction: Direction = Direction.UNDECIDED
    counting: Counting = Counting.UNKNOWN
    baseline: Quantity | None = None
    baseline2: Quantity | None = None
    target: Quantity | None = None
    targets: Mapping[int, Quantity]
    actuals: Mapping[int, Quantity]
    printed: Mapping[int, Quantity]
    grades: Mapping[int, str]
