"""The review as a whole: order, choice of rules, waivers, the year."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.checks.finding import Severity
from sosei.checks.registry import chosen, rules
from sosei.checks.review import review, review_year
from sosei.plan.model import Plan
from sosei.values import Problem, When
from tests.checks.build import city, goal, key, kpi, measure, project, project_kpi


def _conflict(**fields: Any) -> Plan:
    return city(
        goal(
            "基本目標1",
            measures=[
                measure(
                    "施策①",
                    "地域通貨",
                    kpis=[kpi("地域通貨利用者数", "12,763人", "16,300人", "15,473人", of="a")],
                    projects=[project(kpis=[project_kpi("利用者数", of="a", own="15,579人")])],
                )
            ],
        ),
        **fields,
    )


def _waiver(**fields: object) -> dict[str, object]:
    return {"key": key(), "code": "TWN01", "reason": "二つの統計をわざと並べている。", **fields}


def test_heavier_findings_come_first() -> None:
    weights = [finding.severity.weight for finding in review(_conflict(), 2024).findings]
    assert weights == sorted(weights)


def test_an_error_stands_until_it_is_waived() -> None:
    only = chosen(["TWN01"])
    assert review(_conflict(), 2024, only).has_errors
    waived = review(_conflict(waivers=[_waiver()]), 2024, only)
    assert not waived.has_errors
    assert [each.count for each in waived.waived] == [1]


def test_a_waiver_of_a_family_covers_its_rules() -> None:
    found = review(_conflict(waivers=[_waiver(code="TWN")]), 2024, chosen(["TWN"]))
    assert found.findings == []


def test_a_waiver_at_a_record_covers_findings_there_only() -> None:
    plan = _conflict()
    elsewhere = plan.elements[0].key
    kept = plan.model_copy(update={"waivers": _conflict(waivers=[_waiver()]).waivers[0:1]})
    at = kept.waivers[0].model_copy(update={"at": elsewhere})
    assert review(kept.model_copy(update={"waivers": (at,)}), 2024, chosen(["TWN01"])).has_errors


def test_a_waiver_of_an_unknown_rule_is_refused() -> None:
    with pytest.raises(Problem, match="TWN99"):
        review(_conflict(waivers=[_waiver(code="TWN99")]), 2024)


@pytest.mark.parametrize("reason", ["", " 　"])
def test_a_waiver_needs_a_reason(reason: str) -> None:
    with pytest.raises(Problem, match="reason"):
        _conflict(waivers=[_waiver(reason=reason)])


def test_rules_are_chosen_by_the_beginning_of_their_codes() -> None:
    assert {rule.code[:3] for rule in chosen(["TWN", "SUM01"])} == {"TWN", "SUM"}
    assert "TWN01" not in {rule.code for rule in chosen([], ["TWN01"])}
    assert len(chosen()) == len(rules())
    for wrong in ("XYZ", "", "TWN99"):
        with pytest.raises(Problem):
            chosen([wrong])


def test_the_latest_year_with_values_is_reviewed() -> None:
    plan = _conflict()
    assert review_year(plan, None) == 2024
    assert review_year(plan, When(year=2024)) == 2024
    with pytest.raises(Problem, match="R6"):
        review_year(plan, When(year=2025))
    bare = city(goal("基本目標1"))
    assert review_year(bare, None) is None
    assert review_year(bare, When(year=2025)) == 2025


def test_severities_have_their_names() -> None:
    assert [severity.label.ja for severity in Severity] == ["誤り", "要確認", "参考"]
