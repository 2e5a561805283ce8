"""The first page of a plan: how far it is, goal by goal, and what needs talking about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sosei.checks.finding import Words
from sosei.plan.indicator import Placement, Role
from sosei.plan.model import Element, LevelKind
from sosei.plan.walk import Placed
from sosei.scheme.result import Result
from sosei.web.reading.difficult import RULE, Difficulty, difficulty
from sosei.web.reading.reader import Elapsed, Reader, level_words, title_of
from sosei.web.reading.readings import ReadingLine, other_readings
from sosei.web.reading.rows import PlacementRow, placement_row
from sosei.web.reading.tally import Tallier, Tally
from sosei.web.reading.words import EMPTY, KINDS, ROLES, year_words


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of a sort the plan has: elements of a level, indicators of a role."""

    name: Words
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An element in the tree with how much stands below it; projects are counted, not listed."""

    key: str
    label: str
    name: str
    level: str
    kind: LevelKind
    measures: int
    projects: int
    kpis: int
    children: tuple[Branch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalSummary:
    """A goal: its KPIs counted, its 数値目標 with their figures, how many measures and projects it has."""

    key: str
    label: str
    name: str
    tally: Tally
    targets: tuple[PlacementRow, ...]
    measures: int
    projects: int


@dataclass(frozen=True, slots=True)
class DifficultRow:
    """A row that needs talking about: why, and how else its figures can be read."""

    row: PlacementRow
    why: tuple[Words, ...]
    readings: tuple[ReadingLine, ...]


@dataclass(frozen=True, slots=True)
class OnCourseRow:
    """A row with a low rate that is on course all the same, and what shows it."""

    row: PlacementRow
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The first page of a plan.

    ``title``      as printed; empty where the source prints none.
    ``period``     the period in words, ``elapsed`` how much of it is over at the end of ``year``.
    ``top``        what the outermost level is called, ``kpi`` what is counted: KPI, or 事業KPI.
    ``totals``     all KPIs counted, ``targets`` all 数値目標.
    ``year``       the fiscal year shown, None where there are no values yet; ``years`` all with values.
    ``difficult``  the lowest rates first, by the rule in ``rule``; ``on_course`` what the rule leaves out.
    ``counts``     levels and roles with how many there are; ``tree`` goals with all below but projects.
    ``scheme``     how achievement is computed, by its name.
    """

    title: str
    catchphrase: str
    municipality: str
    period: Words
    elapsed: Elapsed | None
    elapsed_words: Words
    year: int | None
    years: tuple[int, ...]
    top: Words
    kpi: Words
    goals: tuple[GoalSummary, ...]
    totals: Tally
    targets: Tally
    difficult: tuple[DifficultRow, ...]
    on_course: tuple[OnCourseRow, ...]
    rule: Words
    counts: tuple[Count, ...]
    tree: tuple[Branch, ...]
    scheme: str

    @property
    def shown(self) -> tuple[DifficultRow, ...]:
        """The difficult rows that are shown at once: all where few would be folded away."""
        return self.difficult if len(self.difficult) <= _MOST_SHOWN else self.difficult[:_FOLDED_FROM]

    @property
    def folded(self) -> tuple[DifficultRow, ...]:
        """The difficult rows that are folded away."""
        return self.difficult[len(self.shown) :]


_MOST_SHOWN, _FOLDED_FROM = 15, 10


def overview(reader: Reader, year: int | None = None) -> Overview:
    """The first page with the figures of ``year``; without one, of the latest with values."""
    return _Overview(reader, reader.latest if year is None else year).page()


