"""Small plans for the tests of the rules: a few words make a city.

    city(goal("基本目標1", "仕事をつくる", measures=[
        measure("施策①", "商工業の振興", kpis=[kpi("創業件数", "5件", "10件", "7件", rate="70%")],
                projects=[project("創業塾を開いた。", "7件の創業があった。", kpis=[kpi("創業件数", actual="7件", of="a")])]),
    ]))

The year under review is R6, the columns of a plan run from R6 to R9, divisions are named by their words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import count
from typing import Any

from pydantic import TypeAdapter

from sosei.plan.model import Plan
from sosei.plan.reading import load_data
from sosei.values import Quantity, YearLabel, parse_quantity, parse_when, parse_year_label

Data = dict[str, Any]
_numbers = count()
_QUANTITY = TypeAdapter(Quantity)
_LABEL = TypeAdapter(YearLabel)


def key() -> str:
    """A key that nothing else has."""
    return f"k{next(_numbers):09d}"


def quantity(text: str) -> Data:
    """A printed value as data."""
    data: Data = json.loads(_quantity(text))
    return data


def label(text: str) -> Data:
    """A year label as data: R6, (R 4) (R 6 計算), 令和7年(2025年)9月."""
    data: Data = json.loads(_label(text))
    return data


@cache
def _quantity(text: str) -> bytes:
    return _QUANTITY.dump_json(parse_quantity(text), exclude_defaults=True)


@cache
def _label(text: str) -> bytes:
    return _LABEL.dump_json(parse_year_label(text), exclude_defaults=True)


def kpi(
    name: str,
    baseline: str = "",
    target: str = "",
    actual: str = "",
    rate: str = "",
    *,
    of: str = "",
    role: str = "kpi",
    direction: str = "raise",
    counting: str = "unknown",
    source: str = "市の調べ",
    years: tuple[str, str] = ("R5", "R9"),
    earlier: dict[str, str] | None = None,
    own: str = "",
    difference: str = "conflict",
    suffix: str = "",
    **indicator: Any,
) -> Data:
    """An indicator with its placement.  ``of`` is shared by the rows of one indicator; the first one
    defines it.  ``years`` are those of baseline and target, ``earlier`` values of earlier years,
    ``own`` a value printed at this place only; ``indicator`` sets further fields of the indicator.
    """
    return {
        "of": of or key(),
        "placement": {"role": role, "name": name, "name_suffix": suffix},
        "baseline": {"quantity": quantity(baseline), "year": label(years[0])} if baseline else None,
        "target": {"quantity": quantity(target), "year": label(years[1])} if target else None,
        "actual": actual,
        "rate": rate,
        "earlier": earlier or {},
        "own": own,
        "difference": difference,
        "indicator": {
            "name": name,
            "unit": parse_quantity(target or actual or baseline).printed_unit,
            "direction": direction,
            "counting": counting,
            "source": source,
            **indicator,
        },
    }


def numeric_target(name: str, *values: str, **more: Any) -> Data:
    """A goal's 数値目標."""
    return kpi(name, *values, role="numeric_target", **more)


def project_kpi(name: str, actual: str = "", **more: Any) -> Data:
    """A project's KPI: only an actual."""
    return kpi(name, actual=actual, role="project_kpi", **more)


def project(
    done: str = "",
    evaluation: str = "",
    *,
    kpis: Sequence[Data] = (),
    division: Sequence[str] = ("企画課",),
    name: str = "事業",
    **more: Any,
) -> Data:
    """A 具体的な事業 with what it reports for R6."""
    activity = {"key": key(), "year": label("令和6年度")}
    if done:
        activity["done"] = {"text": done}
    if evaluation:
        activity["evaluation"] = {"text": evaluation}
    return {
        "level": "project",
        "name": name,
        "divisions": division,
        "kpis": kpis,
        "activities": [activity],
        **more,
    }


def measure(
    label: str,
    name: str,
    *,
    kpis: Sequence[Data] = (),
    projects: Sequence[Data] = (),
    description: str = "",
    division: Sequence[str] = ("企画課",),
    **more: Any,
) -> Data:
    """A 施策 with its KPIs and projects."""
    return {
        "level": "measure",
        "label": label,
        "name": name,
        "divisions": division,
        "kpis": kpis,
        "children": projects,
        **({"description": {"text": description}} if description else {}),
        **more,
    }


