"""もとの表: what is in use, what taking a table over would do, out of use and back, who may."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sosei.formats.population_examples import national, population
from sosei.formats.population_reading import Reading, Sums
from sosei.population.ages import AgeScheme
from sosei.population.panel import Panel
from sosei.reports.population.sources import cited, in_full
from sosei.web.population.joining import joined
from sosei.web.population.table_figures import compared, figures_of
from tests.formats import population_files as made
from tests.web.population.tables_desk import Desk

pytestmark = pytest.mark.django_db

CENSUS = made.csv_bytes(made.census_rows())
IPSS_SAMPLE = "国立社会保障・人口問題研究所『推計』（サンプル）"
R5 = made.workbook(Sheet1=made.r5_rows())


def long_csv(panel: Panel) -> bytes:
    """A panel as a long sheet of the office's own, without codes."""
    lower = panel.ages.lower
    rows: list[list[object]] = [["年", "性別", "年齢", "人口"]]
    for row in panel.to_rows():
        last = row.age == lower[-1]
        width = panel.ages.width
        age = (
            f"{row.age}歳以上"
            if last
            else f"{row.age}歳"
            if width == 1
            else f"{row.age}～{row.age + width - 1}歳"
        )
        rows.append([row.year, "男" if row.sex == "male" else "女", age, f"{row.value:.0f}"])
    return made.csv_bytes(rows)


def nation_from(year: int) -> bytes:
    """The national projection that comes along, its years moved so that it begins in ``year``."""
    panel = national()
    moved = tuple(each + year - panel.years[0] for each in panel.years)
    return long_csv(replace(panel, years=moved))


def acts() -> list[str]:
    from sosei.web.journal.models import Act

    return [
        each for each in Act.objects.order_by("no").values_list("action", flat=True) if "population" in each
    ]


def test_a_new_municipality_loads_its_first_projection(desk: Desk) -> None:
    page = desk.page("population_tables")
    assert page.count("必要です") == 1
    assert "人口の表がまだありません" in desk.page("population")
    upload = desk.upload("projection", R5, "suikei_kekka.xlsx")
    found = desk.preview(upload)
    assert (found.replaces, found.differ, found.fault) == (None, None, None)
    assert found.result is not None
    assert found.result[0] is None
    assert "はじめての表です" in desk.page("population_upload", upload=upload.pk)
    desk.accept(upload, seen=found.mark)
    assert desk.known.projection.years == made.YEARS
    page = desk.page("population_tables")
    assert "suikei_kekka.xlsx" in page
    assert desk.used("projection").sha256[:12] in page
    assert "令和5（2023）年推計" in page
    assert "総人口の推移と将来推計" in desk.page("population")
    assert acts() == ["population.received", "population.taken_over"]


def test_the_preview_sets_old_and_new_side_by_side(hitoyoshi: Desk) -> None:
    panel = population("hitoyoshi").h30
    values = panel.values.copy()
    values[-1, 0, 3] += 100
    upload = hitoyoshi.upload("projection", long_csv(replace(panel, values=values)), "本市の推計.csv")
    found = hitoyoshi.preview(upload)
    assert found.differ == (1, values.size)
    assert found.beside.headings[:4] == ("年", "読み込んだ総数", "今の総数", "差")
    assert found.beside.rows[-1][:4] == ("2045", "21,732", "21,632", "+100")
    assert found.beside.rows[0][3] == "0"
    before, after, change = found.result
    assert before == "13,227"
    assert after != before
    assert change.startswith("+")
    page = hitoyoshi.page("population_upload", upload=upload.pk)
    assert f"両方にある{values.size}個の値のうち、1個が違います" in page
    assert "21,732" in page
    assert 'name="source"' in page
    hitoyoshi.client.cookies["sosei_language"] = "en"
    english = hitoyoshi.page("population_upload", upload=upload.pk)
    assert "Year by year, beside the table in use" in english
    assert f"Figures in both: {values.size}; different: 1." in english
    assert "Base projection" in hitoyoshi.page("population_tables")


