"""Up the tree: places, denominators, classes, the worst."""

from __future__ import annotations

import pytest

from sosei.plan.model import Plan
from sosei.scheme.evaluate import evaluate
from sosei.scheme.presets import editions_of, in_force, scheme_of
from sosei.scheme.rollup import roll_up, roll_up_plan, roll_ups
from tests.scheme.cases import result, scheme

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
