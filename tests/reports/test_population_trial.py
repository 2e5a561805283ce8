"""A trial beside what it is measured by, and target seeking from other rates and in English."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sosei.population.levers import Families
from sosei.population.scenario import Band, MigrationChange, Movers, Name, Scenario
from sosei.population.scenario_files import compositions, preset_scenario
from sosei.reports.population.figures import own_notes
from sosei.reports.population.goals import Goal, goal_rows, goal_table, three_levers
from sosei.reports.population.outlook import Outlook, outlook
from sosei.reports.population.trial import clip_words, published_net, standings, trial_table
from tests.reports.population_places import GOAL, known, seen

FAMILY = Movers(families=3.73, composition=compositions()["couple-30s-child"], since=2016)
TRIAL = Scenario(id="trial", name=Name(ja="この試算", en="This trial"), movers=(FAMILY,))


@pytest.fixture(scope="module")
def tried() -> Outlook:
    return outlook(known("hitoyoshi"), 2070, [preset_scenario("pattern1"), TRIAL])


def test_the_trial_year_by_year(tried: Outlook) -> None:
    table = trial_table(tried, "ja")
    by_year = {row[0]: row[1:] for row in table.rows}
    assert by_year["2015"][:5] == ("33,880", "33,880", "0", "100.0", "100.0")
    assert by_year["2045"][:5] == ("21,632", "22,000", "+368", "101.7", "64.9")
    for standing, row in zip(standings(tried), table.rows, strict=True):
        assert sum(standing.groups) == float(row[2].replace(",", ""))
    assert len(table.headings) == len(table.rows[0]) == 10
    assert "「パターン1（社人研推計準拠）」に対するもの" in table.notes[0]
    english = trial_table(tried, "en")
    assert english.headings[:3] == ("Year", "Pattern 1 (after the national institute)", "This trial")
    assert english.rows == table.rows


def test_who_comes_and_leaves_as_published(tried: Outlook) -> None:
    every = published_net(tried, [((0, None),)])[0]
    parts = published_net(tried, [((0, 10), (30, 50)), ((10, 30),), ((50, None),)])
    assert every.losses < 0 < every.gains
    assert sum(each.gains for each in parts) == pytest.approx(every.gains)
    assert sum(each.losses for each in parts) == pytest.approx(every.losses)
    step = tried.years.index(2045) - 1
    social = float(tried.parts(0).net.sum(axis=(1, 2))[step, 0])
    assert every.gains + every.losses == pytest.approx(
        social, abs=1
    )  # the published base of the step is whole


def test_what_falls_below_zero_is_said_in_one_sentence() -> None:
    place = known("hitoyoshi")
    values = place.projection.values.copy()
    values[2:, 0, 4] = 1  # all young men but one leave between 2020 and 2025
    more = Scenario(
        id="more",
        name=Name(ja="増", en="more"),
        migration=MigrationChange(bands=(Band(direction="out", points={2015: 2.0}),)),
    )
    found = outlook(replace(place, projection=replace(place.projection, values=values)), 2025, [more])
    said = clip_words(found.runs[0])
    assert said is not None
    assert "負になる1個の値を0にし" in said.ja
    assert "2025年の男20～24歳" in said.ja
    assert "male 20-24 in 2025" in said.en
    assert clip_words(seen("hitoyoshi").runs[0]) is None


def test_how_the_years_beyond_came_about() -> None:
    nation = preset_scenario("pattern1-nation")
    held = preset_scenario("pattern1")
    place = known("hitoyoshi")
    both = own_notes(outlook(place, 2065, [held, nation]))[-1].ja
    assert "「パターン1（全国推計の変化を反映して延長）」は移動率を固定し" in both
    assert "ほかは最後の期間の率を固定" in both
    alone = own_notes(outlook(place, 2065, [nation]))[-1]
    assert "生残率と子ども女性比は全国推計の変化を反映" in alone.ja
    assert "固定）" not in alone.ja
    assert "the nation's" in alone.en


def test_a_target_from_the_trial_on(tried: Outlook) -> None:
    rates = tried.runs[-1].assumptions
    families = goal_rows(tried, Goal(population=22000, years=(2045, 2070)), three_levers()[:1], rates)[
        0
    ].answers
    assert families[0].without == pytest.approx(22000, abs=0.5)
    assert families[1].amount == pytest.approx(47.1 - 3.73, abs=0.05)
    later = goal_rows(tried, GOAL, three_levers(Families(since=2031)))[0].answers
    assert later[0].amount is not None
    assert later[0].amount > 3.73


def test_target_seeking_in_english() -> None:
    table = goal_table(seen("hitoyoshi"), GOAL, "en")
    assert table.title == "What reaches a population of 22,000 (by each means alone)"
    assert table.headings == ("Means", "2045", "2070")
    by_name = {row[0]: row[1:] for row in table.rows}
    assert by_name["families a year (a couple of 30-34 and one child of 0-4)"] == (
        "3.73 families",
        "47.1 families",
    )
    assert by_name["population without any"] == ("21,632", "13,227")
    assert by_name["total fertility rate reached in 2030"][1].startswith("not reached (")
    assert table.notes[0].startswith(
        "families a year (a couple of 30-34 and one child of 0-4): families arrive at the end of a step"
    )
    easy = goal_table(seen("hitoyoshi"), Goal(population=1000, years=(2045,)), "en")
    assert easy.rows[1][1] == "none (reached without it)"
