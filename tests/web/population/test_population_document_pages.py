"""Chapter and tables of a population: asked for, made, used again, read by those who may, refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sosei.formats.population_examples import population
from sosei.formats.population_reading import Area, Reading
from sosei.formats.xlsx_cells import read_book
from sosei.population.scenario import Scenario
from sosei.population.scenario_files import preset_scenario
from sosei.web.jobs.acts import request_job
from sosei.web.jobs.kinds import Asked
from sosei.web.jobs.models import Job, JobState
from sosei.web.people.models import Municipality
from sosei.web.population.facts import area_of
from sosei.web.population.kept import dump_reading
from sosei.web.population.models import Place, PopulationTable, SavedScenario

pytestmark = pytest.mark.django_db

SignedIn = Callable[..., Client]
STANDARD = ["pattern1", "simulation1", "simulation2"]
PDF, MARKDOWN, TABLES = "population-chapter/pdf-a4", "population-chapter/zip", "population-tables/xlsx"
PAGE = "/432148/population/documents/"


def typed(**more: Any) -> dict[str, Any]:
    """What the form sends as it first stands."""
    return {"s": STANDARD, "until": "2070", "target": "", "years": "", "document": MARKDOWN, **more}


def own_scenario(city: Any, *, is_shown: bool) -> SavedScenario:
    """シミュレーション1 under another name."""
    name = {"ja": "わがまちの展望（サンプル）", "en": "Our own path"}
    scenario = Scenario.model_validate(
        preset_scenario("simulation1").model_dump() | {"id": "own", "name": name}
    )
    return SavedScenario.objects.create(
        municipality=city, name=name["ja"], data=scenario.model_dump_json(), is_shown=is_shown
    )


def made(client: Client, **more: Any) -> Job:
    """The job that a form as typed leads to."""
    answer = client.post(PAGE, typed(**more))
    assert answer.status_code == 302, answer.content.decode()
    return Job.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def content(job: Job) -> bytes:
    return (settings.CONFIG.files / job.file).read_bytes()


@pytest.fixture
def officer_client(signed_in: SignedIn, cities: dict[str, Any]) -> Client:
    """The planning officer of 阿蘇市."""
    return signed_in("officer", cities["aso"])


@pytest.mark.parametrize(
    ("document", "name", "begins"),
    [
        (PDF, "阿蘇市_人口の現状と将来推計_2070年.pdf", b"%PDF-"),
        (MARKDOWN, "阿蘇市_人口の現状と将来推計_2070年.zip", b"PK"),
        (TABLES, "阿蘇市_人口の表_2070年.xlsx", b"PK"),
    ],
)
def test_a_document_is_made_and_downloaded_under_its_name(
    document: str, name: str, begins: bytes, officer_client: Client
) -> None:
    job = made(officer_client, document=document)
    assert (job.state, job.file_name) == (JobState.DONE, name)
    at = reverse("job_file", args=["432148", job.pk])
    response = officer_client.get(at)
    assert b"".join(response.streaming_content).startswith(begins)
    kinds = {"pdf": "application/pdf", "zip": "application/zip"}
    if kind := kinds.get(name.rpartition(".")[2]):
        assert response["Content-Type"] == kind
    page = officer_client.get(reverse("job", args=["432148", job.pk])).content.decode()
    assert f'href="{PAGE}">人口の文書に戻る' in page


def test_the_archive_holds_the_text_and_each_picture_it_shows(
    officer_client: Client, cities: dict[str, Any]
) -> None:
    own = own_scenario(cities["aso"], is_shown=False)
    job = made(officer_client, s=[*STANDARD, str(own.pk)], target="１５，０００人", years="2070年、2045")
    with ZipFile(BytesIO(content(job))) as archive:
        names = archive.namelist()
        text = archive.read("population.md").decode()
        pictures = [archive.read(name) for name in names if name.endswith(".svg")]
    assert len(pictures) == 7
    assert all(f"](<{name}>)" in text for name in names if name.endswith(".svg"))
    assert all(picture.startswith(b"<svg") for picture in pictures)
    assert "わがまちの展望（サンプル）" in text
    assert "目標人口15,000人に達するために必要な量" in text
    assert "| 手段 | 2045年 | 2070年 |" in text


def test_the_workbook_has_a_sheet_for_each_table(officer_client: Client) -> None:
    job = made(officer_client, document=TABLES)
    book = read_book(content(job))
    assert len(book.sheets) == 5
    texts = " ".join(cell.text for sheet in book.sheets for row in sheet.rows for cell in row)
    for figure in ("11,612", "目標人口17,817人", "自然増減", "65歳以上（％）", "社人研 令和5（2023）年推計"):
        assert figure in texts


def test_the_same_asked_again_is_the_same_file_and_other_choices_are_another(officer_client: Client) -> None:
    first = made(officer_client)
    assert made(officer_client) == first
    others = [
        made(officer_client, **more) for more in ({"until": "2060"}, {"target": "15000"}, {"s": ["pattern1"]})
    ]
    assert len({first.pk, *(job.pk for job in others)}) == 4


def test_other_figures_or_another_scenario_make_another_file(
    officer_client: Client, cities: dict[str, Any]
) -> None:
    own = own_scenario(cities["aso"], is_shown=True)
    first = made(officer_client, s=["pattern1", str(own.pk)])
    closed = preset_scenario("closed").model_copy(update={"id": "own"})
    SavedScenario.objects.filter(pk=own.pk).update(data=closed.model_dump_json())
    second = made(officer_client, s=["pattern1", str(own.pk)])
    take_in(cities["aso"])
    third = made(officer_client, s=["pattern1", str(own.pk)])
    assert len({first.pk, second.pk, third.pk}) == 3


def take_in(city: Any) -> None:
    """The census that comes along as a table of the municipality's own."""
    PopulationTable.objects.create(
        municipality=city,
        place=Place.CENSUS,
        content=dump_reading(population("aso").census, area_of(city)),
        name="own.csv",
        sha256="0" * 64,
    )


