"""Rates of both cities, recomputed beside the printed ones, and every way to have no rate."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.plan.base import Doubt
from sosei.plan.indicator import Indicator, Observation, Placement, PrintedYear, Role, Value
from sosei.plan.model import Element, Level, LevelKind, Plan
from sosei.plan.record import Municipality, ReachedCount
from sosei.scheme.choices import DigitsFrom, RoundingMode
from sosei.scheme.evaluate import NoRate, Result, evaluate, share
from sosei.scheme.model import Rounding, Scheme
from sosei.scheme.presets import preset, preset_names, scheme_of
from sosei.scheme.rounding import percent
from sosei.values import (
    CellReading,
    Column,
    JointAlternatives,
    JointReading,
    Problem,
    When,
    YearLabel,
    parse_quantity,
)

R6 = YearLabel(text="R6", when=When(year=2024))


def one_rate(
    target: str | None,
    actual: str | None,
    *,
    printed: str | None = None,
    scheme: Scheme | None = None,
    main: int | None = None,
    doubt: str = "",
    joint: JointAlternatives | None = None,
) -> Result:
    """The result of a plan with one KPI."""
    observations: tuple[Observation, ...] = ()
    if actual is not None:
        quantity = parse_quantity(actual, column=Column.ACTUAL)
        if main is not None:
            from dataclasses import replace

            quantity = replace(quantity, main=main)
        doubts = (Doubt(field="quantity"),) if doubt == "quantity" else ()
        observations = (Observation(key="aobservat1", year=R6, quantity=quantity, doubts=doubts),)
    rate = parse_quantity(printed, column=Column.RATE) if printed is not None else None
    placement = Placement(
        key="aplacement",
        indicator="aindicator",
        role=Role.KPI,
        name="来場者数",
        target=Value(quantity=parse_quantity(target, column=Column.TARGET)) if target is not None else None,
        printed=(PrintedYear(key="aprinted01", year=R6, rate=rate),) if rate else (),
        doubts=(Doubt(field=doubt),) if doubt and doubt != "quantity" else (),
    )
    plan = Plan(
        key="aplan00001",
        municipality=Municipality(code="131016", name="見本市"),
        levels=(Level(code="measure", name="施策", kind=LevelKind.MEASURE),),
        elements=(Element(key="ameasure01", level="measure", placements=(placement,)),),
        indicators=(Indicator(key="aindicator", name="来場者数", observations=observations),),
        joint_readings=(joint,) if joint else (),
    )
    return evaluate(plan, 2024, scheme or Scheme(name="割合"))["aplacement"]


@pytest.mark.parametrize(
    ("target", "actual", "text"),
    [
        ("2,953千円", "3,032千円", "103%"),
        ("120人（社）", "180人（社）", "150%"),
        ("15,000人", "16,125人", "108%"),  # 107.5: half up
        ("250人増加/4年", "4人", "2%"),
        ("65人", "-147人", "-226%"),
        ("10億円", "3.5億円", "35%"),
        ("10億円", "354,831,799円", "35%"),
        ("36件／4か年", "17件／１か年", "47%"),
        ("40", "0", "0%"),
        ("200人", "5校 175名", "-"),
    ],
)
def test_ratio_to_the_final_target(target: str, actual: str, text: str) -> None:
    assert one_rate(target, actual).text == text


@pytest.mark.parametrize(
    ("target", "actual", "no_rate"),
    [
        ("―", "5件", NoRate.NO_TARGET),
        ("10件", None, NoRate.NO_ACTUAL),
        ("10件", "-", NoRate.NO_ACTUAL),
        ("10件", "集計中", NoRate.NO_ACTUAL),
        ("維持", "30", NoRate.NO_NUMBER),
        ("80回", "68□", NoRate.NO_NUMBER),
        ("200・4,000", "150・4,200", NoRate.PARTS_UNDECIDED),
        ("10件", "5人", NoRate.UNITS_DIFFER),
        ("0件", "3件", NoRate.TARGET_ZERO),
    ],
)
def test_no_rate_has_a_reason(target: str | None, actual: str | None, no_rate: NoRate | None) -> None:
    result = one_rate(target, actual)
    assert (result.rate, result.no_rate, result.text) == (None, no_rate, "-")
    assert bool(result.reason("ja")) == bool(result.reason("en")) == (no_rate is not None)


def test_a_decided_part_gives_a_rate() -> None:
    assert one_rate("200名", "5校 175名", main=1).text == "88%"


@pytest.mark.parametrize("doubt", ["target", "indicator", "quantity"])
def test_an_unconfirmed_reading_gives_no_rate(doubt: str) -> None:
    assert one_rate("10件", "5件", doubt=doubt).no_rate is NoRate.UNCONFIRMED


def test_a_doubtful_baseline_does_not_matter() -> None:
    assert one_rate("10件", "5件", doubt="baseline").text == "50%"


@pytest.mark.parametrize(
    ("confirmed", "other", "text"), [(False, "7件", "-"), (True, "7件", "50%"), (False, "5件", "50%")]
)
def test_joint_readings_wait_for_a_person(confirmed: bool, other: str, text: str) -> None:
    def reading(value: str) -> JointReading:
        return JointReading(cells=(CellReading(place="aobservat1.quantity", text=value),))

    joint = JointAlternatives(chosen=0, options=(reading("5件"), reading(other)), confirmed=confirmed)
    assert one_rate("10件", "5件", joint=joint).text == text


@pytest.mark.parametrize(
    ("printed", "text", "agrees"),
    [
        ("41.7%", "41.7%", True),
        ("42%", "42%", True),
        ("41.73%", "41.73%", True),
        ("41%", "42%", False),
        (None, "42%", None),
    ],
)
def test_digits_are_those_of_the_printed_cell(printed: str | None, text: str, agrees: bool | None) -> None:
    scheme = Scheme(name="印字の桁", rounding=Rounding(digits_from=DigitsFrom.PRINTED))
    result = one_rate("1,500人", "626人", printed=printed, scheme=scheme)
    assert (result.text, result.agrees) == (text, agrees)


@pytest.mark.parametrize(
    ("value", "digits", "mode", "expected"),
    [
        (Fraction(59, 64), 1, RoundingMode.HALF_UP, "92.2"),
        (Fraction(59, 64), 1, RoundingMode.CUT, "92.1"),
        (Fraction(4, 11), 1, RoundingMode.CUT, "36.3"),
        (Fraction(1, 8), 0, RoundingMode.HALF_UP, "13"),
        (Fraction(-1, 8), 0, RoundingMode.HALF_UP, "-13"),
        (Fraction(-1, 8), 0, RoundingMode.CUT, "-12"),
        (Fraction(1, 1), 2, RoundingMode.HALF_UP, "100.00"),
        (Fraction(0), 1, RoundingMode.HALF_UP, "0.0"),
    ],
)
def test_rounding(value: Fraction, digits: int, mode: RoundingMode, expected: str) -> None:
    assert format(percent(value, digits, mode), "f") == expected


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_off_by_less_than_a_unit(value: Fraction, digits: int) -> None:
    unit = Fraction(1, 10**digits)
    half_up = Fraction(percent(value, digits, RoundingMode.HALF_UP))
    cut = Fraction(percent(value, digits, RoundingMode.CUT))
    assert abs(half_up - value * 100) <= unit / 2
    assert 0 <= abs(value * 100) - abs(cut) < unit


def test_hitoyoshi_thirty_rates_and_a_dash(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    results = [r for r in evaluate(plan, 2024, scheme_of(plan)).values() if r.printed]
    numeric = [r for r in results if r.rate is not None]
    assert (len(numeric), len(results)) == (30, 31)
    assert all(r.agrees for r in results)
    assert [r.text for r in numeric] == [str(r.printed) for r in numeric]
    (dash,) = [r for r in results if r.rate is None]
    assert (str(dash.printed), dash.text, dash.no_rate) == ("-", "-", NoRate.NO_ACTUAL)
    assert [r.text for r in results if r.rate is not None and "." in r.text] == ["41.7%", "67.14%"]


def test_aso_four_shares(plans: dict[str, Plan]) -> None:
    plan = plans["aso"]
    counts = [goal.kpi for v in plan.verifications for goal in v.goals if goal.kpi]
    assert [f"{share(count, scheme_of(plan).share)}%" for count in counts] == [str(c.rate) for c in counts]
    assert len(counts) == 4
    assert share(ReachedCount(text="", reached=0, total=0), Rounding()) is None


def test_presets_are_valid_and_name_their_source() -> None:
    assert {"aso", "hitoyoshi"} <= set(preset_names())
    assert all(preset(name).source for name in preset_names())
    assert preset("aso").share.mode is RoundingMode.CUT
    with pytest.raises(Problem, match="known: "):
        preset("nowhere")


def test_the_exponent_of_a_rate_never_shows() -> None:
    assert one_rate("1件", "1,000,000件").text == "100000000%"
    assert one_rate("1件", "1,000,000件").rate == Decimal(100000000)
