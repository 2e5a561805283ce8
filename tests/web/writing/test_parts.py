from __future__ import annotations

from collections.abc import Callable

import pytest

from sosei.plan.walk import index, nodes
from tests.web.writing.conftest import Writer

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PARTS = (
    "chapters",
    "references",
    "predecessors",
    "verifications",
    "population",
    "projections",
    "notes",
    "councils",
    "divisions",
    "sources",
    "reports",
    "editions",
    "opinions",
    "errata",
    "waivers",
)


@pytest.mark.parametrize(
    ("city", "language"),
    [
        ("hitoyoshi", "en"),
        ("aso", "ja"),
        pytest.param("hitoyoshi", "ja", marks=pytest.mark.slow),
        pytest.param("aso", "en", marks=pytest.mark.slow),
    ],
)
def test_every_part_and_every_record_of_both_examples_has_its_page(
    writer: Callable[..., Writer], city: str, language: str
) -> None:
    here = writer(city)
    here.client.cookies["sosei_language"] = language
    for part in PARTS:
        assert here.get(f"parts/{part}/").status_code == 200, part
    seen = set()
    for node in nodes(here.plan):
        kind = type(node).__name__
        if kind in ("Element", "Indicator", "Placement", "Observation", "PrintedYear", "Activity", "Table"):
            if kind in seen:
                continue
            seen.add(kind)
        assert here.get(f"records/{node.key}/").status_code == 200, node


@pytest.mark.parametrize("part", ["elements", "indicators", "levels", "joint_readings", "nothing"])
def test_what_has_no_page_of_its_own_is_not_found(writer: Callable[..., Writer], part: str) -> None:
    assert writer("aso").get(f"parts/{part}/").status_code == 404