def test_the_source_of_an_own_sheet_is_what_the_officer_writes(hitoyoshi: Desk) -> None:
    upload = hitoyoshi.upload("projection", long_csv(population("hitoyoshi").h30))
    refused = hitoyoshi.accept(upload, source="  ", edition="第2版")
    assert refused.status_code == 400
    assert "出典がありません" in refused.content.decode()
    assert 'value="第2版"' in refused.content.decode()
    unnamed = hitoyoshi.accept(upload, source=IPSS_SAMPLE)
    assert "版（令和5（2023）年推計など）を書いてください" in unnamed.content.decode()
    hitoyoshi.accept(upload, source="人吉市『独自推計』（サンプル）", table="表1", edition="第2版")
    origin = hitoyoshi.known.projection.sources[0]
    assert (origin.source, origin.table, origin.edition, origin.how) == (
        "人吉市『独自推計』（サンプル）",
        "表1",
        "第2版",
        "entered",
    )
    assert cited(origin) == "人吉市『独自推計』（サンプル）（第2版）"
    assert in_full(origin).ja == "出典：人吉市『独自推計』（サンプル）　表1　第2版（出典は職員の記入）"
    for page in ("population", "population_compare"):
        assert "人吉市『独自推計』（サンプル）（第2版）" in hitoyoshi.page(page)
    table = hitoyoshi.page("population_table", table=hitoyoshi.used("projection").pk)
    assert in_full(origin).ja in table
    assert table.count("出典は職員の記入") == 2


def test_on_an_own_projection_pattern_1_is_called_what_it_is(hitoyoshi: Desk) -> None:
    pages = ("population_try", "population_compare", "population_scenarios", "population_documents")
    for name in pages:
        assert "パターン1（社人研推計準拠）" in hitoyoshi.page(name)
    hitoyoshi.take("projection", long_csv(population("hitoyoshi").h30), edition="第2版")
    for name in pages:
        page = hitoyoshi.page(name)
        assert "パターン1（もとにする推計のまま）" in page
        assert "社人研推計準拠" not in re.sub(r'<details class="help.*?</details>', "", page, flags=re.S)
    hitoyoshi.take("projection", long_csv(population("hitoyoshi").h30), source=IPSS_SAMPLE, edition="第2版")
    assert "パターン1（社人研推計準拠）" in hitoyoshi.page("population_try")


def test_a_published_source_is_not_for_the_officer_to_change(desk: Desk) -> None:
    desk.take("projection", R5, source="別の出典")
    assert "社会保障・人口問題研究所" in desk.known.projection.sources[0].source


def test_taken_over_twice_is_written_once(desk: Desk) -> None:
    from sosei.web.population.models import PopulationTable

    upload = desk.upload("census", CENSUS)
    desk.accept(upload)
    again = desk.accept(upload)
    assert "もう取り込んであります" in again.content.decode()
    assert PopulationTable.objects.count() == 1
    assert acts().count("population.taken_over") == 1


def test_tables_that_changed_meanwhile_are_shown_again(hitoyoshi: Desk) -> None:
    first, second = hitoyoshi.upload("census", CENSUS), hitoyoshi.upload("register", CENSUS)
    mark = hitoyoshi.preview(second).mark
    hitoyoshi.accept(first)
    refused = hitoyoshi.accept(second, seen=mark)
    assert refused.status_code == 400
    assert "使っている表が変わりました" in refused.content.decode()
    assert hitoyoshi.used("register") is None
    hitoyoshi.accept(second, seen=hitoyoshi.preview(second).mark)
    assert hitoyoshi.used("register") is not None


def test_years_are_added_file_by_file(hitoyoshi: Desk) -> None:
    rows = made.register_rows()
    hitoyoshi.take("register", made.csv_bytes(rows))
    rows[0] = ["令和7年1月1日住民基本台帳年齢階級別人口（市区町村別）（総計）"]
    upload = hitoyoshi.upload("register", made.csv_bytes(rows))
    found = hitoyoshi.preview(upload)
    assert found.kept_years == (2024,)
    assert "も残す" in hitoyoshi.page("population_upload", upload=upload.pk)
    hitoyoshi.accept(upload, keeps_years="1")
    assert list(hitoyoshi.known.register.totals) == [2024, 2025]
    assert list(hitoyoshi.known.register.groups) == [2024, 2025]
    other = hitoyoshi.upload("register", CENSUS)
    hitoyoshi.accept(other)
    assert list(hitoyoshi.known.register.totals) == [2010, 2015]


def test_joined_tables_keep_every_figure_that_both_can_say() -> None:
    census = population("aso").census
    code = "43214"
    assert census.panel is not None
    early = replace(
        census, panel=replace(census.panel, values=census.panel.values[:3], years=census.panel.years[:3])
    )
    late = replace(
        census, panel=replace(census.panel, values=census.panel.values[2:], years=census.panel.years[2:])
    )
    both = joined(late, early)
    assert both.panel is not None
    assert (both.panel.values == census.panel.values).all()
    assert both.totals_of(code) == census.totals_of(code)
    sums = replace(census, panel=None, sums=population("aso").r5)
    mixed = joined(sums, census)
    assert isinstance(mixed.sums, Sums)
    expected = {**census.totals_of(code), **population("aso").r5.series(code)}
    assert mixed.totals_of(code) == dict(sorted(expected.items()))


