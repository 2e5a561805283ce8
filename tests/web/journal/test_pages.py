"""The log on screen and as CSV, for an officer and for an operator."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.journal.conftest import record_now, rewrite

pytestmark = pytest.mark.django_db
LOG = "/432148/log/"
NEW_TITLE = '<td class="text" data-label="新">策定'


@pytest.fixture
def at_work(
    adopted: Callable[[str], Any], signed_in: Callable[..., Client], cities: dict[str, Any]
) -> Client:
    """An officer's client where a plan was loaded and adopted (acts 1 and 2)."""
    adopted("aso")
    return signed_in("officer", cities["aso"], username="reading-officer")


@pytest.fixture
def operating(signed_in: Callable[..., Client]) -> Client:
    return signed_in("operator")


def test_the_list_says_who_did_what_when_and_to_what(at_work: Client) -> None:
    page = at_work.get(LOG).content.decode()
    for words in (
        "計画を版として策定した",
        "計画ファイルを読み込んだ",
        "192.0.2.1",
        "officer-432148",
        "第2号",
    ):
        assert words in page
    assert page.index("計画を版として策定した</td>") < page.index("計画ファイルを読み込んだ</td>")
    at_work.cookies["sosei_language"] = "en"
    assert "Plan adopted as an edition" in at_work.get(LOG).content.decode()


def test_a_log_without_acts_says_what_will_stand_there(
    signed_in: Callable[..., Client], cities: dict[str, Any]
) -> None:
    page = signed_in("officer", cities["aso"]).get(LOG).content.decode()
    assert "まだ記録がありません" in page
    assert "<table" not in page


def test_filters_keep_what_was_typed_and_say_what_is_wrong(at_work: Client) -> None:
    page = at_work.get(LOG, {"since": "昨日", "subject": "<b>"}).content.decode()
    assert "「昨日」を日付として読めません" in page
    assert 'value="昨日"' in page
    assert 'value="&lt;b&gt;"' in page
    assert "<table" not in page
    assert "この条件に合う記録はありません" in at_work.get(LOG, {"who": "だれか"}).content.decode()


def test_one_act_shows_its_values_to_the_officer(at_work: Client) -> None:
    page = at_work.get(f"{LOG}2/").content.decode()
    assert "plan.adopted" in page
    assert NEW_TITLE in page
    assert at_work.get(f"{LOG}3/").status_code == at_work.get(f"{LOG}{10**30}/").status_code == 404


def test_an_operator_sees_what_was_done_but_not_what_stands_in_the_plan(
    at_work: Client, operating: Client, cities: dict[str, Any]
) -> None:
    from sosei.web.people.actor import command_line

    record_now(command_line(cities["aso"]), "municipality.changed", new={"log_years": 10})
    record_now(command_line(cities["aso"]), "novelty.made", new={"秘密": "秘密"})
    assert "計画を版として策定した" in operating.get(LOG).content.decode()
    adopted = operating.get(f"{LOG}2/").content.decode()
    assert "計画の下書きを読める人だけに表示します" in adopted
    assert NEW_TITLE not in adopted
    assert "秘密" not in operating.get(f"{LOG}4/").content.decode()
    assert "ログを残す年数" in operating.get(f"{LOG}3/").content.decode()
    rows = _csv(operating.post(f"{LOG}csv/"))
    assert [row["新"] for row in rows] == [
        "（計画の内容）",
        "（計画の内容）",
        '{"log_years": 10}',
        "（計画の内容）",
    ]


def test_csv_out_is_safe_whole_and_recorded(at_work: Client, cities: dict[str, Any]) -> None:
    from sosei.web.journal.models import Act
    from sosei.web.people.actor import command_line

    record_now(
        command_line(cities["aso"]), "plan.loaded", '=HYPERLINK("http://192.0.2.9")', new={"a": "改\n行"}
    )
    response = at_work.post(f"{LOG}csv/", {"action": "plan.loaded"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = _csv(response)
    assert [row["番号"] for row in rows] == ["1", "3"]
    assert rows[1]["対象"] == '\'=HYPERLINK("http://192.0.2.9")'
    assert rows[1]["新"] == '{"a": "改\\n行"}'
    act = Act.objects.get(no=4)
    assert (act.action, act.new) == ("log.exported", '{"action": "plan.loaded"}')
    assert act.who == "reading-officer（サンプル）（reading-officer）"


def test_csv_of_a_long_log_is_read_in_parts(
    at_work: Client, cities: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sosei.web.journal.acts._CHUNK", 1)
    at_work.cookies["sosei_language"] = "en"
    assert [row["Action"] for row in _csv(at_work.post(f"{LOG}csv/"))] == [
        "Plan file loaded",
        "Plan adopted as an edition",
    ]


def test_csv_refuses_a_date_that_cannot_be_read(at_work: Client) -> None:
    response = at_work.post(f"{LOG}csv/", {"since": "昨日"})
    assert response.status_code == 400
    assert "「昨日」を日付として読めません" in response.content.decode()


def test_verifying_says_what_is_found_and_stands_in_the_log(at_work: Client) -> None:
    from sosei.web.journal.models import Act

    page = at_work.post(f"{LOG}check/", follow=True).content.decode()
    assert "第1号から第2号までの記録に、書換え・欠け・入替えはありません" in page
    assert "異常なし" in page
    rewrite(Act.objects.get(no=1), subject="別の計画")
    page = at_work.post(f"{LOG}check/", follow=True).content.decode()
    assert page.count("記録されたときと違います") == 3  # the message, the list, the state
    assert "異常あり" in page


def test_the_installation_has_a_log_of_its_own(operating: Client) -> None:
    from sosei.web.people.actor import command_line

    record_now(command_line(), "municipality.created", "阿蘇市", new={"code": "432148"})
    assert "市町村を加えた" in operating.get("/operator/log/").content.decode()
    assert "432148" in operating.get("/operator/log/1/").content.decode()
    assert [row["対象"] for row in _csv(operating.post("/operator/log/csv/"))] == ["阿蘇市"]
    assert "異常なし" in operating.post("/operator/log/check/", follow=True).content.decode()


def _csv(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
