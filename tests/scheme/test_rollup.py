"""Up the tree: places, denominators, classes, the worst."""

from __future__ import annotations

import pytest

from sosei.plan.model import Plan
from sosei.plan.record import PlanPeriod
from sosei.scheme.case import Judgement
from sosei.scheme.evaluate import evaluate
from sosei.scheme.presets import editions_of, in_force, scheme_of
from sosei.scheme.rollup import roll_up, roll_up_plan, roll_ups
from sosei.values import Problem, When
from tests.scheme.cases import R6, result, scheme

BANDS = '[class]\nbands = [{ label = "A", from = 100 }, { label = "B", from = 50 }, { label = "C" }]\nnone = "－"\n'


def test_every_place_counts_what_stands_below_it() -> None:
    rows = [
        result(target=10, actual=10, id="1", place="目標１"),
        result(target=10, actual=10, id="2", place="目標１/施策①"),
        result(target=10, actual=1, id="3", place="目標１/施策②"),
        result(target=10, id="4", place="目標２"),
    ]
    found = {each.id: (each.reached, each.known, each.rows) for each in roll_ups(rows, scheme())}
    assert found == {
        "": (2, 3, 4),
        "目標１": (2, 3, 3),
        "目標１/施策①": (1, 1, 1),
        "目標１/施策②": (0, 1, 1),
        "目標２": (0, 0, 1),
    }


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ("", "50.0%"),
        ('over = "all"', "33.3%"),
        ('share_of = "classes"\ngood = ["A", "B"]', "100.0%"),
        ('share_of = "classes"\ngood = ["A"]', "50.0%"),
    ],
)
def test_shares(rule: str, share: str) -> None:
    toml = f"{BANDS}[rollup]\n{rule}"
    rows = [result(toml, target=10, actual=a, id=str(a)) for a in (10, 6, "集計中")]
    found = roll_up(rows, scheme(toml))
    assert found.share_text == share
    assert share in found.explanation("ja")
    assert share in found.explanation("en")


def test_a_reason_may_count_as_missed() -> None:
    toml = "[no_value.ended]\ncounts = true"
    rows = [result(toml, target=10, actual=a, id=str(a)) for a in (10, "終了", "集計中")]
    assert roll_up(rows, scheme(toml)).share_text == "50.0%"


def test_the_worst_and_classes_from_the_best_down() -> None:
    toml = f"{BANDS}[rollup]\nworst = true"
    rows = [result(toml, target=10, actual=a, id=str(a)) for a in (1, 10, 6)]
    found = roll_up(rows, scheme(toml))
    assert (found.worst, list(found.by_class)) == ("C", ["A", "B", "C"])
    nothing = roll_up([], scheme(toml))
    assert (nothing.worst, nothing.share_text, nothing.mean_text) == (None, "-", "-")


def test_the_worst_is_a_class_of_the_scale() -> None:
    toml = f'{BANDS}[no_value.counting]\nclass = "保留"\n[rollup]\nworst = true'
    waiting = result(toml, target=10, actual="集計中", id="w")
    found = roll_up([result(toml, target=10, actual=6, id="1"), waiting, result(toml, id="2")], scheme(toml))
    assert (found.worst, found.by_class) == ("B", {"B": 1, "保留": 1, "－": 1})
    assert roll_up([waiting], scheme(toml)).worst is None


@pytest.mark.parametrize(
    ("repeated", "counts"), [("each", (1, 1, 2)), ("once", (1, 1, 1)), ("left_out", (0, 0, 1))]
)
def test_once_takes_the_listing_that_has_a_value(repeated: str, counts: tuple[int, int, int]) -> None:
    toml = f'[rollup]\nrepeated = "{repeated}"'
    rows = [
        result(target=10, actual="集計中", id="1", indicator="i", place="目標１"),
        result(target=10, actual=10, id="2", indicator="i", place="目標２"),
        result(target=10, actual=1, id="3", indicator="i", place="目標３"),
    ]
    overall = roll_ups(rows[:2], scheme(toml))[0]
    assert (overall.reached, overall.known, overall.rows) == counts
    assert roll_ups(rows, scheme('[rollup]\nrepeated = "once"'))[0].reached == 1


def test_a_plan_names_its_levels(plans: dict[str, Plan]) -> None:
    plan = plans["hitoyoshi"]
    scheme_in_use = scheme_of(plan)
    found = roll_up_plan(plan, evaluate(plan, 2024, scheme_in_use), scheme_in_use)
    assert found[0].id == ""
    assert {each.level for each in found[1:]} <= {level.name for level in plan.levels}
    assert sum(each.rows for each in found if "/" not in each.id and each.id) <= found[0].rows