def test_figures_differ_only_where_both_tables_have_them() -> None:
    facts = population("aso")
    h30, r5 = Reading(panel=facts.h30, areas=(facts.area,)), Reading(sums=facts.r5, areas=(facts.area,))
    assert compared(h30, h30) == (0, facts.h30.values.size)
    differ, common = compared(h30, r5)
    assert 0 < differ <= common
    assert set(figures_of(facts.census)[2015]) >= {"total", "male", "female", "0-14", "15-64", "65+", "75+"}
    assert compared(facts.census, Reading(sums=facts.r5, areas=(facts.area,))) == (0, 0)


WARNED = [
    ("census", R5, "「もとにする推計（男女・年齢別）」の表のようです"),
    ("register", CENSUS, "「国勢調査」の表のようです"),
    ("projection", CENSUS, "「国勢調査」の表のようです"),
    ("newer", R5, "男女・年齢別の値のある推計です"),
]


@pytest.mark.parametrize(("place", "data", "said"), WARNED)
def test_a_table_that_looks_like_another_is_warned_of(place: str, data: bytes, said: str, desk: Desk) -> None:
    upload = desk.upload(place, data)
    assert said in desk.page("population_upload", upload=upload.pk)


def test_a_projection_of_another_year_than_the_nation_is_warned_of_and_taken(hitoyoshi: Desk) -> None:
    upload = hitoyoshi.upload("projection", R5)
    warnings = [each.ja for each in hitoyoshi.preview(upload).warnings]
    assert any("もとにする推計は2020年から、全国の推計は2015年から" in each for each in warnings)
    assert any("より新しくないため" in each for each in warnings)  # the totals of 2023 that come along
    hitoyoshi.accept(upload)
    older = hitoyoshi.upload("projection", long_csv(population("hitoyoshi").h30))
    assert any("より古い推計です" in each.ja for each in hitoyoshi.preview(older).warnings)


def test_a_pair_that_does_not_fit_is_refused_until_the_other_is_there(hitoyoshi: Desk) -> None:
    nation = hitoyoshi.upload("nation", nation_from(2020), "全国.csv")
    page = hitoyoshi.page("population_upload", upload=nation.pk)
    assert "このままでは取り込めません" in page
    assert "全国の推計に2015年がありません" in page
    assert 'name="seen"' not in page
    refused = hitoyoshi.accept(nation, source="社人研（サンプル）")
    assert refused.status_code == 400
    hitoyoshi.take("projection", R5)
    hitoyoshi.accept(nation, source="社人研（サンプル）")
    assert hitoyoshi.known.nation.years[0] == 2020
    assert hitoyoshi.known.nation.areas == ("00000",)
    out = hitoyoshi.client.post(hitoyoshi.address("population_table_out", place="projection"))
    assert out.status_code == 400  # the one that comes along begins in 2015
    assert "全国の推計に2015年がありません" in out.content.decode()
    assert hitoyoshi.used("projection") is not None


def test_a_nation_by_single_years_of_age_carries_a_projection_of_five(hitoyoshi: Desk) -> None:
    panel = national()
    spread = np.repeat(panel.values / 5, 5, axis=2)[:, :, :101].round()
    spread[:, :, 100] = panel.values[:, :, 20]
    hitoyoshi.take("nation", long_csv(replace(panel, values=spread, ages=AgeScheme(1, 101))), name="各歳.csv")
    assert hitoyoshi.known.nation.ages == panel.ages
    assert hitoyoshi.known.nation.total() == pytest.approx(panel.total(), abs=300)


def test_a_table_of_another_size_is_warned_of(hitoyoshi: Desk) -> None:
    rows = made.own_wide_rows()
    upload = hitoyoshi.upload("projection", made.workbook(人口=rows), "本市.xlsx")
    assert any("今の表の29,817人と大きく違います" in each.ja for each in hitoyoshi.preview(upload).warnings)
    same = hitoyoshi.upload("projection", long_csv(population("hitoyoshi").h30))
    assert not [each.ja for each in hitoyoshi.preview(same).warnings if "大きく違います" in each.ja]


