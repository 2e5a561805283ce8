from __future__ import annotations

import gzip
from typing import Any

import numpy as np
import pytest

from sosei.formats.population import read_population
from sosei.formats.population_labels import Sex
from sosei.formats.population_reading import Area, Group, Kind, Reading, nested, once
from sosei.formats.population_sums import join_sums
from sosei.population.panel import Panel
from tests.formats import population_files as made


def panel_of(reading: Reading) -> Panel:
    assert reading.panel is not None
    return reading.panel


def as_made(panel: Panel, code: str, year: int, sex: str) -> bool:
    at = (panel.years.index(year), made.SEXES.index(sex), slice(None), panel.areas.index(code))
    return list(panel.values[at].tolist()) == made.row(code, year, sex, panel.ages.groups)


def check_all(panel: Panel, codes: list[str], years: tuple[int, ...]) -> None:
    assert list(panel.areas) == codes
    assert panel.years == years
    for code in codes:
        for year in years:
            assert all(as_made(panel, code, year, sex) for sex in made.SEXES)


CODES = [code for code, *_ in made.AREAS]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_the_results_of_2018_as_csv(encoding: str) -> None:
    reading = read_population(made.csv_bytes(made.h30_rows(), encoding), "h30.csv")
    panel = panel_of(reading)
    check_all(panel, CODES, (2015, *made.YEARS[:-1]))
    assert panel.ages.lower[-1] == 90
    assert "平成30" in panel.sources[0].source
    assert panel.sources[0].how == "published"


def test_one_municipality_out_of_the_country() -> None:
    reading = read_population(made.csv_bytes(made.h30_rows()), "h30.csv", only={"43203"})
    check_all(panel_of(reading), ["43203"], (2015, *made.YEARS[:-1]))


def test_who_is_counted_twice_is_data() -> None:
    reading = read_population(made.csv_bytes(made.h30_rows()), "h30.csv")
    assert {double.whole: double.parts for double in nested(reading.areas)} == {
        "43100": ("43101", "43102"),
        "43000": ("43100", "43203", "43441"),
    }
    assert once(reading.areas) == ("43101", "43102", "43203", "43441")


@pytest.mark.parametrize("before", [0, 3])
def test_the_results_of_2023_for_all_areas(before: int) -> None:
    reading = read_population(made.workbook(Sheet1=made.r5_rows(before)), "suikei_kekka.xlsx")
    panel = panel_of(reading)
    check_all(panel, CODES, made.YEARS)
    assert panel.ages.lower[-1] == 95
    assert "令和5" in panel.sources[0].source
    assert reading.areas[1].kind is Kind.DESIGNATED


def test_blocks_without_titles_are_both_sexes_males_females() -> None:
    rows = made.r5_rows()
    rows[3] = ["コード", "市などの別", "都道府県", "市区町村", "年"]
    check_all(panel_of(read_population(made.workbook(Sheet1=rows), "a.xlsx")), CODES, made.YEARS)


def test_the_workbook_of_a_prefecture() -> None:
    sheets = {"目次": [["この資料について"]], **made.prefecture_sheets()}
    reading = read_population(made.workbook(**sheets), "43.xlsx")
    panel = panel_of(reading)
    check_all(panel, CODES, made.YEARS)
    assert panel.names[-1] == "御船町"
    one = read_population(made.workbook(**sheets), "43.xlsx", only={"43203"})
    check_all(panel_of(one), ["43203"], made.YEARS)


def test_blocks_of_a_prefecture_workbook_without_titles() -> None:
    sheets = made.prefecture_sheets()
    for rows in sheets.values():
        rows[2] = []
    check_all(panel_of(read_population(made.workbook(**sheets), "43.xlsx")), CODES, made.YEARS)


def test_the_census_year_of_a_projection_may_hide_people_of_unknown_age() -> None:
    rows = made.r5_rows()
    for at, more in ((5, 30), (27, 10), (49, 20)):
        rows[5 + 4 * 7][at] += more
    reading = read_population(made.workbook(Sheet1=rows), "suikei_kekka.xlsx")
    assert reading.unknown == {("43203", 2020, Sex.MALE): 10, ("43203", 2020, Sex.FEMALE): 20}
    assert reading.totals_of("43203")[2020] == sum(made.row("43203", 2020, "both", 20)) + 30
    assert "2020年 30 人" in reading.remarks[0].ja
    sheets = made.prefecture_sheets()
    for at, more in ((1, 30), (10, 10), (19, 20)):
        sheets["43203_人吉市"][4][at] += more
    assert read_population(made.workbook(**sheets), "43.xlsx").unknown_of("43203", 2020) == 30


