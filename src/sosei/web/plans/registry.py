"""What adoption writes beside the edition: records that yearly rows point at, and the indicators' registry."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sosei.plan.base import Node
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element as ElementRecord
from sosei.plan.model import Plan as Document
from sosei.plan.walk import nodes
from sosei.plan.writing import data_of
from sosei.web.plans.models import Draft, Edition, Element, RegisteredIndicator
from sosei.web.plans.store import LONGEST_TITLE

_CHUNK = 500
_POINTED_AT: dict[type[Node], str] = {
    ElementRecord: "element",
    Indicator: "indicator",
    Placement: "placement",
}


def take_over(edition: Edition, document: Document) -> None:
    """Elements seen first or still there in ``edition``; each indicator's definition as it is now."""
    kinds = {node.key: _POINTED_AT[type(node)] for node in nodes(document) if type(node) in _POINTED_AT}
    known = set(Element.objects.filter(plan=edition.plan).values_list("key", flat=True))
    still = sorted(known & kinds.keys())
    for start in range(0, len(still), _CHUNK):
        Element.objects.filter(plan=edition.plan, key__in=still[start : start + _CHUNK]).update(last=edition)
    Element.objects.bulk_create(
        Element(
            municipality=edition.municipality,
            plan=edition.plan,
            key=key,
            kind=kind,
            first=edition,
            last=edition,
        )
        for key, kind in kinds.items()
        if key not in known
    )
    RegisteredIndicator.objects.bulk_create(
        (
            RegisteredIndicator(
                municipality=edition.municipality,
                key=indicator.key,
                name=indicator.name[:LONGEST_TITLE],
                definition=definition_text(indicator),
                edition=edition,
            )
            for indicator in document.indicators
        ),
        update_conflicts=True,
        unique_fields=["municipality", "key"],
        update_fields=["name", "definition", "edition"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """An indicator of a draft whose definition another plan has changed since: the fields that differ."""

    indicator: Indicator
    registered: RegisteredIndicator
    fields: tuple[str, ...]


def behind(draft: Draft, base: Document, document: Document) -> list[Behind]:
    """The indicators of ``document`` that another plan's adoption defined anew, since the draft's ``base``.

    One that the draft itself writes anew is not among them, once it says the same.
    """
    before = {each.key: each for each in base.indicators}
    now = {each.key: each for each in document.indicators}
    registered = RegisteredIndicator.objects.filter(municipality=draft.municipality_id).exclude(
        edition__plan=draft.plan_id
    )
    return [
        Behind(indicator=now[row.key], registered=row, fields=fields)
        for row in registered.select_related("edition__plan").defer("edition__data")
        if row.key in now and (row.key not in before or definition_text(before[row.key]) != row.definition)
        if (fields := differing(definition_text(now[row.key]), row.definition))
    ]


def differing(one: str, other: str) -> tuple[str, ...]:
    """The fields in which two definitions differ, in the order of the model."""
    first, second = json.loads(one), json.loads(other)
    return tuple(name for name in Indicator.model_fields if first.get(name) != second.get(name))


def definition_text(indicator: Indicator) -> str:
    """What the indicator is, without its values, as JSON text."""
    data = data_of(indicator)
    data.pop("observations", None)
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
