from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sosei.web.journal.models import Act
from sosei.web.people.actor import actor_of
from sosei.web.people.models import Assignment, Division, Membership, Reorganisation, User
from sosei.web.people.staff_csv import template
from tests.web.people.conftest import TODAY

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
Sign = Callable[..., Client]


@pytest.fixture
def hitoyoshi(adopted: Callable[[str], Any], signed_in: Sign) -> Any:
    """人吉市 with its first edition; ``client`` is a second officer's."""
    edition = adopted("hitoyoshi")
    edition.client = signed_in("officer", edition.municipality, username="o2")
    return edition


def _to(city: Any, name: str, **more: Any) -> str:
    return reverse(name, kwargs={"code": city.municipality.code, **more})


def _say(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def _division(city: Any, name: str) -> Division:
    return Division.objects.get(municipality=city.municipality, name=name)


def test_a_person_is_added_by_form_and_gets_a_link(hitoyoshi: Any) -> None:
    client, division = hitoyoshi.client, _division(hitoyoshi, "農業振興課")
    form = {"username": "s1", "name": "人吉 花子", "email": "", "role": "clerk", "division": division.pk}
    page = client.post(_to(hitoyoshi, "people_add"), {**form, "division": ""})
    assert page.status_code == 400
    assert "には担当課が要ります" in _say(page)
    assert 'value="人吉 花子"' in _say(page)
    page = client.post(_to(hitoyoshi, "people_add"), form, follow=True)
    assert "人吉 花子 を加えました。" in _say(page)
    assert "パスワード未設定" in _say(page)
    user = User.objects.get(username="s1")
    page = client.post(_to(hitoyoshi, "people_link", person=user.pk))
    (link,) = re.findall(r">(http://testserver/accounts/[^<]+)<", _say(page))
    assert "no-store" in page.headers["Cache-Control"]
    assert Client().get(link, follow=True).status_code == 200
    assert link not in "".join(Act.objects.values_list("new", flat=True))


def test_somebody_known_elsewhere_is_added_after_the_name_was_confirmed(
    hitoyoshi: Any, person: Make, cities: dict[str, Any]
) -> None:
    known = person("reader", cities["aso"], username="a1")
    form = {"username": "A1", "name": "だれか", "email": "x@example.jp", "role": "council", "division": ""}
    page = hitoyoshi.client.post(_to(hitoyoshi, "people_add"), form)
    assert "登録されている氏名は「a1（サンプル）」です" in _say(page)
    assert not Membership.objects.filter(municipality=hitoyoshi.municipality, user=known).exists()
    page = hitoyoshi.client.post(_to(hitoyoshi, "people_add"), {**form, "same": str(known.pk)}, follow=True)
    assert "他の市町村でも役割がある" in _say(page)
    assert "サインインのリンクを渡す" not in _say(page)
    known.refresh_from_db()
    assert (known.name, known.email) == ("a1（サンプル）", "")
    page = hitoyoshi.client.post(_to(hitoyoshi, "people_link", person=known.pk))
    assert page.status_code == 403


def test_roles_are_given_and_taken_away_on_the_persons_page(hitoyoshi: Any, person: Make) -> None:
    user = person("reader", hitoyoshi.municipality, username="r")
    page = hitoyoshi.client.post(
        _to(hitoyoshi, "people_grant", person=user.pk), {"role": "council", "division": ""}, follow=True
    )
    assert "役割を付けました" in _say(page)
    again = hitoyoshi.client.post(
        _to(hitoyoshi, "people_grant", person=user.pk), {"role": "council", "division": ""}
    )
    assert (again.status_code, "はもうこの役割です" in _say(again)) == (400, True)
    held = Membership.objects.get(user=user, role="reader")
    hitoyoshi.client.post(_to(hitoyoshi, "people_withdraw", person=user.pk, held=held.pk))
    assert actor_of(user, hitoyoshi.municipality).roles == {"council"}


def test_the_last_officer_stays_and_the_page_says_why(cities: dict[str, Any], signed_in: Sign) -> None:
    client = signed_in("officer", cities["aso"])
    held = Membership.objects.get(role="officer")
    address = reverse("people_withdraw", kwargs={"code": "432148", "person": held.user_id, "held": held.pk})
    assert "ただ一人の企画の担当者" in _say(client.post(address, follow=True))
    assert Membership.objects.on(TODAY).filter(role="officer").exists()


def test_an_account_is_changed_stopped_and_used_again(hitoyoshi: Any, person: Make) -> None:
    user = person("reader", hitoyoshi.municipality, username="r")
    change = _to(hitoyoshi, "people_change", person=user.pk)
    assert hitoyoshi.client.post(change, {"username": "r", "name": "", "email": ""}).status_code == 400
    hitoyoshi.client.post(change, {"username": "r", "name": "新しい名前", "email": ""})
    activity = _to(hitoyoshi, "people_activity", person=user.pk)
    reader = Client()
    reader.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert reader.get("/432032/").status_code == 200
    hitoyoshi.client.post(activity, {"active": "0"})
    assert reader.get("/432032/").status_code == 302
    page = hitoyoshi.client.post(activity, {"active": "1"}, follow=True)
    assert "新しい名前" in _say(page)
    assert reader.get("/432032/").status_code in (200, 302)


def test_people_are_searched_and_paged(hitoyoshi: Any, person: Make) -> None:
    for no in range(60):
        person("reader", hitoyoshi.municipality, username=f"p{no:02}")
    page = _say(hitoyoshi.client.get(_to(hitoyoshi, "people_staff")))
    assert "62人のうち62人" in page
    assert page.count('scope="row"') == 50
    page = _say(hitoyoshi.client.get(_to(hitoyoshi, "people_staff"), {"page": "2"}))
    assert page.count('scope="row"') == 12
    page = _say(hitoyoshi.client.get(_to(hitoyoshi, "people_staff"), {"q": "p07 サンプル", "role": "reader"}))
    assert "62人のうち1人" in page
    for state in ("none", "new", "stopped"):
        page = _say(hitoyoshi.client.get(_to(hitoyoshi, "people_staff"), {"state": state}))
        assert "この条件に合う人はいません" in page


def test_staff_come_in_by_file_preview_and_acceptance(hitoyoshi: Any) -> None:
    address = _to(hitoyoshi, "people_import")
    text = "職員番号,氏名,メール,役割,担当課\ns1,<b>山田</b>,,担当課,農業振興課\ns2,=1+1,,閲覧,\n"
    page = hitoyoshi.client.post(address, {"file": SimpleUploadedFile("s.csv", text.encode("cp932"))})
    assert "新しい人 2人" in _say(page)
    assert "&lt;b&gt;山田&lt;/b&gt;" in _say(page)
    assert not User.objects.filter(username="s1").exists()
    (preview,) = re.findall(r'name="preview" value="([^"]+)"', _say(page))
    page = hitoyoshi.client.post(address, {"preview": preview}, follow=True)
    assert "新しい人 2人、新しい役割 2件" in _say(page)
    again = hitoyoshi.client.post(address, {"preview": preview})
    assert (again.status_code, "確認しているあいだに" in _say(again)) == (400, True)
    page = hitoyoshi.client.post(address, {"file": SimpleUploadedFile("s.csv", text.encode())})
    assert "読み込むものはありません" in _say(page)


@pytest.mark.parametrize(
    ("data", "status", "says"),
    [
        (b"", 400, "ファイルが空です"),
        (b"PK\x03\x04", 400, "Excel のブックです"),
        (template(), 400, "職員の行がありません"),
        ("username,name,role\nx,山田,王様\n".encode(), 200, "2行目："),
        (None, 400, "入力を確かめてください"),
    ],
)
def test_a_wrong_file_is_answered_with_one_sentence(
    data: bytes | None, status: int, says: str, hitoyoshi: Any
) -> None:
    sent = {} if data is None else {"file": SimpleUploadedFile("s.csv", data)}
    page = hitoyoshi.client.post(_to(hitoyoshi, "people_import"), {**sent, "sent": "1"})
    assert (page.status_code, says in _say(page)) == (status, True)


def test_the_empty_form_is_downloaded(hitoyoshi: Any) -> None:
    page = hitoyoshi.client.get(_to(hitoyoshi, "people_import_form"))
    assert page.content == template()
    assert "attachment" in page.headers["Content-Disposition"]


def test_divisions_are_shown_added_and_ordered(hitoyoshi: Any) -> None:
    page = _say(hitoyoshi.client.get(_to(hitoyoshi, "people_divisions")))
    assert '今の課 <span class="count">18</span>' in page
    hitoyoshi.client.post(_to(hitoyoshi, "people_division_add"), {"name": "新しい課", "since": "2026-10-01"})
    page = _say(hitoyoshi.client.get(_to(hitoyoshi, "people_divisions")))
    assert "これからできる課" in page
    wrong = hitoyoshi.client.post(_to(hitoyoshi, "people_division_add"), {"name": "新しい課"})
    assert (wrong.status_code, "という課はもうあります" in _say(wrong)) == (400, True)
    last = _division(hitoyoshi, "道路河川課")
    hitoyoshi.client.post(_to(hitoyoshi, "people_division_order"), {f"order-{last.pk}": "0", "order-x": "y"})
    assert Division.objects.first() == last


def test_who_answers_is_filtered_and_changed(hitoyoshi: Any) -> None:
    address = _to(hitoyoshi, "people_assignments")
    division = _division(hitoyoshi, "農業振興課")
    assert "176件のうち176件" in _say(hitoyoshi.client.get(address))
    page = _say(hitoyoshi.client.get(address, {"division": str(division.pk)}))
    count = Assignment.objects.filter(division=division).count()
    assert f"のうち{count}件" in page
    page = _say(hitoyoshi.client.get(address, {"division": "none", "kind": "indicator"}))
    nobody = int(re.findall(r"のうち(\d+)件", page)[0])
    row = Assignment.objects.filter(division=division).first()
    record = {"plan": row.plan_key, "key": row.key}
    other = _division(hitoyoshi, "秘書課")
    page = hitoyoshi.client.post(
        _to(hitoyoshi, "people_assign", **record),
        {"main": other.pk, "related": [division.pk], "on": "2026-06-01"},
        follow=True,
    )
    assert "担当を変えました" in _say(page)
    assert "令和8年5月31日まで" in _say(page)
    for wrong, says in (
        ({"main": "", "related": [division.pk], "on": "2026-06-01"}, "主担当も選んで"),
        ({"main": other.pk, "related": [other.pk], "on": "2026-06-01"}, "同じ課があります"),
        ({"main": other.pk, "on": "6月"}, "入力を確かめてください"),
    ):
        page = hitoyoshi.client.post(_to(hitoyoshi, "people_assign", **record), wrong)
        assert (page.status_code, says in _say(page)) == (400, True)
    assert nobody > 0


REORGANISE = "people_reorganise"


def _hidden(page: Any) -> dict[str, Any]:
    """What the form of a step sends again: hidden fields and the chosen options."""
    text = page.content.decode()
    main = text[text.index('<main id="main"') :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main):
        found.setdefault(name, []).append(value)
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', main, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"( selected)?', body)
        found[name] = [next((value for value, chosen in options if chosen), options[0][0])]
    return found


