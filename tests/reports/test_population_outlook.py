"""What is computed of the two cities, and the charts and tables made of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import openpyxl
import pytest

from sosei.formats.population_examples import population
from sosei.formats.population_origins import IPSS, REGISTER, REGISTER_NOTE
from sosei.formats.xlsx_cells import read_book
from sosei.population.ages import AgeScheme
from sosei.population.panel import Origin
from sosei.population.scenario_files import parse_scenario, preset_scenario
from sosei.reports.charts.population import (
    Contribution,
    GroupBars,
    Pyramids,
    YearLines,
    draw,
    population_table,
)
from sosei.reports.population import figures, prose, sources
from sosei.reports.population.chapter import chapter
from sosei.reports.population.chapter_content import List
from sosei.reports.population.goals import Goal, goal_table
from sosei.reports.population.known import Series
from sosei.reports.population.markdown import chapter_files
from sosei.reports.population.numbers import number_of
from sosei.reports.population.outlook import outlook
from sosei.reports.population.table_files import table_csv, tables_xlsx
from sosei.reports.population.tables import (
    Table,
    chart_table,
    component_table,
    editions_table,
    group_table,
    print_years,
    scenario_table,
)
from sosei.reports.xlsx_layout import Number
from sosei.values import Problem
from tests.reports.charts.pictures import texts
from tests.reports.population_places import GOAL, alone, known, seen

FAMILIES = "年あたりの移住世帯（30～34歳の夫婦と0～4歳の子1人）"
CITIES = ("aso", "hitoyoshi")
FIGURES = {
    "total": figures.total_figure,
    "groups": figures.group_figure,
    "group lines": figures.group_lines_figure,
    "flows": figures.flow_figure,
    "scenarios": figures.scenario_figure,
    "contribution": figures.contribution_figure,
}


def row(table: Table, *words: str) -> tuple[str, ...]:
    (found,) = [each for each in table.rows if each[: len(words)] == words]
    return found[len(words) :]


def test_the_extension_of_aso_stands_beside_what_its_plan_prints() -> None:
    chart = figures.total_figure(seen("aso"), "ja").chart
    head, *_, last = population_table(chart)
    found = dict(zip(head, last, strict=True))
    assert found["年"] == "2070"
    assert found["阿蘇市による延長（最後の期間の率を固定）"] == "11,612"
    assert found["計画に印字された推計"] == "10,272"
    assert found["社人研 令和5（2023）年推計"] == "－"
    assert {"11,612", "10,272", "17,817"} <= set(texts(draw(chart, "k")))


def test_published_figures_stay_as_published() -> None:
    table = population_table(figures.total_figure(seen("aso"), "ja").chart)
    by_year = {line[0]: line[1:] for line in table[1:]}
    assert by_year["1980"][0] == "34,004"
    assert by_year["2050"][1] == "15,160"
    assert by_year["2045"][2] == "17,817"


def test_the_fan_is_that_of_the_newest_projection_and_ends_with_it() -> None:
    chart = figures.total_figure(seen("aso"), "ja").chart
    assert isinstance(chart, YearLines)
    with_band = [year for year, low in zip(chart.years, chart.bands[0].low, strict=True) if low is not None]
    assert with_band == [2020, 2025, 2030, 2035, 2040, 2045, 2050]
    of_old = figures.total_figure(outlook(alone("aso"), 2070), "ja").chart
    assert isinstance(of_old, YearLines)
    assert [curve.look for curve in of_old.curves] == ["published", "ours"]


@pytest.mark.parametrize("city", CITIES)
def test_groups_add_up_to_the_total_in_every_year(city: str) -> None:
    made = seen(city)
    for at, run in enumerate(made.runs):
        totals = run.panel.total()[:, 0].tolist()
        sums = [sum(groups) for groups in made.groups(at).values()]
        assert sums == [int(total + 0.5) for total in totals]


def test_the_years_in_which_the_elderly_overtake() -> None:
    crossings = dict(figures.group_crossings(seen("aso")))
    assert (crossings[0].before, crossings[0].after) == (1990, 1995)
    assert (crossings[1].before, crossings[1].after) == (2035, 2040)
    assert int(crossings[1].year) == 2039


def test_change_is_births_less_deaths_and_migration() -> None:
    table = component_table(seen("aso"), "ja")
    for line in table.rows:
        births, deaths, natural, social, adjustment, change = (
            int(cell.replace(",", "")) for cell in line[2:]
        )
        assert abs(births - deaths - natural) <= 1
        assert abs(natural + social + adjustment - change) <= 2
        assert adjustment == 0


def test_parts_of_the_contribution_add_up_to_the_difference_of_the_scenarios() -> None:
    chart = figures.contribution_figure(seen("hitoyoshi"), "ja").chart
    assert isinstance(chart, Contribution)
    differences = row(scenario_table(seen("hitoyoshi"), "ja"), seen("hitoyoshi").scenarios[2].name.ja, "差")
    sums = [line[-1] for line in population_table(chart)[1:]]
    assert sums == list(differences[1:])


def test_the_table_of_scenarios() -> None:
    table = scenario_table(seen("aso"), "ja", (2015, 2045, 2070))
    assert table.headings == ("シナリオ", "項目", "2015", "2045", "2070")
    first = seen("aso").scenarios[0].name.ja
    assert row(table, first, "人口") == ("27,018", "17,817", "11,612")
    assert row(table, first, "指数") == ("100.0", "65.9", "43.0")
    assert len(table.rows) == 2 + 4 + 4
    assert scenario_table(seen("aso"), "en").headings[:2] == ("Scenario", "Item")


def test_the_table_of_groups_has_census_projection_and_scenarios() -> None:
    table = group_table(seen("aso"), "ja")
    assert row(table, "国勢調査", "2020") == ("24,930", "2,780", "12,087", "10,063", "11.2", "48.5", "40.4")
    assert row(table, "社人研 令和5（2023）年推計", "2050")[:4] == ("15,160", "1,438", "6,563", "7,159")
    assert row(table, seen("aso").scenarios[0].name.ja, "2045")[0] == "17,817"


def test_an_own_projection_is_not_called_the_institutes() -> None:
    plain = alone("aso")
    own = Origin("阿蘇市『独自推計』（サンプル）", "", "", "entered")
    made = outlook(replace(plain, projection=replace(plain.projection, sources=(own,))), 2070)
    assert made.scenarios[0].name.ja == "パターン1（もとにする推計のまま）"
    assert made.impact(2045) is not None  # it is Pattern 1 still
    named = parse_scenario('id = "pattern1"\nname = { ja = "本市の名", en = "ours" }', "ours.toml")
    assert outlook(made.known, 2070, [named]).scenarios[0].name.ja == "本市の名"
    text = chapter_files(chapter(made), "own")["own.md"].decode()
    assert "（1）もとにする推計" in text
    assert "社人研" not in text
    assert "公表された推計" not in text


def test_the_editions_side_by_side() -> None:
    table = editions_table(seen("aso"))
    assert table is not None
    assert row(table, "2045") == ("16,648", "17,817", "-1,169", "-6.6")
    assert row(table, "2050") == ("15,160", "－", "－", "－")
    assert editions_table(outlook(alone("aso"), 2045)) is None


def test_only_a_newer_projection_of_the_institute_is_said_to_begin_with_the_census() -> None:
    place = known("aso")
    assert place.newer is not None
    own = replace(place.newer, origin=Origin("阿蘇市『独自推計』（サンプル）", "", "", "entered"))
    said = []
    for newer in (place.newer, own):
        table = editions_table(outlook(replace(place, newer=newer), 2070))
        assert table is not None
        said.append("年齢不詳補完値" in "".join(table.notes))
    assert said == [True, False]


def test_families_for_a_target() -> None:
    table = goal_table(seen("hitoyoshi"), GOAL)
    assert table.headings == ("手段", "2045年", "2070年")
    assert row(table, FAMILIES) == ("3.73世帯", "47.1世帯")
    assert row(table, "取組がない場合の人口") == ("21,632人", "13,227人")
    assert row(table, "2030年に達する合計特殊出生率")[1].startswith("達しない")
    assert "子ども女性比には加えない" in table.notes[0]
    easy = goal_table(seen("hitoyoshi"), Goal(population=1000, years=(2045,)))
    assert row(easy, FAMILIES) == ("不要（取組がなくても達する）",)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_figures_from_derived_rates_say_so(city: str, name: str, language: str) -> None:
    figure = FIGURES[name](seen(city), language)
    notes = [note.of(language) for note in figure.notes]
    ours, plain = sources.ours(known(city)).of(language), "出典：" if language == "ja" else "Source:"
    if name in ("groups", "group lines"):  # published figures only
        assert notes[0].startswith(plain)
        assert ours not in notes
    else:
        assert ours in notes
        assert sources.DERIVED.of(language) in notes
        assert sources.held(seen(city)).of(language) in notes


def test_pyramids_of_published_years_are_cited_plainly_and_extended_ones_as_ours() -> None:
    published = figures.pyramid_figure(seen("aso"), (2015, 2045), "ja").notes
    assert [note.ja for note in published] == [sources.plain(known("aso").projection.sources[0]).ja]
    extended = [note.ja for note in figures.pyramid_figure(seen("aso"), (2045, 2070), "ja").notes]
    assert extended[0].startswith("出典：")
    assert sources.DERIVED.ja in extended
    assert "に準拠して阿蘇市が推計" in extended[1]
    alone = figures.pyramid_figure(seen("aso"), (2070,), "ja").notes
    assert "に準拠して阿蘇市が推計" in alone[0].ja
    with pytest.raises(Problem, match="2047"):
        figures.pyramid_figure(seen("aso"), (2047,), "ja")


def test_scenarios_side_by_side_as_pyramids() -> None:
    chart = figures.scenario_pyramid_figure(seen("aso"), 2070, "ja").chart
    assert "パターン1（社人研推計準拠）" in texts(draw(chart, "k"))
    with pytest.raises(Problem, match="two scenarios"):
        figures.scenario_pyramid_figure(
            outlook(known("aso"), 2045, [preset_scenario("pattern1")]), 2045, "ja"
        )


def test_a_place_of_which_only_the_projection_is_known() -> None:
    made = outlook(alone("hitoyoshi"), 2045)
    assert not made.is_extended
    bars = figures.group_figure(made, "ja").chart
    assert isinstance(bars, GroupBars)
    assert (bars.years[0], bars.projected_from) == (2015, 2020)
    for name, make in FIGURES.items():
        assert draw(make(made, "ja").chart, "k"), name


def test_the_register_is_a_line_of_its_own_and_said_to_be_on_another_level() -> None:
    origin = Origin(REGISTER, "サンプル", "", "published", REGISTER_NOTE)
    register = Series(totals={2016: 27500.0, 2024: 25800.0}, groups={}, origin=origin)
    made = outlook(replace(known("aso"), register=register), 2070)
    figure = figures.total_figure(made, "ja")
    table = population_table(figure.chart)
    at = table[0].index("住民基本台帳（1月1日）")
    assert {line[0]: line[at] for line in table[1:] if line[at] != "－"} == {
        "2016": "27,500",
        "2024": "25,800",
    }
    assert {line[0]: line[1] for line in table[1:]}["2016"] == "－"  # not joined to the census
    notes = [note.ja for note in figure.notes]
    assert f"{REGISTER_NOTE.ja}。" in notes
    assert REGISTER in notes[0]
    last = chapter(made).headings[-1].sections[0].blocks[0]
    assert isinstance(last, List)
    assert f"{REGISTER_NOTE.ja}。" in last.points
    assert sum("住民基本台帳の人口" in point for point in last.points) == 1  # on its own day, said once
    assert f"{REGISTER_NOTE.ja}。" not in [note.ja for note in figures.total_figure(seen("aso"), "ja").notes]


def test_a_nation_that_does_not_carry_the_projection_is_refused() -> None:
    place = known("aso")
    nation = place.nation
    later = replace(nation, values=nation.values[1:], years=nation.years[1:])
    fewer = nation.with_open_group(80)
    single = replace(nation, ages=AgeScheme(1, 105), values=np.ones((len(nation.years), 2, 105, 1)))
    for other, said in ((later, "lacks 2015"), (fewer, "up to 80 and over"), (single, "of 1 up to 104")):
        with pytest.raises(Problem, match=said):
            outlook(replace(place, nation=other), 2070)


def test_what_no_rate_can_return_is_said_wherever_the_rates_are_used() -> None:
    place = known("aso")
    values = place.projection.values.copy()
    values[0, 1, 4] = 0  # no women of 20-24 in the base year, but of 25-29 five years later
    made = outlook(replace(place, projection=replace(place.projection, values=values)), 2070)
    cells, persons = made.missed
    assert cells == 1
    assert persons > 100
    said = sources.missed(made).ja
    assert "1個の値は、元の人口が0のため率では再現できず" in said
    for name in ("flows", "scenarios", "contribution"):
        assert said in [note.ja for note in FIGURES[name](made, "ja").notes]
    assert said in goal_table(made, GOAL).notes
    extended = made.held.total()[:, 0]
    assert extended[made.held.years.index(2045)] == 17817  # goes on from the published year all the same
    assert seen("aso").missed[0] == 0


def test_age_groups_of_one_year_only_are_not_drawn_as_a_series() -> None:
    newer = known("aso").newer
    assert newer is not None
    last = {2050: newer.groups[2050]}
    made = outlook(replace(known("aso"), newer=replace(newer, groups=last)), 2070)
    groups, projected = figures.group_series(made)
    assert (max(groups), projected) == (2045, 2020)
    assert made.grouped.origin == known("aso").projection.sources[0]


def test_too_many_scenarios_and_two_of_one_name_are_refused() -> None:
    presets = [
        preset_scenario(name) for name in ("pattern1", "simulation1", "simulation2", "closed", "pattern3")
    ]
    assert len(outlook(known("aso"), 2045, presets).comparison("ja").rows) == 5
    another = parse_scenario('id = "six"\nname = { ja = "六", en = "six" }', "six.toml")
    with pytest.raises(Problem, match="at most 5"):
        figures.scenario_figure(outlook(known("aso"), 2045, [*presets, another]), "ja")
    with pytest.raises(Problem, match="two scenarios called"):
        scenario_table(outlook(known("aso"), 2045, [another, another]), "ja")


def test_contributions_need_the_standard_scenarios() -> None:
    other = outlook(known("aso"), 2045, [preset_scenario("closed")])
    assert other.impact(2045) is None
    with pytest.raises(Problem, match="pattern1"):
        figures.contribution_figure(other, "ja")


def test_printed_years_are_few_and_hold_those_asked_for() -> None:
    assert print_years(tuple(range(2015, 2071, 5)), (2015, 2045)) == (
        2015,
        2020,
        2030,
        2040,
        2045,
        2050,
        2060,
        2070,
    )
    assert print_years((2015, 2020), (2045,)) == (2015, 2020)


def test_the_csv_is_for_spreadsheets_and_runs_nothing() -> None:
    table = Table(
        title="t", headings=("=1+1", "年", "人口"), rows=(("@SUM(A1)", "2015", "-1,234"), ("名", "2020", "+5")), notes=("=cmd()",), words=2
    )  # fmt: skip
    data = table_csv(table)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [
        ["'=1+1", "年", "人口"],
        ["'@SUM(A1)", "2015", "-1234"],
        ["名", "2020", "+5"],
        [],
        ["'=cmd()"],
    ]


def test_the_workbook_holds_every_cell_and_note() -> None:
    tables = [scenario_table(seen("aso"), "ja"), component_table(seen("aso"), "ja")]
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx("人口の表", "阿蘇市", tables)))
    assert len(book.sheetnames) == 2
    for sheet, table in zip(book.worksheets, tables, strict=True):
        assert set(table.notes) <= {cell.value for line in sheet.iter_rows() for cell in line}
        assert all(cell.data_type in "sn" for line in sheet.iter_rows() for cell in line)


def test_figures_are_numbers_that_look_as_they_are_printed() -> None:
    of = seen("hitoyoshi")
    made = [make(of, "ja") for make in (scenario_table, group_table, component_table, editions_table)]
    tables = [*(each for each in made if each), *(goal_table(of, GOAL, each) for each in ("ja", "en"))]
    tables.append(chart_table(figures.total_figure(of, "ja").chart, ()))
    data = tables_xlsx("人口の表", "人吉市", tables)
    stored = openpyxl.load_workbook(io.BytesIO(data))
    for shown, sheet, table in zip(read_book(data).sheets, stored.worksheets, tables, strict=True):
        assert set(table.rows) <= {tuple(cell.text for cell in row) for row in shown.rows}
        values = [cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None]
        texts = {text for row in table.rows for text in row[table.words :] if text in values}
        assert not [text for text in texts if text[-1].isdigit()]  # what is left a text is no figure
        numbers = [value for value in values if not isinstance(value, str)]
        assert len(numbers) == sum(
            text[0] in "+-0123456789" for row in table.rows for text in row[table.words :]
        )


def test_columns_are_wide_enough_for_their_numbers() -> None:
    far = outlook(known("aso"), 2200, [preset_scenario("pattern1")])
    table = scenario_table(far, "ja")
    sheet = openpyxl.load_workbook(io.BytesIO(tables_xlsx("人口の表", "阿蘇市", [table]))).worksheets[0]
    assert len(table.headings) > 38
    assert sheet.column_dimensions["C"].width >= len("27,018")


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("34,004", 34004, "#,##0"),
        ("0", 0, "#,##0"),
        ("-1,242", -1242, "#,##0"),
        ("+111", 111, "+#,##0;-#,##0;#,##0"),
        ("94.6", 94.6, "#,##0.0"),
        ("+0.1", 0.1, "+#,##0.0;-#,##0.0;#,##0.0"),
        ("1234", 1234, "0"),
        ("2.29", 2.29, "#,##0.00"),
        ("11,612人", 11612, '#,##0"人"'),
        ("3.73世帯", 3.73, '#,##0.00"世帯"'),
        ("75％", 75, '#,##0"％"'),
        ("3.73 families", 3.73, '#,##0.00" families"'),
    ],
)
def test_a_figure_is_a_number_with_its_format(text: str, value: float, code: str) -> None:
    assert number_of(text) == Number(value=value, code=code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "－",
        "-0",
        "+0.0",
        "007",
        "1,23",
        "12,34,567",
        "達しない（1,200人）",
        "100％未満",
        "2045年",
        "2015～20",
        "=1+1",
        "１２",
        "1e5",
        "1234567890123456",
        "1.",
        "nan",
    ],
)
def test_what_is_no_figure_stays_a_text(text: str) -> None:
    assert number_of(text) is None


def test_a_pyramid_before_the_projection_is_the_census_and_says_who_is_left_out() -> None:
    figure = figures.pyramid_figure(seen("aso"), (1980, 2045), "ja")
    assert isinstance(figure.chart, Pyramids)
    counted = population("aso").census.panel
    assert counted is not None
    assert sum(figure.chart.pyramids[0].male) == counted.at(1980).values[0, 0].sum()
    cited, left_out = (note.ja for note in figure.notes)
    assert cited.startswith("出典：総務省統計局『国勢調査』、国立社会保障・人口問題研究所")
    assert "年齢不詳の人を除いています" in left_out


@pytest.mark.parametrize("source", [IPSS.format("令和5（2023）年推計"), "阿蘇市（サンプル）"])
def test_the_census_goes_on_to_the_base_of_a_projection_of_the_institute(source: str) -> None:
    place = known("aso")
    shifted = replace(
        place.projection,
        years=tuple(year + 5 for year in place.projection.years),
        sources=(Origin(source, "", "", "published"),),
    )
    found = outlook(replace(place, projection=shifted, newer=None), 2050)
    chart = figures.total_figure(found, "ja")
    head, *table = population_table(chart.chart)
    counted = {row[0]: row[head.index("国勢調査")] for row in table}
    begins = source.startswith("国立")
    assert (counted["2015"], counted["2020"]) == ("27,018", "27,018" if begins else "－")
    assert f"{2020 if begins else 2015}年は27,018人です" in prose.history(found).ja
    assert ("2020年は国勢調査（年齢不詳補完値）です。" in [note.ja for note in chart.notes]) == begins


def test_it_is_said_that_an_extension_has_no_bands() -> None:
    said = "帯は推計のある2050年までです。"
    assert any(note.ja.endswith(said) for note in figures.total_figure(seen("aso"), "ja").notes)
    assert said in prose.width(seen("aso"))[1].ja
    assert said not in prose.width(seen("aso", 2050))[1].ja


def test_a_scenario_that_follows_the_nation_is_not_said_to_hold_its_rates() -> None:
    place = known("aso")
    both = outlook(place, 2065, [preset_scenario(name) for name in ("pattern1", "pattern1-nation")])
    words = " ".join(note.ja for note in figures.scenario_figure(both, "ja").notes)
    assert "延長（「パターン1（全国推計の変化を反映して延長）」は移動率を固定し、" in words
    assert "ほかは最後の期間の率を固定" in words
    only = outlook(place, 2065, [preset_scenario("pattern1-nation")])
    assert (
        "(migration is held, survival and child-woman ratio change as the nation's)"
        in sources.beyond(only).en
    )
    plain = outlook(place, 2065, [preset_scenario("pattern1")])
    assert sources.beyond(plain) == sources.held(plain) == sources.held(only)


def test_an_extension_beyond_the_national_projection_is_called_rough() -> None:
    far, near = (sources.held(outlook(known("aso"), until)) for until in (2075, 2070))
    assert "2070年より先は、率を長く固定するほど実際から離れるため、目安です。" in far.ja
    assert "Beyond 2070 they are rough" in far.en
    assert "2070年より先は" not in near.ja