def hide(scenario: SavedScenario) -> None:
    SavedScenario.objects.filter(pk=scenario.pk).update(is_shown=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda own: take_in(own.municipality),
        lambda own: SavedScenario.objects.filter(pk=own.pk).delete(),
        hide,
    ],
    ids=["figures", "scenario", "rights"],
)
def test_what_changed_between_asking_and_making_is_said(
    change: Callable[[SavedScenario], object], officer: Callable[[str], Any], signed_in: SignedIn
) -> None:
    actor = officer("aso")
    city = actor.municipality
    own = own_scenario(city, is_shown=True)
    client = signed_in("officer", city, username="second")
    job = made(client, s=["pattern1", str(own.pk)], target="15000")
    asked = Asked.from_json(json.loads(job.parameters))
    Job.objects.all().delete()
    change(own)
    late = request_job(actor, asked)
    assert late.state == JobState.FAILED
    assert late.problem_ja.startswith("作成を頼んだあとに、もとの表かシナリオが変わりました")
    page = client.get(reverse("job", args=["432148", late.pk])).content.decode()
    assert f'<form method="post" action="{PAGE}"' in page
    again = [("s", "pattern1"), ("s", own.pk), ("until", 2070), ("target", 15000), ("years", "2045、2070")]
    for name, value in [*again, ("document", MARKDOWN)]:
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


@pytest.mark.parametrize(("is_shown", "status"), [(True, 200), (False, 403)])
def test_a_document_with_a_hidden_scenario_is_for_those_who_see_drafts(
    is_shown: bool, status: int, officer_client: Client, signed_in: SignedIn, cities: dict[str, Any]
) -> None:
    own = own_scenario(cities["aso"], is_shown=is_shown)
    job = made(officer_client, s=["pattern1", str(own.pk)])
    reader = signed_in("reader", cities["aso"])
    assert reader.get(reverse("job_file", args=["432148", job.pk])).status_code == status
    assert (own.name in reader.get(PAGE).content.decode()) == is_shown
    assert reader.post(PAGE, typed(s=[str(own.pk)])).status_code == (302 if is_shown else 400)


def test_another_municipalitys_scenario_is_none(officer_client: Client, cities: dict[str, Any]) -> None:
    other = own_scenario(cities["hitoyoshi"], is_shown=True)
    page = officer_client.post(PAGE, typed(s=["pattern1", str(other.pk)]))
    assert page.status_code == 400
    assert "選んだシナリオがありません" in page.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"s": []}, "s", "シナリオを一つは選んでください"),
        ({"s": ["pattern9"]}, "s", "選んだシナリオがありません"),
        (
            {"s": ["pattern1", "simulation1", "simulation2", "closed", "pattern3", "pattern1-nation"]},
            "s",
            "一度に比べられるシナリオは5つまで",
        ),
        ({"until": "2047"}, "until", "その年までは推計できません"),
        ({"until": "2070; DROP"}, "until", "その年までは推計できません"),
        ({"target": "たくさん"}, "target", "目標人口は1以上"),
        ({"target": "-5"}, "target", "目標人口は1以上"),
        ({"target": "1.5"}, "target", "目標人口は1以上"),
        ({"target": "99999999999"}, "target", "目標人口は1以上"),
        ({"target": "15000", "years": "そのうち"}, "years", "目標の年「そのうち」が読めません"),
        ({"target": "15000", "years": "2047"}, "years", "目標の年 2047 は使えません"),
        ({"target": "15000", "years": "2015"}, "years", "目標の年 2015 は使えません"),
        ({"target": "15000", "until": "2050", "years": "2060"}, "years", "目標の年 2060 は使えません"),
        ({"target": "15000", "years": "2020 2025 2030 2035 2040 2045"}, "years", "目標の年は5つまで"),
        ({"years": "2045"}, "target", "目標の年には、目標人口も書いてください"),
    ],
)
def test_what_cannot_be_made_is_told_at_its_field_and_everything_typed_is_kept(
    wrong: dict[str, Any], field: str, told: str, officer_client: Client
) -> None:
    page = officer_client.post(PAGE, typed(**wrong))
    assert page.status_code == 400
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert told in page.content.decode()
    for name, value in typed(**wrong).items():
        if name != "document":
            assert form[name].value() == value
    assert not Job.objects.exists()


