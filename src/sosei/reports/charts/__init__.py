"""Small SVG charts for documents and pages: pure functions from a record to text, the same bytes every time.

Each chart goes with ``data_table`` (its figures) and ``describe`` (the alternative text).
"""

from sosei.reports.charts.bar import bar
from sosei.reports.charts.bullet import bullet, bullet_key
from sosei.reports.charts.model import Comparison, Figure, Point, Size, YearChart
from sosei.reports.charts.series import series
from sosei.reports.charts.sparkline import sparkline
from sosei.reports.charts.words import data_table, describe

__all__ = [
    "Comparison",
    "Figure",
    "Point",
    "Size",
    "YearChart",
    "bar",
    "bullet",
    "bullet_key",
    "data_table",
    "describe",
    "series",
    "sparkline",
]
