from __future__ import annotations

from typing import Any

import pytest

from sosei.checks.finding import Words
from sosei.plan.model import Plan
from sosei.web.reading.difficult import RULE, Difficulty, difficulty
from sosei.web.reading.reader import Reader
from tests.checks.build import city, goal, kpi, measure, one

WORSE = "基準値より悪化"
BELOW = "達成率が50%未満"
THREE = """
name = "三段階"
[class]
bands = [{ label = "順調", from = 100 }, { label = "概ね順調", from = 60 }, { label = "遅れ" }]
"""
TWO = """
name = "二段階"
[class]
bands = [{ label = "○", from = 100 }, { label = "×" }]
"""
LETTERS = """
name = "基準値との上下"
[quantity]
kind = "direction"
[class]
on = "steps"
steps = [
  { label = "S", when = "above_target" },
  { label = "A", when = "above_baseline" },
  { label = "B", when = "within_tolerance" },
  { label = "C" },
]
tolerance = { percent = 10 }
"""
PROGRESS = """
name = "基準からの進み"
[quantity]
kind = "progress"
"""


def judged(plan: Plan) -> Difficulty:
    """What is said of the plan's only KPI in R6."""
    reader = Reader(plan)
    ((_, placement),) = reader.placements
    span = placement.baseline.span if placement.baseline else None
    return difficulty(reader.results(2024)[placement.key], reader.elapsed(2024), span)


# The plan runs from R6 to R9: R6 is the first of four years.
CASES: list[tuple[str, dict[str, Any], list[str], str]] = [
    ("reached", {"baseline": "5件", "target": "10件", "actual": "10件"}, [], ""),
    ("missed but on its way", {"baseline": "5件", "target": "10件", "actual": "6件"}, [], ""),
    ("half is not below half", {"target": "10件", "actual": "5件"}, [], ""),
    ("below half, no baseline", {"target": "10件", "actual": "4件"}, [BELOW], ""),
    ("fell and is above half", {"baseline": "8件", "target": "10件", "actual": "7件"}, [WORSE], ""),
    ("fell below half", {"baseline": "4億円", "target": "10億円", "actual": "3.5億円"}, [WORSE, BELOW], ""),
    (
        "below half but on course",
        {"baseline": "3.3%", "target": "100%", "actual": "29.21%"},
        [],
        "基準値からの進みは27%で、4年のうち1年の経過に見合っている",
    ),
    ("below half and behind", {"baseline": "3.3%", "target": "100%", "actual": "20%"}, [BELOW], ""),
    (
        "one year of four",
        {"baseline": "28件/3か年", "target": "36件／4か年", "actual": "17件／１か年"},
        [],
        "1年あたりにそろえると目標の189%",
    ),
    ("a fall hidden by the span", {"baseline": "2件", "target": "36件／4か年", "actual": "9件"}, [], "1年"),
    (
        "baseline of unstated span",
        {"baseline": "20件", "target": "36件／4か年", "actual": "5件"},
        [BELOW],
        "",
    ),
    (
        "worse year for year",
        {"baseline": "28件/3か年", "target": "40件", "actual": "9件"},
        [WORSE, BELOW],
        "",
    ),
    (
        "less is better, reached",
        {"baseline": "30件", "target": "20件", "actual": "19件", "direction": "lower"},
        [],
        "",
    ),
    (
        "less is better, rose",
        {"baseline": "30件", "target": "20件", "actual": "31件", "direction": "lower"},
        [WORSE],
        "",
    ),
    (
        "less is better, more than twice the target",
        {"baseline": "50件", "target": "20件", "actual": "45件", "direction": "lower"},
        [BELOW],
        "",
    ),
    ("kept within", {"baseline": "30件", "target": "20件", "actual": "15件", "direction": "within"}, [], ""),
    ("not measured", {"baseline": "30件", "target": "40件", "actual": "-"}, [], ""),
    ("a true zero", {"baseline": "0件", "target": "4件", "actual": "0件"}, [BELOW], ""),
]


@pytest.mark.parametrize(("given", "why", "on_course"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_which_kpi_is_difficult(given: dict[str, Any], why: list[str], on_course: str) -> None:
    found = judged(one(kpi("創業件数", **given)))
    assert [words.ja for words in found.why] == why
    assert (found.on_course.ja if found.on_course else "")[: len(on_course)] == on_course
    assert bool(found.on_course) == bool(on_course)
    assert found.is_difficult == bool(why)


@pytest.mark.parametrize(
    ("scheme", "values", "why"),
    [
        (THREE, ("5件", "10件", "9件"), []),
        (THREE, ("5件", "10件", "5.9件"), ["評価区分が最も低い「遅れ」"]),
        (THREE, ("9.5件", "10件", "9件"), [WORSE]),
        (THREE, ("1件", "10件", "6件"), []),
        (TWO, ("5件", "10件", "9件"), []),
        (TWO, ("", "10件", "4件"), [BELOW]),
        (LETTERS, ("10件", "20件", "8件"), ["評価区分が最も低い「C」", WORSE]),
        (LETTERS, ("10件", "20件", "10件"), []),
        (PROGRESS, ("0件", "100件", "25件"), []),
        (PROGRESS, ("0件", "100件", "24件"), [BELOW]),
    ],
)
def test_classes_go_before_the_rate(scheme: str, values: tuple[str, str, str], why: list[str]) -> None:
    rows = [measure("施策①", "創業の支援", kpis=[kpi("創業件数", *values)])]
    found = judged(city(goal("基本目標1", measures=rows), schemes=[scheme]))
    assert [words.ja for words in found.why] == why


def test_the_rule_says_its_own_numbers() -> None:
    assert isinstance(RULE.words, Words)
    assert "50%未満" in RULE.words.ja
    assert "below 50%" in RULE.words.en
    assert "3段階以上" in RULE.words.ja


def test_the_difficult_kpis_of_a_real_report(plans: dict[str, Plan]) -> None:
    reader = Reader(plans["hitoyoshi"])
    found = {}
    for _, placement in reader.placements:
        if (result := reader.results(2024).get(placement.key)) is not None:
            span = placement.baseline.span if placement.baseline else None
            found[placement.name] = difficulty(result, reader.elapsed(2024), span)
    assert [name for name, each in found.items() if each.is_difficult] == [
        "雇用創出数",
        "人材マッチング累計件数",
        "人吉市まち・ひと・しごと総合交流館「くまりば」サテライトオフィス・シェアオフィス入居企業数",
        "社会増減数（転入者－転出者）",
        "人吉球磨新規学卒者の管内就職率",
        "古都人吉応援団年間寄付金額",
        "合計特殊出生率",
        "子育て支援アプリ登録者数",
        "熊本県事業「よかボス企業」登録累計数",
        "公民連携事業",
        "人吉球磨定住自立圏共生ビジョン成果指標（KPI)達成率",
    ]
    assert [name for name, each in found.items() if each.on_course] == [
        "事業承継支援実績累計数",
        "企業版ふるさと納税を活用した寄附件数",
        "地区防災計画の策定率",
    ]