class _Overview:
    def __init__(self, reader: Reader, year: int | None) -> None:
        self.reader = reader
        self.year = year
        self.elapsed = reader.elapsed(year)
        self.tallier = Tallier(reader, year)
        self.of_goal: Mapping[str, Sequence[tuple[Placed, Placement]]] = _by_goal(reader)

    def page(self) -> Overview:
        reader, plan = self.reader, self.reader.plan
        hard, fine = self._judged()
        tree = tuple(self._branch(element) for element in plan.elements)
        return Overview(
            title=plan.title,
            catchphrase=plan.catchphrase,
            municipality=plan.municipality.name,
            period=self._period(),
            elapsed=self.elapsed,
            elapsed_words=elapsed_words(self.elapsed, self.year),
            year=self.year,
            years=tuple(reader.years),
            top=level_words(reader, plan.elements[0]) if plan.elements else EMPTY,
            kpi=ROLES[self.tallier.role],
            goals=tuple(self._goal(*each) for each in zip(plan.elements, tree, strict=True)),
            totals=self.tallier.tally(placement for _, placement in reader.placements),
            targets=self.tallier.tally(
                (placement for _, placement in reader.placements), Role.NUMERIC_TARGET
            ),
            difficult=tuple(hard),
            on_course=tuple(fine),
            rule=RULE.words,
            counts=tuple(self._counts()),
            tree=tree,
            scheme=self.tallier.scheme.name,
        )

    def _period(self) -> Words:
        period = self.reader.plan.period
        if period is None:
            span = self.elapsed
            if span is None:
                return EMPTY
            first, last = year_words(span.first), year_words(span.last)
            return Words(
                f"{first.ja}～{last.ja}（報告の年度欄による）",
                f"{first.en} to {last.en} (after the report's year columns)",
            )
        first, last = year_words(period.first.year), year_words(period.last.year)
        return Words(period.text, f"{first.en} to {last.en}")

    def _goal(self, goal: Element, branch: Branch) -> GoalSummary:
        rows = self.of_goal.get(goal.key, ())
        return GoalSummary(
            key=goal.key,
            label=goal.label,
            name=title_of(goal),
            tally=self.tallier.tally(placement for _, placement in rows),
            targets=tuple(
                placement_row(self.reader, placed, placement, year=self.year)
                for placed, placement in rows
                if placement.role is Role.NUMERIC_TARGET
            ),
            measures=branch.measures,
            projects=branch.projects,
        )

    def _judged(self) -> tuple[list[DifficultRow], list[OnCourseRow]]:
        hard: list[tuple[Decimal, DifficultRow]] = []
        fine: list[OnCourseRow] = []
        results = self.reader.results(self.year)
        for placed, placement in self.reader.placements:
            result = results.get(placement.key)
            if result is None:
                continue
            found = self._difficulty(placement, result)
            if found.is_difficult:
                row = placement_row(self.reader, placed, placement, year=self.year)
                rate = Decimal("Infinity") if result.rate is None else result.rate
                hard.append((rate, DifficultRow(row, found.why, other_readings(result))))
            elif found.on_course is not None:
                row = placement_row(self.reader, placed, placement, year=self.year)
                fine.append(OnCourseRow(row, found.on_course))
        hard.sort(key=lambda pair: pair[0])
        return [row for _, row in hard], fine

    def _difficulty(self, placement: Placement, result: Result) -> Difficulty:
        return difficulty(result, self.elapsed, placement.baseline.span if placement.baseline else None)

    def _counts(self) -> Iterator[Count]:
        elements = Counter(placed.element.level for placed in self.reader.elements)
        for level in self.reader.plan.levels:
            if elements[level.code]:
                yield Count(Words(level.name, KINDS[level.kind].en + "s"), elements[level.code])
        roles = Counter(placement.role for _, placement in self.reader.placements)
        for role, name in _ROLE_COUNTS.items():
            if roles[role]:
                yield Count(name, roles[role])

    def _branch(self, element: Element) -> Branch:
        listed, projects = [], 0
        for child in element.children:
            if self.reader.kind(child) is LevelKind.PROJECT:
                projects += 1
            else:
                listed.append(self._branch(child))
        kind = self.reader.kind(element)
        return Branch(
            key=element.key,
            label=element.label,
            name=title_of(element),
            level=self.reader.levels[element.level].name,
            kind=kind,
            measures=sum(branch.measures + (branch.kind is LevelKind.MEASURE) for branch in listed),
            projects=projects + sum(branch.projects for branch in listed),
            kpis=sum(each.role is self.tallier.role for each in element.placements)
            + sum(branch.kpis for branch in listed),
            children=tuple(listed),
        )


_ROLE_COUNTS = {
    Role.NUMERIC_TARGET: Words("数値目標", "Numeric targets"),
    Role.KPI: Words("KPI", "KPIs"),
    Role.PROJECT_KPI: Words("事業KPI", "Project KPIs"),
}


def elapsed_words(elapsed: Elapsed | None, year: int | None) -> Words:
    """How far the plan is, said with the year shown; empty where its period is not known."""
    if elapsed is None or year is None:
        return EMPTY
    name = year_words(year)
    if year > elapsed.last:
        return Words(
            f"{name.ja}は{elapsed.years}年の計画期間が終わった後の年度です",
            f"{name.en} lies after the end of the plan's {elapsed.years} years",
        )
    return Words(
        f"{name.ja}は{elapsed.years}年の計画期間の{elapsed.done}年目です",
        f"{name.en} is year {elapsed.done} of the plan's {elapsed.years} years",
    )


def _by_goal(reader: Reader) -> Mapping[str, Sequence[tuple[Placed, Placement]]]:
    """The placements of each outermost element with all below it, by its key."""
    found: defaultdict[str, list[tuple[Placed, Placement]]] = defaultdict(list)
    for placed, placement in reader.placements:
        found[placed.path[0].key].append((placed, placement))
    return found
