"""The pictures and tables of 現状と推計 by name: what the page shows and what is downloaded are the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sosei.reports.population.figures import (
    Figure,
    contribution_figure,
    flow_figure,
    group_figure,
    group_lines_figure,
    pyramid_figure,
    total_figure,
)
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import Outlook, outlook
from sosei.reports.population.table_files import tables_xlsx
from sosei.reports.population.tables import editions_table
from sosei.values import Words
from sosei.web.population.asked import Asked
from sosei.web.population.exhibits import Exhibit
from sosei.web.population.years import horizons


@dataclass(frozen=True, slots=True)
class Shown:
    """What is computed for one request: up to the year asked for, and as far as pyramids may be asked for."""

    outlook: Outlook
    far: Outlook
    years: tuple[int, ...]
    language: str

    def exhibits(self, *names: str) -> tuple[Exhibit, ...]:
        """The pictures and the tables of those names, as far as they exist here."""
        return tuple(each for name in names if (each := self._exhibit(name)) is not None)

    def _exhibit(self, name: str) -> Exhibit | None:
        if name in _FIGURES:
            return Exhibit.of(name, _FIGURES[name](self), self.language)
        table = editions_table(self.outlook, self.language) if name == EDITIONS else None
        return None if table is None else Exhibit(name, table)


EDITIONS, ALL = "editions", "all"
_FIGURES: Mapping[str, Callable[[Shown], Figure]] = {
    "total": lambda shown: total_figure(shown.outlook, shown.language),
    "groups": lambda shown: group_figure(shown.outlook, shown.language),
    "group-lines": lambda shown: group_lines_figure(shown.outlook, shown.language),
    "pyramid": lambda shown: pyramid_figure(shown.far, shown.years, shown.language),
    "components": lambda shown: flow_figure(shown.outlook, shown.language),
    "contribution": lambda shown: contribution_figure(shown.outlook, shown.language),
}
NAMES: Mapping[str, Words] = {
    "total": Words("総人口", "total population"),
    EDITIONS: Words("二つの推計の比較", "two projections"),
    "groups": Words("年齢3区分別人口", "three age groups"),
    "group-lines": Words("年齢3区分の交わる年", "age groups overtaking"),
    "pyramid": Words("人口ピラミッド", "population pyramids"),
    "components": Words("自然増減と社会増減", "natural and social change"),
    "contribution": Words("出生と移動の寄与", "contributions"),
    ALL: Words("人口の現状と将来推計", "history and projection"),
}
"""What each file is called, in the order of the page."""


def shown(known: Known, wanted: Asked, language: str) -> Shown:
    """What ``wanted`` needs.  Raises Problem where the projection's rates cannot be derived."""
    near = outlook(known, wanted.until)
    end = horizons(known)[-1]
    return Shown(near, near if end == wanted.until else outlook(known, end), wanted.years, language)


def file_of(name: str, form: str, of: Shown) -> bytes | None:
    """A picture as SVG, its figures or a table as CSV or workbook, all tables as one; None: there is no such file."""
    municipality = of.outlook.known.name
    if name == ALL:
        tables = [each.table for each in of.exhibits(*NAMES)]
        return tables_xlsx(NAMES[ALL].of(of.language), municipality, tables) if form == "xlsx" else None
    return next((each.file(form, municipality) for each in of.exhibits(name)), None)
