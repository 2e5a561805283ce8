"""Walking a plan: elements with their place, placements, records by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from sosei.plan.base import Node

if TYPE_CHECKING:
    from sosei.plan.indicator import Indicator, Observation, Placement, PrintedYear
    from sosei.plan.model import Element, Plan


@lru_cache(maxsize=64)
def collections_of(kind: type[Node]) -> Mapping[str, type[Node]]:
    """The fields of a record kind that hold records with keys, in file order, and the kind they hold."""
    found: dict[str, type[Node]] = {}
    for name, field in kind.model_fields.items():
        inner = get_args(field.annotation)[:1]
        if field.default == () and inner and isinstance(inner[0], type) and issubclass(inner[0], Node):
            found[name] = inner[0]
    return found


@lru_cache(maxsize=64)
def kind_in(root: type[Node], collection: str) -> type[Node]:
    """The kind of record that stands in collections of this name below ``root``; a name holds one kind."""
    kinds, seen = [root], {root}
    for kind in kinds:
        inside = collections_of(kind)
        if collection in inside:
            return inside[collection]
        for inner in inside.values():
            if inner not in seen:
                seen.add(inner)
                kinds.append(inner)
    raise KeyError(collection)


def children_of(node: Node) -> Iterator[tuple[str, Node]]:
    """Each record directly inside ``node`` with the name of the collection that holds it."""
    for name in collections_of(type(node)):
        for child in getattr(node, name):
            yield name, child


def nodes(root: Node) -> Iterator[Node]:
    """``root`` and every record below it that stands in a collection, in file order."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed([child for _, child in children_of(node)]))


def index(root: Node) -> dict[str, Node]:
    """Every record below ``root`` by key."""
    return {node.key: node for node in nodes(root)}


def path_to(root: Node, key: str) -> tuple[Node, ...]:
    """The record ``key`` below ``root`` with all that hold it, outermost first; empty where there is none."""
    if root.key == key:
        return (root,)
    for _, child in children_of(root):
        if found := path_to(child, key):
            return (root, *found)
    return ()


@dataclass(frozen=True, slots=True)
class Placed:
    """An element, or a placement with its element, and the elements above it (outermost first)."""

    path: tuple[Element, ...]
    placement: Placement | None = None

    @property
    def element(self) -> Element:
        """The element itself."""
        return self.path[-1]

    @property
    def place(self) -> str:
        """The path of printed labels: 基本目標１/施策①."""
        return "/".join(element.label for element in self.path if element.label)


def elements(plan: Plan) -> Iterator[Placed]:
    """Every element in file order, with the elements above it."""
    stack: list[tuple[Element, ...]] = [(element,) for element in reversed(plan.elements)]
    while stack:
        path = stack.pop()
        yield Placed(path)
        stack.extend((*path, child) for child in reversed(path[-1].children))


def placements(plan: Plan) -> Iterator[tuple[Placed, Placement]]:
    """Every placement in file order with the place it stands at."""
    for placed in elements(plan):
        for placement in placed.element.placements:
            yield Placed(placed.path, placement), placement


def by_key(plan: Plan) -> dict[str, Indicator]:
    """The plan's indicators by key."""
    return {indicator.key: indicator for indicator in plan.indicators}


def observed(indicator: Indicator, year: int) -> Observation | None:
    """The adopted value of ``indicator`` for the year that starts in ``year``."""
    for observation in indicator.observations:
        when = observation.year.effective
        if when is not None and when.year == year:
            return observation
    return None


def printed(placement: Placement, year: int) -> PrintedYear | None:
    """What ``placement`` prints for the year that starts in ``year``."""
    for entry in placement.printed:
        when = entry.year.effective
        if when is not None and when.year == year:
            return entry
    return None


def observed_years(plan: Plan) -> list[int]:
    """The years for which some indicator of ``plan`` has a value, in order."""
    return sorted(
        {
            when.year
            for indicator in plan.indicators
            for observation in indicator.observations
            if (when := observation.year.effective) is not None
        }
    )
