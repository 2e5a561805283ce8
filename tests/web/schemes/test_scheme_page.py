"""The evaluation scheme of a draft: chosen or written, tried on the real indicators, saved as operations."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sosei.plan.operations import Set
from sosei.scheme.evaluate import evaluate
from sosei.scheme.presets import preset, preset_names, preset_text
from sosei.web.journal.models import Act
from sosei.web.people.actor import actor_of
from sosei.web.plans import acts
from sosei.web.plans.store import draft_document
from sosei.web.schemes.choosing import Choice
from sosei.web.schemes.listing import all_presets, found_presets, text_to_begin_with
from sosei.web.schemes.previewing import Rows, preview
from tests.web.conftest import EXAMPLES

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OWN = 'name = "この市の方式"\n\n[rounding]\ndigits = 1\n'
FUJI = "f1-ratio-fuji"


class Desk:
    """A planning officer of 人吉市 with a draft that has the scheme ``hitoyoshi``."""

    def __init__(self, edition: Any, person: Callable[..., Any]) -> None:
        self.plan, self.city = edition.plan, edition.municipality
        user = person("officer", self.city, username="hanako")
        self.actor = actor_of(user, self.city)
        self.draft = acts.begin_revision(self.actor, self.plan)
        self.client = Client()
        self.client.force_login(user, backend=BACKEND)
        self.url = reverse("draft_scheme", args=[self.city.code, self.plan.key])

    @property
    def seen(self) -> str:
        return json.dumps({"scheme": self.document.scheme, "schemes": self.document.schemes, "shows": []})

    @property
    def document(self) -> Any:
        return draft_document(self.draft)

    def form(self, choice: str, *texts: str, **more: Any) -> dict[str, Any]:
        return {"choice": choice, "text": texts or ("",), "seen": self.seen, "reason": "見直し", **more}

    def send(self, choice: str, *texts: str, **more: Any) -> Any:
        return self.client.post(self.url, self.form(choice, *texts, **more), follow=True)

    def page(self, choice: str, *texts: str, **more: Any) -> str:
        return str(self.send(choice, *texts, **more).content.decode())


@pytest.fixture
def desk(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Desk:
    return Desk(adopted("hitoyoshi"), person)


def test_the_page_tells_the_present_scheme_in_words(desk: Desk) -> None:
    page = desk.client.get(desk.url).content.decode()
    assert 'value="preset/hitoyoshi" checked' in page
    assert "公表した率があれば、その桁に合わせる" in page
    assert "今の下書きと、率も区分も変わりません" in page
    assert page.count('name="choice" value="preset/') == len(preset_names())


@pytest.mark.parametrize(
    ("query", "some", "none"),
    [("富士市", "富士市", "厚木市"), ("切捨て 茨城", "茨城県", "富士市"), ("ＦＵＪＩ", "富士市", "厚木市")],
)
def test_the_shipped_schemes_are_searched_by_what_they_say(query: str, some: str, none: str) -> None:
    told = " ".join(each.source for each in found_presets(query, ""))
    assert some in told
    assert none not in told


def test_the_chosen_scheme_stays_in_the_list_whatever_is_searched(desk: Desk) -> None:
    page = desk.page(f"preset/{FUJI}", do="search", q="厚木")
    assert f'value="preset/{FUJI}" checked' in page
    assert "2件の方式" in page


def test_a_preview_compares_with_the_draft_on_its_indicators(desk: Desk) -> None:
    made = preview(desk.draft, Choice(FUJI), Choice("hitoyoshi"), 2024)
    by_name = {count.name.ja: (count.old, count.new) for count in (*made.classes, *made.standings)}
    assert by_name["80%以上"] == (0, sum(row.grades[1] == "80%以上" for row in made.rows))
    assert sum(count.new for count in made.classes) == len(made.rows)
    assert by_name["公表された率と一致"][0] == 31
    changed = made.listed(Rows.CHANGED)
    assert made.rates == sum(row.rates[0] != row.rates[1] for row in changed) > 0
    row = next(row for row in changed if row.rates == ("103%", "102.7%"))
    assert "3,032千円" in row.explanation
    assert "102.7%" in row.explanation


def test_what_cannot_be_computed_says_why(desk: Desk) -> None:
    made = preview(desk.draft, Choice("f3-progress"), Choice("hitoyoshi"), 2024)
    without = made.listed(Rows.NONE)
    assert without
    assert all(row.reason and row.explanation for row in without)
    page = desk.page("preset/f3-progress", do="preview", rows="none")
    assert f"率を計算できない指標{len(without)}件" in page
    assert without[0].reason in page


@pytest.mark.parametrize(
    ("text", "told", "line"),
    [
        ('name = "x"\n[class]\non = "rat"\n', "3行目 class.on", "on = &quot;rat&quot;"),
        ('name = "x"\n[rounding]\ndigits = \n', "3行目", "digits ="),
        ("[rounding]\ndigits = 1\n", "name: 必ず書きます", ""),
        (
            'name = "x"\n[target]\nuse = "straight_path"\n',
            "3行目 target.use",
            "use = &quot;straight_path&quot;",
        ),
        ('name = "\\u0000"\n', "使えない文字（U+0000）", ""),
        ("a = " + "[" * 5000, "TOML として読めません", ""),
        ("a = " + "9" * 6000, "TOML として読めません", ""),
        ("name = '" + "あ" * 50_001 + "'", "長すぎます", ""),
        ("name = 'a\x1bb'", "U+001B", ""),
        (" \n ", "評価方式の文がまだ空です", ""),
    ],
)
@pytest.mark.parametrize("do", ["preview", "save"])
def test_a_mistake_is_told_with_its_line_and_nothing_is_saved(
    do: str, text: str, told: str, line: str, desk: Desk
) -> None:
    response = desk.send("own", text, do=do)
    page = response.content.decode()
    assert response.status_code == (400 if do == "save" else 200)
    assert told in page
    assert line in page
    assert desk.document.scheme == "hitoyoshi"
    assert not desk.document.schemes
    if "\x1b" not in text:
        assert page.count("<textarea") == 1
        assert text.strip()[:20].replace('"', "&quot;").replace("'", "&#x27;") in page


def test_the_wanted_scheme_is_saved_as_operations_with_a_reason(desk: Desk) -> None:
    desk.send(f"preset/{FUJI}", do="save", shows=["class"])
    assert (desk.document.scheme, desk.document.schemes) == (FUJI, ())
    assert [each.value for each in desk.document.shows] == ["class"]
    made = [json.loads(row.operation) for row in desk.draft.operations.all()]
    assert [(each["field"], each["old"], each["new"]) for each in made] == [
        ("scheme", "hitoyoshi", FUJI),
        ("shows", None, ["class"]),
    ]
    assert {each["reason"] for each in made} == {"見直し"}
    assert Act.objects.filter(action="draft.changed").count() == 2


def test_the_plans_own_scheme_takes_the_place_of_a_shipped_one_and_back(desk: Desk) -> None:
    desk.send("own", OWN.replace("\n", "\r\n"), do="save")
    assert (desk.document.scheme, desk.document.schemes) == ("", (OWN,))
    page = desk.client.get(desk.url).content.decode()
    assert 'value="own" checked' in page
    assert "小数第1位まで（四捨五入）" in page
    desk.send("plain", do="save")
    assert (desk.document.scheme, desk.document.schemes) == ("", ())


def test_editions_begin_with_fiscal_years(desk: Desk) -> None:
    old = 'name = "前の方式"\nfrom = "R2"\n'
    new = 'name = "後の方式"\nfrom = "R6"\n[rounding]\ndigits = 1\n'
    assert "第1版と第2版の使い始めが同じです" in desk.page("own", OWN, OWN, do="preview")
    assert "第2版 2行目 from" in desk.page("own", old, 'name = "x"\nfrom = "いつか"\n', do="preview")
    assert "102.7%" in desk.page("own", old, new, do="preview", year="2024", rows="all")
    desk.send("own", old, new, "", do="save")
    assert desk.document.schemes == (old, new)


def test_an_edition_is_added_without_script(desk: Desk) -> None:
    page = desk.page("own", OWN, do="add")
    assert page.count("<textarea") == 2
    assert "この市の方式" in page


def test_a_shipped_schemes_text_is_where_writing_begins(desk: Desk) -> None:
    page = desk.page("preset/hitoyoshi", begin=FUJI)
    assert 'value="own" checked' in page
    assert preset(FUJI).name in page
    assert text_to_begin_with(FUJI) in preset_text(FUJI)
    page = desk.page("own", OWN, begin=FUJI)
    assert page.count("<textarea") == 2
    assert "この市の方式" in page
    assert desk.send("own", begin="../etc/passwd").status_code == 400


@pytest.mark.parametrize("name", preset_names())
def test_every_shipped_scheme_can_be_begun_with(name: str) -> None:
    (scheme,) = Choice(schemes=(text_to_begin_with(name),)).editions(has_period=False)
    assert scheme == preset(name)
    assert not text_to_begin_with(name).startswith("#")


def test_a_scheme_that_two_changed_is_refused_with_both_and_saved_on_asking_again(desk: Desk) -> None:
    form = desk.form(f"preset/{FUJI}", do="save", shows=["readings"])
    made = Set(key=desk.plan.key, field="scheme", old="hitoyoshi", new="f1-ratio")
    acts.operate(desk.actor, desk.draft, [made])
    response = desk.client.post(desk.url, form)
    page = response.content.decode()
    assert response.status_code == 409
    assert preset("hitoyoshi").name in page
    assert preset("f1-ratio").name in page
    assert f'value="preset/{FUJI}" checked' in page
    assert desk.document.scheme == "f1-ratio"
    assert [each.value for each in desk.document.shows] == ["readings"]
    form["seen"] = json.dumps({"scheme": "f1-ratio", "schemes": [], "shows": ["readings"]})
    assert desk.client.post(desk.url, form).status_code == 302
    assert desk.document.scheme == FUJI


def test_what_the_person_left_alone_does_not_undo_anothers_change(desk: Desk) -> None:
    form = desk.form("preset/hitoyoshi", do="save", shows=["class"])
    made = Set(key=desk.plan.key, field="scheme", old="hitoyoshi", new="f1-ratio")
    acts.operate(desk.actor, desk.draft, [made])
    assert desk.client.post(desk.url, form).status_code == 302
    assert desk.document.scheme == "f1-ratio"
    assert [each.value for each in desk.document.shows] == ["class"]


@pytest.mark.parametrize("seen", ["", "{", "[]", '{"scheme": 1, "schemes": [], "shows": []}', "[" * 9000])
def test_a_damaged_form_is_refused(seen: str, desk: Desk) -> None:
    response = desk.send(f"preset/{FUJI}", do="save", seen=seen)
    assert response.status_code == 400
    assert "画面の値が壊れています" in response.content.decode()


@pytest.mark.parametrize("choice", ["preset/../x", "preset/", "preset/<script>"])
def test_an_unknown_scheme_is_refused(choice: str, desk: Desk) -> None:
    response = desk.send(choice, do="save")
    assert response.status_code == 400
    assert "<script>" not in response.content.decode().replace("<script src", "")


def test_a_part_of_the_page_comes_alone(desk: Desk) -> None:
    headers = {"HX-Request": "true", "HX-Target": "preview"}
    page = desk.client.post(desk.url, desk.form(f"preset/{FUJI}"), headers=headers).content.decode()
    assert "<html" not in page
    assert 'hx-swap-oob="true"' in page
    headers["HX-Target"] = "presets"
    page = desk.client.post(desk.url, desk.form("plain", q="厚木"), headers=headers).content.decode()
    assert "1件の方式" in page
    assert "<html" not in page


def test_the_indicators_stand_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sosei.web.schemes import views

    monkeypatch.setattr(views, "_PAGE", 10)
    first = desk.page(f"preset/{FUJI}", rows="all")
    assert 'name="page" value="2"' in first
    second = desk.page(f"preset/{FUJI}", rows="all", page="2")
    assert 'name="page" value="3"' in second
    assert second.count("計算を見る") == 10


def test_a_text_is_tried_once_for_a_state_of_the_draft(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def counted(*args: Any) -> Any:
        tried.append(args)
        return evaluate(*args)

    monkeypatch.setattr("sosei.web.schemes.previewing.evaluate", counted)
    for _ in range(3):
        preview(desk.draft, Choice(FUJI), Choice("hitoyoshi"), 2024)
    assert len(tried) == 2
    kpi = desk.document.elements[0]
    acts.operate(desk.actor, desk.draft, [Set(key=kpi.key, field="name", old=kpi.name, new="別の名称")])
    preview(desk.draft, Choice(FUJI), Choice("hitoyoshi"), 2024)
    assert len(tried) == 4


def test_a_plan_without_values_shows_the_words_alone(officer: Callable[[str], Any]) -> None:
    actor = officer("aso")
    document = json.loads(EXAMPLES["aso"].read_bytes())
    for indicator in document["indicators"]:
        indicator.pop("observations", None)
    draft = acts.load_file(actor, json.dumps(document).encode())
    client = Client()
    client.force_login(actor.user, backend=BACKEND)
    page = client.get(reverse("draft_scheme", args=["432148", draft.plan.key])).content.decode()
    assert "実績値のある年度がまだない" in page
    assert "達成したKPIの割合" in page


def test_without_a_draft_there_is_nothing_to_change(desk: Desk) -> None:
    acts.discard(desk.actor, desk.draft)
    response = desk.client.get(desk.url, follow=True)
    assert "先に下書きを始めてください" in response.content.decode()


def test_every_shipped_scheme_says_what_it_does() -> None:
    for each in all_presets():
        about = [line.about[0] for line in each.words]
        assert "計算" in about
        assert "区分" in about
        assert all(all(line.said) and all(line.about) for line in each.words), each.name