def test_a_merger_from_form_to_taking_back(hitoyoshi: Any, person: Make) -> None:
    a, b = _division(hitoyoshi, "農業振興課"), _division(hitoyoshi, "農林整備課")
    person("clerk", hitoyoshi.municipality, division=a, username="c")
    address, client = _to(hitoyoshi, REORGANISE), hitoyoshi.client
    assert client.get(address).status_code == 200
    assert client.get(address, {"kind": "merge"}).status_code == 200
    wish = {"kind": "merge", "sources": [a.pk, b.pk], "new_name": "農政課", "on": "2026-04-01", "reason": ""}
    wrong = client.post(address, {**wish, "new_name": ""})
    assert (wrong.status_code, "統合する課を2つ以上" in _say(wrong)) == (400, True)
    page = client.post(address, wish)
    assert not Reorganisation.objects.exists()
    assert "動く担当" in _say(page)
    sent = _hidden(page)
    back = client.post(address, {**sent, "step": "form"})
    assert 'value="農政課"' in _say(back)
    page = client.post(address, {**sent, "step": "accept"}, follow=True)
    assert "組織改編（統合）を確定しました" in _say(page)
    assert "農業振興課・農林整備課 → 農政課" in _say(page)
    moved = client.post(address, {**sent, "step": "accept"})
    assert moved.status_code == 400
    made = Reorganisation.objects.get()
    page = client.post(_to(hitoyoshi, "people_take_back", reorganisation=made.pk), follow=True)
    assert "元の組織に戻しました" in _say(page)
    assert "取消し済み" in _say(page)


