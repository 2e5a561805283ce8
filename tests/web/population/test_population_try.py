"""The page of the trial: the address is the state, wrong fields keep what was typed, targets are sought."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from sosei.formats.population_examples import population
from sosei.formats.population_reading import Area, Reading
from sosei.population.scenario import Scenario
from sosei.population.scenario_files import preset_scenario
from sosei.web.population.kept import dump_reading

TRY = "/432032/population/try/"
FAMILIES = "年あたりの移住世帯（30～34歳の夫婦と0～4歳の子1人）"
HX = {"HX-Request": "true"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(signed_in: Callable[..., Client], cities: dict[str, Any]) -> Client:
    return signed_in("reader", cities["hitoyoshi"])


@pytest.fixture
def officer_client(signed_in: Callable[..., Client], cities: dict[str, Any]) -> Client:
    return signed_in("officer", cities["hitoyoshi"])


def page(client: Client, query: str = "", status: int = 200, **headers: Any) -> str:
    answer = client.get(f"{TRY}?{query}", headers=headers)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def words(text: str) -> str:
    """What a person reads of the page itself, without the manual's section and the words of scripts."""
    text = re.sub(r'<details class="help.*?</details>', " ", text.split("<main", 1)[-1], flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def row(text: str, head: str) -> list[str]:
    """The cells of the table's row that begins with ``head``."""
    found = re.search(rf'<th scope="row"[^>]*>{re.escape(head)}</th>(.*?)</tr>', text, re.S)
    assert found is not None, head
    return [words(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.S)]


def value(text: str, name: str) -> str:
    found = re.search(rf'<input id="f-{name}" name="{name}" value="([^"]*)"', text)
    assert found is not None, name
    return found[1]


def test_it_begins_as_published(reader: Client) -> None:
    text = page(reader)
    assert row(text, "2070年")[:5] == ["13,227", "13,227", "0", "100.0", "39.0"]
    for head in ("比（％）", "高齢化率（％）"):
        assert text.count(f">{head}</th>") == 2
    assert row(text, "2045年")[0] == "21,632"
    said = words(text)
    assert not re.search(r"\d%", said)
    assert "予測や目標ではありません" in said
    assert "公表された値ではありません" in said
    assert re.search(
        r"基準年の2015年は\d\.\d\d相当、もとにする推計の2045年は\d\.\d\d相当（子ども女性比に7\.56を掛けた値）",
        said,
    )
    assert 'name="data"' not in text


def test_target_seeking_of_hitoyoshi(reader: Client) -> None:
    text = page(reader, "target=22000")
    assert [cell.split(" ")[0] for cell in row(text, FAMILIES)] == ["3.73世帯", "47.1世帯"]
    assert row(text, "取組がない場合の人口") == ["21,632人", "13,227人"]
    assert row(text, "2030年に達する合計特殊出生率")[1].startswith("達しない（最大の3.00でも")
    said = words(text)
    assert "その期間の子ども女性比には加えない" in said
    assert "比例計算で正確に求めた値" in said
    assert "半分にする計算を繰り返して" in said
    assert "2045年より先は、最後の期間の率をもとに延長" in said
    assert row(page(reader, "target=1000"), FAMILIES)[0] == "不要（取組がなくても達する）"


@pytest.mark.parametrize("means", [FAMILIES, "2030年に達する合計特殊出生率", "抑える転出の割合"])
@pytest.mark.parametrize("start", ["", "&on=trial&families=1&tfr=1.9&move_by=2015&young_out=10"])
def test_an_answer_goes_into_the_sliders(reader: Client, means: str, start: str) -> None:
    text = page(reader, f"target=22500&year=2045{start}")
    cells = re.search(rf'<th scope="row">{re.escape(means)}</th>(.*?)</tr>', text, re.S)
    assert cells is not None
    link = re.search(r'href="\?([^"]+)"', cells[1])
    assert link is not None
    assert row(page(reader, link[1]), "2045年")[0] == "22,500"


def test_an_answer_that_the_sliders_cannot_express_has_no_link(reader: Client) -> None:
    text = page(
        reader, "target=22500&year=2045&on=trial&young_out=10&move_by=2040&families=1&last=2030&since=2020"
    )
    for means in (FAMILIES, "抑える転出の割合"):
        assert "スライダーに入れる" not in row(text, means)[0]
    assert "スライダーに入れる" in row(text, "2030年に達する合計特殊出生率")[0]


def test_nobody_moves(reader: Client) -> None:
    text = page(reader, "closed=1&target=60000&year=2045&on=trial")
    assert '<fieldset id="moves" disabled>' in text
    assert "封鎖人口（全年齢で純移動ゼロ）" in words(text)
    assert row(text, "2070年")[0] != "13,227"
    assert row(text, "抑える転出の割合")[0].startswith("達しない")


def test_what_is_wrong_keeps_all_that_was_typed(reader: Client) -> None:
    text = page(reader, "tfr=高い&families=３世帯&young_out=30&until=2045", status=400)
    assert "「合計特殊出生率」が「高い」です" in words(text)
    assert (value(text, "tfr"), value(text, "families"), value(text, "young_out")) == ("高い", "３世帯", "30")
    assert 'id="wrong-tfr" class="error"' in text
    assert 'href="#field-tfr"' in text
    assert 'id="answer-title"' not in text


def test_the_answer_alone(reader: Client) -> None:
    answer = reader.get(f"{TRY}?tfr=１．８&tfr_by=2030&families=0&until=2070&year=2070", headers=HX)
    text = answer.content.decode()
    assert "<form" not in text
    assert "total" in text
    assert answer.headers["HX-Replace-Url"] == f"{TRY}?tfr=1.8&tfr_by=2030&until=2070"
    wrong = reader.get(f"{TRY}?tfr=x", headers=HX)
    assert wrong.status_code == 200
    assert wrong.headers["HX-Reswap"] == "none"
    assert wrong.headers["HX-Replace-Url"] == f"{TRY}?tfr=x"
    assert "直す前の設定で計算したもの" in wrong.content.decode()


@pytest.mark.parametrize(
    ("query", "step", "name", "after"),
    [
        ("", "families:up", "families", "1"),
        ("families=3.73", "families:down", "families", "3"),
        ("families=3.73", "families:up", "families", "4"),
        ("", "families:down", "families", "0"),
        ("tfr=1.83", "tfr:up", "tfr", "1.85"),
        ("tfr=１．８５", "tfr:down", "tfr", "1.8"),
        ("tfr=1.8", "tfr:clear", "tfr", ""),
        ("young_out=100", "young_out:up", "young_out", "100"),
        ("young_out=0", "young_out:down", "young_out", "-5"),
        ("tfr=高い&families=1", "families:up", "families", "2"),
        ("tfr=高い", "tfr:up", "tfr", "高い"),
        ("", "target:up", "target", "21700"),
    ],
)
def test_a_button_without_script_goes_one_step(
    reader: Client, query: str, step: str, name: str, after: str
) -> None:
    answer = reader.get(f"{TRY}?{query}&step={step}")
    assert answer.status_code == 302
    to = urlsplit(answer["Location"])
    found = parse_qs(to.query, keep_blank_values=True)
    assert (to.path, to.fragment, found[name]) == (TRY, f"field-{name}", [after])
    assert "step" not in found
    assert set(parse_qs(query)) <= set(found)


def test_a_step_of_no_field_changes_nothing(reader: Client) -> None:
    assert reader.get(f"{TRY}?tfr=1.8&step=nothing:up")["Location"] == f"{TRY}?tfr=1.8"


def test_a_scenario_to_start_from(reader: Client) -> None:
    text = page(reader, "from=simulation1")
    assert value(text, "tfr") == "2.1"
    assert "スライダーでは表せない" not in words(text)
    assert value(page(reader, "from=simulation1&tfr=1.5&until=2070"), "tfr") == "1.5"
    beyond = page(reader, "from=pattern3")
    assert "「パターン3（独自の推計の例）」には、スライダーでは表せない設定があります" in words(beyond)
    assert row(beyond, "2070年")[2] == "0"
    assert row(page(reader, "from=pattern1-nation"), "2065年")[2] == "0"


def test_what_follows_the_nation_is_measured_by_the_same(reader: Client) -> None:
    text = page(reader, "beyond=nation-continues&until=2065&families=5")
    assert "パターン1（全国推計の変化を反映して延長）" in words(text)
    assert "生残率と子ども女性比は全国推計の変化を反映" in words(text)
    assert "（最後の期間の率を固定）で、公表" not in words(text)


def test_a_target_beyond_the_years_reckoned(reader: Client) -> None:
    text = page(reader, "until=2045&target=22000&year=2045&year=2070")
    assert row(text, "取組がない場合の人口") == ["21,632人", "13,227人"]
    same = page(reader, "until=2045&beyond=nation-continues&target=22000&year=2070")
    assert row(same, "取組がない場合の人口") == ["13,227人"]
    more = page(reader, "until=2045&families=10&target=22000&year=2070&on=trial")
    assert row(more, "取組がない場合の人口") == ["15,088人"]


def test_what_was_clipped_is_said(reader: Client, cities: dict[str, Any]) -> None:
    from sosei.web.population.models import PopulationTable

    kept = population("hitoyoshi").h30
    values = kept.values.copy()
    values[2:, 0, 4] = 1  # all young men but one leave between 2020 and 2025
    content = dump_reading(Reading(panel=replace(kept, values=values)), Area("43203", "人吉市"))
    PopulationTable.objects.create(
        municipality=cities["hitoyoshi"],
        place="projection",
        content=content,
        name="サンプル.csv",
        sha256="0" * 64,
    )
    assert "負になる" not in words(page(reader)).split("年ごとの値")[0]
    said = words(page(reader, "young_out=△100&move_by=2015"))
    assert re.search(r"負になる\d+個の値を0にし、合わせて[\d,.]+人を加えています（2025年の男20～24歳、", said)


def test_in_english(reader: Client) -> None:
    reader.cookies["sosei_language"] = "en"
    text = page(reader, "target=22000&families=3.73")
    assert [
        cell.split(" Put")[0]
        for cell in row(text, "families a year (a couple of 30-34 and one child of 0-4)")
    ] == [
        "3.73 families",
        "47.1 families",
    ]
    assert "3.73 families a year from 2016 on" in words(text)
    japanese = set(re.findall(r"[ぁ-んァ-ヶ一-龥]{4,}", words(text.split("</main>")[0])))
    assert japanese <= {
        "国立社会保障",
        "人口問題研究所",
        "日本の地域別将来推計人口",
        "日本の将来推計人口",
        "平成29年推計",
    }


def test_saved_scenarios_are_shown_to_those_who_may_see_them(
    reader: Client, officer_client: Client, cities: dict[str, Any]
) -> None:
    from sosei.web.population.models import SavedScenario

    scenario = preset_scenario("simulation2")
    kept = SavedScenario.objects.create(
        municipality=cities["hitoyoshi"], name="本市の展望（サンプル）", data=scenario.model_dump_json()
    )
    assert str(kept.pk) not in page(reader)
    unseen = page(reader, f"from={kept.pk}")
    assert "削除されたか、見る権限がありません" in words(unseen)
    assert "本市の展望" not in unseen
    assert '<input type="checkbox" name="closed" value="1" checked' in page(officer_client, f"from={kept.pk}")


def test_the_scenario_as_it_is_kept() -> None:
    from sosei.web.population.views_trial import data_of

    data = data_of(preset_scenario("simulation1"))
    assert Scenario.model_validate_json(data) == preset_scenario("simulation1")
    assert data == json.dumps(json.loads(data), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def test_a_page_opened_on_other_tables_says_so(reader: Client) -> None:
    mark = re.search(r'hx-vals=.\{"seen": "([0-9a-f]+)"', page(reader))
    assert mark is not None
    for query, is_told in (("families=3", False), ("families=3", True), ("families=x", False)):
        seen = "other" if is_told else mark[1]
        answer = reader.get(f"{TRY}?{query}&seen={seen}", headers=HX)
        assert ("もとの表が替わりました" in answer.content.decode()) is is_told
        assert "seen" not in answer["HX-Replace-Url"]
