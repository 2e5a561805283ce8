"""The parts of the chapter, before any layout."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.reports.charts.population import PopulationChart
from sosei.reports.population.tables import Table


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """図: a chart with its number (図1) and the notes under it."""

    number: str
    chart: PopulationChart
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """表: a table with its number (表1)."""

    number: str
    table: Table


@dataclass(frozen=True, slots=True)
class List:
    """Points one under the other."""

    points: tuple[str, ...]


Block = Paragraph | Picture | Numbered | List


@dataclass(frozen=True, slots=True)
class Section:
    """（1） ... under a heading of the chapter; without a title the blocks stand under that heading itself."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """１ ... of the chapter."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """人口の現状と将来推計 of a municipality."""

    title: str
    municipality: str
    headings: tuple[Heading, ...]
    footer: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in order."""
        return tuple(
            block for heading in self.headings for section in heading.sections for block in section.blocks
        )
