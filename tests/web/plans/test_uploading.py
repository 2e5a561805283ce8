"""Every uploaded file is hostile: one sentence, nothing changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sosei.web.journal.models import Act
from sosei.web.plans.models import Draft, Plan
from tests.web.conftest import EXAMPLES

pytestmark = pytest.mark.django_db

PLAN: dict[str, Any] = json.loads(EXAMPLES["aso"].read_bytes())


def _with(change: Callable[[dict[str, Any]], object]) -> bytes:
    data = copy.deepcopy(PLAN)
    change(data)
    return json.dumps(data).encode()


def _nested(depth: int) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        inner: list[Any] = []
        for at in range(depth):
            key = f"a{at:09d}"
            inner = [{"key": key, "level": data["elements"][0]["level"], "label": "x", "children": inner}]
        data["elements"].extend(inner)

    return change


def _year(year: int, **more: int) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        data["period"]["first"] = {"year": year, "kind": "date", **more}

    return change


HOSTILE = {
    "no file": (None, "ファイルを選んでください"),
    "empty": (b"", "JSON として読めません"),
    "no json": (b"PK\x03\x04", "JSON として読めません"),
    "other encoding": ("計画".encode("cp932"), "UTF-8 の文字ではありません"),
    "a list": (b"[1]", "最上位が並び"),
    "another json": (b'{"name": "x"}', "計画ファイルではありません"),
    "deep list": (b"[" * 100_000, "入れ子が深すぎて"),
    "deep tree": (_with(_nested(100)), "入れ子が深すぎて"),
    "key twice": (b'{"format": "sosei-plan", "format": "x"}', "同じ項目「format」"),
    "not a number": (b'{"format": NaN}', "NaN は値として使えません"),
    "endless": (_with(lambda d: d.update(no="∞")).replace(b'"\\u221e"', b"1e999"), "数が大きすぎて"),
    "huge whole": (_with(lambda d: d.update(no=10**50)), "数が大きすぎて"),
    "many digits": (b'{"no": ' + b"9" * 10_000 + b"}", "桁の多すぎる数"),
    "nul": (_with(lambda d: d.update(title="a\0b")), "使えない文字（U+0000）"),
    "escape": (_with(lambda d: d.update(title="a\x1bb")), "使えない文字（U+001B）"),
    "half a character": (_with(lambda d: d.update(title="\ud800")), "使えない文字（U+D800）"),
    "year 99999": (_with(_year(99999)), "暦にありません"),
    "30 February": (_with(_year(2025, month=2, day=30)), "暦にありません"),
    "wrong city": (EXAMPLES["hitoyoshi"].read_bytes(), "人吉市（432032）のものです"),
    "check digit": (_with(lambda d: d["municipality"].update(code="432149")), "検査数字"),
    "unknown field": (_with(lambda d: d.update(colour="red")), "知らない項目です"),
    "newer format": (_with(lambda d: d.update(version=99)), "新しい Sosei を使って"),
    "edition 99999": (
        _with(lambda d: d.update(editions=[{"key": "zzzzzzzzzz", "no": 99999}])),
        "版の番号が大きすぎます",
    ),
}


@pytest.mark.parametrize(("data", "told"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_gets_one_sentence(
    data: bytes | None, told: str, cities: dict[str, Any], signed_in: Callable[..., Client]
) -> None:
    client = signed_in("officer", cities["aso"])
    sent = {} if data is None else {"file": SimpleUploadedFile("plan.json", data)}
    response = client.post(reverse("plan_new", args=["432148"]), sent)
    assert response.status_code == 400
    page = response.content.decode()
    (sentence,) = page.split('id="file-error" role="alert">')[1:]
    assert told in sentence.partition("</p>")[0]
    assert not Plan.objects.exists()
    assert not Draft.objects.exists()
    assert not Act.objects.exists()


def test_a_file_that_is_too_large_is_not_kept(
    cities: dict[str, Any], signed_in: Callable[..., Client]
) -> None:
    data = b" " * (settings.CONFIG.upload_megabytes * 1024**2) + EXAMPLES["aso"].read_bytes()
    response = signed_in("officer", cities["aso"]).post(
        reverse("plan_new", args=["432148"]), {"file": SimpleUploadedFile("plan.json", data)}
    )
    assert response.status_code == 400
    assert "20MBまでのファイルを" in response.content.decode()
    assert not Plan.objects.exists()


def test_a_file_becomes_a_draft_once(cities: dict[str, Any], signed_in: Callable[..., Client]) -> None:
    client = signed_in("officer", cities["aso"])
    address = reverse("plan_new", args=["432148"])
    data = EXAMPLES["aso"].read_bytes()
    response = client.post(address, {"file": SimpleUploadedFile("p.json", data)}, follow=True)
    assert "下書きにしました" in response.content.decode()
    again = client.post(address, {"file": SimpleUploadedFile("p.json", data)})
    assert again.status_code == 400
    assert "変更はありません" in again.content.decode()
    assert Draft.objects.count() == 1


def test_a_newer_file_over_a_draft_becomes_operations(
    adopted: Callable[[str], Any], signed_in: Callable[..., Client]
) -> None:
    edition = adopted("aso")
    client = signed_in("officer", edition.municipality, username="second")
    address = reverse("draft_load", args=["432148", edition.plan.key])
    newer = _with(lambda d: d.update(catchphrase="新しい言葉"))
    page = client.post(address, {"file": SimpleUploadedFile("p.json", newer)}, follow=True).content.decode()
    assert "<ins>新しい言葉</ins>" in page
    assert "差し引き" in page


def test_a_file_of_another_plan_is_not_loaded_over_this_one(
    adopted: Callable[[str], Any], signed_in: Callable[..., Client]
) -> None:
    edition = adopted("aso")
    client = signed_in("officer", edition.municipality, username="second")
    other = _with(lambda d: d.update(key="qqqqqqqqqq"))
    response = client.post(
        reverse("draft_load", args=["432148", edition.plan.key]),
        {"file": SimpleUploadedFile("p.json", other)},
    )
    assert response.status_code == 400
    assert "別の計画" in response.content.decode()
    assert not Draft.objects.filter(is_open=True).exists()


EMPTY = {
    "key": "abcdefghij",
    "title": "第4期阿蘇市総合戦略（サンプル）",
    "first": "R8",
    "last": "令和11年度",
    "goal": "基本目標",
    "measure": "施策",
    "project": "具体的な事業",
}


def test_an_empty_plan_begins_once_however_often_the_form_is_sent(
    cities: dict[str, Any], signed_in: Callable[..., Client]
) -> None:
    from sosei.web.plans.store import draft_document

    client = signed_in("officer", cities["aso"])
    for _ in range(2):
        response = client.post(reverse("plan_empty", args=["432148"]), EMPTY)
        assert response.status_code == 302
    (draft,) = Draft.objects.all()
    document = draft_document(draft)
    assert document.period is not None
    assert (document.title, document.period.text) == (EMPTY["title"], "令和8年度～令和11年度")
    assert [level.name for level in document.levels] == ["基本目標", "施策", "具体的な事業"]


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("title", "", "必須"),
        ("title", "あ" * 301, "300"),
        ("title", "a\x1bb", "U+001B"),
        ("first", "らいねん", "年度として読めません"),
        ("first", "令和8年9月1日", "年度として読めません"),
        ("last", "R7", "始まりの年度から"),
        ("last", "R60", "始まりの年度から"),
        ("key", "../../etc", "正しく入力"),
    ],
)
def test_what_is_wrong_with_an_empty_plan_is_said_and_what_was_typed_stays(
    field: str, text: str, told: str, cities: dict[str, Any], signed_in: Callable[..., Client]
) -> None:
    response = signed_in("officer", cities["aso"]).post(
        reverse("plan_empty", args=["432148"]), EMPTY | {field: text}
    )
    assert response.status_code == 400
    page = response.content.decode()
    assert told in page
    if field != "title":
        assert str(EMPTY["title"]) in page
    assert not Plan.objects.exists()
