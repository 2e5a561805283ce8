"""Where a record of a plan is shown: the page and the anchor (``id="k-<key>"``) it stands at.

Goals, measures and projects have their own pages; placements and values stand on their indicator's;
everything beside the tree on the plan's text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from sosei.plan import walk
from sosei.plan.base import Node
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element, Plan
from sosei.web.reading.keeping import kept
from sosei.web.reading.reader import title_of
from sosei.web.reading.rows import SearchRow
from sosei.web.reading.words import label_words

_KEPT = 32
_ON_OWNERS_PAGE = {
    "goal": "element",
    "direction": "element",
    "policy": "element",
    "measure": "element",
    "project": "element",
    "activity": "element",
    "placement": "indicator",
    "indicator": "indicator",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A page of a plan: the name of its address, the key in it (empty for the plan's text), the anchor."""

    name: str
    key: str
    anchor: str

    def url(self, plan: Mapping[str, str]) -> str:
        """The address below a plan's in one state (``Opened.address``)."""
        keys = {"key": self.key} if self.key else {}
        return f"{reverse(self.name, kwargs={**plan, **keys})}#{self.anchor}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with what a person calls it and the page that shows it."""

    title: str
    address: Address


def address_of(document: Plan, key: str) -> Address:
    """The page and anchor of the record ``key``; raises KeyError where the plan has none."""
    return records(document)[key].address


def address_of_row(row: SearchRow) -> Address:
    """The same for a row of the search table, which need not load its plan."""
    page = _ON_OWNERS_PAGE.get(row.kind)
    return Address(page, row.owner, f"k-{row.record}") if page else Address("text", "", f"k-{row.record}")


@kept(_KEPT)
def records(document: Plan) -> Mapping[str, Shown]:
    """Every record of a plan by key."""
    return dict(_records(document))


def _records(document: Plan) -> Iterator[tuple[str, Shown]]:
    for placed in walk.elements(document):
        yield from _of_element(placed.element, placed.place)
    for indicator in document.indicators:
        yield from _of_indicator(indicator)
    shown = {"elements", "indicators"}
    yield document.key, Shown(document.title or document.municipality.name, _on_text(document.key))
    for collection, node in walk.children_of(document):
        if collection not in shown:
            for each in walk.nodes(node):
                yield each.key, Shown(_title(each), _on_text(each.key))


def _of_element(element: Element, place: str) -> Iterator[tuple[str, Shown]]:
    here = Address("element", element.key, f"k-{element.key}")
    title = " ".join(part for part in (place, title_of(element)) if part)
    yield element.key, Shown(title, here)
    for table in element.tables:
        yield table.key, Shown(" ".join(part for part in (title, table.title) if part), here)
    for activity in element.activities:
        at = Address("element", element.key, f"k-{activity.key}")
        yield activity.key, Shown(f"{title}（{label_words(activity.year).ja}）", at)
    for placement in element.placements:
        yield from _of_placement(placement, place)


def _of_placement(placement: Placement, place: str) -> Iterator[tuple[str, Shown]]:
    at = Address("indicator", placement.indicator, f"k-{placement.key}")
    name = placement.name + placement.name_suffix
    shown = Shown(" ".join(part for part in (place, name) if part), at)
    for node in walk.nodes(placement):
        yield node.key, shown


def _of_indicator(indicator: Indicator) -> Iterator[tuple[str, Shown]]:
    at = Address("indicator", indicator.key, f"k-{indicator.key}")
    yield indicator.key, Shown(indicator.name, at)
    for observation in indicator.observations:
        here = Address("indicator", indicator.key, f"k-{observation.key}")
        yield observation.key, Shown(f"{indicator.name}（{label_words(observation.year).ja}）", here)


def _on_text(key: str) -> Address:
    return Address("text", "", f"k-{key}")


def _title(node: Node) -> str:
    """What a person calls a record beside the tree: its number and name, else the text itself."""
    named = ("no", "label", "mark", "name", "title", "term", "what", "method", "plan", "code", "printed")
    found = (str(value) for field in named if isinstance(value := getattr(node, field, None), (str, int)))
    title = " ".join(part for part in found if part)
    text = title or str(getattr(node, "text", ""))
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


_LONGEST = 60
