"""Cases of PER12 to PER17: the plan's own dates.  The plan runs from R6 to R9."""

from __future__ import annotations

from typing import Any

from sosei.plan.model import Plan
from tests.checks.build import Data, city, goal, key, label, measure
from tests.checks.case import fires, quiet


def _fiscal(year: int) -> Data:
    return {"year": year, "kind": "fiscal"}


def _before(first: int, last: int, no: int = 2) -> Data:
    return {
        "key": key(),
        "no": no,
        "title": f"第{no}期総合戦略",
        "period": {"text": f"{first}年度～{last}年度", "first": _fiscal(first), "last": _fiscal(last)},
    }


def _verified(**condition: object) -> list[Data]:
    statement = {
        "key": key(),
        "text": "5年間の累計で100人増やす。",
        "conditions": [
            {"subject": "人口", "quantity": {"text": "100人", "number": "100", "unit": "人"}, **condition}
        ],
        "verdict": "未達成",
    }
    goals = [{"key": key(), "label": "基本目標1", "name": "人を増やす", "statements": [statement]}]
    return [{"key": key(), "plan": "第２期総合戦略", "goals": goals}]


def _total(first: int, last: int, *, cumulative: bool = True) -> Data:
    years = {"first": {"year": first, "kind": "calendar"}, "last": {"year": last, "kind": "calendar"}}
    return {"text": "5年間の累計", **years, "cumulative": cumulative}


def _plan(*before: Data, adopted: str = "", **fields: Any) -> Plan:
    if adopted:
        fields["adopted"] = label(adopted)
    return city(goal("基本目標1"), predecessors=list(before), **fields)


def _describing(text: str) -> Plan:
    return city(goal("基本目標1", measures=[measure("施策①", "暮らし", description=text)]))


def _note(text: str) -> Plan:
    notes = [{"key": key(), "kind": "term", "mark": "※", "term": "地域包括ケア", "text": {"text": text}}]
    return city(goal("基本目標1"), notes=notes)


CASES = [
    fires(
        "PER12",
        "half a year before the end",
        lambda: _plan(_before(2020, 2023), adopted="令和5年(2023年)9月", verifications=_verified()),
        "第2期総合戦略",
        "2020年度～2023年度",
        "令和5年(2023年)9月",
        year=None,
    ),
    fires(
        "PER12",
        "in the last March",
        lambda: _plan(_before(2020, 2023), adopted="令和6年3月", verifications=_verified()),
        "令和6年3月",
    ),
    quiet(
        "PER12",
        "a month after the end",
        lambda: _plan(_before(2020, 2023), adopted="令和6年4月", verifications=_verified()),
    ),
    quiet("PER12", "no verification", lambda: _plan(_before(2020, 2023), adopted="令和5年9月")),
    quiet("PER12", "no date", lambda: _plan(_before(2020, 2023), verifications=_verified())),
    fires(
        "PER13",
        "five of the six years",
        lambda: _plan(_before(2018, 2023), verifications=_verified(span=_total(2019, 2023))),
        "5年間の累計",
        "2018年度～2023年度",
    ),
    fires(
        "PER13",
        "a deadline long before the end",
        lambda: _plan(_before(2020, 2023), verifications=_verified(deadline=label("2018年"))),
        "2018年",
    ),
    quiet(
        "PER13",
        "all of its years",
        lambda: _plan(_before(2019, 2023), verifications=_verified(span=_total(2019, 2023))),
    ),
    quiet(
        "PER13",
        "a deadline in the last year",
        lambda: _plan(_before(2019, 2023), verifications=_verified(deadline=label("2023年"))),
    ),
    quiet(
        "PER13",
        "a comparison of two years, no total",
        lambda: _plan(
            _before(2018, 2023), verifications=_verified(span=_total(2019, 2023, cumulative=False))
        ),
    ),
    fires(
        "PER14",
        "a year without a plan",
        lambda: _plan(_before(2019, 2022)),
        "2019年度～2022年度",
        "令和6年度～令和9年度",
    ),
    fires(
        "PER14", "two plans for a year", lambda: _plan(_before(2015, 2020, 1), _before(2020, 2023)), "第1期"
    ),
    quiet("PER14", "one after the other", lambda: _plan(_before(2015, 2019, 1), _before(2020, 2023))),
    quiet("PER14", "no plan before", _plan),
    fires(
        "PER15",
        "in the autumn after",
        lambda: _plan(adopted="令和6年9月"),
        "令和6年9月",
        "令和6年度～令和9年度",
    ),
    fires("PER15", "in the next January", lambda: _plan(adopted="令和7年1月"), "令和7年1月"),
    quiet("PER15", "in March before", lambda: _plan(adopted="令和6年3月")),
    quiet("PER15", "in April", lambda: _plan(adopted="令和6年4月")),
    quiet("PER15", "the month is not known", lambda: _plan(adopted="令和6年")),
    fires(
        "PER16",
        "a note that looks ahead to last year",
        lambda: _note("令和5年(2023年)を目途とする支援体制。"),
        "令和5年(2023年)を目途",
        "R6",
        year=None,
    ),
    fires(
        "PER16",
        "a measure to be done by then",
        lambda: _describing("令和５年度末までに計画を策定します。"),
        "令和５年度末までに",
    ),
    quiet("PER16", "a year of the plan", lambda: _describing("令和7年度末までに計画を策定します。")),
    quiet("PER16", "what was done", lambda: _describing("令和5年度までに計画を策定しました。")),
    quiet("PER16", "no goal", lambda: _describing("令和5年度に比べて利用を増やします。")),
    quiet(
        "PER16",
        "a figure of that year to be raised",
        lambda: _describing("令和5年の12人から増やすことを目標とします。"),
    ),
    fires(
        "PER17",
        "another month",
        lambda: _plan(adopted="令和6年3月", colophon="見本市総合戦略　令和６年２月策定"),
        "令和６年２月",
        "令和6年3月",
    ),
    quiet(
        "PER17", "the same month", lambda: _plan(adopted="令和6年(2024年)3月", colophon="令和６年３月策定")
    ),
    quiet("PER17", "when it was printed", lambda: _plan(adopted="令和6年3月", colophon="令和6年6月発行")),
    quiet(
        "PER17",
        "revised later",
        lambda: _plan(adopted="令和6年3月", colophon="令和6年3月策定　令和8年3月改定"),
    ),
]
