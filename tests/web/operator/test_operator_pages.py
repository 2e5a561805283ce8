"""The operator's pages: what they show, what they never show, and that each form does its act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

pytestmark = pytest.mark.django_db
PLAN_TITLE = "第3期阿蘇市"


@pytest.fixture
def operating(signed_in: Callable[..., Client]) -> Client:
    return signed_in("operator")


def _page(client: Client, address: str, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def test_the_first_page_counts_and_says_what_is_not_well(
    operating: Client, cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    from tests.web.operator.test_operator_acts import _job

    job = _job(cities["aso"], state="waiting")
    type(job).objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(hours=3))
    _job(cities["hitoyoshi"], state="failed")
    page = _page(operating, "/operator/")
    for words in (
        "まだ取られていません",
        "sosei backup FILE.zip",
        "1件（最も古いものは3時間前）",
        "遅れ",
        "Django",
    ):
        assert words in page
    operating.cookies["sosei_language"] = "en"
    assert "1 (the oldest for 3 hours)" in _page(operating, "/operator/")


def test_the_last_backup_is_shown_and_grows_old(operating: Client) -> None:
    from sosei.web.journal.models import Act
    from sosei.web.people.actor import command_line
    from tests.web.journal.conftest import record_now, rewrite

    act = record_now(command_line(), "installation.backed_up", "sosei-2025-09-01.zip")
    page = _page(operating, "/operator/")
    assert "sosei-2025-09-01.zip" in page
    assert "7日より前" not in page
    rewrite(Act.objects.get(pk=act.pk), at=timezone.now() - timedelta(days=8))
    assert "7日より前" in _page(operating, "/operator/")


def test_municipalities_are_counted_and_found(
    operating: Client, cities: dict[str, Any], adopted: Callable[[str], Any]
) -> None:
    adopted("aso")
    page = _page(operating, "/operator/municipalities/")
    assert "熊本県阿蘇市" in page
    assert "熊本県人吉市" in page
    assert PLAN_TITLE not in page
    for text, found in (("阿蘇", True), ("4321", True), ("熊本 阿", True), ("人吉", False), ("4320", False)):
        assert ("熊本県阿蘇市" in _page(operating, "/operator/municipalities/", q=text)) is found
    assert "に合う市町村はありません" in _page(operating, "/operator/municipalities/", q="<那覇>")


def test_a_long_list_has_pages(operating: Client, monkeypatch: pytest.MonkeyPatch, cities: Any) -> None:
    monkeypatch.setattr("sosei.web.operator.lists.PAGE", 1)
    assert "人吉市" in _page(operating, "/operator/municipalities/")
    second = _page(operating, "/operator/municipalities/", page="2")
    assert "阿蘇市" in second
    assert "2 / 2" in second


def test_the_number_of_queries_does_not_grow_with_the_list(
    operating: Client, django_assert_max_num_queries: Any
) -> None:
    from sosei.values.lgcode import check_digit
    from sosei.web.people.models import Municipality

    codes = [f"{number:05d}" for number in range(43000, 43040)]
    Municipality.objects.bulk_create(
        Municipality(code=code + check_digit(code), name=f"サンプル{code}", prefecture="熊本県")
        for code in codes
    )
    with django_assert_max_num_queries(14):
        _page(operating, "/operator/municipalities/")


def test_a_municipality_is_added_by_its_form(operating: Client, cities: dict[str, Any]) -> None:
    from sosei.web.people.models import Municipality

    address = "/operator/municipalities/add/"
    wrong = operating.post(
        address,
        {
            "code": "432021",
            "municipality": "八代市",
            "prefecture": "熊本県",
            "username": "山田",
            "name": "山田",
        },
    )
    assert wrong.status_code == 400
    page = wrong.content.decode()
    assert "団体コード「432021」が正しくありません" in page
    assert "ユーザー名「山田」は使えません" in page
    assert 'value="八代市"' in page
    sent = {
        "code": "432024",
        "municipality": "八代市",
        "prefecture": "熊本県",
        "username": "yatsushiro",
        "name": "企画 三郎（サンプル）",
    }
    page = operating.post(address, sent, follow=True).content.decode()
    assert "八代市を加えました" in page
    assert "企画 三郎（サンプル）" in page
    assert Municipality.objects.get(code="432024").memberships.get().user.username == "yatsushiro"
    assert "八代市（432024）はもうあります" in operating.post(address, sent).content.decode()


def test_settings_and_officers_of_a_municipality(
    operating: Client, cities: dict[str, Any], adopted: Callable[[str], Any]
) -> None:
    adopted("aso")
    address = "/operator/municipalities/432148/"
    assert PLAN_TITLE not in _page(operating, address)
    settings = {"name": "阿蘇市", "second_factor_required": "on", "session_minutes": "30", "log_years": "10"}
    assert "保存しました" in operating.post(address, settings, follow=True).content.decode()
    cities["aso"].refresh_from_db()
    assert (cities["aso"].second_factor_required, cities["aso"].log_years) == (True, 10)
    wrong = operating.post(address, {**settings, "log_years": "0"})
    assert wrong.status_code == 400
    cities["aso"].refresh_from_db()
    assert cities["aso"].log_years == 10

    page = operating.post(
        f"{address}officers/",
        {"officer-username": "second", "officer-name": "企画 二郎（サンプル）"},
        follow=True,
    ).content.decode()
    assert "企画 二郎（サンプル）を企画の担当者にしました" in page
    wrong = operating.post(f"{address}officers/", {"officer-username": "second", "officer-name": "別人"})
    assert wrong.status_code == 400
    assert "が使っています" in wrong.content.decode()
    assert operating.get("/operator/municipalities/432024/").status_code == 404


def test_people_are_found_with_their_roles(
    operating: Client, cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    person("reader", cities["aso"], username="reader")
    person(None, username="nobody")
    page = _page(operating, "/operator/people/")
    assert "阿蘇市 閲覧" in page
    assert "運用" in page
    address = "/operator/people/"
    for asked, found in (
        ({"q": "reader"}, {"reader"}),
        ({"q": "サンプル nobo"}, {"nobody"}),
        ({"state": "operators"}, {"operator-none"}),
        ({"state": "none"}, {"nobody"}),
        ({"state": "stopped"}, set()),
    ):
        page = _page(operating, address, **asked)
        shown = {name for name in ("reader", "nobody", "operator-none") if f">{name}</td>" in page}
        assert shown == found, asked


def test_each_button_of_a_person_does_its_act(
    operating: Client, cities: dict[str, Any], person: Callable[..., Any]
) -> None:
    user = person("reader", cities["aso"], username="reader")
    address = f"/operator/people/{user.pk}/"

    def press(name: str) -> str:
        return operating.post(f"{address}act/", {"act": name}, follow=True).content.decode()

    assert "この人は" not in _page(operating, address)
    assert "運用の担当者にしました" in press("grant")
    assert "運用の担当者から外しました" in press("withdraw")
    page = press("link")
    assert "http://testserver/accounts/password/reset/key/" in page
    assert "二要素認証を解除しました" in press("forget")
    assert "利用を止めました" in press("stop")
    assert "止められています" in press("link")
    assert "利用を再開しました" in press("resume")
    assert operating.post(f"{address}act/", {"act": "delete"}).status_code == 400


def test_an_operator_who_steps_down_is_led_away(operating: Client, person: Callable[..., Any]) -> None:
    from sosei.web.people.models import User

    me = User.objects.get(is_operator=True)
    address = f"/operator/people/{me.pk}/act/"
    page = operating.post(address, {"act": "withdraw"}, follow=True).content.decode()
    assert "ただ一人の運用の担当者です" in page
    second = person("operator", username="second")
    assert second.is_operator
    response = operating.post(address, {"act": "withdraw"})
    assert response["Location"] == "/"
    assert operating.get("/operator/").status_code == 404


def test_jobs_say_why_they_failed_and_are_begun_again(
    operating: Client, cities: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.web.operator.test_operator_acts import _job

    monkeypatch.setattr("sosei.web.operator.acts.enqueue", lambda _: None)
    assert "作業はありません" in _page(operating, "/operator/jobs/")
    job = _job(cities["aso"], state="failed", problem_ja="途中で止まりました", problem_en="stopped half-way")
    page = _page(operating, "/operator/jobs/", state="failed")
    assert "途中で止まりました" in page
    assert "KPI一覧" in page
    assert "この状態の作業はありません" in _page(operating, "/operator/jobs/", state="running")
    page = operating.post(f"/operator/jobs/{job.pk}/retry/", follow=True).content.decode()
    assert "もう一度始めました" in page
    page = operating.post(f"/operator/jobs/{job.pk}/retry/", follow=True).content.decode()
    assert "やり直せるのは失敗した作業だけです" in page
