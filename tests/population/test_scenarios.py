"""Scenarios as data, what they do to assumptions, and what is read from several of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from sosei.population.apply import along, apply, with_movers
from sosei.population.compare import compare
from sosei.population.engine import project
from sosei.population.fertility import AgeSpecific, ChildWoman
from sosei.population.impact import decline_stages, impact, rank
from sosei.population.levers import TotalFertility
from sosei.population.migration import Zero
from sosei.population.panel import Panel
from sosei.population.ratios import derive
from sosei.population.scenario import CLASSES, NATIONAL_2015, Movers, Scenario
from sosei.population.scenario_files import PRESETS, compositions, parse_scenario, preset_scenario
from sosei.values import Problem
from tests.population.cases import FIVE, ONE, age_specific, assumptions, gross, net_rate, panel
from tests.population.shared import h29_nation, h30, h30_kinds

HEAD = 'id = "own"\nname = { ja = "独自", en = "own" }\n'


def _scenario(text: str) -> Scenario:
    return parse_scenario(HEAD + text, "own.toml")


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_put_on(name: str) -> None:
    base = panel()
    given = assumptions(base, migration=net_rate(FIVE, 4, 3))
    changed = apply(preset_scenario(name), base, given, 2040)
    found = project(base, changed)
    assert found.panel.years[-1] == 2040
    assert changed.sources[-1].note.ja == preset_scenario(name).name.ja


def test_pattern1_changes_nothing_and_simulation2_closes_everything() -> None:
    base = panel()
    given = assumptions(base, migration=net_rate(FIVE, 4, 3))
    same = apply(preset_scenario("pattern1"), base, given)
    assert same.migration is not None
    assert np.array_equal(project(base, same).panel.values, project(base, given).panel.values)
    assert isinstance(apply(preset_scenario("simulation2"), base, given).migration, Zero)


@pytest.mark.parametrize(
    ("written", "factor"), [('"national"', NATIONAL_2015), ('"classes"', CLASSES), ("7.2", 7.2)]
)
def test_a_tfr_path_goes_straight_from_the_areas_own_value(written: str, factor: float) -> None:
    base = panel()
    scenario = _scenario(f"[fertility]\ntfr = {{ 2030 = 2.1, 2040 = 1.8 }}\nconstant = {written}\n")
    fertility = apply(scenario, base, assumptions(base)).fertility
    assert isinstance(fertility, ChildWoman)
    own = base.child_woman_ratio()[0] * factor
    found = fertility.cwr * factor
    assert found[0] == pytest.approx((own + 2.1) / 2)
    assert found[1:, 0].tolist() == pytest.approx([2.1, 1.95, 1.8])


def test_a_year_of_births_is_a_fifth_of_the_children_of_five() -> None:
    base = panel(ages=ONE)
    given = assumptions(base, 4, Zero())
    fertility = apply(_scenario("[fertility]\ntfr = { 2000 = 2.1 }\n"), base, given).fertility
    assert isinstance(fertility, ChildWoman)
    assert fertility.cwr == pytest.approx(np.full((4, 3), 2.1 / NATIONAL_2015 / 5))
    convention = TotalFertility(2030).convention(given)
    assert "37.81 で割る" in convention.ja
    assert "divided by 37.81" in convention.en


def test_a_cwr_path_is_taken_as_it_is() -> None:
    base = panel()
    fertility = apply(
        _scenario("[fertility]\ncwr = { 2020 = 0.2, 2040 = 0.28 }\n"), base, assumptions(base)
    ).fertility
    assert isinstance(fertility, ChildWoman)
    assert fertility.cwr[:, 0].tolist() == pytest.approx([0.22, 0.24, 0.26, 0.28])


def test_fertility_by_age_is_scaled_to_the_tfr() -> None:
    base = panel()
    given = replace(assumptions(base), fertility=age_specific(FIVE, 4, 3, tfr=1.5))
    fertility = apply(_scenario("[fertility]\ntfr = { 2030 = 2.1 }\n"), base, given).fertility
    assert isinstance(fertility, AgeSpecific)
    assert fertility.total_rate(FIVE)[:, 0].tolist() == pytest.approx([1.8, 2.1, 2.1, 2.1])
    with pytest.raises(Problem, match="by a total fertility rate"):
        apply(_scenario("[fertility]\ncwr = { 2030 = 0.2 }\n"), base, given)


def test_the_constant_of_the_nation_is_shown_to_differ_from_the_shortcut() -> None:
    assert round(NATIONAL_2015, 2) == 7.56
    assert round(NATIONAL_2015 / CLASSES - 1, 2) == 0.08


def test_bands_multiply_migration_of_their_ages_sex_and_years() -> None:
    base = panel()
    given = assumptions(base, migration=net_rate(FIVE, 4, 3))
    text = '[migration]\nbands = [{ ages = [15, 25], sex = "female", direction = "out", points = { 2025 = 1.0, 2035 = 0.5 } }]\n'
    changed = apply(_scenario(text), base, given)
    before, after = (np.asarray(x.migration.own(x.survival)) for x in (given, changed))
    untouched = np.ones_like(before, dtype=bool)
    untouched[:, 1, 3:5] = False
    assert np.array_equal(before[untouched], after[untouched])
    loss = before[:, 1, 3:5] < 0
    factor = np.array([1, 0.75, 0.5, 0.5])[:, None, None]
    assert np.where(loss, before[:, 1, 3:5] * factor, before[:, 1, 3:5]) == pytest.approx(after[:, 1, 3:5])


def test_bands_change_gross_flows_one_by_one() -> None:
    base, flows = panel(), gross(FIVE, 4, 3)
    given = assumptions(base, migration=flows)
    less = apply(
        _scenario('[migration]\nbands = [{ direction = "in", points = { 2025 = 0.5 } }]\n'), base, given
    )
    start, alive = base.values[0], given.survival[0]
    came, comes = (x.migration.coming(0, start, alive) for x in (given, less))
    assert came is not None
    assert comes == pytest.approx(0.5 * came)
    assert np.array_equal(less.migration.own(given.survival), flows.own(given.survival))


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [(2021, None, [5, 5, 5, 5]), (2023, 2032, [3, 5, 2, 0]), (2041, None, [0] * 4)],
)
def test_movers_come_in_the_years_named(since: int, until: int | None, years: list[int]) -> None:
    base = panel(2)
    couple = compositions()["couple-30s-child"]
    movers = Movers(families=2, composition=couple, since=since, until=until)
    arrivals = with_movers(assumptions(base), movers).arrivals
    assert arrivals is not None
    assert arrivals[:, 0, 6, 0].tolist() == [2 * count for count in years]
    assert arrivals.sum(axis=(1, 2))[:, 1].tolist() == [6 * count for count in years]
    assert arrivals[:, 0, 0].tolist() == arrivals[:, 1, 0].tolist()


def test_where_single_ages_are_told_apart_movers_are_spread_over_the_five_of_their_group() -> None:
    base = panel(ages=ONE)
    family = compositions()["couple-30s-child"]
    given = with_movers(assumptions(base, 4, Zero()), Movers(families=10, composition=family, since=2021))
    men, women = given.arrivals[0, :, :, 0]  # type: ignore[index]
    assert men[28:37].tolist() == [0, 0, 2, 2, 2, 2, 2, 0, 0]
    assert women[:6].tolist() == [1, 1, 1, 1, 1, 0]
    assert men.sum() + women.sum() == 30


def test_movers_are_written_in_a_scenario() -> None:
    text = (
        "[[movers]]\nfamilies = 3\nsince = 2026\n[movers.composition]\n"
        'name = { ja = "夫婦", en = "a couple" }\nmembers = [{ sex = "male", age = 30 }, { sex = "female", age = 30 }]\n'
    )
    base = panel(1)
    given = assumptions(base)
    more = (
        project(base, apply(_scenario(text), base, given)).panel.total() - project(base, given).panel.total()
    )
    assert more[1, 0] == 0
    assert more[2, 0] == pytest.approx(30)  # on arrival no child is counted for them


def test_points_are_joined_by_straight_lines_and_held() -> None:
    assert along({2030: 1.0, 2040: 2.0}, (2025, 2030, 2035, 2040, 2045)).tolist() == [1, 1, 1.5, 2, 2]


_MOVERS = "[[movers]]\n"
_COUPLE = (
    '[movers.composition]\nname = { ja = "夫婦", en = "a couple" }\nmembers = [{ sex = "male", age = 30 }]\n'
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fertility]\n", "give one of tfr and cwr"),
        ("[fertility]\ntfr = { 2030 = -1 }\n", "fertility.tfr.2030"),
        ("[fertility]\ntfr = { soon = 2 }\n", "fertility.tfr.soon"),
        ("[fertility]\ntfr = {}\n", "fertility.tfr"),
        ("[fertility]\ntfr = { 2030 = nan }\n", "fertility.tfr.2030"),
        ("migrations = 1\n", "migrations"),
        ('[migration]\nbands = [{ points = { 2030 = 1 }, sex = "f" }]\n', "migration.bands.0.sex"),
        ("[migration\n", "cannot be read as TOML"),
        ("a = " + "1" * 5000, "cannot be read as TOML"),
        ("a = " + "[" * 5000, "cannot be read as TOML"),
        (
            "[fertility]\ntfr = { 2030 = 210 }\n",
            "fertility.tfr.2030: it must lie between 0 and 10 (found 210)",
        ),
        (
            "[fertility]\ntfr = { 20300 = 2 }\n",
            "fertility.tfr: years lie between 1900 and 2200 (found 20300)",
        ),
        ("[fertility]\ntfr = { 2030 = true }\n", "fertility.tfr.2030"),
        ("[fertility]\ntfr = { 2030 = 2 }\nconstant = inf\n", "fertility.constant: "),
        ("[migration]\nbands = [{ ages = [30, 15], points = { 2030 = 1 } }]\n", "the younger first"),
        (
            "[migration]\nbands = [{ ages = [-5, 15], points = { 2030 = 1 } }]\n",
            "migration.bands.0.ages: write",
        ),
        ("[migration]\nclosed = true\nbands = [{ points = { 2030 = 1 } }]\n", "leaves nothing for bands"),
        (f"{_MOVERS}families = 3\nsince = 2030\nuntil = 2029\n{_COUPLE}", "must not be before since"),
        (
            f"{_MOVERS}families = 1e9\nsince = 2030\n{_COUPLE}",
            "movers.0.families: it must lie between 0 and 100,000",
        ),
        (f"{_MOVERS}families = inf\nsince = 2030\n{_COUPLE}", "movers.0.families"),
        (f"{_MOVERS}families = 1\nsince = 2030\n{_COUPLE.replace('30', '300')}", "members.0.age"),
        ('note = { ja = "\\u0007", en = "x" }\n', "note.ja: at most 1000 characters that can be shown"),
    ],
)
def test_a_scenario_that_makes_no_sense_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(Problem) as caught:
        _scenario(text)
    assert said in caught.value.en
    assert caught.value.en.startswith("own.toml: ")
    assert caught.value.ja.startswith("own.toml: ")


def test_what_is_wrong_in_a_scenario_is_said_in_japanese() -> None:
    with pytest.raises(Problem) as caught:
        _scenario("[fertility]\ntfr = { 2030 = 210, 2040 = -1 }\nspeed = 1\n")
    assert caught.value.ja == (
        "own.toml: シナリオとして読めない項目があります（fertility.tfr.2040: 0 以上の数にしてください; fertility.speed: 知らない項目です。綴りを確かめてください）"
    )


def test_a_multiplier_of_ages_between_two_groups_is_refused() -> None:
    base = panel()
    given = assumptions(base, migration=net_rate(FIVE, 4, 3))
    odd = _scenario("[migration]\nbands = [{ ages = [17, 22], points = { 2030 = 0.5 } }]\n")
    with pytest.raises(Problem, match="are no bounds of groups of 5 years"):
        apply(odd, base, given)
    old = _scenario("[migration]\nbands = [{ ages = [65, 99], points = { 2030 = 0.5 } }]\n")
    assert apply(old, base, given).migration is not given.migration


def test_a_nation_of_two_areas_is_none() -> None:
    base = panel(1)
    with pytest.raises(Problem, match="of the nation alone"):
        apply(preset_scenario("pattern1-nation"), base, assumptions(base), 2045, panel(2))


def test_an_unknown_preset_names_the_known() -> None:
    with pytest.raises(Problem, match="pattern1, simulation1"):
        preset_scenario("pattern2")


def test_a_scenario_that_follows_the_nation_needs_it() -> None:
    base = panel()
    with pytest.raises(Problem, match="needs the national projection"):
        apply(preset_scenario("pattern1-nation"), base, assumptions(base), 2045)


@pytest.mark.parametrize(
    ("percent", "expected"), [(99.9, 1), (100.0, 2), (104.99, 2), (105.0, 3), (115.0, 5), (200.0, 5)]
)
def test_a_limit_belongs_to_the_higher_rank(percent: float, expected: int) -> None:
    assert rank(percent, (100.0, 105.0, 110.0, 115.0)) == expected


def test_impact_of_published_areas() -> None:
    """A smoke test: ranks computed before by other means for three towns, and about how all of Japan spreads."""
    published, nation = h30(), h29_nation()
    given = derive(published, nation).assumptions
    base = published.at(2015)
    names = ("pattern1", "simulation1", "simulation2")
    runs = [project(base, apply(preset_scenario(name), base, given)).panel for name in names]
    found = dict(zip(published.areas, impact(runs[0], runs[1], runs[2], 2045), strict=True))
    ranks = {
        code: (found[code].natural_rank, found[code].social_rank) for code in ("43203", "43214", "43404")
    }
    assert ranks == {"43203": (2, 4), "43214": (2, 3), "43404": (2, 1)}
    units = [code for code, kind in h30_kinds().items() if kind in "023"]
    natural = Counter(found[code].natural_rank for code in units)
    assert natural[3] > natural[2] > natural[4] > natural[1] > natural[5]


def _elderly(values: list[tuple[float, float]]) -> Panel:
    years = tuple(2020 + 5 * step for step in range(len(values)))
    cells = np.zeros((len(values), 2, 19, 1))
    for step, (young, old) in enumerate(values):
        cells[step, 0, 4, 0], cells[step, 1, 15, 0] = young, old
    return Panel(cells, years, FIVE, ("00001",), ("サンプル",))


def test_stages_of_decline() -> None:
    course = _elderly([(100, 100), (110, 100), (80, 110), (80, 100), (70, 90), (70, 89.9)])
    assert decline_stages(course) == ((0, 1, 2, 2, 3),)


def test_nobody_left_is_no_division() -> None:
    empty = _elderly([(100, 100), (0, 0)])
    with pytest.raises(Problem, match="has no population in 2025"):
        impact(empty, empty, empty, 2025)


def test_scenarios_stand_side_by_side() -> None:
    one, two = _elderly([(150, 50), (100, 50)]), _elderly([(150, 50), (120, 60)])
    found = compare({"準拠": one, "展望": two}, "00001")
    assert found.years == (2020, 2025)
    assert found.rows[0].index == (100, 75)
    assert found.rows[1].population == (200, 180)
    assert found.rows[1].difference == (0, 30)
    assert found.rows[1].ratio == (100, 120)
    with pytest.raises(Problem, match="differ from the others"):
        compare({"準拠": one, "展望": two.at(2020)}, "00001")
    with pytest.raises(Problem, match="no scenario"):
        compare({}, "00001")
