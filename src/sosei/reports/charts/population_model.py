"""What the charts of a population show: small records of plain numbers, persons unless said otherwise.

A value of None is a year without a figure; numbers are printed in whole persons, halves up.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from sosei.values import Problem

Values = tuple[float | None, ...]
Look = Literal[
    "history",
    "register",
    "published",
    "earlier",
    "ours",
    "printed",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
]
"""How a line is drawn: by what it is (census, register, projection, earlier projection, our own, printed in a plan) or by
its place."""
PLACES: tuple[Look, ...] = ("first", "second", "third", "fourth", "fifth")
"""The looks of lines that are alike in kind; the dashboard guide allows five colours at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """What every chart has: ``title``, ``unit``, ``language`` (``"en"`` or Japanese)."""

    title: str
    unit: str = "人"
    language: str = "ja"

    def say(self, ja: str, en: str) -> str:
        """The words in the chart's language."""
        return en if self.language == "en" else ja


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One line: a value for each year of the chart."""

    name: str
    values: Values
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A band around a line: ``low`` and ``high`` for each year, None where there is none."""

    name: str
    low: Values
    high: Values
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place of note on the lines: at ``year`` (may lie between two years) and ``value``."""

    year: float
    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLines(Headed):
    """Lines over years: total with projection and fan, age groups, scenarios.

    ``projected_from`` draws a line before that year and says what is census and what projection.
    Raises Problem for years that do not ascend and for a line without a value for each year.
    """

    years: tuple[int, ...]
    curves: tuple[Curve, ...]
    bands: tuple[Band, ...] = ()
    marks: tuple[Mark, ...] = ()
    projected_from: int | None = None

    def __post_init__(self) -> None:
        _check_years(self.years)
        for curve in self.curves:
            _check_length(curve.name, len(curve.values), len(self.years))
        for band in self.bands:
            _check_length(band.name, min(len(band.low), len(band.high)), len(self.years))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBars(Headed):
    """年齢3区分 stacked by year: ``groups`` are (0-14, 15-64, 65 and over) for each year."""

    years: tuple[int, ...]
    groups: tuple[tuple[float, float, float], ...]
    projected_from: int | None = None

    def __post_init__(self) -> None:
        _check_years(self.years)
        _check_length(self.title, len(self.groups), len(self.years))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pyramid:
    """人口ピラミッド: persons by age group, youngest first."""

    name: str
    male: tuple[float, ...]
    female: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pyramids(Headed):
    """One or two pyramids on one scale.  ``ages`` are the labels, youngest first."""

    ages: tuple[str, ...]
    pyramids: tuple[Pyramid, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.pyramids) <= 2:
            raise Problem(
                f"人口ピラミッドは一つか二つを並べます（{len(self.pyramids)} 個が指定されました）",
                f"one or two pyramids stand side by side, not {len(self.pyramids)}",
            )
        for pyramid in self.pyramids:
            _check_length(pyramid.name, min(len(pyramid.male), len(pyramid.female)), len(self.ages))


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A step: births, deaths, migration (in and out where they are known, always the net)."""

    label: str
    births: float
    deaths: float
    net: float
    into: float | None = None
    out: float | None = None

    @property
    def natural(self) -> float:
        """自然増減."""
        return self.births - self.deaths


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows(Headed):
    """Births, deaths, in and out of each step with natural and social change."""

    flows: tuple[Flow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a difference, signed, for each year of the chart."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Headed):
    """What each of two parts (fertility, migration) adds to a population, by year."""

    years: tuple[int, ...]
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        _check_years(self.years)
        for part in self.parts:
            _check_length(part.name, len(part.values), len(self.years))


PopulationChart = YearLines | GroupBars | Pyramids | Flows | Contribution


def _check_years(years: tuple[int, ...]) -> None:
    if not years or any(later <= earlier for earlier, later in pairwise(years)):
        raise Problem(
            f"グラフの年は古い順に一つ以上必要です（{'、'.join(map(str, years)) or 'なし'}）",
            f"a chart needs years in ascending order (found {', '.join(map(str, years)) or 'none'})",
        )


def _check_length(name: str, found: int, wanted: int) -> None:
    if found != wanted:
        raise Problem(
            f"「{name}」の値は {wanted} 個必要です（{found} 個ありました）",
            f'"{name}" needs {wanted} values (found {found})',
        )
