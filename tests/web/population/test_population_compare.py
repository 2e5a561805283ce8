from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.http import QueryDict
from django.test import Client

from sosei.population.draws import draw, totals_of_draws
from sosei.population.scenario_files import preset_scenario
from sosei.reports.population.comparing import (
    ages_table,
    conventions,
    decline_table,
    draws_table,
    impact_table,
)
from sosei.reports.population.known import known_example
from sosei.reports.population.outlook import Outlook, outlook
from sosei.values import Problem

PAGE = "/432148/population/compare/"


@pytest.fixture(scope="module")
def aso() -> Outlook:
    names = ("pattern1", "simulation1", "simulation2", "pattern1-nation")
    return outlook(known_example("aso"), 2065, [preset_scenario(name) for name in names])


def test_every_draw_is_the_one_whose_quantiles_are_given(aso: Outlook) -> None:
    given = aso.runs[0].assumptions
    found = totals_of_draws(aso.base, given, draws=200)
    assert np.allclose(
        np.quantile(found, (0.1, 0.25, 0.5, 0.75, 0.9), axis=1),
        draw(aso.base, given, draws=200).total[..., 0],
    )


def test_age_groups_add_up_and_shares_are_of_them(aso: Outlook) -> None:
    for row in ages_table(aso, 2045, "ja").rows:
        total, *groups = (int(each.replace(",", "")) for each in row[1:5])
        assert total == sum(groups)
        assert row[7] == f"{groups[2] / total * 100:.1f}"


def test_impact_stands_with_its_rank_and_range(aso: Outlook) -> None:
    table = impact_table(aso, 2045, "ja")
    assert table is not None
    one, two, three = (float(run.panel.at(2045).total()[0, 0]) for run in aso.runs[:3])
    natural, social = table.rows
    assert natural[2:] == (f"{two / one * 100:.1f}", "2", "100％以上105％未満")
    assert social[2] == f"{three / two * 100:.1f}"
    assert "自然増減の影響度は段階2" in table.notes[0]
    assert impact_table(outlook(known_example("aso"), 2045, [preset_scenario("closed")]), 2045, "ja") is None


def test_stages_of_each_scenario(aso: Outlook) -> None:
    table = decline_table(aso, "en")
    assert table.headings[1:] == tuple(map(str, range(2020, 2066, 5)))
    assert table.rows[0][1:7] == ("stage 1", "stage 1", "stage 1", "stage 2", "stage 3", "stage 3")


def test_shaken_runs_say_how_and_claim_nothing(aso: Outlook) -> None:
    table = draws_table(aso, 2065, "ja")
    first, second, *_ = table.rows
    assert first[5:] == ("－",) * 3
    low, middle, high = (int(each.replace(",", "")) for each in second[2:5])
    assert low < middle < high
    assert all(each.startswith("+") for each in second[5:])
    assert "1,000回" in table.notes[0]
    assert "どれほど当たるかを示すものではありません" in table.notes[0]
    with pytest.raises(Problem, match="there are no figures of 2064"):
        draws_table(aso, 2064, "ja")


def test_conventions_of_what_is_compared_are_said(aso: Outlook) -> None:
    said = [each.ja for each in conventions(aso)]
    assert said[0] == "合計特殊出生率は 7.56 で割って子ども女性比にしています。"
    notes = ages_table(aso, 2065, "ja").notes
    assert sum("全国推計の変化" in each for each in notes) == 1