def test_two_scenarios_of_one_name_are_told(officer_client: Client, cities: dict[str, Any]) -> None:
    first = own_scenario(cities["aso"], is_shown=True)
    SavedScenario.objects.create(municipality=cities["aso"], name="別", data=first.data)
    page = officer_client.post(PAGE, typed(s=[str(row.pk) for row in SavedScenario.objects.all()]))
    assert "が二つあります" in page.content.decode()


@pytest.mark.parametrize("document", ["", "kpi-list/pdf-a4", "population-chapter/xlsx", "../../etc/passwd"])
def test_a_document_that_no_button_asks_for_is_refused(document: str, officer_client: Client) -> None:
    page = officer_client.post(PAGE, typed(document=document))
    assert page.status_code == 400
    assert "そのような文書はありません" in page.content.decode()
    assert not Job.objects.exists()


def test_a_plans_page_makes_no_document_of_the_population(
    adopted: Callable[[str], Any], signed_in: SignedIn
) -> None:
    edition = adopted("aso")
    at = reverse("documents", args=["432148", edition.plan.key, "current"])
    client = signed_in("officer", edition.municipality, username="second")
    assert client.post(at, {"document": PDF}).status_code == 400
    assert "人口の表" not in client.get(at).content.decode()


def test_an_address_fills_in_the_choices_and_what_is_not_there_is_left_out(officer_client: Client) -> None:
    page = officer_client.get(PAGE, {"s": ["closed", "gone"], "until": "2050", "target": "15000"})
    form = page.context["form"]
    assert (form["s"].value(), form["until"].value(), form["target"].value()) == (["closed"], "2050", "15000")
    usual = officer_client.get(PAGE, {"until": "never"}).context["form"]
    assert (usual["s"].value(), usual["until"].value()) == (STANDARD, "2070")


def test_the_page_says_what_the_default_target_is_and_what_is_left_out(officer_client: Client) -> None:
    shown = officer_client.get(PAGE).content.decode()
    assert "2045年の人口17,817人を最後の年にも保つ場合" in shown
    assert "計画に印字された推計人口との比較" in shown
    assert "国勢調査の推移（" not in shown
    officer_client.cookies["sosei_language"] = "en"
    english = officer_client.get(PAGE).content.decode()
    assert "Chapter and tables are in Japanese" in english


def test_the_page_lists_what_was_made_lately_with_its_choices(
    officer_client: Client, cities: dict[str, Any]
) -> None:
    own = own_scenario(cities["aso"], is_shown=False)
    made(officer_client, s=["pattern1", str(own.pk)], target="15000", years="2045")
    own.delete()
    shown = officer_client.get(PAGE).content.decode()
    assert "人口の現状と将来推計（2070年、Markdown ZIP）" in shown
    assert "（今はないシナリオ）。目標 15,000人（2045年）" in shown


def test_a_municipality_with_only_a_projection_is_told_what_its_chapter_lacks_and_gets_it(
    signed_in: SignedIn, cities: dict[str, Any]
) -> None:
    city = Municipality.objects.create(code="990019", name="創生市")
    projection = population("aso").h30
    PopulationTable.objects.create(
        municipality=city,
        place=Place.PROJECTION,
        content=dump_reading(Reading(panel=projection), Area("43214", city.name)).replace("43214", "99001"),
        name="own.csv",
        sha256="0" * 64,
    )
    client = signed_in("officer", city)
    page = PAGE.replace("432148", "990019")
    shown = client.get(page).content.decode()
    for lacking in ("国勢調査の推移（", "二つの推計の比較（", "計画に印字された推計人口との比較（"):
        assert lacking in shown
    assert client.post(page, typed()).status_code == 302
    with ZipFile(BytesIO(content(Job.objects.get()))) as archive:
        text = archive.read("population.md").decode()
    assert "国勢調査の推移は用いず、推計の基準年（2015年）から示します。" in text
