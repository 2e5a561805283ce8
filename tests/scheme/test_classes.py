"""Classes: bands, pace, steps, words, judged ones, rows without a rate, the first years, effects."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.scheme.case import Judgement
from tests.scheme.cases import R6, result

BANDS = 'bands = [{ label = "A", from = 100 }, { label = "B", from = 80 }, { label = "C" }]\n'
CLASS = f"[class]\n{BANDS}"
PACE = (
    'period = { first = "R5", last = "R8" }\nquantity = { kind = "progress" }\n'
    f'[class]\non = "pace"\n{BANDS}'
)
MARKS = (
    '[class]\non = "steps"\nsteps = [{ label = "◎", when = "above_target" }, { label = "○", when = "reached" }, '
    '{ label = "△", when = ["started", "not_worse"] }, { label = "×" }]\nnone = "－"\n'
)


@pytest.mark.parametrize(
    ("toml", "row", "grade"),
    [
        (CLASS, {"target": 10, "actual": 10}, "A"),
        (CLASS, {"target": 10, "actual": 8}, "B"),
        (CLASS, {"target": 1000, "actual": 799}, "C"),
        (CLASS, {"target": 10}, None),
        (CLASS + 'none = "－"', {"target": 10}, "－"),
        (
            CLASS + 'none = "－"\nreached = "A"\nmissed = "C"',
            {"target": 0, "actual": 0, "direction": "lower"},
            "A",
        ),
        (
            CLASS + 'none = "－"\nreached = "A"\nmissed = "C"',
            {"target": 0, "actual": 1, "direction": "lower"},
            "C",
        ),
        (CLASS + '[no_value.ended]\nclass = "×"', {"target": 10, "actual": "終了"}, "×"),
        (CLASS + '[no_value.no_target]\nclass = "評価なし"', {"target": "未設定", "actual": 1}, "評価なし"),
        (
            "[class]\nunit_percent = false\nbands = [{ label = 'A', above = 0.5, to = 0.8 }, { label = 'B' }]",
            {"target": 10, "actual": 8},
            "A",
        ),
        ("[class]\nbands = [{ label = 'A', above = 80 }, { label = 'B' }]", {"target": 10, "actual": 8}, "B"),
        ("[class]\nbands = [{ label = 'A', from = 80, below = 90 }]", {"target": 10, "actual": 9}, None),
        (
            CLASS + "full_at_hundred = [{ label = 'S', from = 100 }, { label = 'T' }]",
            {"target": "100%", "actual": "100%"},
            "S",
        ),
        (
            CLASS + "full_at_hundred = [{ label = 'S', from = 100 }, { label = 'T' }]",
            {"target": "100人", "actual": "100人"},
            "A",
        ),
        (
            'period = { first = "R6", last = "R9" }\n' + CLASS + 'first_years_without = 1\nnone = "－"',
            {"target": 1, "actual": 1},
            "－",
        ),
        (
            'period = { first = "R5", last = "R8" }\n' + CLASS + 'on = "pace"\nfirst_years_without = 1',
            {"target": 10, "actual": 4},
            "B",
        ),
        (
            'period = { first = "R7", last = "R8" }\n' + CLASS + 'on = "pace"\nnone = "－"',
            {"target": 10, "actual": 4},
            "－",
        ),
        (
            PACE.replace("[class]", '[class]\nof = "rounded"'),
            {"baseline": 0, "target": 1000, "actual": "499.5"},
            "A",
        ),
        (PACE, {"baseline": 0, "target": 1000, "actual": "499.5"}, "B"),
        ('[class]\non = "reached"', {"target": 10, "actual": 4}, "未達成"),
        ('[class]\non = "reached"\nnone = "－"', {"target": 10}, "－"),
        (
            '[class]\non = "reached"\nsteps = [{ label = "○", when = "reached" }, { label = "△", when = "partly" }, '
            '{ label = "×", when = "missed" }]',
            {"target": "男 8, 女 9", "actual": "男 8, 女 8"},
            "△",
        ),
        (MARKS, {"baseline": 5, "target": 10, "actual": 11}, "◎"),
        (MARKS, {"baseline": 5, "target": 10, "actual": 10}, "○"),
        (MARKS, {"baseline": 5, "target": 10, "actual": 5}, "△"),
        (MARKS, {"baseline": 0, "target": 10, "actual": 0}, "×"),
        (MARKS, {"baseline": 5, "target": 10, "actual": 4}, "×"),
        (MARKS, {"baseline": 5, "target": 10, "actual": "集計中"}, "－"),
        (
            '[class]\non = "steps"\nsteps = [{ label = "改善", when = ["improved", "no_target"] }, { label = "他" }]',
            {"baseline": 5, "actual": 6},
            "改善",
        ),
        (
            'period = { first = "R5", last = "R8" }\n[class]\non = "steps"\n'
            'steps = [{ label = "a", when = "on_path" }, { label = "b", when = "not_worse" }, { label = "c" }]',
            {"baseline": 0, "target": 10, "actual": 5},
            "a",
        ),
        ('[class]\non = "judged"', {"target": 10, "actual": 4, "grades": {R6: "◎"}}, "◎"),
        ('from = "R7"\n' + CLASS, {"target": 10, "actual": 4, "grades": {R6: "◎"}}, "◎"),
    ],
)
def test_class(toml: str, row: dict[str, Any], grade: str | None) -> None:
    found = result(toml, **row)
    assert found.grade == grade
    for language in ("ja", "en"):
        assert grade is None or grade in found.explanation(language)


NAGAYO = (
    '[class]\non = "steps"\nsteps = [{ label = "S", when = "above_target" }, '
    '{ label = "A", when = "above_baseline" }, { label = "C" }]\nnone = "－"\n'
)
DIRECTION = 'quantity = { kind = "direction" }\n'
GIVEN = '[no_value.no_baseline]\nclass = "評価不能"\n'


@pytest.mark.parametrize(
    ("toml", "row", "grade", "reason"),
    [
        (DIRECTION + NAGAYO, {"target": 10, "actual": 11}, "S", "word"),
        (DIRECTION + NAGAYO, {"target": 10, "actual": 9}, "－", "no_baseline"),
        (DIRECTION + NAGAYO, {"target": 10, "actual": 9, "baseline": "―"}, "－", "no_baseline"),
        (DIRECTION + NAGAYO + GIVEN, {"target": 10, "actual": 9}, "評価不能", "no_baseline"),
        (DIRECTION + NAGAYO + GIVEN, {"target": 10, "actual": 11}, "S", "word"),
        (DIRECTION + NAGAYO + GIVEN, {"target": 10, "actual": 9, "baseline": 9}, "C", "word"),
        (NAGAYO + GIVEN, {"target": 10, "actual": 9}, "評価不能", "no_baseline"),
        (
            'quantity = { kind = "progress" }\n' + NAGAYO + GIVEN,
            {"target": 10, "actual": 11},
            "S",
            "no_baseline",
        ),
        (
            'quantity = { kind = "progress" }\n' + NAGAYO + GIVEN,
            {"target": 10, "actual": 9},
            "評価不能",
            "no_baseline",
        ),
        (NAGAYO.replace('none = "－"', ""), {"target": 10, "actual": 9}, None, "no_baseline"),
        (MARKS, {"target": 10, "actual": 0}, "×", ""),
        (NAGAYO, {"target": "設置", "actual": "検討中"}, "C", "no_number"),
    ],
)
def test_steps_without_a_baseline(toml: str, row: dict[str, Any], grade: str | None, reason: str) -> None:
    found = result(toml, **row)
    assert (found.grade, found.cause) == (grade, reason)
    decided = grade in ("S", "C", "×")
    assert ("基準値がなく、" in found.explanation("ja")) is not decided
    assert ("Without a baseline" in found.explanation("en")) is not decided
    assert decided or "no baseline" in found.reason("en")


@pytest.mark.parametrize(("printed", "agrees"), [("B", True), ("Ｂ", True), ("A", False), ("", None)])
def test_the_published_class_beside_it(printed: str, agrees: bool | None) -> None:
    assert result(CLASS, target=10, actual=8, grades={R6: printed}).grade_agrees is agrees


EFFECT = (
    '[effect]\nbands = [{ label = "非常に", above = 100 }, { label = "相当程度", from = 70 }, '
    '{ label = "効果", when = "improved" }, { label = "なし" }]'
)


@pytest.mark.parametrize(
    ("actual", "effect"),
    [(101, "非常に"), (100, "相当程度"), (70, "相当程度"), (60, "効果"), (40, "なし"), ("-", None)],
)
def test_effect_of_a_grant_project(actual: object, effect: str | None) -> None:
    assert result(EFFECT, baseline=50, target=100, actual=actual).effect == effect


@pytest.mark.parametrize(("actual", "effect"), [(101, "非常に"), (60, None)])
def test_effect_without_a_baseline(actual: object, effect: str | None) -> None:
    assert result(EFFECT, target=100, actual=actual).effect == effect


def test_a_judgement_keeps_both() -> None:
    judged = {R6: Judgement(grade="A", reason="天候", by="本部")}
    found = result(CLASS, target=10, actual=8, judged=judged)
    assert (found.computed_grade, found.grade) == ("B", "A")
    assert "本部" in found.explanation("ja")
