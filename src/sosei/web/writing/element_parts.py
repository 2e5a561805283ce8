"""What the writing page of an element shows beside its own fields: KPI tables, years of activities, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan.base import Doubt, Key
from sosei.plan.indicator import Indicator, Placement, Role
from sosei.plan.labels import value_label
from sosei.plan.model import Element, LevelKind, Plan
from sosei.plan.walk import Placed, by_key, nodes
from sosei.plan.wording import Wording
from sosei.values import When, YearKind, era_text
from sosei.web.reading.words import field_words
from sosei.web.writing.forms import FieldForm, record_form
from sosei.web.writing.labels import label_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementLine:
    """A row of a KPI table; ``up`` and ``down`` are the placements it would stand behind (None: no way).

    An empty ``up`` is the first place.
    """

    key: Key
    name: str
    baseline: str
    target: str
    latest: str
    doubts: Sequence[Doubt]
    up: Key | None
    down: Key | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTable:
    """The placements of one role."""

    name: Words
    lines: Sequence[PlacementLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPart:
    """A year of what was done, as a form."""

    key: Key
    title: str
    fields: Sequence[FieldForm]
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note or an opinion about the element or what stands in it."""

    key: Key
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtLine:
    """A doubt about a field that has no form here; ``of`` is what it is said of, where that is not the element."""

    key: Key
    field: Words
    doubt: Doubt
    of: str = ""


def role_tables(document: Plan, element: Element, words: Wording) -> list[RoleTable]:
    """The element's placements by role, in the plan's order."""
    indicators = by_key(document)
    found = []
    for role in Role:
        same = [each for each in element.placements if each.role is role]
        if same:
            lines = [_line(element, same, n, indicators, words) for n in range(len(same))]
            name = Words(value_label(role, "ja"), value_label(role, "en"))
            found.append(RoleTable(name=name, lines=lines))
    return found


def _line(
    element: Element, same: Sequence[Placement], n: int, indicators: dict[str, Indicator], words: Wording
) -> PlacementLine:
    each = same[n]
    up = None
    if n:
        order = [placement.key for placement in element.placements]
        at = order.index(same[n - 1].key)
        up = order[at - 1] if at else ""
    return PlacementLine(
        key=each.key,
        name=each.name + each.name_suffix,
        baseline=words.field(each, "baseline"),
        target=words.field(each, "target"),
        latest=_latest(indicators[each.indicator], words),
        doubts=[doubt for doubt in each.doubts if not doubt.confirmed],
        up=up,
        down=same[n + 1].key if n + 1 < len(same) else None,
    )


def _latest(indicator: Indicator, words: Wording) -> str:
    """The value of the latest year with the year: 120件（R6）."""
    dated = [(each.year.effective.year, each) for each in indicator.observations if each.year.effective]
    if not dated:
        return ""
    last = max(dated, key=lambda pair: pair[0])[1]
    year = words.field(last, "year")
    text = words.field(last, "quantity")
    return f"{text} ({year})" if words.language == "en" else f"{text}（{year}）"


def has_activities(document: Plan, element: Element) -> bool:
    """Whether years of what was done belong here: measures, projects, and wherever there are some."""
    kind = next(level.kind for level in document.levels if level.code == element.level)
    return bool(element.activities) or kind in (LevelKind.MEASURE, LevelKind.PROJECT)


def activity_parts(document: Plan, element: Element) -> list[ActivityPart]:
    """The years of what was done as forms, in the plan's order."""
    return [
        ActivityPart(
            key=each.key,
            title=str(each.year),
            fields=record_form(document, each),
            is_last=n == len(element.activities) - 1,
        )
        for n, each in enumerate(element.activities)
    ]


def next_year(document: Plan, element: Element) -> str:
    """The year that a new block probably is of: after the last one here, else the plan's first; may be empty."""
    years = [each.year.effective.year for each in element.activities if each.year.effective]
    if years:
        return era_text(When(year=max(years) + 1, kind=YearKind.FISCAL))
    return era_text(document.period.first) if document.period else ""


def notes_on(document: Plan, element: Element) -> Iterator[Remark]:
    """The notes that hang on the element or on something that stands directly in it."""
    own = _own(element)
    for note in document.notes:
        if any(each.at in own for each in note.anchors):
            title = " ".join(filter(None, (note.mark, note.term)))
            yield Remark(key=note.key, title=title or str(label_of("mark").ja), text=note.text.text)


def opinions_on(document: Plan, element: Element) -> Iterator[Remark]:
    """The opinions about the element or something that stands directly in it."""
    own = _own(element)
    for opinion in document.opinions:
        if opinion.about in own:
            yield Remark(key=opinion.key, title=opinion.by, text=opinion.text.text)


def doubts_elsewhere(element: Element, words: Wording) -> Iterator[DoubtLine]:
    """The doubts about the element's lists (which children, which KPIs), and about its tables' records."""
    shown = {"label", "name", "description", "divisions", "level", "no"}
    for doubt in element.doubts:
        if not doubt.confirmed and doubt.field not in shown:
            yield DoubtLine(key=element.key, field=field_words(doubt.field), doubt=doubt)
    for table in element.tables:
        for doubt in table.doubts:
            if not doubt.confirmed:
                yield DoubtLine(
                    key=table.key, field=field_words(doubt.field), doubt=doubt, of=words.called(table)
                )


def joint_doubts(document: Plan, element: Element) -> Iterator[str]:
    """The notes of readings that hang together with other cells, where one cell is here."""
    own = _own(element)
    for group in document.joint_readings:
        cells = () if group.confirmed else group.options[group.chosen].cells
        if any(cell.place.partition(".")[0] in own for cell in cells):
            yield group.note


def neighbours(placed: Sequence[Placed], element: Element) -> tuple[Element | None, Element | None]:
    """The elements of the same level before and behind, in the plan's order."""
    level = [each.element for each in placed if each.element.level == element.level]
    at = next(n for n, each in enumerate(level) if each.key == element.key)
    return level[at - 1] if at else None, level[at + 1] if at + 1 < len(level) else None


def _own(element: Element) -> set[Key]:
    """The records that stand directly in the element, and itself."""
    inside = (*element.tables, *element.placements, *element.activities)
    return {element.key, *(node.key for each in inside for node in nodes(each))}
