"""What holds for every figure: classes are total and monotone, rounding is exact, nothing raises,
the short way gives what the long way gives, and an explanation names every number it used.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sosei.scheme.choices import LowerRule, QuantityKind, RoundingMode
from sosei.scheme.evaluate import evaluate_case
from sosei.scheme.model import Band, ClassRule, QuantityRule, Rounding, Scheme
from sosei.scheme.outcome import outcome_of, quick_outcome
from sosei.scheme.presets import preset, preset_names
from sosei.scheme.printing import number_text
from sosei.scheme.rounding import decimal, whole
from sosei.scheme.rules import rules_for
from tests.scheme.cases import R6, case, result, scheme

NUMBERS = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)
DIRECTIONS = st.sampled_from(["undecided", "raise", "lower", "at_least", "at_most"])


@st.composite
def ladders(draw: st.DrawFn) -> Scheme:
    """A scheme with classes from the best down and one for the rest."""
    limits = sorted(draw(st.sets(st.integers(-50, 200), min_size=1, max_size=6)), reverse=True)
    bands = [Band(label=str(n), at_least=Decimal(limit)) for n, limit in enumerate(limits)]
    grade = ClassRule(bands=(*bands, Band(label=str(len(limits)))))
    return Scheme(name="区分", grade=grade, rounding=Rounding(digits=draw(st.integers(0, 2))))


@given(ladders(), st.lists(st.integers(-500, 5000), min_size=2, max_size=8))
def test_classes_are_total_and_monotone(made: Scheme, actuals: list[int]) -> None:
    grades = [
        evaluate_case(case(target=1000, actual=actual), made, R6).grade
        for actual in sorted(actuals, reverse=True)
    ]
    assert None not in grades
    order = [int(grade or -1) for grade in grades]
    assert order == sorted(order)


_PEERS = {
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.CUT: ROUND_DOWN,
}


@given(
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6),
    st.integers(0, 4),
    st.sampled_from(list(RoundingMode)),
)
def test_rounding_is_that_of_decimal(number: Decimal, digits: int, mode: RoundingMode) -> None:
    numerator, denominator = number.as_integer_ratio()
    found = decimal(whole(numerator * 10**digits, denominator, mode), digits)
    assert found == number.quantize(Decimal(1).scaleb(-digits), _PEERS[mode], Context(prec=60))


@given(st.fractions(), st.integers(0, 6))
def test_a_number_in_words_is_cut_never_rounded(number: Fraction, most: int) -> None:
    text = number_text((number.numerator, number.denominator), most).replace(",", "")
    shown = Fraction(text.rstrip("…"))
    assert 0 <= abs(number) - abs(shown) < Fraction(1, 10**most)
    assert text.endswith("…") == (shown != number)


@given(
    NUMBERS,
    NUMBERS,
    NUMBERS,
    DIRECTIONS,
    st.sampled_from([QuantityKind.RATIO, QuantityKind.PROGRESS]),
    st.sampled_from(list(LowerRule)),
)
def test_the_short_way_gives_what_the_long_way_gives(
    baseline: Decimal, target: Decimal, actual: Decimal, direction: str, kind: QuantityKind, lower: LowerRule
) -> None:
    made = Scheme(name="割合", quantity=QuantityRule(kind=kind, lower=lower))
    row = case(baseline=baseline, target=target, actual=actual, direction=direction)
    rules = rules_for(row, made, R6)
    quick, slow = quick_outcome(row, rules, R6), outcome_of(row, rules, R6)
    assert quick is None or (isinstance(slow, tuple) and Fraction(*quick) == Fraction(*slow))


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["ratio", "progress"]),
)
def test_an_explanation_names_every_number(baseline: int, target: int, actual: int, kind: str) -> None:
    toml = (
        f'rounding = {{ digits = 1 }}\nquantity = {{ kind = "{kind}" }}\n'
        '[class]\nbands = [{ label = "進んだ", from = 80 }, { label = "これから" }]'
    )
    found = result(toml, baseline=f"{baseline}人", target=f"{target}人", actual=f"{actual}人")
    for language in ("ja", "en"):
        said = found.explanation(language)
        assert f"{target}人" in said
        assert f"{actual}人" in said
        if kind == "progress":
            assert f"{baseline}人" in said
        if found.rate is None:
            assert found.reason(language) in said
        else:
            assert found.text in said
            assert found.grade
            assert found.grade in said


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "-",
            "集計中",
            "終了",
            "維持",
            "前年より減少",
            "10～20",
            "19(65)",
            "200・4,000",
            "男 80, 女 84",
            "1位",
            "25人以下",
            "25人未満",
            "80%以上",
            "5校 175名",
            "約100",
            "0",
            "▲3",
            "68□",
            "１，２３４千円",
            "12件（R4）",
            "（3）",
        ]
    ),
    st.integers(-1000, 1000).map(str),
    st.text(max_size=8),
)


@settings(max_examples=30)
@pytest.mark.parametrize("name", preset_names())
@given(baseline=CELLS, target=CELLS, actual=CELLS, before=CELLS, printed=CELLS, direction=DIRECTIONS)
def test_no_cell_makes_any_scheme_fail(  # noqa: PLR0917
    name: str, baseline: str, target: str, actual: str, before: str, printed: str, direction: str
) -> None:
    row = case(
        baseline=baseline,
        target=target,
        actual=actual,
        actuals={R6 - 1: before},
        targets={R6: target},
        printed=printed,
        direction=direction,
    )
    found = evaluate_case(row, preset(name), R6)
    assert (found.rate is None) == (found.ratio is None) == (found.no_rate is not None)
    assert found.explanation("ja")
    assert found.explanation("en")
    assert {"ratio", "progress", "pace"} <= {reading.kind for reading in found.readings()}
    assert isinstance(found.text, str)
    assert found.agrees in (True, False)


def test_a_scheme_is_equal_to_itself_after_use() -> None:
    made = scheme()
    evaluate_case(case(target=1, actual=1), made, R6)
    assert made == scheme()