def test_a_plan_carries_its_own_editions(plans: dict[str, Plan]) -> None:
    texts = ('name = "旧"', 'name = "新"\nedition = 2\nfrom = "R6"')
    plan = plans["hitoyoshi"].model_copy(update={"schemes": texts})
    assert [scheme_of(plan, year).name for year in (2023, 2024, None)] == ["旧", "新", "新"]
    assert in_force(editions_of(plan)[1:], 2020).name == "新"


def test_the_period_of_a_plan_stands_in_for_one_in_its_scheme(plans: dict[str, Plan]) -> None:
    texts = ('name = "経過"\n[class]\non = "pace"',)
    period = PlanPeriod(text="R7～R11", first=When(year=2025), last=When(year=2029))
    plan = plans["hitoyoshi"].model_copy(update={"schemes": texts, "period": period})
    assert scheme_of(plan).name == "経過"
    with pytest.raises(Problem, match=r"schemes\[1\] line 3 class.on: pace needs the period"):
        scheme_of(plan.model_copy(update={"period": None}))


@pytest.mark.parametrize(("given", "share"), [("", "100.0%"), ("counts = true", "50.0%")])
def test_a_class_for_a_reason_counts_only_where_the_scheme_says_so(given: str, share: str) -> None:
    toml = f'{BANDS}[no_value.ended]\nclass = "×"\n{given}\n[rollup]\nshare_of = "classes"\ngood = ["A"]'
    rows = [result(toml, target=10, actual=a, id=str(a)) for a in (10, "終了", "集計中")]
    found = roll_up(rows, scheme(toml))
    assert (found.share_text, found.by_class["×"]) == (share, 1)


def test_a_class_that_a_person_decided_counts() -> None:
    toml = f'{BANDS}[no_value.ended]\nclass = "×"\n[rollup]\nshare_of = "classes"\ngood = ["A"]'
    judged = {R6: Judgement(grade="A", reason="目的を果たして終えた")}
    found = roll_up([result(toml, target=10, actual="終了", judged=judged)], scheme(toml))
    assert (found.reached, found.known) == (1, 1)


@pytest.mark.parametrize(
    ("more", "mean"),
    [
        ("", "83.3%"),
        ('of = "unrounded"', "83.3%"),
        ('of = "rounded"', "83.0%"),
        ('of = "rounded"\nrounding = { digits = 2, suffix = "" }', "83.00"),
    ],
)
def test_the_mean_of_the_printed_rates(more: str, mean: str) -> None:
    toml = f'rounding = {{ mode = "cut" }}\nlimits = {{ cap = 100 }}\n[rollup]\nmean = "rates"\n{more}'
    rows = [result(toml, target=3, actual=a, id=str(a)) for a in (2, 3, "集計中")]
    assert roll_up(rows, scheme(toml)).mean_text == mean


@pytest.mark.parametrize(
    ("mean", "of", "text"),
    [
        ("rates", "unrounded", "▲1,450.0%"),
        ("rates", "rounded", "50.0%"),
        ("capped_rates", "rounded", "50.0%"),
    ],
)
def test_a_printed_rate_is_one_after_the_limits(mean: str, of: str, text: str) -> None:
    toml = (
        'quantity = { kind = "progress" }\nlimits = { floor = 0, cap = 100 }\n'
        f'[rollup]\nmean = "{mean}"\nof = "{of}"\n'
        'rounding = { digits = 1, minus = "▲", grouping = true }'
    )
    rows = [result(toml, baseline=10, target=20, actual=a, id=str(a)) for a in (30, -300)]
    assert roll_up(rows, scheme(toml)).mean_text == text


def test_the_mean_of_printed_gaps_is_in_their_own_unit() -> None:
    toml = 'quantity = { kind = "gap" }\n[rollup]\nmean = "rates"\n'
    rows = [result(toml, target="10人", actual="15人")]
    exact, printed = (roll_up(rows, scheme(f'{toml}of = "{of}"')).mean for of in ("unrounded", "rounded"))
    assert exact == printed == 5


@pytest.mark.parametrize(
    ("rule", "grade"),
    [
        ("", "可"),
        ('mean = "rates"', "良"),
        ('mean = "points"\npoints = { A = 95, B = 80 }', "良"),
        ('mean = "points"\npoints = { A = 50, C = 10 }', "可"),
        ('mean = "points"\npoints = { A = 95 }\npoint_bands = [{ label = "優", from = 95 }]', "優"),
    ],
)
def test_a_place_may_have_a_class(rule: str, grade: str) -> None:
    toml = f'{BANDS}[rollup]\n{rule}\nbands = [{{ label = "良", from = 75 }}, {{ label = "可" }}]'
    rows = [result(toml, target=10, actual=a, id=str(a)) for a in (10, 6)]
    assert roll_up(rows, scheme(toml)).grade == grade
    assert roll_up([], scheme(toml)).grade is None