def test_a_split_is_shared_out_by_a_table(hitoyoshi: Any, person: Make) -> None:
    a = _division(hitoyoshi, "商工観光課")
    user = person("clerk", hitoyoshi.municipality, division=a, username="c")
    address, client = _to(hitoyoshi, REORGANISE), hitoyoshi.client
    wish = {"kind": "split", "source": a.pk, "new_names": "商工課\r\n観光課", "on": "2026-04-01"}
    share = client.post(address, wish)
    assert "振り分け" in _say(share)
    rows = Assignment.objects.filter(division=a)
    first = rows.first()
    sent = _hidden(share)
    assert len([name for name in sent if name.startswith("assigned-")]) == rows.count()
    sent[f"assigned-{first.pk}"] = ["n1"]
    sent[f"person-{Membership.objects.get(user=user).pk}"] = ["-"]
    look = client.post(address, {**sent, "step": "look"})
    assert "移さない（役割は終わる）" in _say(look)
    page = client.post(address, {**_hidden(look), "step": "accept"}, follow=True)
    assert "組織改編（分割）を確定しました" in _say(page)
    assert Assignment.objects.on(TODAY).get(key=first.key, is_main=first.is_main).division.name == "観光課"
    assert not actor_of(user, hitoyoshi.municipality).roles


