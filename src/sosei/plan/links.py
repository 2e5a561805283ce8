"""What one record says of another must hold: keys are unique, and what is named exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sosei.plan import walk
from sosei.values import Problem, quoted

if TYPE_CHECKING:
    from sosei.plan.base import Node
    from sosei.plan.indicator import Indicator, Placement
    from sosei.plan.model import Element, Plan


def check(plan: Plan) -> None:
    """Raise Problem at the first link that does not hold."""
    keys = _unique_keys(plan)
    divisions = {division.key for division in plan.divisions}
    indicators = walk.by_key(plan)
    levels = {level.code for level in plan.levels}
    for placed in walk.elements(plan):
        _check_element(placed, levels, divisions, indicators)
    for indicator in plan.indicators:
        _check_indicator(indicator, indicators, divisions)
    for fact in plan.population:
        _need(fact.indicator, indicators, fact, "indicator")
    for note in plan.notes:
        for anchor in note.anchors:
            _need(anchor.at, keys, note, "anchors")
            _field_of(keys[anchor.at], anchor.field, note)
    _check_remarks(plan, keys)
    for group in plan.joint_readings:
        for cell in group.options[group.chosen].cells:
            key, _, field = cell.place.partition(".")
            _need(key, keys, plan, "joint_readings")
            _field_of(keys[key], field, plan)


def _check_remarks(plan: Plan, keys: dict[str, Node]) -> None:
    """What is said about a record names one that is there."""
    for opinion in plan.opinions:
        _need(opinion.about, keys, opinion, "about")
    for erratum in plan.errata:
        _need(erratum.about, keys, erratum, "about")
    for waiver in plan.waivers:
        _need(waiver.at, keys, waiver, "at")


def _unique_keys(plan: Plan) -> dict[str, Node]:
    keys: dict[str, Node] = {}
    for node in walk.nodes(plan):
        if node.key in keys:
            raise Problem(
                f"キー「{node.key}」が{_title(keys[node.key])}と{_title(node)}の二か所にあります",
                f'the key "{node.key}" stands twice, at {_title(keys[node.key])} and at {_title(node)}',
            )
        keys[node.key] = node
    return keys


def _check_element(
    placed: walk.Placed, levels: set[str], divisions: set[str], indicators: dict[str, Indicator]
) -> None:
    element = placed.element
    if element.level not in levels:
        raise Problem(
            f"{_title(element)}の階層「{element.level}」は levels にありません",
            f'the level "{element.level}" of {_title(element)} is not among the plan\'s levels',
        )
    _need_all(element.divisions, divisions, element, "divisions")
    for activity in element.activities:
        _need_all(activity.divisions, divisions, element, "activities.divisions")
    tables = {table.key for table in _tables_above(placed.path)}
    for placement in element.placements:
        _need(placement.indicator, indicators, placement, "indicator")
        _need(placement.table, tables, placement, "table")
        _check_printed(placement, indicators[placement.indicator])


def _tables_above(path: Iterable[Element]) -> Iterator[Node]:
    for element in path:
        yield from element.tables


def _check_printed(placement: Placement, indicator: Indicator) -> None:
    """A value that differs needs an adopted one to differ from."""
    for entry in placement.printed:
        when = entry.year.effective
        if entry.actual is not None and (when is None or walk.observed(indicator, when.year) is None):
            raise Problem(
                f"{_title(placement)}に{entry.year.text}だけの値がありますが、指標の採用値がありません",
                f"{_title(placement)} has its own value for {entry.year.text} but the indicator has none",
            )


def _check_indicator(indicator: Indicator, indicators: dict[str, Indicator], divisions: set[str]) -> None:
    _need_all(indicator.divisions, divisions, indicator, "divisions")
    for term in indicator.formula.terms if indicator.formula else ():
        _need(term.indicator, indicators, indicator, "formula")
    for field in ("part_of", "breakdown_of", "continues"):
        _need(getattr(indicator, field), indicators, indicator, field)
        _no_circle(indicator, indicators, field)


def _no_circle(indicator: Indicator, indicators: dict[str, Indicator], field: str) -> None:
    seen = {indicator.key}
    above = getattr(indicator, field)
    while above in indicators:
        if above in seen:
            raise Problem(
                f"{_title(indicator)}の {field} が輪になっています",
                f"{field} of {_title(indicator)} runs in a circle",
            )
        seen.add(above)
        above = getattr(indicators[above], field)


def _need(key: str | None, known: Iterable[str], node: Node, field: str) -> None:
    if key is not None and key not in known:
        raise Problem(
            f"{_title(node)}の {field} が指す「{key}」はありません",
            f'{field} of {_title(node)} names "{key}", which does not exist',
        )


def _need_all(keys: Iterable[str], known: Iterable[str], node: Node, field: str) -> None:
    for key in keys:
        _need(key, known, node, field)


def _field_of(node: Node, field: str, holder: Node) -> None:
    if field not in type(node).model_fields:
        raise Problem(
            f"{_title(holder)}が指す{_title(node)}に項目「{quoted(field)}」はありません",
            f'{_title(holder)} names the field "{quoted(field)}", which {_title(node)} does not have',
        )


def _title(node: Node) -> str:
    """What a person calls a record: 「施策① 農林水産業の成長産業化」, else its key."""
    words = [getattr(node, field, "") for field in ("label", "name", "title", "term", "what")]
    text = " ".join(word for word in words if word)
    return f"「{quoted(text)}」" if text else f"「{node.key}」"
