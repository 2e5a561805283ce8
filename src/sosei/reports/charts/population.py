"""The charts of a population: each a function of a small record, with its data table and its words.

``draw`` gives the SVG of any of them, ``population_table`` its figures, ``describe`` the alternative text.
"""

from __future__ import annotations

from sosei.reports.charts.model import Size
from sosei.reports.charts.population_bars import contribution, flows, group_bars
from sosei.reports.charts.population_lines import lines
from sosei.reports.charts.population_model import (
    PLACES,
    Band,
    Contribution,
    Curve,
    Flow,
    Flows,
    GroupBars,
    Look,
    Mark,
    Part,
    PopulationChart,
    Pyramid,
    Pyramids,
    YearLines,
)
from sosei.reports.charts.population_pyramid import pyramids, pyramids_size
from sosei.reports.charts.population_words import describe, group_names, percent, population_table

__all__ = [
    "PLACES",
    "Band",
    "Contribution",
    "Curve",
    "Flow",
    "Flows",
    "GroupBars",
    "Look",
    "Mark",
    "Part",
    "PopulationChart",
    "Pyramid",
    "Pyramids",
    "YearLines",
    "contribution",
    "describe",
    "draw",
    "flows",
    "group_bars",
    "group_names",
    "lines",
    "percent",
    "population_table",
    "pyramids",
    "pyramids_size",
]


def draw(chart: PopulationChart, prefix: str, size: Size | None = None) -> str:
    """``chart`` as an SVG document, at its natural size unless ``size`` says otherwise.

    Raises Problem for a prefix that is no plain word and for a size below 300 x 160.
    """
    given = () if size is None else (size,)
    match chart:
        case YearLines():
            return lines(chart, prefix, *given)
        case GroupBars():
            return group_bars(chart, prefix, *given)
        case Pyramids():
            return pyramids(chart, prefix, *given)
        case Flows():
            return flows(chart, prefix, *given)
        case Contribution():
            return contribution(chart, prefix, *given)
