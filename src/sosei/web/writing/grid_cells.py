"""How a cell of the grid of years is typed: its inputs, and what is typed as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sosei.checks.finding import Words
from sosei.plan.indicator import Difference, Indicator, Status
from sosei.plan.labels import VALUE_LABELS
from sosei.values import Column, Problem
from sosei.web.writing.editors import Amount, Around, Choice, Input, Line, Shown, Typed, Way
from sosei.web.writing.grid_book import Book, Slot, Sort, difference_between

COLUMNS: Mapping[Sort, Words] = {
    Sort.TARGET: Words("目標", "Target"),
    Sort.ACTUAL: Words("実績", "Actual"),
    Sort.OWN: Words("掲載値", "Printed value"),
    Sort.RATE: Words("達成率（印字）", "Rate as printed"),
    Sort.GRADE: Words("評価区分（印字）", "Class as printed"),
    Sort.SOURCE: Words("資料", "Source"),
}
REASONS = ("調査なし", "未公表", "集計中", "－")
"""Words that a cell without a value prints."""

_AMOUNTS: Mapping[Sort, Amount] = {
    Sort.TARGET: Amount(Column.TARGET),
    Sort.ACTUAL: Amount(Column.ACTUAL),
    Sort.OWN: Amount(Column.ACTUAL),
    Sort.RATE: Amount(Column.RATE),
}
_QUANTITIES: Mapping[Sort, str] = {Sort.TARGET: "quantity", Sort.ACTUAL: "quantity", Sort.OWN: "actual"}
_STATUS = Choice(Status, str(Status.FINAL))
_DIFFERENCE = Choice(Difference)
_STATUS_LABEL = Words("値の確かさ", "Status")
_DIFFERENCE_LABEL = Words("実績との違い", "Difference")


def cell_shown(slot: Slot, value: Any, around: Around) -> Shown:
    """The inputs of the cell with its ``value`` as plain data."""
    label = COLUMNS[slot.sort]
    text = _text_shown(slot, value, around)
    inputs = [replace(text, label=label, offers=_offers(slot), way=_way(slot), is_short=True)]
    if slot.sort is Sort.ACTUAL:
        inputs.append(_choice(_STATUS, f"{slot.name}/status", (value or {}).get("status"), _STATUS_LABEL))
    if slot.sort is Sort.OWN and value:
        kind = value.get("difference")
        inputs.append(_choice(_DIFFERENCE, f"{slot.name}/difference", kind, _DIFFERENCE_LABEL))
    return Shown(inputs=inputs)


def _text_shown(slot: Slot, value: Any, around: Around) -> Input:
    if slot.sort not in _AMOUNTS:
        return Line().shown(slot.name, value, around).inputs[0]
    quantity = _quantity(slot, value)
    found = _AMOUNTS[slot.sort].shown(slot.name, quantity, around).inputs[0]
    return replace(found, heard=found.heard if quantity and quantity.get("text") else None)


def _quantity(slot: Slot, value: Any) -> Any:
    """The value's quantity: the whole of it for a rate."""
    return value if slot.sort is Sort.RATE else (value or {}).get(_QUANTITIES[slot.sort])


def _offers(slot: Slot) -> str:
    return "reasons" if slot.sort in (Sort.ACTUAL, Sort.OWN) else ""


def _way(slot: Slot) -> Way:
    return Way.NAME if _offers(slot) else Way.LINE


def _choice(editor: Choice, name: str, value: str | None, label: Words) -> Input:
    shown = editor.shown(name, value, _NOWHERE).inputs[0]
    return replace(shown, label=label)


_NOWHERE: Any = None  # a choice looks at nothing around it


def cell_read(book: Book, slot: Slot, typed: Typed, before: Any) -> Any:
    """What is typed in the cell as plain data, None for nothing; raises Problem.

    ``before`` is the value it was made with: a text that did not change keeps its reading.
    """
    around = Around(book.document)
    if slot.sort not in _AMOUNTS:
        return Line().read(slot.name, typed, before, around)
    found = _AMOUNTS[slot.sort].read(slot.name, typed, _quantity(slot, before), around)
    if slot.sort is Sort.RATE or found is None:
        return found
    if slot.sort is Sort.TARGET:
        return {**(before or {}), "quantity": found}
    if slot.sort is Sort.ACTUAL:
        status = _chosen(_STATUS, f"{slot.name}/status", typed, (before or {}).get("status"), around)
        return {"quantity": found, **({"status": status} if status else {})}
    said = _chosen(_DIFFERENCE, f"{slot.name}/difference", typed, (before or {}).get("difference"), around)
    return {"actual": found, "difference": said or _difference(book, slot, found)}


def _chosen(editor: Choice, name: str, typed: Typed, before: Any, around: Around) -> Any:
    return editor.read(name, typed, before, around) if name in typed else before


def _difference(book: Book, slot: Slot, own: Any) -> str:
    """The kind of difference where nobody chose one; raises Problem where there is none."""
    indicator = book.holder(replace(slot, sort=Sort.ACTUAL))
    observed = book.value(replace(slot, sort=Sort.ACTUAL)) or {}
    adopted = observed.get("quantity")
    if adopted is None:
        raise Problem(
            "先にこの年の実績（指標として採る値）を書いてください",
            "write the actual value of this year first, which the indicator adopts",
        )
    if adopted.get("text") == own.get("text"):
        raise Problem(
            "実績と同じ値です。掲載値は、ここに別の値が印刷されているときだけ書きます",
            "this is the actual value itself; a printed value is written only where another one is printed",
        )
    assert isinstance(indicator, Indicator)  # noqa: S101  (it holds the observations)
    return str(difference_between(adopted, own, indicator.unit))


def cell_heard(slot: Slot, typed: Typed, value: Any) -> dict[str, Words]:
    """What the texts of the cell are read as, by the input's name."""
    if slot.sort not in _AMOUNTS:
        return {}
    found = _AMOUNTS[slot.sort].heard(slot.name, typed)
    if slot.sort is Sort.OWN and value and slot.name in found:
        ja, en = VALUE_LABELS[Difference][Difference(value["difference"])]
        words = found[slot.name]
        found = {slot.name: Words(f"{words.ja}（実績との違い: {ja}）", f"{words.en} (difference: {en})")}
    return found
