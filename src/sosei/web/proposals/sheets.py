"""What a division may propose for: the list of its records, and one record with every field."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sosei.plan.base import Key, Node
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.walk import by_key, placements
from sosei.plan.wording import Wording
from sosei.web.proposals.own import OwnElement, OwnGroup
from sosei.web.proposals.telling import Told
from sosei.web.proposals.typed import FIELDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record in the list: ``key`` is empty where only what stands in it is the division's; ``value`` are
    baseline and target of an indicator; ``rows`` is what is proposed for it.
    """

    key: Key
    title: str
    value: str = ""
    is_under: bool = False
    rows: Sequence[Told] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The records below one measure."""

    goal: str
    measure: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field of a record: its present value and the division's proposals for it."""

    key: Key
    field: str
    text: str
    rows: Sequence[Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One record with its fields; ``whole`` are proposals to take it out or to put something into it."""

    key: Key
    title: str
    lines: Sequence[Line]
    whole: Sequence[Told]
    takes_kpis: bool
    takes_projects: bool
    can_go: bool


def parts_of(groups: Sequence[OwnGroup], words: Wording, rows: Sequence[Told]) -> list[Part]:
    """The list of a division's records with what it proposes for each."""
    return [
        Part(
            goal=group.goal,
            measure=group.measure,
            entries=[entry for each in group.elements for entry in _entries(each, words, rows)],
        )
        for group in groups
    ]


def sheet_of(
    document: Document, node: Node, own: Collection[Key], rows: Sequence[Told], words: Wording
) -> Sheet:
    """One record of the division; of an indicator the first place where it stands, if that is the division's."""
    if isinstance(node, Indicator):
        found = (each for _, each in placements(document) if each.indicator == node.key and each.key in own)
        node = next(found, node)
    kinds = {level.code: level.kind for level in document.levels}
    kind = kinds[node.level] if isinstance(node, Element) else None
    lines = list(_lines(node, words, rows))
    if isinstance(node, Placement) and node.indicator in own:
        indicator = by_key(document)[node.indicator]
        lines += [each for each in _lines(indicator, words, rows) if each.field != "name"]
    return Sheet(
        key=node.key,
        title=words.called(node),
        lines=lines,
        whole=[each for each in rows if not each.field and node.key in (each.proposal.key, each.into)],
        takes_kpis=kind is not None,
        takes_projects=kind is LevelKind.MEASURE and LevelKind.PROJECT in kinds.values(),
        can_go=kind is LevelKind.PROJECT or isinstance(node, Placement),
    )


def _entries(own: OwnElement, words: Wording, rows: Sequence[Told]) -> Iterator[Entry]:
    key = own.element.key
    yield Entry(
        key=key if own.is_own else "",
        title=own.title,
        rows=[each for each in rows if key in (each.proposal.key, each.into)],
    )
    for inside in own.placements:
        placement = inside.placement
        keys = (placement.key, placement.indicator) if inside.own_indicator else (placement.key,)
        texts = (words.field(placement, "baseline"), words.field(placement, "target"))
        yield Entry(
            key=placement.key,
            title=inside.title,
            value=" → ".join(filter(None, texts)),
            is_under=True,
            rows=[each for each in rows if each.proposal.key in keys],
        )


def _lines(node: Node, words: Wording, rows: Sequence[Told]) -> Iterator[Line]:
    for name in FIELDS[type(node)]:
        yield Line(
            key=node.key,
            field=name,
            text=words.field(node, name),
            rows=[each for each in rows if each.spot == (node.key, name)],
        )
