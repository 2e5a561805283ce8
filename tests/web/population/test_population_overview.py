from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import unquote

import numpy as np
import openpyxl
import pytest
from django.test import Client
from lxml import etree

from sosei.formats.population_examples import population
from sosei.formats.population_reading import Reading
from sosei.reports.population.known import known_example
from tests.web.conftest import CITIES

pytestmark = pytest.mark.django_db

PICTURES = ("total", "groups", "group-lines", "pyramid", "components", "contribution")
SHAPES = {"svg", "title", "desc", "rect", "line", "polyline", "polygon", "circle", "text", "g"}
"""What our pictures are made of: nothing that could run or load."""
SVG = "{http://www.w3.org/2000/svg}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TAG = re.compile(r"<[^>]+>")


@pytest.fixture
def council(cities: dict[str, Any], signed_in: Callable[..., Client]) -> Callable[..., Client]:
    """A council member of a city, in a language."""

    def make(city: str, language: str = "ja") -> Client:
        client = signed_in("council", cities[city])
        client.cookies["sosei_language"] = language
        return client

    return make


def address(city: str, more: str = "") -> str:
    return f"/{CITIES[city][0]}/population/{more}"


def words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(TAG.sub(" ", unescape(answer.content.decode())).split())


@pytest.mark.parametrize(
    ("city", "language", "expected"),
    [
        (
            "aso",
            "ja",
            "国勢調査（2020年） 24,930 人|公表された推計（2050年） 15,160 人|阿蘇市による延長（2070年） 11,612 人|"
            "計画に印字された2070年の値は10,272人（1,340人少ない）です|上の延長より1,340人少ない値です|"
            "65歳以上が15～64歳を上回る年 2039 年ごろ|0～14歳は1991年ごろに上回りました|人口減少段階（2045年） 第3段階|"
            "影響度（2045年） 自然 2・社会 3|濃い帯（5割）と薄い帯（8割）は、基準年の人口が|公表値ではありません|プログラムに付属",
        ),
        (
            "aso",
            "en",
            "Census (2020) 24,930 persons|Published projection (2050) 15,160 persons|Extension by 阿蘇市 (2070) 11,612|"
            "The plan prints 10,272 for 2070 (1,340 fewer)|1,340 fewer than the extension above|65 and over exceed 15-64 about 2039|"
            "Stage of decline (2045) stage 3|natural 2, social 3|The dark (50 %) and light (80 %) bands show|Not published|"
            "Comes with the program|IPSS projection of 2023",
        ),
        (
            "hitoyoshi",
            "ja",
            "人吉市による延長（2070年） 13,227 人|社人研 令和5（2023）年推計|公表値ではありません",
        ),
        ("hitoyoshi", "en", "Extension by 人吉市 (2070) 13,227 persons|Down"),
    ],
)
def test_a_council_member_sees_the_figures_and_whose_they_are(
    city: str,
    language: str,
    expected: str,
    council: Callable[..., Client],
    adopted: Callable[[str], Any],
) -> None:
    adopted(city)
    page = words(council(city, language), address(city))
    assert [each for each in expected.split("|") if each not in page] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "ja",
            "推計は現在の傾向が続いた場合の姿で、予測や目標ではありません。|8割の幅は|"
            "同じ規模の市区町村の10のうち8ほどで、後の値がこの幅に当たる範囲に入りました（実際の人口はまだ分からないため、",
        ),
        (
            "en",
            "neither a forecast nor a target|In about 8 of 10 municipalities of this size the later figure lay",
        ),
    ],
)
def test_how_sure_a_figure_is_stands_in_plain_words_beside_it(
    language: str, expected: str, council: Callable[..., Client]
) -> None:
    page = words(council("aso", language), address("aso"))
    places = [page.find(each) for each in expected.split("|")]
    assert -1 not in places
    assert places == sorted(places)


def test_an_extension_says_which_projection_it_does_not_continue(council: Callable[..., Client]) -> None:
    client = council("hitoyoshi")
    assert "社人研 令和5（2023）年推計の続きではなく、別の推計からの延長です" in words(
        client, address("hitoyoshi")
    )
    client.cookies["sosei_language"] = "en"
    continues = "It continues another projection, not the IPSS projection of 2023."
    assert continues in words(client, address("hitoyoshi"))


