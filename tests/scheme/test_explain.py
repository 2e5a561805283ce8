"""Whole explanations and readings, as a council member reads them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scheme.cases import result

BANDS = '[class]\nbands = [{ label = "A", from = 100 }, { label = "B", from = 80 }, { label = "C" }]\n'


@pytest.mark.parametrize(
    ("toml", "row", "ja", "en"),
    [
        (
            "rounding = { digits = 1 }\n" + BANDS,
            {"target": "120件", "actual": "110件", "printed": "91.7%"},
            "最終の目標値は120件です。R6の実績値は110件です。計算: 110 ÷ 120 × 100 = 91.666…%。"
            "小数第2位を四捨五入して91.7%です。目標は達成していません。91.666…%は80%以上なので、区分は「B」です。"
            "公表された91.7%と一致します。",
            "The final target is 120件. The actual of R6 is 110件. Calculation: 110 ÷ 120 × 100 = 91.666…%. "
            "With 1 decimals, rounded half up: 91.7%. The target is not reached. "
            'The class is "B", since 91.666…% is at least 80%. It agrees with the published 91.7%.',
        ),
        (
            'period = { first = "R5", last = "R8" }\nquantity = { kind = "progress" }\n'
            'rounding = { mode = "cut" }\n' + BANDS.replace("[class]", '[class]\non = "pace"'),
            {"baseline": "▲300", "target": "▲100", "actual": "▲201", "printed": "50%"},
            "最終の目標値は▲100です。R6の実績値は▲201です。基準値は▲300です。"
            "計算: ((-201) − (-300)) ÷ ((-100) − (-300)) × 100 = 49.5%。小数点以下を切り捨てて49%です。"
            "目標は達成していません。経過した期間に対する 49.5% ÷ (2/4) = 99% は80%以上なので、区分は「B」です。"
            "公表されたのは50%で、計算の49%と違います。",
            None,
        ),
        (
            'period = { first = "R5", last = "R8" }\n'
            + BANDS.replace("[class]", '[class]\non = "pace"\nof = "rounded"'),
            {"target": 1000, "actual": "399.5"},
            "最終の目標値は1000です。R6の実績値は399.5です。計算: 399.5 ÷ 1,000 × 100 = 39.95%。"
            "小数第1位を四捨五入して40%です。目標は達成していません。"
            "端数処理した率の、経過した期間に対する 40% ÷ (2/4) = 80% は80%以上なので、区分は「B」です。",
            None,
        ),
        (
            'quantity = { parts = "each" }\nlimits = { floor = 60, below_text = "60%未満", above_text = "100%超" }',
            {"target": "200・400・10", "actual": "150・500・5"},
            "最終の目標値は200・400・10です。R6の実績値は150・500・5です。"
            "値ごとの割合は 150 ÷ 200、500 ÷ 400、5 ÷ 10 で、75%・100%超・60%未満 です。目標は一部達成です。",
            None,
        ),
        (
            'quantity = { parts = "each" }\nlimits = { floor = 80, cap = 100 }',
            {"target": "200・400", "actual": "150・500"},
            "最終の目標値は200・400です。R6の実績値は150・500です。"
            "値ごとの割合は 150 ÷ 200、500 ÷ 400 で、80%・100% です。目標は一部達成です。",
            None,
        ),
        (
            "",
            {"target": "10件", "actual": "集計中"},
            "最終の目標値は10件です。R6の実績値は集計中です。実績値がありません（集計中）。そのため率はありません。",
            "The final target is 10件. The actual of R6 is 集計中. "
            "There is no rate: there is no actual value (being counted).",
        ),
        (
            '[no_value.counting]\nask_again = "翌年11月"',
            {"target": "10件", "actual": "集計中"},
            "最終の目標値は10件です。R6の実績値は集計中です。"
            "実績値がありません（集計中）。次の確認: 翌年11月。そのため率はありません。",
            None,
        ),
        (
            "",
            {"target": "前年より減少", "actuals": {2023: 41, 2024: 40}},
            "最終の目標値は前年より減少です。R6の実績値は40です。数として読めない値です。そのため率はありません。"
            "比べる値（R5）は41です。目標は達成しています。",
            None,
        ),
        (
            'limits = { cap = 100, above_text = "100%超" }\nactual = { use = "running_total" }\n'
            'period = { first = "R5", last = "R8" }',
            {"target": 10, "actuals": {2023: 5, 2024: 6}},
            "最終の目標値は10です。R5からR6までの累計の実績値は 5 + 6 = 11 です。計算: 11 ÷ 10 × 100 = 110%。"
            "上限により100%とします。「100%超」と示します。目標は達成しています。",
            None,
        ),
        (
            '[class]\non = "steps"\nsteps = [{ label = "同じ", when = "same" }]\ntolerance = { points = 3 }',
            {"baseline": "52.0", "target": "60.0", "actual": "49.5"},
            "最終の目標値は60.0です。R6の実績値は49.5です。計算: 49.5 ÷ 60 × 100 = 82.5%。"
            "小数第1位を四捨五入して83%です。目標は達成していません。"
            "基準値と同じとみなせる（基準 52、許容 3以内）ので、区分は「同じ」です。",
            None,
        ),
    ],
)
def test_explanation(toml: str, row: dict[str, Any], ja: str, en: str | None) -> None:
    found = result(toml, **row)
    assert found.explanation("ja") == ja
    assert en is None or found.explanation("en") == en


def texts(toml: str, **row: Any) -> dict[str, str]:
    return {reading.kind: reading.text for reading in result(toml, **row).readings()}


def test_a_value_that_did_not_move() -> None:
    found = texts("", baseline="10.82日", target="11.27日", actual="10.82日")
    assert found == {"ratio": "96%", "progress": "0%", "pace": "-"}


def test_one_year_against_four() -> None:
    found = texts("", target="36件／4か年", actual="17件／１か年")
    assert (found["ratio"], found["period_adjusted"]) == ("47%", "189%")
    assert "period_adjusted" not in texts("", target="36件／年", actual="17件／年")
    assert "period_adjusted" not in texts("", target="36件", actual="17件")


def test_pace_and_the_lower_ratio() -> None:
    toml = 'period = { first = "R5", last = "R8" }\nrounding = { digits = 1 }'
    found = texts(toml, baseline=100, target=80, actual=90)
    assert found == {"ratio": "112.5%", "target_over_actual": "88.9%", "progress": "50.0%", "pace": "100.0%"}


def test_readings_say_why_there_is_none() -> None:
    (ratio, progress, pace) = result(target=0, actual=3, baseline=0).readings()
    assert {ratio.rate, progress.rate, pace.rate} == {None}
    assert "目標値が0" in ratio.sentence("ja")
    assert "the same" in progress.sentence("en")
