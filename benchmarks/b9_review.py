"""The review: a plan of 1,000 indicators beside four of 250, and beside a pass that only folds every text."""

from __future__ import annotations

from functools import partial

from measure import Row, calls_in_turn

from sosei.checks.dossier import Dossier
from sosei.checks.review import review
from sosei.plan.model import Plan
from sosei.values import fold
from tests.checks.clean import clean_plan

YEAR = 2024


def run() -> list[Row]:
    """Whether time grows with the size of the plan, and what a rule-less reading of it takes."""
    small, whole, large = clean_plan(250), clean_plan(1000), clean_plan(10_000)
    ours, parts, floor = calls_in_turn(
        [partial(review, whole, YEAR), partial(_four_times, small), partial(_read_only, whole)]
    )
    many, tenfold = calls_in_turn([partial(review, large, YEAR), partial(_ten_times, whole)], runs=3)
    return [
        Row("B9", "review of 1,000 indicators (call)", ours, parts, "four reviews of 250", "linear"),
        Row("B9", "review of 10,000 indicators (call)", many, tenfold, "ten reviews of 1,000", "linear"),
        Row("B9", "review of 1,000 indicators (call)", ours, floor, "rows gathered, texts folded", "-"),
    ]


def _four_times(plan: Plan) -> None:
    for _ in range(4):
        review(plan, YEAR)


def _ten_times(plan: Plan) -> None:
    for _ in range(10):
        review(plan, YEAR)


def _read_only(plan: Plan) -> None:
    dossier = Dossier(plan, YEAR)
    for row in dossier.rows:
        fold(row.name)
    for passage in dossier.passages:
        fold(passage.text)