def test_the_plan_itself_shows_its_fields_and_none_of_its_lists(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    page = here.get(f"records/{here.plan.key}/").content.decode()
    for field in ("title", "catchphrase", "no", "period", "adopted", "contact", "colophon", "contents"):
        assert f'data-field="{field}"' in page
    assert here.plan.indicators[0].name not in page
    assert 'id="list-' not in page


ADDED: list[tuple[str, dict[str, str]]] = [
    ("references", {"name": "まち・ひと・しごと創生法", "relation": "basis"}),
    ("predecessors", {"no": "1", "title": "第1期（サンプル）", "period": "平成27年度～令和元年度"}),
    ("verifications", {"plan": "第2期（サンプル）"}),
    ("population", {"what": "総人口", "text": "1,000人", "as_of": "令和7年8月末"}),
    ("projections", {"method": "社人研", "first": "令和7年", "last": "令和52年", "step_years": "５"}),
    ("councils", {"name": "会議（サンプル）"}),
    ("divisions", {"name": "企画課（サンプル）"}),
    ("sources", {"title": "資料（サンプル）"}),
    ("reports", {"title": "報告（サンプル）", "year": "令和6年度"}),
    ("opinions", {"text": "意見（サンプル）"}),
    ("waivers", {"code": "TWN01", "reason": "理由（サンプル）"}),
    ("chapters", {"title": "章（サンプル）"}),
]


@pytest.mark.parametrize(("part", "typed"), ADDED, ids=[case[0] for case in ADDED])
def test_a_record_is_added_on_the_page_of_its_list(
    writer: Callable[..., Writer], part: str, typed: dict[str, str]
) -> None:
    here = writer("aso")
    before = len(getattr(here.plan, part))
    sent = {
        "parent": here.plan.key,
        "collection": part,
        "new": "z000000001",
        "next": f"{here.base}parts/{part}/",
    }
    answer = here.post("add/", **sent, **typed)
    assert (answer.status_code, answer.url) == (302, f"{here.base}parts/{part}/#k-z000000001")
    assert len(getattr(here.plan, part)) == before + 1
    assert 'id="k-z000000001"' in here.get(f"parts/{part}/").content.decode()


def test_what_cannot_be_added_stays_typed_on_the_page_of_the_list(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    sent = {"parent": here.plan.key, "collection": "predecessors", "new": "z000000001"}
    answer = here.post("add/", no="1", title="残る題名", period="期間でない", **sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="残る題名"' in page
    assert "期間として読めません" in page
    assert here.operations == 0


def test_a_field_that_cannot_be_kept_comes_back_on_the_page_of_its_list(
    writer: Callable[..., Writer],
) -> None:
    here = writer("aso")
    fact = here.plan.population[3]
    was = '"' + fact.what + '"'
    answer = here.post("save/", key=fact.key, what="", **{"was.what": was})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count('aria-invalid="true"') == 1
    assert page.count('class="card record"') == len(here.plan.population)


def test_a_long_list_is_written_page_by_page(writer: Callable[..., Writer]) -> None:
    from sosei.plan.model import Plan
    from sosei.plan.record import Municipality, Source

    plan = Plan(
        key="p000000001",
        title="計画（サンプル）",
        municipality=Municipality(code="432032", name="人吉市"),
        sources=tuple(Source(key=f"s{n:09}", title=f"資料{n}") for n in range(130)),
    )
    here = writer("hitoyoshi", plan)
    assert "資料59" in here.get("parts/sources/").content.decode()
    for page, shown, hidden in (
        ("2", "資料60", "資料59"),
        ("3", "資料129", "資料60"),
        ("99", "資料129", "資料60"),
    ):
        text = here.get("parts/sources/", page=page).content.decode()
        assert f'value="{shown}"' in text
        assert f'value="{hidden}"' not in text
    answer = here.post("save/", key="s000000129", title="", **{"was.title": '"資料129"'})
    assert 'id="k-s000000129"' in answer.content.decode()


def test_a_verification_is_written_on_one_page(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    verification = here.plan.verifications[0]
    goal = verification.goals[0]
    pages = [
        here.get(f"records/{key}/").content.decode()
        for key in (verification.key, goal.key, goal.statements[0].key)
    ]
    for page in pages:
        for each in (
            verification,
            *verification.goals,
            *(s for g in verification.goals for s in g.statements),
        ):
            assert f'id="k-{each.key}"' in page
    answer = here.post("add/", parent=goal.key, collection="statements", new="z000000001", text="残る文")
    assert answer.status_code == 400
    assert "残る文" in answer.content.decode()
    answer = here.post(
        "add/", parent=goal.key, collection="statements", new="z000000001", text="目標", verdict="達成"
    )
    assert answer.status_code == 302
    assert index(here.plan)["z000000001"]


def test_divisions_of_the_municipality_are_offered_and_taken(writer: Callable[..., Writer]) -> None:
    from sosei.web.people.models import Division

    here = writer("aso")
    city = here.draft.municipality
    for n, name in enumerate(("企画課（サンプル）", "福祉課（サンプル）")):
        Division.objects.create(municipality=city, key=f"d00000000{n}", name=name)
    page = here.get("parts/divisions/").content.decode()
    assert page.count('name="division"') == 2
    here.post("divisions/take/", division="d000000001")
    assert [(each.key, each.name) for each in here.plan.divisions] == [("d000000001", "福祉課（サンプル）")]
    here.post("divisions/take/", division="d000000001")
    assert len(here.plan.divisions) == 1
    page = here.get("parts/divisions/").content.decode()
    assert page.count('name="division"') == 1
    assert "まだどこの担当でもありません" in page


def test_removing_a_division_loosens_what_named_it(writer: Callable[..., Writer]) -> None:
    here = writer("hitoyoshi")
    from sosei.web.writing.division_list import uses

    used = uses(here.plan)
    key = max(used, key=lambda each: used[each])
    assert f"{used[key]}か所で担当" in here.get("parts/divisions/").content.decode()
    asked = here.get(f"remove/{key}/").content.decode()
    assert "次のところの担当から外れます" in asked
    assert f"ほか{used[key] - 20}件" in asked
    here.post(f"remove/{key}/")
    assert key not in index(here.plan)
    assert key not in uses(here.plan)


def test_a_doubt_is_confirmed_by_one_operation(writer: Callable[..., Writer]) -> None:
    here = writer("hitoyoshi")
    node = next(each for each in nodes(here.plan) if any(not doubt.confirmed for doubt in each.doubts))
    field = next(each.field for each in node.doubts if not each.confirmed)
    answer = here.post("doubts/", confirm=f"{node.key}.{field}", next=here.base)
    assert (answer.status_code, answer.url) == (302, f"{here.base}#k-{node.key}")
    assert index(here.plan)[node.key].doubt(field) is None
    assert here.operations == 1
    assert here.post("doubts/", confirm=f"{node.key}.{field}").status_code == 400
    assert here.operations == 1


PREVIEWED: list[tuple[dict[str, str], str]] = [
    ({"paragraphs": "# 見出し\n\n本文"}, "<h4>見出し</h4>"),
    ({"paragraphs": "<script>"}, "&lt;script&gt;"),
    ({"paragraphs": "a\x01b"}, "使えない文字"),
    ({"paragraphs": "字" * 200_001}, "長すぎます"),
]


@pytest.mark.parametrize(("sent", "shown"), PREVIEWED, ids=["marks", "harmless", "control", "long"])
def test_a_chapter_is_shown_while_it_is_written(
    writer: Callable[..., Writer], sent: dict[str, str], shown: str
) -> None:
    here = writer("aso")
    answer = here.client.post(f"{here.base}preview/", sent, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert shown in answer.content.decode()


def test_the_field_of_an_erratum_is_chosen_by_name(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    about = here.plan.elements[0]
    sent = {
        "parent": here.plan.key,
        "collection": "errata",
        "new": "z000000001",
        "printed": "誤",
        "right": "正",
    }
    for field, status in (("nothing", 400), ("name", 302)):
        assert (
            here.post("add/", about=f"{about.name}〔{about.key}〕", field=field, **sent).status_code == status
        )
    assert here.plan.errata[0].field == "name"
    assert '<option value="name" selected>名称</option>' in here.get("parts/errata/").content.decode()
