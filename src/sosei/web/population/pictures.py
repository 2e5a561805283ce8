"""A chart as pages show it: the drawing, what it shows in words, its figures as a table, its notes."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.reports.charts.population import draw
from sosei.reports.population.figures import Figure
from sosei.reports.population.tables import Table, figure_table


@dataclass(frozen=True, slots=True)
class Picture:
    """``key`` is a plain word, once on a page; the notes stand in ``table``."""

    key: str
    title: str
    drawing: str
    table: Table


def picture(key: str, figure: Figure, language: str) -> Picture:
    """The picture of ``figure``."""
    return Picture(key, figure.chart.title, draw(figure.chart, key), figure_table(figure, language))
