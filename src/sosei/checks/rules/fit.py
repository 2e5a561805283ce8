"""Whether a KPI belongs to the measure that it is to measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sosei.checks.data import word_list
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.checks.say import short
from sosei.plan.indicator import Role
from sosei.plan.model import Element
from sosei.plan.walk import Placed
from sosei.values import fold


@dataclass(frozen=True)
class _Field:
    """A field of work: words in a KPI's name that tell it, and the words of a measure that fits."""

    name: Words
    kpi: re.Pattern[str]
    measure: re.Pattern[str]


@cache
def _fields() -> list[_Field]:
    return [
        _Field(Words(entry["name"], entry["name_en"]), re.compile(entry["kpi"]), re.compile(entry["measure"]))
        for entry in word_list("fields")["field"]
    ]


@rule(
    "TXT11",
    Severity.INFO,
    title=Words("KPIが施策の内容と離れている", "A KPI that its measure does not speak of"),
    why=Words(
        "施策が進んだかどうかを、そのKPIでは確かめられません。",
        "The KPI does not show whether the measure makes headway.",
    ),
    mend=Words(
        "KPIをふさわしい施策に移すか、施策の内容にその取組を書き足してください。",
        "Move the KPI to the measure it belongs to, or say in the measure what is done for it.",
    ),
    case=Words(
        "「河川施設の整備等」のKPIが「補修済橋梁数」で、施策に橋や道路のことが書かれていない。",
        'The KPI of the measure "river works" counts repaired bridges, of which the measure says nothing.',
    ),
)
def far_from_the_measure(dossier: Dossier) -> Iterator[Found]:
    """KPIs of a known field of work whose measure has no word of that field in name, text or projects."""
    said: dict[str, str] = {}
    for row in dossier.rows:
        if row.placement.role is not Role.KPI:
            continue
        name = fold(row.name)
        field = next((field for field in _fields() if field.kpi.search(name)), None)
        if field is None:
            continue
        key = row.element.key
        if key not in said:
            said[key] = _words_of(row.placed)
        if said[key] and not field.measure.search(said[key]):
            yield Found(
                _message(row, field), (row.place("name"), dossier.place(row.placed, "name", _called(row)))
            )


def _message(row: Row, field: _Field) -> Words:
    return Words(
        f"「{_called(row)}」のKPIに「{short(row.name)}」がありますが、施策には{field.name.ja}に関する記載がありません。",
        f'"{short(row.name)}" is a KPI of "{_called(row)}", but the measure says nothing of {field.name.en}.',
    )


def _called(row: Row) -> str:
    return short(" ".join(part for part in (row.element.label, row.element.name) if part))


def _words_of(placed: Placed) -> str:
    """Every word of the measure: the goal's name, its own name and description, its projects; empty where
    there is only a name, which may be too short to tell.
    """
    element = placed.element
    texts = [str(element.description or ""), *(text for child in element.children for text in _texts(child))]
    if not any(text.strip() for text in texts):
        return ""
    return fold("\n".join([*(above.name for above in placed.path), *texts]))


def _texts(element: Element) -> Iterator[str]:
    yield element.name
    yield str(element.description or "")
    for activity in element.activities:
        yield str(activity.done or "")
        yield str(activity.evaluation or "")
    for child in element.children:
        yield from _texts(child)