def test_one_is_renamed_from_its_page(hitoyoshi: Any) -> None:
    a = _division(hitoyoshi, "秘書課")
    address, client = _to(hitoyoshi, REORGANISE), hitoyoshi.client
    page = client.get(address, {"kind": "rename", "source": str(a.pk)})
    assert f'value="{a.pk}" selected' in _say(page)
    page = client.post(address, {"kind": "rename", "source": a.pk, "new_name": "市長室", "on": "2027-04-01"})
    client.post(address, {**_hidden(page), "step": "accept"})
    page = _say(client.get(_to(hitoyoshi, "people_division", division=a.pk)))
    assert "<h1>秘書課</h1>" in page
    assert "「市長室」に名称変更" in page


def test_the_settings_are_saved(hitoyoshi: Any) -> None:
    address = _to(hitoyoshi, "people_settings")
    form = {"name": "人吉市", "session_minutes": "30", "log_years": "10"}
    page = hitoyoshi.client.post(address, form, follow=True)
    assert "保存しました" in _say(page)
    wrong = hitoyoshi.client.post(address, {**form, "session_minutes": "3"})
    assert (wrong.status_code, 'value="3"' in _say(wrong)) == (400, True)


def test_rows_of_another_municipality_do_not_exist(
    hitoyoshi: Any, cities: dict[str, Any], divide: Make, person: Make
) -> None:
    (theirs,) = divide(cities["aso"], "阿蘇の課")
    other = person("officer", cities["aso"], username="aso-officer")
    own = person("reader", hitoyoshi.municipality, username="r")
    held = Membership.objects.get(user=other)
    row = Assignment.objects.first()
    mine = _division(hitoyoshi, "秘書課")
    made = Reorganisation.objects.create(
        municipality=cities["aso"], no=1, kind="rename", on=TODAY, words="{}", rows="{}"
    )
    who = {"username": "s1", "name": "名前", "email": ""}
    wish = {"kind": "abolish", "on": "2026-04-01", "reason": ""}
    share = {"kind": "split", "source": mine.pk, "new_names": "甲\n乙", "on": "2026-04-01"}
    for name, kwargs, sent in (
        ("people_add", {}, {**who, "role": "clerk", "division": theirs.pk}),
        ("people_add", {}, {**who, "role": "clerk", "division": "x"}),
        ("people_grant", {"person": own.pk}, {"role": "clerk", "division": theirs.pk}),
        ("people_grant", {"person": other.pk}, {"role": "reader", "division": ""}),
        ("people_change", {"person": other.pk}, who),
        ("people_activity", {"person": other.pk}, {"active": "0"}),
        ("people_link", {"person": other.pk}, {}),
        ("people_forget", {"person": other.pk}, {}),
        ("people_withdraw", {"person": other.pk, "held": held.pk}, {}),
        ("people_withdraw", {"person": own.pk, "held": held.pk}, {}),
        ("people_assign", {"plan": row.plan_key, "key": row.key}, {"main": theirs.pk, "on": "2026-06-01"}),
        (
            "people_assign",
            {"plan": row.plan_key, "key": row.key},
            {"main": mine.pk, "related": [theirs.pk], "on": "2026-06-01"},
        ),
        ("people_assign", {"plan": row.plan_key, "key": "x"}, {"main": mine.pk, "on": "2026-06-01"}),
        (REORGANISE, {}, {**wish, "source": theirs.pk, "into": mine.pk}),
        (REORGANISE, {}, {**wish, "source": mine.pk, "into": theirs.pk}),
        (REORGANISE, {}, {**wish, "kind": "merge", "sources": [mine.pk, theirs.pk], "new_name": "新"}),
        (REORGANISE, {}, {**wish, "kind": "war"}),
        (REORGANISE, {}, {**share, "assigned-x": "n0"}),
        ("people_take_back", {"reorganisation": made.pk}, {}),
        ("people_take_back", {"reorganisation": uuid4()}, {}),
    ):
        assert hitoyoshi.client.post(_to(hitoyoshi, name, **kwargs), sent).status_code == 404, (name, sent)
    assert hitoyoshi.client.get(_to(hitoyoshi, "people_division", division=theirs.pk)).status_code == 404
    assert hitoyoshi.client.get(_to(hitoyoshi, "people_person", person=other.pk)).status_code == 404


@pytest.mark.parametrize("role", ["clerk", "headquarters"])
def test_who_only_reads_sees_no_buttons(role: str, hitoyoshi: Any, signed_in: Sign) -> None:
    client = signed_in(role, hitoyoshi.municipality, division=Division.objects.first(), username="x")
    row = Assignment.objects.first()
    for name, kwargs in (
        ("people_divisions", {}),
        ("people_division", {"division": row.division_id}),
        ("people_assignments", {}),
        ("people_assignment", {"plan": row.plan_key, "key": row.key}),
    ):
        page = client.get(_to(hitoyoshi, name, **kwargs))
        assert page.status_code == 200
        text = page.content.decode()
        assert 'method="post"' not in text[text.index('<main id="main"') :]
        assert "職員と設定" not in text


def test_an_empty_city_says_how_to_begin(cities: dict[str, Any], signed_in: Sign) -> None:
    client = signed_in("officer", cities["aso"])
    for name, says in (
        ("people_divisions", "課がまだありません"),
        ("people_assignments", "策定した版がまだありません"),
    ):
        assert says in _say(client.get(reverse(name, kwargs={"code": "432148"})))
