from __future__ import annotations

from datetime import date

import pytest

from sosei.formats.population_areas import code_on, kind_of
from sosei.formats.population_grid import read_count
from sosei.formats.population_labels import (
    Age,
    NoAge,
    Sex,
    read_age,
    read_code,
    read_day,
    read_sex,
    read_year,
)
from sosei.formats.population_reading import Kind


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("0～4歳", Age(0, 4)),
        ("0~4歳", Age(0, 4)),
        ("０－４歳", Age(0, 4)),
        ("0-4", Age(0, 4)),
        (" 10 〜 14 歳", Age(10, 14)),
        ("0歳～4歳", Age(0, 4)),
        ("15–19", Age(15, 19)),
        ("90歳以上", Age(90, None)),
        ("９５歳～", Age(95, None)),
        ("85+", Age(85, None)),
        ("85＋", Age(85, None)),
        ("100歳以上", Age(100, None)),
        ("7", Age(7, 7)),
        ("7歳", Age(7, 7)),
        ("15歳未満", Age(0, 14)),
        ("0～14歳人口", Age(0, 14)),
        ("総数", NoAge.TOTAL),
        ("総人口", NoAge.TOTAL),
        ("合計", NoAge.TOTAL),
        ("年齢不詳", NoAge.UNKNOWN),
        ("（年齢）不詳", None),
        ("不詳", NoAge.UNKNOWN),
        ("9～5歳", None),
        ("999歳以上", None),
        ("（再掲）", None),
        ("", None),
        ("0～4歳" * 20, None),
    ],
)
def test_ages_in_every_form(text: str, age: Age | NoAge | None) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize(
    ("text", "sex"),
    [("男", Sex.MALE), ("男性", Sex.MALE), ("M", Sex.MALE), ("ｆ", Sex.FEMALE), ("女 性", Sex.FEMALE),
     ("男女計", Sex.BOTH), ("総数", Sex.BOTH), ("both", Sex.BOTH), ("雄", None), ("", None)],
)  # fmt: skip
def test_sexes(text: str, sex: Sex | None) -> None:
    assert read_sex(text) is sex


@pytest.mark.parametrize(
    ("text", "year"),
    [("2020年", 2020), ("２０２０", 2020), ("令和2年", 2020), ("R2", 2020), ("令和2年10月1日現在", 2020),
     ("2024-10-01", 2024), ("2024/10/1", 2024), ("20241001", 2024), ("1200年", None), ("総数", None), ("", None)],
)  # fmt: skip
def test_years(text: str, year: int | None) -> None:
    assert read_year(text) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-10-01", (10, 1)),
        ("令和6年1月1日現在", (1, 1)),
        ("R6.4.1", (4, 1)),
        ("20240331", (3, 31)),
        ("2024年", None),
        ("令和6年10月", None),
        ("九日町", None),
    ],
)
def test_days_of_a_survey(text: str, day: tuple[int, int] | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [("1100", "01100"), ("43214", "43214"), ("432149", None), ("432148", "43214"), ("432032", "43203"), ("43203.0", "43203"),
     ("４３２０３", "43203"), ("123", None), ("1234567", None), ("R2", None), ("", None)],
)  # fmt: skip
def test_codes(text: str, code: str | None) -> None:
    assert read_code(text) == code


@pytest.mark.parametrize(
    ("text", "count"),
    [("1,234", 1234.0), ("１２３４", 1234.0), ("12人", 12.0), ("0", 0.0), ("-", 0.0), ("12.5", 12.5),
     ("", None), ("…", None), ("***", None), ("X", None), ("-5", None), ("△5", None), ("1e9", None), ("nan", None),
     ("1_000", None), ("9" * 30, None), ("1.", 1.0)],
)  # fmt: skip
def test_counts(text: str, count: float | None) -> None:
    assert read_count(text) == count


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [("43000", "熊本県", Kind.PREFECTURE), ("43100", "熊本市", Kind.DESIGNATED), ("43101", "中央区", Kind.WARD),
     ("13101", "千代田区", Kind.WARD), ("22130", "浜松市", Kind.DESIGNATED), ("43203", "人吉市", Kind.CITY),
     ("43441", "御船町", Kind.TOWN), ("x", "本市", None)],
)  # fmt: skip
def test_the_code_says_what_sort_of_area_it_is(code: str, name: str, kind: Kind | None) -> None:
    assert kind_of(code, name) is kind


def test_a_town_that_became_a_city_is_found_by_either_code() -> None:
    assert code_on("40305", date(2023, 12, 22)) == "40231"
    assert code_on("40231", date(2018, 3, 30)) == "40305"
    assert code_on("43203", date(2023, 12, 22)) == "43203"
