"""Two plans made for the empty workbook: one with nothing in it, and an invented example (サンプル)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from sosei.formats.workbook.draft import Draft
from sosei.formats.workbook.forms import quantity_data, year_data
from sosei.formats.workbook.incoming import seeded_keys
from sosei.formats.workbook.tables import Years
from sosei.plan.base import Key
from sosei.plan.model import Level, LevelKind, Plan
from sosei.plan.record import Municipality
from sosei.values import Column, When, era_text

_KEY: Final = "sample0000"
_CITY: Final = Municipality(code="999997", name="サンプル市")
_NAMES: Final[Mapping[LevelKind, tuple[str, str]]] = {
    LevelKind.GOAL: ("基本目標1", "地域に安定した仕事をつくる（サンプル）"),
    LevelKind.DIRECTION: ("(1)", "地域産業の担い手を育てる（サンプル）"),
    LevelKind.POLICY: ("政策1", "産業の振興（サンプル）"),
    LevelKind.MEASURE: ("施策①", "創業と商いの支援（サンプル）"),
    LevelKind.PROJECT: ("", "創業塾の開催（サンプル）"),
}
_ROWS: Final = (
    # kind, role, name, direction, counting, source, baseline, target, values
    (
        "goal",
        "numeric_target",
        "市内の就業者数",
        "raise",
        "stock",
        "国勢調査",
        "11,980人",
        "13,000人",
        "12,{n}80人",
    ),
    ("measure", "kpi", "創業した件数", "raise", "fiscal_year", "商工課調べ", "8件", "20件／年", "1{n}件"),
    ("measure", "kpi", "空き店舗率", "lower", "stock", "商工課調べ", "20.0%", "10.0%以下", "1{m}.5%"),
    (
        "project",
        "project_kpi",
        "創業塾の受講者数",
        "raise",
        "cumulative",
        "商工課調べ",
        "―",
        "延べ200人",
        "1{n}0人",
    ),
)


def empty_plan(levels: Sequence[Level]) -> Plan:
    """A plan that holds nothing but the names of its levels."""
    return Plan(key=_KEY, municipality=_CITY, levels=tuple(levels))


def sample_plan(levels: Sequence[Level], years: Years) -> Plan:
    """The invented example: one branch of the tree with a few indicators, for the years given."""
    draft = Draft(empty_plan(levels), seeded_keys(b"sample"))
    division = draft.division_key("商工課")
    steps: dict[str, Key] = {}
    above = draft.root
    for level in levels:
        label, name = _NAMES[level.kind]
        record = {"level": level.code, "no": 1, "label": label, "name": name, "divisions": [division]}
        collection = "elements" if above == draft.root else "children"
        above = steps[level.kind.value] = draft.add(above, collection, record, f"element {level.code}")
    for number, row in enumerate(_ROWS):
        if row[0] in steps:
            _indicator(draft, steps[row[0]], row, number, years)
    if above != draft.root:
        _activity(draft, above, division, years)
    return draft.plan()


def _indicator(draft: Draft, element: Key, row: tuple[str, ...], number: int, years: Years) -> None:
    _, role, name, direction, counting, source, baseline, target, values = row
    unit = quantity_data(target, Column.TARGET).get("unit", "")
    indicator = {"name": name, "unit": unit, "direction": direction, "counting": counting, "source": source}
    key = draft.add(
        draft.root, "indicators", {**indicator, "divisions": [draft.division_key("商工課")]}, f"i{number}"
    )
    placement: dict[str, Any] = {"indicator": key, "role": role, "name": name}
    placement["baseline"] = {"quantity": quantity_data(baseline, Column.BASELINE), "year": year_data("R5")}
    placement["target"] = {"quantity": quantity_data(target, Column.TARGET), "year": year_data("R10")}
    placement["path"] = [
        {"quantity": quantity_data(_text(values, each + 5), Column.TARGET), "year": _year(year)}
        for each, year in enumerate(years.targets)
    ]
    place = draft.add(element, "placements", placement, f"p{number}")
    for each, year in enumerate(years.actuals[:5]):
        text = _text(values, each)
        draft.add(
            key,
            "observations",
            {"year": _year(year), "quantity": quantity_data(text, Column.ACTUAL)},
            f"o{number} {year}",
        )
        if direction == "raise":
            share = Decimal(quantity_data(text, None)["number"]) / Decimal(
                quantity_data(target, None)["number"]
            )
            rate = {"rate": quantity_data(f"{int(100 * share)}%", Column.RATE), "grade": "B"}
            draft.add(place, "printed", {"year": _year(year), **rate}, f"r{number} {year}")


def _text(values: str, number: int) -> str:
    """A value that rises ({n}) or falls ({m}) with each year."""
    return values.format(n=number % 10, m=9 - number % 10)


def _activity(draft: Draft, element: Key, division: Key, years: Years) -> None:
    for year in years.actuals[-1:]:
        draft.add(
            element,
            "activities",
            {
                "year": _year(year),
                "done": {"text": "創業塾を全5回開き、28人が受講した（サンプル）。"},
                "evaluation": {"text": "受講後に4人が創業した。受講者の年齢に偏りがある（サンプル）。"},
                "next": {"text": "継続"},
                "budget": quantity_data("1,200千円", None),
                "settlement": quantity_data("1,150千円", None),
                "divisions": [division],
            },
            f"a {year}",
        )


def _year(year: int) -> dict[str, Any]:
    return year_data(era_text(When(year=year), short=True))
