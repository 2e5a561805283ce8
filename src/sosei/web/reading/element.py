"""The page of one element: goal, direction, policy, measure or project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan import walk
from sosei.plan.indicator import Placement, Role, Value
from sosei.plan.model import ColumnField, Element, LevelKind, Table
from sosei.plan.record import Note
from sosei.plan.walk import Placed
from sosei.web.reading.activities import ActivityYear, activity_years
from sosei.web.reading.figures import Trend, trend_of, value_at
from sosei.web.reading.reader import Reader, level_words, title_of
from sosei.web.reading.remarks import (
    AsReadLine,
    DoubtLine,
    ErratumLine,
    NoteLine,
    OpinionLine,
    as_read_lines,
    doubts_of,
    errata_lines,
    note_lines,
    opinion_lines,
)
from sosei.web.reading.rows import PlacementRow, placement_row, rate_text
from sosei.web.reading.tally import Tallier, Tally
from sosei.web.reading.words import BASELINE, EMPTY, ROLES, TARGET, absence_words, label_words


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to a page: an element with what its level is called."""

    key: str
    level: Words
    label: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCell:
    """A row's year: the value as printed there, why there is none, rate, class, and whether it is reached."""

    year: int
    text: str
    absence: Words
    rate_text: str
    grade: str
    reached: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """A row of an element's table of KPIs: the latest figures, every year, and the doubts about them.

    ``baseline_year`` and ``target_year`` are empty where the heading of the column says the same.
    """

    row: PlacementRow
    role: Role
    cells: tuple[YearCell, ...]
    trend: Trend
    baseline_year: Words
    target_year: Words
    doubts: tuple[DoubtLine, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name, and its heading as printed; empty where the source prints none."""

    name: Words
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiTable:
    """The KPIs of one role with the years as columns, and where the source says they come from."""

    role: Role
    years: tuple[int, ...]
    headings: tuple[str, str]
    lines: tuple[IndicatorLine, ...]
    source: str

    @property
    def name(self) -> Words:
        """What the table is called."""
        return ROLES[self.role]

    @property
    def printed_headings(self) -> tuple[Heading, Heading]:
        """The headings of baseline and target with what they are called."""
        return Heading(BASELINE, self.headings[0]), Heading(TARGET, self.headings[1])

    @property
    def has_targets(self) -> bool:
        """Whether any row has a baseline or a target; a project's KPIs usually have neither."""
        return any(line.row.target or line.row.baseline for line in self.lines)

    @property
    def has_grades(self) -> bool:
        """Whether any row has a class."""
        return any(line.row.grade for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPart:
    """A project on its measure's page: what was done each year, its KPIs, its divisions."""

    key: str
    label: str
    name: str
    is_named: bool
    divisions: tuple[str, ...]
    activities: tuple[ActivityYear, ...]
    tables: tuple[KpiTable, ...]
    doubts: tuple[DoubtLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """An element directly below, with its KPIs counted."""

    key: str
    label: str
    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class ChildList:
    """The elements directly below that stand on one level."""

    level: Words
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementPage:
    """Everything the page of an element shows.

    ``crumbs``    the elements above it, outermost first.
    ``name``      as printed, else the beginning of what was done (``is_named`` False).
    ``inherited`` the divisions come from the element above.
    ``tally``     the KPIs here and below; ``tables`` those that stand here, a table a role.
    ``before``, ``after``  the neighbours on the same level in the plan's order.
    """

    key: str
    kind: LevelKind
    level: Words
    label: str
    name: str
    is_named: bool
    crumbs: tuple[Crumb, ...]
    description: str
    is_summary: bool
    divisions: tuple[str, ...]
    inherited: bool
    year: int | None
    tally: Tally
    tables: tuple[KpiTable, ...]
    activities: tuple[ActivityYear, ...]
    project_level: Words
    projects: tuple[ProjectPart, ...]
    children: tuple[ChildList, ...]
    notes: tuple[NoteLine, ...]
    opinions: tuple[OpinionLine, ...]
    errata: tuple[ErratumLine, ...]
    as_read: tuple[AsReadLine, ...]
    doubts: tuple[DoubtLine, ...]
    remark: str
    page: int | None
    before: Crumb | None
    after: Crumb | None

    @property
    def shows_tally(self) -> bool:
        """Whether there is more to count than what stands in the page's own tables."""
        return bool(self.children)


def element_page(reader: Reader, key: str, year: int | None = None) -> ElementPage:
    """The page of the element ``key``; raises KeyError where the plan has none."""
    return _ElementPage(reader, reader.placed[key], reader.latest if year is None else year).page()


def crumb(reader: Reader, element: Element) -> Crumb:
    """An element as a step of a way."""
    return Crumb(element.key, level_words(reader, element), element.label, title_of(element))


class _ElementPage:
    def __init__(self, reader: Reader, placed: Placed, year: int | None) -> None:
        self.reader = reader
        self.placed = placed
        self.element = placed.element
        self.year = year
        self.tallier = Tallier(reader, year)

    def page(self) -> ElementPage:
        element, reader = self.element, self.reader
        divisions = next((e.divisions for e in reversed(self.placed.path) if e.divisions), ())
        before, after = self._neighbours()
        keys = self._own_keys()
        projects = [child for child in element.children if self._is_project(child)]
        return ElementPage(
            key=element.key,
            kind=reader.kind(element),
            level=level_words(reader, element),
            label=element.label,
            name=title_of(element),
            is_named=bool(element.name),
            crumbs=tuple(crumb(reader, each) for each in self.placed.path[:-1]),
            description=element.description.text if element.description else "",
            is_summary=element.description is not None and element.description.summary,
            divisions=tuple(reader.divisions[each] for each in divisions),
            inherited=not element.divisions,
            year=self.year,
            tally=self._tally(element),
            tables=tuple(self._tables(self.placed)),
            activities=tuple(activity_years(reader, element)),
            project_level=level_words(reader, projects[0]) if projects else EMPTY,
            projects=tuple(self._project(each) for each in projects),
            children=tuple(self._child_lists()),
            notes=tuple(note_lines(self._notes(keys))),
            opinions=tuple(opinion_lines(each for each in reader.plan.opinions if each.about in keys)),
            errata=tuple(errata_lines(each for each in reader.plan.errata if each.about in keys)),
            as_read=as_read_lines(element, *element.activities, *element.tables),
            doubts=doubts_of(reader, element, *element.activities),
            remark=element.remark,
            page=next((each.page for each in reversed(self.placed.path) if each.page), None),
            before=before,
            after=after,
        )

    def _is_project(self, element: Element) -> bool:
        return self.reader.kind(element) is LevelKind.PROJECT

    def _tally(self, element: Element) -> Tally:
        below = (node for node in walk.nodes(element) if isinstance(node, Element))
        return self.tallier.tally(placement for each in below for placement in each.placements)

    def _tables(self, placed: Placed) -> Iterator[KpiTable]:
        for role in Role:
            placements = [each for each in placed.element.placements if each.role is role]
            if placements:
                yield self._table(placed, role, placements)

    def _table(self, placed: Placed, role: Role, placements: Sequence[Placement]) -> KpiTable:
        tables = {table.key: table for element in placed.path for table in element.tables}
        table = tables.get(placements[0].table or "")
        headings = _heading(table, ColumnField.BASELINE), _heading(table, ColumnField.TARGET)
        years = self._years(placements)
        return KpiTable(
            role=role,
            years=years,
            headings=headings,
            lines=tuple(self._line(placed, each, years, headings) for each in placements),
            source=table.source if table else "",
        )

    def _years(self, placements: Sequence[Placement]) -> tuple[int, ...]:
        """The years up to the one shown for which some row has a value, and that year itself."""
        if self.year is None:
            return ()
        observed = {
            when.year
            for each in placements
            for value in self.reader.indicators[each.indicator].observations
            if (when := value.year.effective) and when.year <= self.year
        }
        return tuple(sorted({*observed, self.year}))

    def _line(
        self, placed: Placed, placement: Placement, years: Sequence[int], headings: tuple[str, str]
    ) -> IndicatorLine:
        reader = self.reader
        indicator = reader.indicators[placement.indicator]
        return IndicatorLine(
            row=placement_row(reader, placed, placement, year=self.year),
            role=placement.role,
            cells=tuple(self._cell(placement, each) for each in years),
            trend=trend_of(placement, indicator, indicator.direction, until=self.year),
            baseline_year=_year_beside(placement.baseline, headings[0]),
            target_year=_year_beside(placement.target, headings[1]),
            doubts=doubts_of(reader, placement),
        )

    def _cell(self, placement: Placement, year: int) -> YearCell:
        indicator = self.reader.indicators[placement.indicator]
        quantity = value_at(placement, indicator, year)
        result = self.reader.results(year).get(placement.key)
        return YearCell(
            year=year,
            text=str(quantity) if quantity is not None else "",
            absence=absence_words(quantity) if quantity is not None else EMPTY,
            rate_text=rate_text(result),
            grade=(result.grade or "") if result else "",
            reached=result.reached if result else None,
        )

    def _project(self, project: Element) -> ProjectPart:
        placed = self.reader.placed[project.key]
        return ProjectPart(
            key=project.key,
            label=project.label,
            name=title_of(project),
            is_named=bool(project.name),
            divisions=tuple(self.reader.divisions[each] for each in project.divisions),
            activities=tuple(activity_years(self.reader, project)),
            tables=tuple(self._tables(placed)),
            doubts=doubts_of(self.reader, project, *project.activities),
        )

    def _child_lists(self) -> Iterator[ChildList]:
        levels: dict[str, list[Element]] = {}
        for child in self.element.children:
            if not self._is_project(child):
                levels.setdefault(child.level, []).append(child)
        for children in levels.values():
            yield ChildList(
                level_words(self.reader, children[0]),
                tuple(
                    Child(key=each.key, label=each.label, name=title_of(each), tally=self._tally(each))
                    for each in children
                ),
            )

    def _own_keys(self) -> list[str]:
        """The records printed on this page: the element, what stands in it, and its projects."""
        shown = [self.element, *(each for each in self.element.children if self._is_project(each))]
        return [
            key
            for element in shown
            for node in (element, *element.tables, *element.placements, *element.activities)
            for key in (node.key,)
        ]

    def _notes(self, keys: list[str]) -> list[Note]:
        found = {note.key: note for key in keys for note in self.reader.notes_at.get(key, ())}
        return list(found.values())

    def _neighbours(self) -> tuple[Crumb | None, Crumb | None]:
        level = [each.element for each in self.reader.elements if each.element.level == self.element.level]
        at = next(n for n, each in enumerate(level) if each.key == self.element.key)
        before = crumb(self.reader, level[at - 1]) if at else None
        return before, crumb(self.reader, level[at + 1]) if at + 1 < len(level) else None


def _year_beside(value: Value | None, heading: str) -> Words:
    """The year of a value, unless the heading above it names the same."""
    label = label_words(value.year if value else None)
    return EMPTY if label.ja and label.ja in heading else label


def _heading(table: Table | None, field: ColumnField) -> str:
    """The printed heading of a column; empty where the source has none."""
    columns = table.columns if table else ()
    return next((column.heading for column in columns if column.field is field), "")