def test_an_extension_of_the_only_projection_continues_it() -> None:
    from sosei.reports.population.outlook import outlook
    from sosei.web.population.summary import key_figures

    known = known_example("aso")
    for one, apart in ((known, 1), (replace(known, newer=None), 0)):
        said = [words.ja for each in key_figures(outlook(one, 2070)) for words in each.says]
        assert len([each for each in said if "続きではなく" in each]) == apart


def test_nothing_is_extended_where_the_last_published_year_is_asked_for(
    council: Callable[..., Client],
) -> None:
    page = words(council("aso"), address("aso", "?until=2045"))
    assert "阿蘇市による延長（" not in page
    assert "2045年より先は" not in page
    assert "公表された推計（2050年） 15,160" in page


@pytest.mark.parametrize(
    ("first", "until"),
    [
        (2015, (2045, 2050, 2055, 2060, 2065, 2070)),
        (2020, (2050, 2055, 2060, 2065, 2070)),
        (2013, (2043, 2048, 2053, 2058, 2063, 2068)),
        (2050, (2080,)),  # published further than we would look
    ],
)
def test_the_years_up_to_which_the_page_computes(first: int, until: tuple[int, ...]) -> None:
    from sosei.web.population.years import horizons

    known = known_example("aso")
    published = replace(known.projection, years=tuple(year - 2015 + first for year in known.projection.years))
    assert horizons(replace(known, projection=published)) == until


def test_pyramids_of_two_years_or_one_from_census_to_extension(council: Callable[..., Client]) -> None:
    client = council("aso")
    both = words(client, address("aso", "?year=2020&year=2060&until=2050"))
    assert "2020年 男 2020年 女 2060年（阿蘇市による延長） 男" in both
    assert "阿蘇市による延長（2050年）" in both
    assert "国勢調査の年の人口ピラミッドは" not in both
    long = words(client, address("aso", "?year=1980&year=2070"))
    assert "1980年 男 1980年 女 2070年（阿蘇市による延長） 男" in long
    assert "国勢調査の年の人口ピラミッドは、年齢不詳の人を除いています" in long
    one = words(client, address("aso", "?year=2030&year=2030"))
    assert "2030年 男 2030年 女 0～4歳" in one


@pytest.mark.parametrize(
    ("query", "ja", "en"),
    [
        ("until=2071", "「2071」年は選べません。2045、2050、", "choose one of 2045, 2050,"),
        ("until=９９", "「９９」年は選べません", "is not there"),
        ("year=1999", "「1999」年は選べません", 'year "1999" is not there'),
        ("year=<b>", "「<b>」年は選べません", 'year "<b>" is not there'),
        ("year=2015&year=2020&year=2025", "二つの年までです（3 指定されました）", "at most two years"),
    ],
)
def test_a_year_that_is_not_there_is_said_in_a_sentence(
    query: str, ja: str, en: str, council: Callable[..., Client]
) -> None:
    client = council("aso")
    for language, sentence in (("ja", ja), ("en", en)):
        client.cookies["sosei_language"] = language
        for place in (f"?{query}", f"files/total.csv?{query}"):
            answer = client.get(address("aso", place))
            assert answer.status_code == 400
            assert sentence in unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_and_its_figures_as_files(name: str, language: str, council: Callable[..., Client]) -> None:
    client = council("aso", language)
    drawn = client.get(address("aso", f"files/{name}.svg?until=2050&year=2020&year=2050"))
    picture = etree.fromstring(drawn.content)
    assert picture.tag == f"{SVG}svg"
    assert picture.get(LANG) == language
    assert picture.findtext(f"{SVG}title")
    assert {str(each.tag).removeprefix(SVG) for each in picture.iter()} <= SHAPES
    rows = _csv(client, name)
    assert len({len(row) for row in rows}) == 1
    book = _book(client, name)
    assert len(book.sheetnames) == 1
    assert drawn["Content-Type"] == "image/svg+xml"


