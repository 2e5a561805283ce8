"""What a record holds, line by line: for a reader who sees it come or go."""

from __future__ import annotations

from collections.abc import Container, Iterator

from sosei.plan.base import Key, Node
from sosei.plan.in_print import field_in_print, kind_in_print
from sosei.plan.indicator import Placement
from sosei.plan.model import Element
from sosei.plan.record import Chapter
from sosei.plan.walk import children_of, collections_of
from sosei.plan.wording import Wording, done_text

_INDENT = {"ja": "　", "en": "  "}
_BETWEEN = {"ja": "　", "en": "; "}
# What the first line of a record says already, or what leads to a record that has lines of its own.
_SAID: dict[type[Node], frozenset[str]] = {
    Placement: frozenset({"role", "name", "name_suffix", "indicator", "table"}),
    Chapter: frozenset({"no", "title"}),
}


def held(words: Wording, node: Node, apart: Container[Key] = ()) -> str:
    """The record with everything in it that is printed, a line each, less the records of ``apart``.

    An element shows its name, description, divisions, its KPIs with baseline and target, and the
    elements below it; what was done year by year is the report's matter and stands in for a missing
    name only.  A KPI whose indicator is not in ``apart`` shows that too.
    """
    lines = _element(words, node, apart) if isinstance(node, Element) else _record(words, node, apart)
    return "\n".join(lines)


def described(words: Wording, node: Node) -> Iterator[str]:
    """A line for every printed field that says more than its default and more than the record's name."""
    kind, title = type(node), words.title(node)
    for name, field in kind.model_fields.items():
        skipped = (
            name in collections_of(kind) or name in _SAID.get(kind, ()) or not field_in_print(kind, name)
        )
        if not skipped and getattr(node, name) != field.default and words.field(node, name) != title:
            yield words.labelled(node, name)


def _element(words: Wording, element: Element, apart: Container[Key]) -> Iterator[str]:
    name = element.name or done_text(element) or words.called(element)
    yield f"{element.label or _mark(words, element)} {name}"
    for field in ("description", "divisions"):
        if line := words.labelled(element, field):
            yield line
    for placement in element.placements:
        if placement.key not in apart:
            yield _BETWEEN[words.language].join(_kpi(words, placement, apart))
    for child in element.children:
        if child.key not in apart:
            yield from _indented(words, _element(words, child, apart))


def _mark(words: Wording, element: Element) -> str:
    """What stands for the label of an element that has none, so that each is seen to begin."""
    return f"[{words.level(element)}]" if words.language == "en" else f"〔{words.level(element)}〕"


def _kpi(words: Wording, placement: Placement, apart: Container[Key]) -> Iterator[str]:
    """KPI「相談件数」, 基準値：120件（R6）, 目標値：200件（R10）, and of an indicator that is not apart its own."""
    yield words.called(placement)
    yield from described(words, placement)
    if placement.indicator not in apart:
        yield from described(words, words.find(placement.indicator))


def _record(words: Wording, node: Node, apart: Container[Key]) -> Iterator[str]:
    if isinstance(node, Placement):
        yield from _kpi(words, node, apart)
    else:
        yield words.called(node) if isinstance(node, Chapter) else words.title(node) or words.called(node)
        yield from described(words, node)
    for _, child in children_of(node):
        if child.key not in apart and kind_in_print(type(child)):
            yield from _indented(words, _inner(words, child, apart))


def _inner(words: Wording, node: Node, apart: Container[Key]) -> Iterator[str]:
    """A record inside another: one that holds no more is a line."""
    if collections_of(type(node)):
        yield from _record(words, node, apart)
    else:
        yield _BETWEEN[words.language].join([words.called(node), *described(words, node)])


def _indented(words: Wording, lines: Iterator[str]) -> Iterator[str]:
    return (_INDENT[words.language] + part for line in lines for part in line.split("\n"))
