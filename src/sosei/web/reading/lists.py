"""The whole list of a plan's KPIs: what is asked for, which rows fit, in which order, on which page.

Pure: the rows come from an edition's tables or from a draft's document and are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from sosei.checks.finding import Words
from sosei.plan.indicator import Direction, Role
from sosei.scheme.quantity import amount
from sosei.scheme.reasons import NoRate
from sosei.values import parse_quantity
from sosei.web.reading.pages import asked_page
from sosei.web.reading.rows import PlacementRow, YearRow
from sosei.web.reading.searching import folded
from sosei.web.reading.words import DIRECTIONS, ROLES

SIZES = (50, 100)
REACHED, NOT_REACHED, NO_RATE, DIFFICULT, GRADE = "reached", "open", "none", "difficult", "class:"
STATES: Mapping[str, Words] = {
    REACHED: Words("達成", "Reached"),
    NOT_REACHED: Words("未達成", "Not reached"),
    NO_RATE: Words("達成率なし", "No rate"),
    DIFFICULT: Words("課題のあるもの", "Difficult"),
}


@dataclass(frozen=True)
class ListRow:
    """A placement with its values by year; ``has_findings`` whether the review speaks of it."""

    row: PlacementRow
    years: Mapping[int, YearRow]
    has_findings: bool = False

    @cached_property
    def folded(self) -> str:
        """What a word is looked for in: name, place, goal, measure, divisions."""
        row = self.row
        return folded("\n".join((row.name, row.place, row.goal_name, row.measure_name, *row.divisions)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks of the list; an empty filter lets every row through.

    ``sort`` is a column (``y2024`` for a year's actual); ``size`` the rows a page, None for all.
    """

    goal: str = ""
    measure: str = ""
    role: str = ""
    division: str = ""
    state: str = ""
    direction: str = ""
    findings: str = ""
    text: str = ""
    sort: str = "place"
    descending: bool = False
    size: int | None = SIZES[0]
    page: int = 1

    @property
    def filters(self) -> dict[str, str]:
        """The filters that hold something back, by name."""
        return {name: value for name in _FITS if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; ``group`` heads the choices that belong together."""

    value: str
    name: Words
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What the filters of a list offer, and the years it has columns for."""

    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    years: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the list can be sorted by."""
        return (*_BEFORE_YEARS, *(f"y{year}" for year in self.years), *_BEHIND_YEARS)

    def name(self, filter_name: str, value: str) -> Words:
        """What a filter's value is called."""
        for choice in self.choices.get(filter_name, ()):
            if choice.value == value:
                return choice.name
        return Words(value, value)


@dataclass(frozen=True, slots=True)
class Loosened:
    """A filter with its value, and how many rows there would be without it."""

    filter: str
    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The answer: the rows of the page, how many fit, how many there are.

    ``first`` is the number of the page's first row, from 1; ``loosened`` says of each filter what it
    holds back, where nothing fits.
    """

    rows: tuple[ListRow, ...]
    found: int
    total: int
    page: int
    pages: int
    first: int
    loosened: tuple[Loosened, ...] = ()

    @property
    def last(self) -> int:
        """The number of the page's last row."""
        return self.first + len(self.rows) - 1


def facets(rows: Iterable[ListRow], scale: Sequence[str] = ()) -> Facets:
    """What can be chosen among ``rows``: only what some row has; classes in the order of ``scale``."""
    rows = list(rows)
    named: dict[str, dict[str, Choice]] = {name: {} for name in ("goal", "measure", "division")}
    for each in rows:
        row = each.row
        goal = _joined(row.goal_label, row.goal_name)
        named["goal"].setdefault(row.goal, Choice(row.goal, _same(goal)))
        if row.measure:
            measure = _joined(row.measure_label, row.measure_name)
            named["measure"].setdefault(row.measure, Choice(row.measure, _same(measure), goal))
        for division in row.divisions:
            named["division"].setdefault(division, Choice(division, _same(division)))
    choices = {name: tuple(found.values()) for name, found in named.items()}
    choices["role"] = tuple(Choice(r, ROLES[r]) for r in Role if any(each.row.role == r for each in rows))
    choices["direction"] = tuple(
        Choice(d, DIRECTIONS[d]) for d in Direction if any(each.row.direction == d for each in rows)
    )
    choices["state"] = tuple(_states(rows, scale))
    years = sorted({year for each in rows for year, value in each.years.items() if value.text})
    return Facets(choices=choices, years=tuple(years))


def _states(rows: Sequence[ListRow], scale: Sequence[str]) -> Iterator[Choice]:
    for state, name in STATES.items():
        if any(_is_in_state(each.row, state) for each in rows):
            yield Choice(state, name)
    found = {each.row.grade for each in rows if each.row.grade}
    for grade in dict.fromkeys((*scale, *sorted(found))):
        if grade in found:
            yield Choice(GRADE + grade, Words(f"評価区分 {grade}", f"Class {grade}"))


def asked(query: Mapping[str, str], offered: Facets) -> tuple[Asked, tuple[str, ...]]:
    """What the query string asks for, and the names of what it asks that the list does not have."""
    found: dict[str, Any] = {"text": query.get("text", "").strip()}
    found["findings"] = "1" if query.get("findings") == "1" else ""
    unknown: list[str] = []
    for name, choices in offered.choices.items():
        value = query.get(name, "")
        if not value or any(choice.value == value for choice in choices):
            found[name] = value
        else:
            unknown.append(name)
    if query.get("sort"):
        found["sort"] = query["sort"]
        if found["sort"] not in offered.columns:
            found.pop("sort")
            unknown.append("sort")
    found["descending"] = query.get("desc") == "1"
    size = query.get("size", "")
    found["size"] = None if size == "all" else int(size) if size in map(str, SIZES) else SIZES[0]
    found["page"] = asked_page(query.get("page", ""))
    return Asked(**found), tuple(unknown)


def listed(rows: Sequence[ListRow], wanted: Asked, scale: Sequence[str] = ()) -> Listed:
    """The page of ``rows`` that ``wanted`` asks for; a page behind the last gives the last."""
    found = ordered(matching(rows, wanted), wanted, scale)
    size = wanted.size or max(1, len(found))
    pages = max(1, -(-len(found) // size))
    page = min(wanted.page, pages)
    start = (page - 1) * size
    return Listed(
        rows=tuple(found[start : start + size]),
        found=len(found),
        total=len(rows),
        page=page,
        pages=pages,
        first=start + 1,
        loosened=() if found else tuple(_loosened(rows, wanted)),
    )


def _loosened(rows: Sequence[ListRow], wanted: Asked) -> Iterator[Loosened]:
    for name, value in wanted.filters.items():
        without = replace(wanted, **{name: ""})  # type: ignore[arg-type]
        yield Loosened(name, value, len(matching(rows, without)))


def matching(rows: Iterable[ListRow], wanted: Asked) -> list[ListRow]:
    """The rows that pass every filter, in the order they came."""
    tests = [(_FITS[name], value) for name, value in wanted.filters.items()]
    return [each for each in rows if all(fits(each, value) for fits, value in tests)]


def ordered(rows: Iterable[ListRow], wanted: Asked, scale: Sequence[str] = ()) -> list[ListRow]:
    """``rows`` by the wanted column: stable, and what has no value there comes last in both directions."""
    value_of = _sorter(wanted.sort, scale)
    pairs = [(value_of(each), each) for each in rows]
    known = [pair for pair in pairs if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=wanted.descending)
    return [each for _, each in known] + [each for value, each in pairs if value is None]


def number_of(text: str) -> Decimal | None:
    """The number a printed value counts as, in the base unit (円 for 億円); None where it is none."""
    found = amount(parse_quantity(text)) if text.strip() else NoRate.NO_NUMBER
    return None if isinstance(found, NoRate) else found[0]


def _sorter(column: str, scale: Sequence[str]) -> Callable[[ListRow], Any]:
    if column.startswith("y") and column[1:].isdigit():
        year = int(column[1:])
        return lambda each: each.years[year].number if year in each.years else None
    if column == "class":
        return lambda each: _standing(each.row, scale)
    return _COLUMNS[column]


def _standing(row: PlacementRow, scale: Sequence[str]) -> tuple[int, int] | None:
    """From the worst to the best: not reached before reached, then by the scheme's classes."""
    if not row.grade and row.reached is None:
        return None
    place = scale.index(row.grade) if row.grade in scale else len(scale)
    return (0 if row.reached is None else 1 + row.reached, -place)


def _growth(each: ListRow) -> Decimal | None:
    """How much the last value differs from the first, as a share of the first."""
    numbers = [value.number for value in each.row.spark.values if value.number is not None]
    if len(numbers) < 2 or not numbers[0]:
        return None
    return (numbers[-1] - numbers[0]) / abs(numbers[0])


def _is_in_state(row: PlacementRow, state: str) -> bool:
    if state.startswith(GRADE):
        return row.grade == state.removeprefix(GRADE)
    return {
        REACHED: row.reached is True,
        NOT_REACHED: row.reached is False,
        NO_RATE: bool(row.reason),
        DIFFICULT: row.difficult,
    }[state]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _same(text: str) -> Words:
    return Words(text, text)


_FITS: Mapping[str, Callable[[ListRow, str], bool]] = {
    "goal": lambda each, value: each.row.goal == value,
    "measure": lambda each, value: each.row.measure == value,
    "role": lambda each, value: each.row.role == value,
    "division": lambda each, value: value in each.row.divisions,
    "state": lambda each, value: _is_in_state(each.row, value),
    "direction": lambda each, value: each.row.direction == value,
    "findings": lambda each, _: each.has_findings,
    "text": lambda each, value: all(word in each.folded for word in folded(value).split()),
}
_ROLE_ORDER = tuple(Role)
_COLUMNS: Mapping[str, Callable[[ListRow], Any]] = {
    "place": lambda each: each.row.order,
    "role": lambda each: _ROLE_ORDER.index(Role(each.row.role)),
    "name": lambda each: folded(each.row.name) or None,
    "baseline": lambda each: number_of(each.row.baseline),
    "target": lambda each: number_of(each.row.target),
    "rate": lambda each: each.row.rate,
    "trend": _growth,
    "division": lambda each: each.row.divisions or None,
}
_BEFORE_YEARS = ("place", "role", "name", "baseline", "target")
_BEHIND_YEARS = ("rate", "class", "trend", "division")