@pytest.mark.django_db
def test_the_page_begins_with_the_standard_scenarios(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    page = signed_in("reader", cities["aso"]).get(PAGE).content.decode()
    assert page.count("<figure") == 3
    assert page.count("<svg") == 6  # for a phone each is drawn again
    assert "11,612" in page
    assert "影響度" in page
    assert "draws.csv" not in page
    assert "阿蘇市が推計" in page
    assert not re.search(r"<[^>]+\sstyle=", page)


@pytest.mark.django_db
def test_the_address_holds_everything(signed_in: Callable[..., Client], cities: dict[str, Any]) -> None:
    client = signed_in("officer", cities["aso"])
    query = "?s=pattern1&s=closed&s=pattern3&base=closed&until=2050&year=2040&left=pattern3&right=pattern1&draws=1"
    page = client.get(PAGE + query).content.decode()
    assert "2040年の年齢3区分と高齢化率" in page
    assert "差と比は「封鎖人口（全年齢で純移動ゼロ）」に対するもの" in page
    assert "1,000回" in page
    assert "パターン1・シミュレーション1・シミュレーション2の三つを比べるときに出ます" in page
    documents = re.search(r'href="([^"]+population/documents/[^"]+s=[^"]+)"', page)
    assert documents is not None
    chosen = client.get(documents[1].replace("&amp;", "&")).content.decode()
    assert re.findall(r'name="s" value="([^"]+)"[^>]* checked', chosen) == ["pattern1", "closed", "pattern3"]
    link = re.search(r'href="([^"]+files/draws\.csv[^"]+)"', page)
    assert link is not None
    text = client.get(link[1].replace("&amp;", "&")).content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("封鎖人口（全年齢で純移動ゼロ）")


@pytest.mark.parametrize(
    ("query", "base"),
    [
        ("s=closed&s=pattern1", "パターン1（社人研推計準拠）"),
        ("s=closed&s=pattern3", "封鎖人口（全年齢で純移動ゼロ）"),
        ("s=closed&s=pattern1&base=pattern3", "パターン1（社人研推計準拠）"),
    ],
)
@pytest.mark.django_db
def test_pattern_1_is_the_base_unless_another_is_asked_for(
    signed_in: Callable[..., Client], cities: dict[str, Any], query: str, base: str
) -> None:
    page = signed_in("reader", cities["aso"]).get(f"{PAGE}?{query}").content.decode()
    assert f"差と比は「{base}」に対するもの" in page


@pytest.mark.django_db
def test_what_a_newer_projection_says_stands_above(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    client = signed_in("reader", cities["aso"])
    for place in ("compare", "try"):
        page = client.get(f"/432148/population/{place}/").content.decode()
        assert "2045年の総人口は16,648人で、もとにする推計より1,169人少ない値です" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("s=pattern1", "2つから5つまで選んで"),
        ("s=pattern1&s=nothing", "「nothing」はありません"),
        ("s=pattern1&s=simulation1&s=simulation2&s=closed&s=pattern3&s=pattern1-nation", "5つまで"),
        ("s=pattern1&s=closed&until=2071", "「2071」年は選べません"),
        ("s=pattern1&s=closed&until=99999999999999999999", "年は選べません"),
        ("s=pattern1&s=closed&until=２０７０", "年は選べません"),
        ("s=pattern1&s=closed&year=2001", "「2001」年は選べません"),
        ("s=pattern1&s=pattern1-nation&until=2070", "全国推計が2065年までのため"),
        ("s=%00&s=%ED%A0%80", "はありません"),
        ("s=", "シナリオ「」はありません"),
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_compared_is_said_above_the_form(
    signed_in: Callable[..., Client], cities: dict[str, Any], query: str, said: str
) -> None:
    answer = signed_in("reader", cities["aso"]).get(f"{PAGE}?{query}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert 'name="s" value="pattern1"' in page
    assert "<option selected>2070</option>" in page


@pytest.mark.django_db
def test_a_scenario_that_follows_the_nation_shortens_the_page(cities: dict[str, Any], person: Any) -> None:
    from sosei.web.people.actor import actor_of
    from sosei.web.population.choices import choices
    from sosei.web.population.comparing import asked

    actor = actor_of(person("reader", cities["aso"]), cities["aso"])
    known = known_example("aso")
    found = asked(QueryDict("s=pattern1&s=pattern1-nation"), choices(actor, known), known)
    assert (found.until, found.year, found.draws) == (2065, 2065, False)
    shorter = asked(QueryDict("s=pattern1&s=closed&until=2040&year=2070"), choices(actor, known), known)
    assert shorter.year == 2040
    other = asked(
        QueryDict("s=simulation1&s=closed&base=pattern1&left=pattern1"), choices(actor, known), known
    )
    assert other.keys == ("simulation1", "closed")
    assert [each.key for each in other.pair] == ["simulation1", "closed"]
    assert asked(QueryDict(shorter.query), choices(actor, known), known).query == shorter.query


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_picture_and_table_goes_out_as_a_file(
    signed_in: Callable[..., Client], cities: dict[str, Any], language: str
) -> None:
    client = signed_in("reader", cities["aso"])
    client.cookies["sosei_language"] = language
    page = client.get(f"{PAGE}?draws=1").content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+/files/[^"]+)"', page)}
    forms = [link.partition("?")[0].rpartition(".")[2] for link in links]
    assert (forms.count("svg"), forms.count("csv"), forms.count("xlsx")) == (3, 10, 11)
    begins = {"svg": b"<svg", "csv": "\ufeff".encode(), "xlsx": b"PK"}
    for link in links:
        answer = client.get(link)
        form = link.partition("?")[0].rpartition(".")[2]
        assert answer.status_code == 200
        assert answer.content.startswith(begins[form])
        assert answer["Content-Disposition"].startswith("attachment")
    for name in ("nothing.csv", "ages.svg", "ages.pdf", "all.csv"):
        assert client.get(f"{PAGE}files/{name}").status_code == 404


@pytest.mark.django_db
def test_a_kept_scenario_is_compared_by_who_may_see_it(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    officer, reader = (signed_in(role, cities["aso"]) for role in ("officer", "reader"))
    key = uuid4()
    sent = {"key": key, "name": "=本市の<b>展望", "definition": "[fertility]\ntfr = { 2030 = 1.8 }"}
    officer.post("/432148/population/scenarios/new/", sent)
    query = f"?s=pattern1&s={key}"
    page = officer.get(PAGE + query).content.decode()
    assert "=本市の&lt;b&gt;展望" in page
    assert "<b>展望" not in page
    text = officer.get(f"{PAGE}files/ages.csv{query}").content.decode("utf-8-sig")
    assert "\n=本市" not in text
    assert reader.get(PAGE + query).status_code == 400
    assert reader.get(f"{PAGE}files/ages.csv{query}").status_code == 400
