from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sosei.population.scenario import Movers, Scenario
from sosei.population.scenario_files import PRESETS, compositions, parse_scenario, preset_scenario
from sosei.values import Problem
from sosei.web.help.manual import folder
from sosei.web.population.scenario_texts import (
    MOST_BYTES,
    definition_text,
    file_text,
    read_json,
    read_toml,
    scenario_from,
)
from sosei.web.population.scenario_words import scenario_words

LIST = "/432148/population/scenarios/"
NEW = f"{LIST}new/"


def _full() -> Scenario:
    movers = Movers(families=3.5, composition=compositions()["couple-30s-child"], since=2026, until=2040)
    return preset_scenario("pattern3").model_copy(update={"movers": (movers, movers)})


@pytest.mark.parametrize("scenario", [*map(preset_scenario, PRESETS), _full()], ids=[*PRESETS, "full"])
def test_a_file_says_the_whole_scenario(scenario: Scenario) -> None:
    assert parse_scenario(file_text(scenario), "x.toml") == scenario
    entries = read_toml(definition_text(scenario))
    assert not {"id", "name", "note"} & set(entries)
    assert scenario_from(entries, scenario.id, scenario.name, scenario.note) == scenario


def test_the_example_of_the_manual_is_a_definition() -> None:
    _, _, after = (
        (folder() / "人口ビジョンの使い方.md").read_text(encoding="utf-8").partition("### シナリオの定義")
    )
    example = re.search(r"```toml\n(.*?)```", after, re.DOTALL)
    assert example is not None
    found = scenario_from(read_toml(example[1]), "x", preset_scenario("pattern1").name)
    assert (len(found.migration.bands), len(found.movers)) == (1, 1)


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ("[fertility]\ntfr = { 2030 = 1.8", "TOML として読めません"),
        ("[fertility]\ntfr = { 2030 = 1.8 }\ncwr = { 2030 = 0.2 }", "tfr と cwr のどちらか一つ"),
        ("[fertility]\ntfr = { 2030 = 11 }", "fertility.tfr.2030: 0 から 10 までの数"),
        ("[fertility]\ntfr = { 1899 = 1 }", "fertility.tfr: 1900年から2200年まで"),
        ("[fertility]\ntfr = { 2030 = 1 }\nconstant = inf", "fertility.constant: 1 から 20 まで"),
        ("[fertility]\ntfr = { 2030 = nan }", "読めない項目"),
        ("[migration]\nbands = [{ ages = [20, 131], points = { 2030 = 1 } }]", "migration.bands.0.ages"),
        ("[migration]\nbands = [{ ages = [30, 20], points = { 2030 = 1 } }]", "若い順に0から130まで"),
        (
            "[migration]\nbands = [{ ages = [0, 20], points = { 2030 = 10.5 } }]",
            "migration.bands.0.points.2030: 0 から 10 まで",
        ),
        ("[migration]\n" + f"bands = [{'{ points = { 2030 = 1 } },' * 51}]", "migration.bands: 50 個まで"),
        (
            "[fertility]\ntfr = {" + ",".join(f"{1950 + n} = 1" for n in range(101)) + "}",
            "fertility.tfr: 100 個まで",
        ),
        ("colour = 'red'", "読めない項目"),
        ("a." * 30000 + "b = 1", "入れ子が深すぎます"),
        ("a = " + "[" * 5000, "入れ子が深すぎます"),
        ("a = " + "1" * 5000, "TOML として読めません"),
        ("# " + "あ" * (MOST_BYTES // 3), "長すぎます"),
        ("beyond = 'somehow'", "読めない項目"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_in_one_sentence(definition: str, said: str) -> None:
    with pytest.raises(Problem) as refused:
        scenario_from(read_toml(definition), "x", preset_scenario("pattern1").name)
    assert said in refused.value.ja


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 30000,
        '{"a":' * 9000,
        '{"name":{"ja":"\\ud800","en":"a"}}',
        '{"name":"\\u0000"}',
    ],
)
def test_json_that_is_no_scenario_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        scenario_from(read_json(text), "x")


def test_a_scenario_in_words() -> None:
    ja = [each.ja for each in scenario_words(_full(), 2015)]
    assert ja[0] == (
        "出生：合計特殊出生率が基準年の値から2030年に1.8、2040年に2.07（間は直線）、その後は一定"
        "（子ども女性比への換算は 7.56 で割る）"
    )
    assert ja[1].startswith(
        "移動：期首10～24歳の男女の転出（純移動率では転出超過）を、2025年に1倍、2040年に0.7倍"
    )
    assert "2026年から2040年まで毎年3.5世帯" in ja[2]
    en = [each.en for each in scenario_words(preset_scenario("simulation2"), 2015)]
    assert en[0].startswith(
        "Fertility: the total fertility rate goes from its value in the base year to 2.1 in 2030"
    )
    assert en[1] == "Migration: closed population (no net migration at any age)"


def _sent(**more: str) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "name": "本市の展望",
        "definition": "[fertility]\ntfr = { 2030 = 1.8 }",
        **more,
    }


