"""B3: 174,100 indicators x 5 years with rate and class, beside a plain loop over the same exact numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from measure import Row, calls_in_turn

from sosei.plan.indicator import Direction
from sosei.scheme.case import Case
from sosei.scheme.evaluate import evaluate_cases
from sosei.scheme.files import parse_scheme
from sosei.scheme.model import Scheme
from sosei.values import Quantity, parse_quantity

INDICATORS = 174_100
YEARS = range(2020, 2025)
BANDS = (("A", Decimal(100)), ("B", Decimal(80)), ("C", Decimal(60)))
CLASSES = """
[rounding]
digits = 1
[class]
bands = [{ label = "A", from = 100 }, { label = "B", from = 80 }, { label = "C", from = 60 }, { label = "D" }]
"""
SCHEMES = {
    "ratio to the target": f'name = "ratio"\n{CLASSES}',
    "progress from the baseline": f'name = "progress"\n{CLASSES}\n[quantity]\nkind = "progress"',
}


@dataclass(frozen=True, slots=True)
class Plain:
    """The small result object of the loop."""

    id: str
    rate: Decimal
    grade: str


Figures = list[tuple[str, Decimal, Decimal, dict[int, Decimal]]]


def run() -> list[Row]:
    """Two schemes, each beside the loop that divides, rounds, classes and builds one object."""
    cases = _cases()
    figures = _figures(cases)
    rows = []
    for name, text in SCHEMES.items():
        scheme = parse_scheme(text, name)
        loop = partial(_plain_progress if "progress" in name else _plain_ratio, figures)
        ours, beside = calls_in_turn([partial(_evaluate, cases, scheme), loop], runs=3)
        job = f"174,100 x 5, {name}"
        rows.append(Row("B3", job, ours, beside, f"a plain loop ({ours / beside:.1f} x)", "at most 4 x"))
    return rows


def _cases() -> list[Case]:
    """Cases of ordinary figures, the same in every run."""
    draw = random.Random(174_100)  # noqa: S311 - figures, not secrets
    pool = [parse_quantity(f"{draw.randint(1, 20_000):,}人") for _ in range(20_000)]
    return [
        Case(
            id=f"k{number}",
            name=f"指標{number}",
            unit="人",
            direction=Direction.RAISE,
            baseline=pool[number % 5000],
            target=_other(pool, number % 5000, draw),
            actuals={year: draw.choice(pool) for year in YEARS},
        )
        for number in range(INDICATORS)
    ]


def _other(pool: list[Quantity], than: int, draw: random.Random) -> Quantity:
    """A target above the baseline, so that both schemes have a rate to give."""
    baseline = pool[than].number or Decimal(0)
    return parse_quantity(f"{baseline + draw.randint(1, 9999):,}人")


def _figures(cases: list[Case]) -> Figures:
    """The bare numbers of ``cases``."""
    return [
        (
            case.id,
            _number(case.baseline),
            _number(case.target),
            {y: _number(q) for y, q in case.actuals.items()},
        )
        for case in cases
    ]


def _number(quantity: Quantity | None) -> Decimal:
    assert quantity is not None
    assert quantity.number is not None
    return quantity.number


def _evaluate(cases: list[Case], scheme: Scheme) -> None:
    for year in YEARS:
        results = evaluate_cases(cases, scheme, year)
        assert len(results) == len(cases)


def _plain_ratio(figures: Figures) -> None:
    for year in YEARS:
        results = [_plain(id_, actuals[year] / target * 100) for id_, _, target, actuals in figures]
        assert len(results) == len(figures)


def _plain_progress(figures: Figures) -> None:
    for year in YEARS:
        results = [
            _plain(id_, (actuals[year] - baseline) / (target - baseline) * 100)
            for id_, baseline, target, actuals in figures
        ]
        assert len(results) == len(figures)


def _plain(id_: str, exact: Decimal) -> Plain:
    rate = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    grade = next((label for label, limit in BANDS if exact >= limit), "D")
    return Plain(id_, rate, grade)


if __name__ == "__main__":
    for row in run():
        print(row)