def test_a_sheet_of_a_prefecture_may_have_a_code_of_four_digits() -> None:
    sheets = made.prefecture_sheets()
    sheets = {name.replace("43000_", "4300_"): rows for name, rows in sheets.items()}
    assert read_population(made.workbook(**sheets), "43.xlsx").areas[0] == Area(
        "43000", "熊本県", Kind.PREFECTURE
    )


def test_groups_that_leave_out_people_of_unknown_age() -> None:
    heading = "code,name,year,total,age0_14,age15_64,age65plus\n"
    reading = read_population(f"{heading}43203,人吉市,2020,110,12,55,33\n".encode(), "r5.csv")
    assert "2020年の総数は 1 地域で年齢区分の和より大きく" in reading.remarks[0].ja


TABLES = [
    ("結果表1　将来の総人口および指数（令和2（2020）年＝100とした場合）", 0, 20, Group.TOTAL),
    ("結果表2-1　年齢（3区分）別人口　0～14歳人口", 0, 3, Group.YOUNG),
    ("結果表2-2　15～64歳人口", 3, 13, Group.WORKING),
    ("結果表2-3　６５歳以上人口", 13, 20, Group.OLD),
    ("結果表2-4　75歳以上人口", 15, 20, Group.OLDEST),
]


def test_the_result_tables_by_their_titles_and_joined() -> None:
    readings = [
        read_population(made.workbook(Sheet1=made.group_rows(title, low, high)), "kekkahyo.xlsx")
        for title, low, high, _ in TABLES
    ]
    for reading, (_, low, high, group) in zip(readings, TABLES, strict=True):
        assert reading.sums is not None
        expected = {year: sum(made.row("43203", year, "both", 20)[low:high]) for year in made.YEARS}
        assert reading.sums.series("43203", group) == expected
    joined = join_sums(readings).sums
    assert joined is not None
    assert len(joined.values) == len(CODES) * len(made.YEARS) * len(TABLES)
    assert "令和5" in joined.origin.source
    assert joined.areas[0] == Area("43000", "熊本県", Kind.PREFECTURE)


@pytest.mark.parametrize(
    "heading", ["{0}年", "{0}", "{0}年\n（令和{1}年）", "令和{1}年\n（{0}年）", "令和{1}年"]
)
def test_the_years_of_result_tables_in_any_form(heading: str) -> None:
    rows = made.group_rows("総人口", 0, 20)
    rows[2][4:11] = rows[2][11:18] = [heading.format(year, year - 2018) for year in made.YEARS]
    sums = read_population(made.workbook(Sheet1=rows), "kekkahyo1.xlsx").sums
    assert sums is not None
    assert sums.years == made.YEARS
    assert sums.series("43203")[2050] == sum(made.row("43203", 2050, "both", 20))


@pytest.mark.parametrize("packed", [False, True])
def test_the_census_keeps_people_of_unknown_age_apart(packed: bool) -> None:
    data = made.csv_bytes(made.census_rows())
    reading = read_population(gzip.compress(data) if packed else data, "census.csv.gz")
    check_all(panel_of(reading), ["43203", "43441"], (2010, 2015))
    assert reading.unknown == {
        (code, 2015, sex): 11 for code in ("43203", "43441") for sex in (Sex.MALE, Sex.FEMALE)
    }
    assert reading.unknown_of("43203", 2015) == 22
    assert reading.totals_of("43203")[2015] == sum(made.row("43203", 2015, "both", 19)) + 22
    assert (
        reading.remarks[0].ja == "年齢不詳（2015年 44 人）は年齢別の人口に含めていません。按分もしていません"
    )
    assert "国勢調査" in panel_of(reading).sources[0].source