def goal(
    label: str,
    name: str = "住みよいまちをつくる",
    *,
    targets: Sequence[Data] = (),
    measures: Sequence[Data] = (),
    description: str = "",
    **more: Any,
) -> Data:
    """A 基本目標 with its 数値目標 and measures."""
    return {
        "level": "goal",
        "label": label,
        "name": name,
        "kpis": targets,
        "children": measures,
        **({"description": {"text": description}} if description else {}),
        **more,
    }


def one(*kpis: Data, **more: Any) -> Plan:
    """A city with one goal and one measure that has these KPIs; ``more`` are fields of the measure."""
    name = more.pop("name", "暮らしの充実")
    return city(goal("基本目標1", measures=[measure("施策①", name, kpis=kpis, **more)]))


def chapter(no: str, title: str, *paragraphs: str, sections: Sequence[Data] = ()) -> Data:
    """A chapter."""
    return {
        "key": key(),
        "no": no,
        "title": title,
        "paragraphs": [{"text": text} for text in paragraphs],
        "sections": sections,
    }


def city(*goals: Data, period: tuple[str, str] = ("R6", "R9"), **fields: Any) -> Plan:
    """A whole plan of these goals; ``fields`` are fields of the plan as in its file."""
    divisions: dict[str, str] = {}
    indicators: dict[str, Data] = {}
    elements = [_element(each, divisions, indicators) for each in goals]
    first, last = (parse_when(f"{_era(year)}年度") for year in period)
    assert first is not None
    assert last is not None
    plan: Data = {
        "format": "sosei-plan",
        "version": 1,
        "key": key(),
        "title": "第3期見本市まち・ひと・しごと創生総合戦略",
        "municipality": {"code": "011002", "name": "見本市", "prefecture": "見本県"},
        "period": {
            "text": f"{_era(period[0])}年度～{_era(period[1])}年度",
            "first": {"year": first.year, "kind": "fiscal"},
            "last": {"year": last.year, "kind": "fiscal"},
        },
        "levels": [
            {"code": "goal", "name": "基本目標", "kind": "goal"},
            {"code": "measure", "name": "施策", "kind": "measure"},
            {"code": "project", "name": "具体的な事業", "kind": "project"},
        ],
        "divisions": [{"key": k, "name": name} for name, k in divisions.items()],
        "elements": elements,
        "indicators": [*indicators.values()],
        **fields,
    }
    return load_data(json.loads(json.dumps(plan)))


def _era(year: str) -> str:
    return year.replace("R", "令和").replace("H", "平成")


def _element(given: Data, divisions: dict[str, str], indicators: dict[str, Data]) -> Data:
    given = dict(given)
    kpis: Iterable[Data] = given.pop("kpis", ())
    names: Iterable[str] = given.pop("division", given.pop("divisions", ()))
    children = [_element(child, divisions, indicators) for child in given.pop("children", ())]
    return {
        "key": key(),
        **given,
        "divisions": [divisions.setdefault(name, key()) for name in names],
        "placements": [_placement(each, indicators) for each in kpis],
        "children": children,
    }


def _placement(given: Data, indicators: dict[str, Data]) -> Data:
    indicator = indicators.get(given["of"])
    if indicator is None:
        indicator = indicators[given["of"]] = {"key": key(), **given["indicator"], "observations": []}
    if given["actual"]:
        given["earlier"]["R6"] = given["actual"]
    for year, text in given["earlier"].items():
        if not any(o["year"]["text"] == year for o in indicator["observations"]):
            indicator["observations"].append({"key": key(), "year": label(year), "quantity": quantity(text)})
    placement = {"key": key(), "indicator": indicator["key"], **given["placement"]}
    for field in ("baseline", "target"):
        if given[field]:
            placement[field] = given[field]
    printed: Data = {}
    if given["rate"]:
        printed["rate"] = quantity(given["rate"])
    if given["own"]:
        printed |= {"actual": quantity(given["own"]), "difference": given["difference"]}
    if printed:
        placement["printed"] = [{"key": key(), "year": label("R6"), **printed}]
    return placement
