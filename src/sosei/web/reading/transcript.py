"""What is recorded of the source itself: the headings of its tables, texts as read, doubts, remarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan import walk
from sosei.plan.base import Node
from sosei.plan.labels import FIELD_LABELS
from sosei.plan.model import Plan
from sosei.values import JointAlternatives
from sosei.web.reading.words import ACTIVITY_FIELDS

_REMARK = Words("注記", "Remark")
_AS_READ = Words("読み取ったままの文字", "As read")
_NOT_PRINTED = Words("印字なし", "Not printed")
_INTERPRETED = Words("内容から読み取ったもの", "Read from the content")
_DOUBT = Words("読み取りの疑い", "In doubt")
_CONFIRMED = Words("確認済みの読み取り", "Confirmed reading")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing noted of a record: of which sort, the fields it is about, the text, what else it might be."""

    sort: Words
    fields: Words
    text: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Noted:
    """A record with everything noted of it."""

    key: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class TableHeads:
    """A printed table at an element: its title, the headings of its columns, its source line."""

    key: str
    element: str
    title: str
    headings: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class JointReading:
    """Cells that can be read together in several ways: each way as its cells, and which was chosen."""

    options: tuple[tuple[tuple[str, Words, str], ...], ...]
    chosen: int
    note: str


def tables(plan: Plan) -> Iterator[TableHeads]:
    """Every printed table with headings, a title or a source, in the plan's order."""
    for placed in walk.elements(plan):
        for table in placed.element.tables:
            headings = tuple(
                " ".join(part for part in (column.heading, column.year.text if column.year else "") if part)
                for column in table.columns
            )
            if headings or table.title or table.source:
                yield TableHeads(table.key, placed.element.key, table.title, headings, table.source)


def noted(plan: Plan) -> list[Noted]:
    """Every record of which something is noted, in the plan's order."""
    found = ((node, tuple(_remarks(node))) for node in walk.nodes(plan))
    return [Noted(node.key, remarks) for node, remarks in found if remarks]


def has_records(plan: Plan) -> bool:
    """Whether anything is noted of any record."""
    return bool(plan.joint_readings) or any(next(_remarks(node), None) for node in walk.nodes(plan))


def joint_readings(plan: Plan) -> list[JointReading]:
    """The groups of cells that are read together."""
    return [_joint(group) for group in plan.joint_readings]


def _joint(group: JointAlternatives) -> JointReading:
    options = []
    for option in group.options:
        cells = []
        for cell in option.cells:
            key, _, field = cell.place.partition(".")
            cells.append((key, field_words(field), cell.text))
        options.append(tuple(cells))
    return JointReading(tuple(options), group.chosen, group.note)


def _remarks(node: Node) -> Iterator[Remark]:
    if node.remark:
        yield Remark(_REMARK, Words("", ""), node.remark)
    for field, text in node.as_read.items():
        yield Remark(_AS_READ, field_words(field), text)
    for doubt in node.doubts:
        sort = _CONFIRMED if doubt.confirmed else _DOUBT
        yield Remark(sort, field_words(doubt.field), doubt.note, doubt.alternatives)
    for sort, fields in ((_NOT_PRINTED, node.not_printed), (_INTERPRETED, node.interpreted)):
        if fields:
            named = [field_words(field) for field in fields]
            yield Remark(sort, Words("、".join(n.ja for n in named), ", ".join(n.en for n in named)))


def field_words(field: str) -> Words:
    """What a field is called."""
    english = field.replace("_", " ").capitalize()
    return ACTIVITY_FIELDS.get(field) or Words(FIELD_LABELS.get(field, field), english)