def test_the_register_by_age() -> None:
    reading = read_population(made.workbook(表=made.register_rows()), "2401.xlsx")
    panel = panel_of(reading)
    assert panel.years == (2024,)
    assert panel.areas == ("43000", "43203", "43441")
    assert panel.values[0, 0, :, 1].tolist() == made.row("43203", 2020, "male", 21)
    assert panel.ages.lower[-1] == 100
    assert "1月1日" in panel.sources[0].note.ja


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_open_data_set_is_summed_over_its_regions(older: bool, encoding: str) -> None:
    reading = read_population(made.csv_bytes(made.region_rows(older), encoding), "432032_population.csv")
    panel = panel_of(reading)
    assert reading.areas == (Area("43203", "人吉市", Kind.CITY),)
    assert panel.years == (2024,)
    expected = np.add(made.row("43203", 2020, "female", 18), made.row("43203", 2025, "female", 18))
    assert panel.values[0, 1, :, 0].tolist() == expected.tolist()
    assert panel.sources[0].how == "derived"
    assert reading.parts is not None
    assert reading.parts.names == ("九日町", "紺屋町")
    assert any("総計" in remark.ja for remark in reading.remarks)


def test_the_open_data_set_may_hold_the_whole_municipality_alone() -> None:
    heads, *_, whole = made.region_rows()
    reading = read_population(made.csv_bytes([heads, whole]), "432032_population.csv")
    expected = np.add(made.row("43203", 2020, "male", 18), made.row("43203", 2025, "male", 18))
    assert panel_of(reading).values[0, 0, :, 0].tolist() == expected.tolist()
    assert panel_of(reading).sources[0].how == "published"
    assert reading.remarks == ()


OWN = Area("43203", "人吉市", Kind.CITY)


@pytest.mark.parametrize(
    ("rows", "years"),
    [
        (made.own_long_rows(), (2020, 2025)),
        (made.own_wide_rows(), (2020, 2025)),
        (made.own_wide_rows(one_heading=True), (2020, 2025)),
    ],
)
def test_an_own_sheet(rows: list[list[Any]], years: tuple[int, ...]) -> None:
    quoted = [
        [f'"{cell}"' if "," in str(cell) else "" if cell is None else cell for cell in row] for row in rows
    ]
    for data in (made.workbook(人口=rows), made.csv_bytes(quoted)):
        reading = read_population(data, "本市.xlsx", own=OWN)
        check_all(panel_of(reading), ["43203"], years)
        assert panel_of(reading).sources[0].how == "entered"


def test_an_own_sheet_says_its_unknown_ages() -> None:
    reading = read_population(made.workbook(人口=made.own_wide_rows()), "本市.xlsx", own=OWN)
    assert reading.unknown_of("43203", 2020) == 8


def test_an_area_without_a_name_is_called_like_the_file() -> None:
    reading = read_population(made.workbook(人口=made.own_long_rows()), "folder/本市の人口.xlsx")
    assert reading.areas == (Area("", "本市の人口"),)


@pytest.mark.parametrize("last", [85, 90, 95])
def test_bare_lower_bounds_are_groups(last: int) -> None:
    rows: list[list[object]] = [["area", "year", "sex", "age", "value"]]
    rows += [["43203", 2020, sex, low, 10] for sex in made.SEXES for low in range(0, last + 5, 5)]
    panel = panel_of(read_population(made.csv_bytes(rows), "base.csv"))
    assert (panel.ages.width, panel.ages.lower[-1]) == (5, last)


def test_ages_of_one_year() -> None:
    rows: list[list[object]] = [["年", "性別", "年齢", "人口"]]
    rows += [[2020, sex, f"{age}歳" if age < 100 else "100歳以上", 5] for sex in "男女" for age in range(101)]
    panel = panel_of(read_population(made.csv_bytes(rows), "base.csv"))
    assert (panel.ages.width, panel.ages.groups) == (1, 101)


def test_small_tables_of_totals_and_groups() -> None:
    wide = "code,pref,name,pop2020,pop2025,young2025,working2025,elderly2025\n43203,kumamoto,人吉市,100,90,10,50,30\n"
    long = "code,name,year,total,age0_14,age15_64,age65plus\n43203,人吉市,2020,100,12,55,33\n43203,人吉市,2025,90,10,50,30\n"
    for text in (wide, long):
        sums = read_population(text.encode(), "r5.csv").sums
        assert sums is not None
        assert sums.series("43203") == {2020: 100, 2025: 90}
        assert sums.series("43203", Group.OLD)[2025] == 30
        assert sums.areas == (Area("43203", "人吉市", Kind.CITY),)