def _csv(client: Client, name: str) -> list[list[str]]:
    answer = client.get(address("aso", f"files/{name}.csv?until=2050&year=2020&year=2050"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    table, _, notes = text.partition("\r\n\r\n")
    assert notes
    return list(csv.reader(io.StringIO(table)))


def _book(client: Client, name: str) -> openpyxl.Workbook:
    answer = client.get(address("aso", f"files/{name}.xlsx?until=2050&year=2020&year=2050"))
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def test_the_two_editions_side_by_side(council: Callable[..., Client]) -> None:
    client = council("aso")
    rows = _csv(client, "editions")
    assert rows[0] == ["年", "社人研 令和5（2023）年推計", "社人研 平成30（2018）年推計", "差", "差（％）"]
    assert rows[-2] == ["2045", "16648", "17817", "-1169", "-6.6"]
    assert rows[-1] == ["2050", "15160", "－", "－", "－"]
    client.cookies["sosei_language"] = "en"
    heads = ["Year", "IPSS projection of 2023", "IPSS projection of 2018", "Difference", "Difference (%)"]
    assert _csv(client, "editions")[0] == heads


def test_all_tables_in_one_book(council: Callable[..., Client]) -> None:
    assert len(_book(council("aso"), "all").sheetnames) == len(PICTURES) + 1


def test_a_file_is_kept_under_its_name_and_never_shown(council: Callable[..., Client]) -> None:
    answer = council("aso").get(address("aso", "files/total.svg"))
    kept = answer["Content-Disposition"]
    assert kept.startswith("attachment;")
    assert unquote(kept).endswith("阿蘇市_総人口.svg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["editions.svg", "all.csv", "all.svg", "total.pdf", "scenarios.csv", "x.svg"]
)
def test_no_other_file_is_there(name: str, council: Callable[..., Client]) -> None:
    assert council("aso").get(address("aso", f"files/{name}")).status_code == 404


def test_another_municipality_is_not_there(council: Callable[..., Client]) -> None:
    client = council("aso")
    assert client.get(address("hitoyoshi")).status_code == 404
    assert client.get(address("hitoyoshi", "files/total.svg")).status_code == 404


def test_an_own_table_is_named_with_its_file(council: Callable[..., Client], cities: dict[str, Any]) -> None:
    _own_projection(cities["aso"], population("aso").h30.values)
    page = words(council("aso"), address("aso"))
    assert "阿蘇市が読み込んだ表（わが市の推計.xlsx、" in page


def test_a_place_where_nobody_is_left_has_its_page(
    council: Callable[..., Client], cities: dict[str, Any]
) -> None:
    """影響度 has nothing to divide by then; the page says so and shows the rest."""
    values = population("aso").h30.values.copy()
    values[-1] = 0
    _own_projection(cities["aso"], values)
    page = words(council("aso"), address("aso"))
    assert "の人口が 0 のため、影響度を求められません" in page
    assert "影響度（2045年）" not in page
    assert "国勢調査（2020年） 24,930" in page


def _own_projection(city: Any, values: np.ndarray) -> None:
    from sosei.web.population.facts import area_of
    from sosei.web.population.kept import dump_reading
    from sosei.web.population.models import Place, PopulationTable

    panel = replace(population("aso").h30, values=values)
    PopulationTable.objects.create(
        municipality=city,
        place=Place.PROJECTION,
        content=dump_reading(Reading(panel=panel), area_of(city)),
        name="わが市の推計.xlsx",
        sha256="0" * 64,
    )


@pytest.mark.parametrize(
    ("role", "expected", "absent"),
    [("officer", "表を用意する", "企画の担当者が"), ("reader", "企画の担当者が", "表を用意する")],
)
def test_without_figures_each_is_told_what_concerns_them(
    role: str, expected: str, absent: str, signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    from sosei.web.people.models import Municipality

    client = signed_in(role, Municipality.objects.create(code="990019", name="創生市"))
    page = words(client, "/990019/population/")
    assert expected in page
    assert absent not in page
    assert client.get("/990019/population/files/total.svg").status_code == 404