def _yearly() -> bytes:
    panel = population("hitoyoshi").h30
    return long_csv(replace(panel, years=tuple(range(2015, 2022))))


def _one_year_ages() -> bytes:
    panel = population("hitoyoshi").h30
    spread = np.repeat(panel.values / 5, 5, axis=2)[:, :, :91].round()
    return long_csv(replace(panel, values=spread, ages=AgeScheme(1, 91)))


REPLAYED = [
    (_yearly, "5年ごとの人口が必要です"),
    (_one_year_ages, "必要です"),
    (
        lambda: long_csv(replace(population("hitoyoshi").h30, years=tuple(range(1975, 2006, 5)))),
        "全国の推計に1975",
    ),
]


@pytest.mark.parametrize(("make", "said"), REPLAYED, ids=["yearly", "one-year ages", "no overlap"])
def test_a_projection_that_cannot_be_replayed_is_refused(
    make: Callable[[], bytes], said: str, hitoyoshi: Desk
) -> None:
    upload = hitoyoshi.upload("projection", make())
    fault = hitoyoshi.preview(upload).fault
    assert fault is not None
    assert said in fault.ja
    assert hitoyoshi.accept(upload, source="サンプル").status_code == 400
    assert hitoyoshi.used("projection") is None


def _sums(years: range, first: int) -> bytes:
    """Totals and age groups of 人吉市 (サンプル)."""
    lines = ["code,name,year,total,age0_14,age15_64,age65plus"]
    lines += [
        f"43203,人吉市,{y},{first - 100 * at},100,900,{first - 100 * at - 1000}" for at, y in enumerate(years)
    ]
    return "\n".join(lines).encode()


def _totals(years: range) -> bytes:
    lines = ["code,name,year,total,age0_14,age15_64,age65plus"]
    return "\n".join([*lines, *(f"43203,人吉市,{year},30000,,," for year in years)]).encode()


def _one_year_nation() -> bytes:
    panel = national()
    spread = np.repeat(panel.values / 5, 5, axis=2)[:, :, :101].round()
    spread = np.repeat(spread, 5, axis=0)[: 2066 - 2015]
    return long_csv(replace(panel, values=spread, years=tuple(range(2015, 2066)), ages=AgeScheme(1, 101)))


def _one_year_projection() -> bytes:
    panel = population("hitoyoshi").h30
    spread = np.repeat(np.repeat(panel.values / 5, 5, axis=2)[:, :, :91].round(), 5, axis=0)[:11]
    return long_csv(replace(panel, values=spread, years=tuple(range(2015, 2026)), ages=AgeScheme(1, 91)))


STANDING: dict[str, list[tuple[str, Callable[[], bytes]]]] = {
    "a census of sums": [("census", lambda: _sums(range(1990, 2021, 5), 38000))],
    "a census of one year": [("census", lambda: made.csv_bytes([row[:4] for row in made.census_rows()]))],
    "a register of ten years": [("register", lambda: _sums(range(2016, 2026), 33000))],
    "newer totals without groups": [("newer", lambda: _totals(range(2020, 2051, 5)))],
    "newer totals of two years": [("newer", lambda: _sums(range(2020, 2026, 5), 31000))],
    "a projection of two years": [
        ("projection", lambda: long_csv(replace(population("hitoyoshi").h30.at(2015), **_two_years())))
    ],
    "single years of age and time": [("nation", _one_year_nation), ("projection", _one_year_projection)],
}


def _two_years() -> dict[str, Any]:
    panel = population("hitoyoshi").h30
    return {"values": panel.values[:2], "years": panel.years[:2]}


@pytest.mark.parametrize("name", STANDING)
def test_the_overview_stands_on_whatever_was_taken_over(name: str, hitoyoshi: Desk) -> None:
    for place, make in STANDING[name]:
        hitoyoshi.take(place, make(), f"{name}.csv")
    page = hitoyoshi.page("population")
    assert "総人口の推移と将来推計" in page
    assert f"{name}.csv" in page


