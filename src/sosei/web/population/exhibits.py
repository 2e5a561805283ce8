"""図表: a picture with its figures, or a table alone, as pages show it and as files hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sosei.reports.charts.model import Size
from sosei.reports.charts.population import PopulationChart, Pyramids, draw, pyramids_size
from sosei.reports.population.figures import Figure
from sosei.reports.population.table_files import table_csv, tables_xlsx
from sosei.reports.population.tables import Table, figure_table

_PHONE = Size(308, 300)
FORMS: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The forms in which an exhibit is kept, and what they are to a browser."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """``key`` is a plain word, once on a page; the notes stand in ``table``."""

    key: str
    table: Table
    chart: PopulationChart | None = None

    @classmethod
    def of(cls, key: str, figure: Figure, language: str) -> Self:
        """The picture of ``figure`` with its figures."""
        return cls(key, figure_table(figure, language), figure.chart)

    @property
    def title(self) -> str:
        """What stands above it."""
        return self.table.title

    @property
    def drawing(self) -> str:
        """The picture as SVG; empty for a table alone."""
        return draw(self.chart, self.key) if self.chart else ""

    @property
    def narrow(self) -> str:
        """The picture drawn for a phone; pyramids one under the other, as high as their ages need."""
        if self.chart is None:
            return ""
        size = pyramids_size(self.chart, _PHONE.width) if isinstance(self.chart, Pyramids) else _PHONE
        return draw(self.chart, f"{self.key}narrow", size)

    def file(self, form: str, municipality: str) -> bytes | None:
        """The picture as SVG, the table as CSV or a workbook; None where there is no such file."""
        match form:
            case "svg" if self.chart is not None:
                return self.drawing.encode()
            case "csv":
                return table_csv(self.table)
            case "xlsx":
                return tables_xlsx(self.title, municipality, [self.table])
            case _:
                return None