def _kept(city: Any) -> Any:
    from sosei.web.population.models import SavedScenario

    return SavedScenario.objects.get(municipality=city)


@pytest.mark.django_db
def test_the_page_of_trying_keeps_a_scenario_once(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    client = signed_in("officer", cities["aso"])
    data = preset_scenario("pattern3").model_dump_json()
    sent = {"key": str(uuid4()), "name": "試した展望", "note": "若い世代が戻る", "data": data}
    first, second = client.post(NEW, sent), client.post(NEW, sent)
    row = _kept(cities["aso"])
    assert first.status_code == second.status_code == 302
    assert first["Location"] == f"{LIST}{row.pk}/"
    kept = json.loads(row.data)
    assert (row.name, row.is_shown, kept["id"]) == ("試した展望", False, str(row.pk))
    assert kept["note"] == {"ja": "若い世代が戻る", "en": "若い世代が戻る"}
    assert kept["fertility"]["tfr"] == {"2030": 1.8, "2040": 2.07}
    page = client.get(first["Location"]).content.decode()
    assert "若い世代が戻る" in page
    assert "移動：期首10～24歳の男女の転出" in page
    again = client.post(NEW, sent | {"name": "別の名前"})
    assert again.status_code == 409
    assert "もう保存されています" in again.content.decode()


@pytest.mark.django_db
def test_what_was_typed_for_a_scenario_removed_meanwhile_can_be_kept_as_another(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    client = signed_in("officer", cities["aso"])
    client.post(NEW, _sent())
    row = _kept(cities["aso"])
    client.post(f"{LIST}{row.pk}/remove/")
    refused = client.post(f"{LIST}{row.pk}/", _sent(note="書きかけの説明"))
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "別のシナリオとして保存してください" in page
    assert "書きかけの説明" in page
    key = re.search(r'name="key" value="([0-9a-f-]{36})"', page)
    assert key is not None
    assert key[1] != str(row.pk)
    kept = client.post(NEW, _sent(key=key[1], note="書きかけの説明"))
    assert kept["Location"] == f"{LIST}{key[1]}/"


@pytest.mark.django_db
def test_a_name_stands_for_one_scenario(signed_in: Callable[..., Client], cities: dict[str, Any]) -> None:
    client = signed_in("officer", cities["aso"])
    client.post(NEW, _sent())
    row = _kept(cities["aso"])
    preset = preset_scenario("pattern1").name.ja
    for name in ("本市の展望", preset):
        refused = client.post(NEW, _sent(name=name))
        assert refused.status_code == 409
        assert f"「{name}」という名前のシナリオがもうあります" in refused.content.decode()
    client.post(f"{LIST}{row.pk}/remove/")
    client.post(NEW, _sent())
    client.post(f"{LIST}{row.pk}/remove/", {"do": "restore"})
    row.refresh_from_db()
    assert row.removed_at is not None
    other = signed_in("officer", cities["hitoyoshi"])
    assert other.post("/432032/population/scenarios/new/", _sent()).status_code == 302


@pytest.mark.django_db
def test_somebody_elses_change_is_not_written_over(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    from sosei.web.population.scenario_acts import state_of

    client = signed_in("officer", cities["aso"])
    client.post(NEW, _sent())
    row = _kept(cities["aso"])
    address, old = f"{LIST}{row.pk}/", state_of(row)
    changed = client.post(address, {"old": old, "name": "展望A", "is_shown": "yes"})
    assert changed.status_code == 302
    row.refresh_from_db()
    assert (row.name, row.is_shown) == ("展望A", True)
    assert json.loads(row.data)["fertility"]["tfr"] == {"2030": 1.8}
    late = client.post(
        address, {"old": old, "name": "展望B", "data": preset_scenario("closed").model_dump_json()}
    )
    assert late.status_code == 409
    page = late.content.decode()
    assert "展望A" in page
    assert "展望B" in page
    assert "closed = true" in page
    row.refresh_from_db()
    again = client.post(address, {"old": state_of(row), "name": "展望B"})
    assert again.status_code == 302


@pytest.mark.django_db
def test_what_was_done_stands_in_the_log(signed_in: Callable[..., Client], cities: dict[str, Any]) -> None:
    from sosei.web.journal.models import Act
    from sosei.web.population.scenario_acts import state_of

    client = signed_in("officer", cities["aso"])
    client.post(NEW, _sent())
    row = _kept(cities["aso"])
    client.post(f"{LIST}{row.pk}/", {"old": state_of(row), "definition": "[migration]\nclosed = true"})
    for do in ("show", "hide", "", "restore"):
        client.post(f"{LIST}{row.pk}/remove/", {"do": do})
    acts = list(
        Act.objects.filter(chain__municipality=cities["aso"], action__startswith="scenario.").order_by("no")
    )
    assert [act.action.partition(".")[2] for act in acts] == [
        "created",
        "changed",
        "shown",
        "hidden",
        "removed",
        "restored",
    ]
    assert json.loads(acts[1].old)["fertility"] == {"tfr": {"2030": 1.8}}
    assert json.loads(acts[1].new)["migration"] == {"closed": True}


@pytest.mark.django_db
def test_readers_see_what_is_shown(signed_in: Callable[..., Client], cities: dict[str, Any]) -> None:
    officer, reader = (signed_in(role, cities["aso"]) for role in ("officer", "reader"))
    officer.post(NEW, _sent())
    row = _kept(cities["aso"])
    assert "本市の展望" not in reader.get(LIST).content.decode()
    assert reader.get(f"{LIST}{row.pk}/").status_code == 403
    officer.post(f"{LIST}{row.pk}/remove/", {"do": "show"})
    assert "本市の展望" in reader.get(LIST).content.decode()
    page = reader.get(f"{LIST}{row.pk}/")
    assert page.status_code == 200
    assert "書き換える" not in page.content.decode()
    officer.post(f"{LIST}{row.pk}/remove/")
    assert reader.get(f"{LIST}{row.pk}/").status_code == 404
    assert (
        signed_in("officer", cities["hitoyoshi"]).get(f"/432032/population/scenarios/{row.pk}/").status_code
        == 404
    )


@pytest.mark.django_db
def test_the_list_says_where_each_scenario_leads(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    client = signed_in("officer", cities["aso"])
    page = client.get(LIST).content.decode()
    assert "11,612" in page
    assert "保存したシナリオはまだありません" in page
    client.post(NEW, _sent())
    page = client.get(LIST).content.decode()
    assert page.index("本市の展望") < page.index("備え付けのシナリオ")
    client.cookies["sosei_language"] = "en"
    page = client.get(LIST).content.decode()
    assert "Pattern 1 (after the national institute)" in page
    assert "Population in 2070" in page


@pytest.mark.django_db
def test_a_file_goes_out_and_comes_in(signed_in: Callable[..., Client], cities: dict[str, Any]) -> None:
    client = signed_in("officer", cities["aso"])
    client.post(NEW, _sent(name_en="our own path", note="説明"))
    row = _kept(cities["aso"])
    answer = client.get(f"{LIST}{row.pk}/file/")
    assert answer["Content-Disposition"].startswith("attachment")
    text = answer.content.decode()
    assert tomllib.loads(text)["name"] == {"ja": "本市の展望", "en": "our own path"}
    taken = SimpleUploadedFile("own.toml", text.encode())
    refused = client.post(NEW, {"key": str(uuid4()), "file": taken})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "という名前のシナリオがもうあります" in page
    assert "tfr = { 2030 = 1.8 }" in page
    other = signed_in("officer", cities["hitoyoshi"])
    taken = SimpleUploadedFile("own.toml", text.encode())
    key = uuid4()
    kept = other.post("/432032/population/scenarios/new/", {"key": str(key), "file": taken})
    assert kept["Location"].endswith(f"/{key}/")
    assert other.get(f"/432032/population/scenarios/{key}/file/").content.decode() == text.replace(
        str(row.pk), str(key)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"\x00",
        b"[[[[",
        b"name = 1",
        b"a." * 30000,
        b"x" * (MOST_BYTES + 1),
        b'id="\\ud800"',
    ],
)
def test_a_hostile_file_is_refused_on_a_page(
    signed_in: Callable[..., Client], cities: dict[str, Any], data: bytes
) -> None:
    client = signed_in("officer", cities["aso"])
    answer = client.post(NEW, {"key": "no key", "file": SimpleUploadedFile("x.toml", data)})
    assert answer.status_code == 400
    assert "まだ保存していません" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("definition", "said"),
    [
        (f"[migration]\nbands = [{'{ points = { 2020 = 10 } },' * 50}]", "計算できません"),
        (
            "[[movers]]\nfamilies = 100000\nsince = 2016\n"
            "composition.name = { ja = '大家族', en = 'many' }\n"
            "composition.members = [{ sex = 'both', age = 0, persons = 100 }]",
            "1億人を超えます",
        ),
    ],
)
def test_a_scenario_that_leads_beyond_reason_is_not_kept(
    signed_in: Callable[..., Client], cities: dict[str, Any], definition: str, said: str
) -> None:
    answer = signed_in("officer", cities["aso"]).post(NEW, _sent(definition=definition))
    assert answer.status_code == 409
    assert said in answer.content.decode()


@pytest.mark.django_db
def test_other_figures_since_it_was_kept_are_said(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    from sosei.web.population.models import SavedScenario

    client = signed_in("officer", cities["aso"])
    client.post(NEW, _sent())
    row = _kept(cities["aso"])
    said = "保存したあとで、もとの表が変わりました"
    assert said not in client.get(f"{LIST}{row.pk}/").content.decode()
    SavedScenario.objects.filter(pk=row.pk).update(basis="0" * 64)
    assert said in client.get(f"{LIST}{row.pk}/").content.decode()
    client.post(f"{LIST}{row.pk}/", {"name": row.name})
    assert said not in client.get(f"{LIST}{row.pk}/").content.decode()


@pytest.mark.django_db
def test_a_copy_begins_under_a_name_of_its_own(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    client = signed_in("officer", cities["aso"])
    page = client.get(f"{NEW}?from=pattern3").content.decode()
    assert "パターン3（独自の推計の例）の写し" in page
    assert "2040 = 2.07" in page
    assert client.get(f"{NEW}?from=nothing").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_kept_scenario_goes_to_another_installation(
    signed_in: Callable[..., Client], cities: dict[str, Any], tmp_path: Path
) -> None:
    from sosei.web.installation.handover import export, import_file
    from sosei.web.people.models import Municipality
    from sosei.web.population.models import SavedScenario
    from tests.web.installation.conftest import empty_database, quiet, rows_of

    signed_in("officer", cities["aso"]).post(NEW, _sent())
    before = rows_of(["population.SavedScenario"])
    export(Municipality.objects.get(code="432148"), tmp_path / "aso.zip", quiet)
    empty_database()
    import_file(tmp_path / "aso.zip", {}, quiet)
    assert rows_of(["population.SavedScenario"]) == before
    assert SavedScenario.objects.get().by is not None


@pytest.mark.django_db
def test_a_key_of_another_municipality_is_too_old(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    sent = _sent()
    signed_in("officer", cities["hitoyoshi"]).post("/432032/population/scenarios/new/", sent)
    answer = signed_in("officer", cities["aso"]).post(NEW, sent)
    assert answer.status_code == 409
    assert "この画面は古くて使えません" in answer.content.decode()


@pytest.mark.parametrize("seed", range(40))
def test_no_text_whatever_brings_the_reader_down(seed: int) -> None:
    """Pieces of a good definition put together at random are read or refused, never anything else."""
    dice = random.Random(seed)
    pieces = [
        *re.findall(r"\w+|\W", file_text(_full())),
        "1e999",
        "-1",
        "nan",
        "\0",
        "\\ud800",
        "[[",
        "}}",
        "=",
        '"""',
    ]
    for _ in range(60):
        text = "".join(dice.choice(pieces) for _ in range(dice.randint(1, 60)))
        whole = file_text(_full())
        at = dice.randrange(len(whole))
        for hostile in (text, whole[:at] + text + whole[at + dice.randint(0, 9) :]):
            with suppress(Problem):
                scenario_words(scenario_from(read_toml(hostile), "x"), 2015)
            with suppress(Problem):
                read_json(hostile)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "more",
    [
        {"name": "\0"},
        {"name": "あ" * 101},
        {"name": " "},
        {"name": "a\x1bb"},
        {"key": "1"},
        {"is_shown": "maybe"},
        {"note": "\x07"},
        {"data": "[" * 60000},
        {"data": '{"movers": [[]]}'},
        {"data": '{"fertility": {"tfr": {"2030": "１.８"}}}'},
        {"data": '{"id": null, "migration": {"bands": [{"ages": [0, 1e9], "points": {"2030": 1}}]}}'},
        {"definition": "a\0"},
        {"definition": "x" * (MOST_BYTES + 1)},
        {"definition": "あ" * (MOST_BYTES // 2)},
        {"old": "x" * 1000},
    ],
    ids=repr,
)
def test_a_hostile_form_is_shown_again(
    signed_in: Callable[..., Client], cities: dict[str, Any], more: dict[str, str]
) -> None:
    client = signed_in("officer", cities["aso"])
    assert client.post(NEW, _sent(**more)).status_code in (400, 409)
    client.post(NEW, _sent())
    row = _kept(cities["aso"])
    if "key" not in more:
        assert client.post(f"{LIST}{row.pk}/", more).status_code in (400, 409)
    row.refresh_from_db()
    assert row.name == "本市の展望"
