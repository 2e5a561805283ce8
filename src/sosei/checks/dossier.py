"""The plan laid out for the review: rows, texts and elements with their places, gathered once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from sosei.checks.cutting import readable
from sosei.checks.finding import Place
from sosei.checks.say import era_year
from sosei.checks.text import sentences
from sosei.plan import walk
from sosei.plan.base import Node, Prose
from sosei.plan.indicator import Indicator, Observation, Placement, PrintedYear, Role, Value
from sosei.plan.model import Activity, Element, LevelKind, Plan
from sosei.plan.record import Chapter
from sosei.scheme.evaluate import Result, evaluate
from sosei.scheme.presets import scheme_of
from sosei.values import Kind, Quantity

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A placement of an indicator with everything that stands beside it in the year under review.

    ``actual`` is the value printed at this place (its own where it has one, else the adopted one),
    ``before`` the adopted value of the last year before; None where there is none.  ``result`` is
    what the scheme makes of the row; None without a target.
    """

    placed: walk.Placed
    placement: Placement
    indicator: Indicator
    year: int | None
    observation: Observation | None
    before: Observation | None
    entry: PrintedYear | None
    result: Result | None
    divisions: tuple[str, ...]

    @property
    def element(self) -> Element:
        """The goal, measure or project that the row stands at."""
        return self.placed.element

    @property
    def name(self) -> str:
        """The indicator's name as printed here, with what is printed behind it."""
        return self.placement.name + self.placement.name_suffix

    @property
    def is_project(self) -> bool:
        """Whether the row is a 事業KPI."""
        return self.placement.role is Role.PROJECT_KPI

    @property
    def baseline(self) -> Quantity | None:
        """基準値 as printed; None where the place has none."""
        return self.placement.baseline.quantity if self.placement.baseline else None

    @property
    def target(self) -> Quantity | None:
        """目標値 as printed; None where the place has none."""
        return self.placement.target.quantity if self.placement.target else None

    @property
    def actual(self) -> Quantity | None:
        """実績値 of the year as it stands at this place."""
        if self.entry is not None and self.entry.actual is not None:
            return self.entry.actual
        return self.observation.quantity if self.observation else None

    @property
    def rate(self) -> Quantity | None:
        """達成率 of the year as printed."""
        return self.entry.rate if self.entry else None

    @property
    def values(self) -> Iterator[tuple[str, Quantity]]:
        """Field and quantity of every value of the row that is there: baseline, target, actual."""
        for field, quantity in (
            ("baseline", self.baseline),
            ("target", self.target),
            (self.field("actual"), self.actual),
        ):
            if quantity is not None and not quantity.is_absent:
                yield field, quantity

    def field(self, name: str) -> str:
        """``name`` with the year under review: actual:R6."""
        return name if self.year is None else f"{name}:{era_year(self.year)}"

    def place(self, field: str, text: str | None = None) -> Place:
        """The place of one field of the row; ``field`` is name, baseline, target, actual or rate.

        ``text`` is what stands there, unless something else is to be shown.
        """
        shown: Quantity | None = None
        match field:
            case "baseline":
                shown = self.baseline
            case "target":
                shown = self.target
            case "actual":
                shown, field = self.actual, self.field("actual")
            case "rate":
                shown, field = self.rate, self.field("printed")
        return Place(
            key=self.placement.key,
            field=field,
            text=text if text is not None else (str(shown) if shown is not None else self.name),
            page=self.placement.page or page_of(self.placed),
            path=self.placed.place,
            indicator=self.name,
            divisions=self.divisions,
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A running text of the plan: a description, what was done, an evaluation, a paragraph, a note.

    ``element`` is the goal, measure or project it belongs to, ``year`` the fiscal year it reports;
    None where there is none.
    """

    text: str
    node: Node
    field: str
    path: str
    page: int | None
    element: Element | None
    year: int | None
    divisions: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """The text cut at 。 and at line ends."""
        return sentences(self.text)

    def place(self, text: str) -> Place:
        """The place of ``text`` (a word, a sentence) inside the passage."""
        return Place(
            key=self.node.key,
            field=self.field,
            text=text,
            page=self.page,
            path=self.path,
            divisions=self.divisions,
        )


class Dossier:
    """A plan and the fiscal year under review (None: only what needs no year), laid out for the rules.

    Very long texts are cut; ``cut`` are the records that held them.
    """

    def __init__(self, plan: Plan, year: int | None) -> None:
        plan, self.cut = readable(plan)
        self.plan = plan
        self.year = year
        self.kinds: Mapping[str, LevelKind] = {level.code: level.kind for level in plan.levels}
        self.indicators = walk.by_key(plan)
        self.divisions: Mapping[str, str] = {division.key: division.name for division in plan.divisions}
        self.elements = list(walk.elements(plan))
        self._gathered: dict[object, object] = {}

    @property
    def year_text(self) -> str:
        """The fiscal year under review as R6; empty without one."""
        return "" if self.year is None else era_year(self.year)

    def gathered(self, gather: Callable[[Dossier], T]) -> T:
        """What ``gather`` makes of the dossier, made once however many rules ask for it."""
        if gather not in self._gathered:
            self._gathered[gather] = gather(self)
        return cast(T, self._gathered[gather])

    @cached_property
    def results(self) -> Mapping[str, Result]:
        """What the plan's scheme makes of each placement with a target."""
        if self.year is None:
            return {}
        return evaluate(self.plan, self.year, scheme_of(self.plan, self.year))

    @cached_property
    def owners(self) -> Mapping[str, tuple[str, ...]]:
        """The divisions of each indicator, by its key: its own, else those of the places it stands at."""
        keys: dict[str, dict[str, None]] = {i.key: dict.fromkeys(i.divisions) for i in self.plan.indicators}
        for placed in self.elements:
            for placement in placed.element.placements:
                if not self.indicators[placement.indicator].divisions:
                    keys[placement.indicator].update(dict.fromkeys(placed.element.divisions))
        return {key: tuple(self.divisions[division] for division in found) for key, found in keys.items()}

    @cached_property
    def rows(self) -> Sequence[Row]:
        """Every placement in file order."""
        return [row for placed in self.elements for row in self._rows_of(placed)]

    @cached_property
    def rows_of_indicator(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each indicator, by its key, in file order."""
        return _grouped((row.indicator.key, row) for row in self.rows)

    @cached_property
    def rows_of_element(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each element, by its key, in file order."""
        return _grouped((row.element.key, row) for row in self.rows)

    @cached_property
    def passages(self) -> Sequence[Passage]:
        """Every running text of the plan, in reading order: chapters, verification, tree, notes."""
        return [passage for passage in self._passages() if passage.text.strip()]

    def of_kind(self, *kinds: LevelKind) -> Iterator[walk.Placed]:
        """The elements of these kinds in file order."""
        return (placed for placed in self.elements if self.kind(placed.element) in kinds)

    def kind(self, element: Element) -> LevelKind:
        """What an element is: goal, measure, project ..."""
        return self.kinds[element.level]

    def activity(self, element: Element) -> Activity | None:
        """What the element reports for the year under review."""
        return next((a for a in element.activities if year_of(a) == self.year), None)

    def place(self, placed: walk.Placed, field: str, text: str) -> Place:
        """The place of a field of an element."""
        return Place(
            key=placed.element.key,
            field=field,
            text=text,
            page=page_of(placed),
            path=placed.place,
            divisions=self.named(placed),
        )

    def named(self, placed: walk.Placed) -> tuple[str, ...]:
        """The names of the divisions that answer for a place: its own, else those of what it belongs to."""
        keys = next((e.divisions for e in reversed(placed.path) if e.divisions), ())
        return tuple(dict.fromkeys(self.divisions[key] for key in keys))

    def _rows_of(self, placed: walk.Placed) -> Iterator[Row]:
        for placement in placed.element.placements:
            indicator = self.indicators[placement.indicator]
            observed = entry = None
            if self.year is not None:
                observed = walk.observed(indicator, self.year)
                entry = walk.printed(placement, self.year)
            yield Row(
                placed=walk.Placed(placed.path, placement),
                placement=placement,
                indicator=indicator,
                year=self.year,
                observation=observed,
                before=self._before(indicator),
                entry=entry,
                result=self.results.get(placement.key),
                divisions=self.named(placed) or self.owners.get(indicator.key, ()),
            )

    def _before(self, indicator: Indicator) -> Observation | None:
        if self.year is None:
            return None
        dated = [
            (when.year, observation)
            for observation in indicator.observations
            if (when := observation.year.effective) is not None and when.year < self.year
        ]
        known = [(year, o) for year, o in dated if o.quantity.kind is not Kind.ABSENT]
        return max(known, key=lambda pair: pair[0])[1] if known else None

    def _passages(self) -> Iterator[Passage]:
        for chapter in self.plan.chapters:
            yield from _chapter(chapter, f"第{chapter.no}章" if chapter.no else chapter.title)
        for verification in self.plan.verifications:
            for goal in verification.goals:
                for statement in goal.statements:
                    yield _plain(statement, "text", f"{verification.plan}の検証/{goal.label}", statement.text)
            if verification.causes_text:
                yield _plain(
                    verification, "causes_text", f"{verification.plan}の検証", verification.causes_text.text
                )
        for placed in self.elements:
            yield from self._element(placed)
        for note in self.plan.notes:
            yield _plain(note, "text", f"注/{note.term or note.mark}", note.text.text)
        for opinion in self.plan.opinions:
            yield _plain(opinion, "text", "意見", opinion.text.text)
            if opinion.answer:
                yield _plain(opinion, "answer", "意見", opinion.answer.text)

    def _element(self, placed: walk.Placed) -> Iterator[Passage]:
        element = placed.element

        def passage(node: Node, field: str, prose: Prose, year: int | None) -> Passage:
            return Passage(
                text=prose.text,
                node=node,
                field=field,
                path=placed.place,
                page=node.page or page_of(placed),
                element=element,
                year=year,
                divisions=self.named(placed),
            )

        if element.description:
            yield passage(element, "description", element.description, None)
        for activity in element.activities:
            for field in ("done", "evaluation", "issues", "next"):
                prose: Prose | None = getattr(activity, field)
                if prose is not None:
                    yield passage(activity, field, prose, year_of(activity))


def page_of(placed: walk.Placed) -> int | None:
    """The page of an element: its own, else that of the nearest element above that has one."""
    return next((element.page for element in reversed(placed.path) if element.page), None)


def year_of(record: Activity | Observation | PrintedYear | Value) -> int | None:
    """The year a record belongs to; None where it has none or it cannot be read."""
    label = record.year
    when = label.effective if label is not None else None
    return when.year if when else None


def _grouped(pairs: Iterator[tuple[str, Row]]) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return found


def _plain(node: Node, field: str, path: str, text: str) -> Passage:
    return Passage(
        text=text, node=node, field=field, path=path, page=node.page, element=None, year=None, divisions=()
    )


def _chapter(chapter: Chapter, path: str) -> Iterator[Passage]:
    for paragraph in chapter.paragraphs:
        yield _plain(chapter, "paragraphs", path, paragraph.text)
    for section in chapter.sections:
        yield from _chapter(section, f"{path}/{section.no or section.title}")
