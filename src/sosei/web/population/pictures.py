"""A chart as pages show it: the drawing, what it shows in words, its figures as a table, its notes."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.reports.charts.model import Size
from sosei.reports.charts.population import PopulationChart, Pyramids, draw, pyramids_size
from sosei.reports.population.figures import Figure
from sosei.reports.population.tables import Table, figure_table

_PHONE = Size(308, 300)


@dataclass(frozen=True, slots=True)
class Picture:
    """``key`` is a plain word, once on a page; ``narrow`` is drawn for a phone; the notes stand in ``table``."""

    key: str
    title: str
    drawing: str
    narrow: str
    table: Table


def picture(key: str, figure: Figure, language: str) -> Picture:
    """The picture of ``figure``."""
    return Picture(
        key,
        figure.chart.title,
        draw(figure.chart, key),
        narrow(figure.chart, key),
        figure_table(figure, language),
    )


def narrow(chart: PopulationChart, key: str) -> str:
    """``chart`` drawn for a phone; pyramids one under the other, as high as their ages need."""
    size = pyramids_size(chart, _PHONE.width) if isinstance(chart, Pyramids) else _PHONE
    return draw(chart, f"{key}narrow", size)