def test_out_of_use_and_back(hitoyoshi: Desk) -> None:
    first = hitoyoshi.take("census", CENSUS, name="一.csv")
    second = hitoyoshi.take("census", made.csv_bytes(made.census_rows(), "cp932"), name="二.csv")
    assert hitoyoshi.used("census").pk == second.pk
    out = hitoyoshi.client.post(hitoyoshi.address("population_table_out", place="census"), follow=True)
    assert "使うのをやめました" in out.content.decode()
    assert hitoyoshi.used("census") is None
    assert min(hitoyoshi.known.census.totals) == 1980  # what comes along
    back = hitoyoshi.address("population_table_back", table=first.pk)
    assert "もう一度使います" in hitoyoshi.client.post(back, follow=True).content.decode()
    assert hitoyoshi.used("census").pk == first.pk
    assert "もう使っています" in hitoyoshi.client.post(back, follow=True).content.decode()
    assert acts()[-2:] == ["population.taken_out", "population.put_back"]
    gone = hitoyoshi.client.post(hitoyoshi.address("population_table_out", place="register"), follow=True)
    assert "使っている表はもうありません" in gone.content.decode()
    assert (
        hitoyoshi.client.get(hitoyoshi.address("population_table_load", place="weather")).status_code == 404
    )


def test_the_figures_of_a_table_as_a_page_and_as_csv(hitoyoshi: Desk) -> None:
    page = hitoyoshi.page("population_table", table="census")
    assert "付属の表" in page
    assert "年齢不詳" in page
    row = hitoyoshi.take("census", CENSUS)
    answer = hitoyoshi.client.get(hitoyoshi.address("population_table_file", table=row.pk))
    assert answer["Content-Type"].startswith("text/csv")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head == ["年", "総数", "男", "女", "0～14歳", "15～64歳", "65歳以上", "うち75歳以上", "年齢不詳"]
    male, female = (sum(made.row("43203", 2015, sex, 19)) + 11 for sex in made.SEXES)
    assert rows[1][:4] == ["2015", str(male + female), str(male), str(female)]
    assert rows[1][-1] == "22"
    assert any("出典：総務省統計局『国勢調査』" in row[0] for row in rows if row)
    assert any("年齢不詳（" in row[0] for row in rows if row)
    assert hitoyoshi.client.get(hitoyoshi.address("population_table", table="register")).status_code == 404
    assert hitoyoshi.client.get(hitoyoshi.address("population_table", table="nonsense")).status_code == 404


def test_readers_see_the_tables_and_change_nothing(
    hitoyoshi: Desk, signed_in: Callable[..., Any], person: Callable[..., Any]
) -> None:
    row = hitoyoshi.take("census", CENSUS)
    reader = signed_in("reader", hitoyoshi.city)
    page = reader.get(hitoyoshi.address("population_tables")).content.decode()
    assert "表.csv" in page
    for word in (
        "読み込む</a>",
        "使うのをやめる",
        "この表に戻す",
        '<form method="post" action="/432032/population',
    ):
        assert word not in page
    assert reader.get(hitoyoshi.address("population_table", table=row.pk)).status_code == 200
    assert reader.get(hitoyoshi.address("population_table_load", place="census")).status_code == 403
    from sosei.values import Problem
    from sosei.web.people.actor import actor_of
    from sosei.web.population import table_acts
    from sosei.web.population.models import Place

    actor = actor_of(person("council", hitoyoshi.city), hitoyoshi.city)
    with pytest.raises(Problem):
        table_acts.hand_in(actor, Place.CENSUS, CENSUS, "a.csv")
    with pytest.raises(Problem):
        table_acts.take_out(actor, Place.CENSUS)


def test_saved_scenarios_stay(hitoyoshi: Desk) -> None:
    from sosei.web.population.models import SavedScenario

    kept = SavedScenario.objects.create(
        municipality=hitoyoshi.city,
        name="展望",
        data=json.dumps({"id": "x", "name": {"ja": "展望", "en": "x"}}),
    )
    before = kept.data
    hitoyoshi.take("projection", R5)
    kept.refresh_from_db()
    assert (kept.data, kept.removed_at) == (before, None)


def test_a_nation_of_another_edition_is_said_for_as_long_as_it_is_in_use(desk: Desk) -> None:
    apart = "もとにする推計は2020年から、全国の推計は2015年からで、同じ版の組ではありません"
    assert apart not in desk.page("population_tables")
    desk.take("projection", R5)
    assert apart in desk.page("population_tables")
    desk.take("nation", nation_from(2020), source="全国の推計（サンプル）")
    assert "同じ版の組ではありません" not in desk.page("population_tables")


@pytest.mark.parametrize("name", ["", "_try", "_compare", "_scenarios", "_documents"])
def test_a_page_without_figures_says_which_it_is(name: str, desk: Desk) -> None:
    page = desk.page(f"population{name}")
    assert "人口の表がまだありません" in page
    assert f'"{desk.address(f"population{name}")}" aria-current="page">' in page.partition('class="tabs"')[2]
