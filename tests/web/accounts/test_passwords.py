"""What a password must be, and the ways to a new one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from sosei.values import Problem
from tests.web.accounts.conftest import NEW
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db

Maker = Callable[..., Any]

RULES = [
    # password, the sentence or "" where it is taken
    ("short", "短すぎます。12文字以上にしてください"),
    ("elevenchars", "短すぎます。12文字以上にしてください"),
    ("194807062025", "数字だけです。文字も入れてください"),
    ("qwerty123456", "よく使われるパスワードです"),
    ("yamada.taro.aso", "ユーザー名、氏名またはメールアドレスに似ています"),
    ("阿蘇の草千里でひるね", "短すぎます"),
    ("阿蘇の草千里で馬とひるね", ""),
    (NEW, ""),
]


@pytest.mark.parametrize(("typed", "sentence"), RULES)
def test_rules(typed: str, sentence: str, sign_in: Maker, person: Maker, cities: Any) -> None:
    client = Client()
    sign_in(client, person("officer", cities["aso"], username="yamada.taro"))
    sent = client.post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": typed, "password2": typed}
    )
    if sentence:
        assert sentence in sent.content.decode()
    else:
        assert sent.status_code == 302


def test_what_is_wrong_is_said_at_its_field(sign_in: Maker, person: Maker, cities: Any) -> None:
    client = Client()
    sign_in(client, person("officer", cities["aso"]))
    sent = {"oldpassword": "wrong", "password1": NEW, "password2": NEW + "!"}
    page = client.post("/accounts/password/change/", sent).content.decode()
    assert '<a href="#id_oldpassword">今のパスワードが違います</a>' in page
    assert '<a href="#id_password2">1回目と違います' in page


def test_changing_the_password_keeps_this_session_and_ends_the_others(
    sign_in: Maker, person: Maker, cities: Any, logged: Maker
) -> None:
    user = person("officer", cities["aso"])
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, user)
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert here.get("/432148/").status_code == 200
    assert there.get("/432148/").status_code == 302
    assert logged(cities["aso"])[-1][0] == "account.password_changed"


def test_a_link_works_once_and_never_stands_in_the_log(officer: Maker, person: Maker, cities: Any) -> None:
    from sosei.web.accounts.acts import reset_link
    from sosei.web.journal.models import Act

    user = person("clerk", cities["aso"])
    link = reset_link(officer("aso"), user)
    token = link.rstrip("/").rpartition("/")[2]
    client = Client()
    page = client.get(link).headers["Location"]
    assert token not in page
    assert f'value="{user.username}"' in client.get(page).content.decode()
    sent = client.post(page, {"password1": NEW, "password2": NEW})
    assert sent.headers["Location"] == "/accounts/password/reset/key/done/"
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "このリンクは使えません" in Client().get(link).content.decode()
    acts = list(Act.objects.order_by("no"))
    assert [act.action for act in acts] == ["account.link_made", "account.password_changed"]
    for act in acts:
        assert token.partition("-")[2] not in f"{act.subject}{act.old}{act.new}{act.who}"


def test_a_link_lets_a_person_in_who_has_no_password_yet(officer: Maker, cities: Any, sign_in: Maker) -> None:
    from sosei.web.accounts.acts import reset_link
    from sosei.web.people.models import Membership, User

    user = User.objects.create_user("new", None, name="新任（サンプル）", must_change_password=True)
    Membership.objects.create(municipality=cities["aso"], user=user, role="clerk")
    client = Client()
    page = client.get(reset_link(officer("aso"), user)).headers["Location"]
    client.post(page, {"password1": NEW, "password2": NEW})
    assert sign_in(client, user, NEW).status_code == 302
    assert client.get("/432148/").status_code == 200


def test_a_link_runs_out(officer: Maker, person: Maker, cities: Any, settings: Any) -> None:
    from sosei.web.accounts.acts import reset_link

    link = reset_link(officer("aso"), person("clerk", cities["aso"]))
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "このリンクは使えません" in Client().get(link).content.decode()


def test_no_link_for_a_stopped_account(officer: Maker, person: Maker, cities: Any) -> None:
    from sosei.web.accounts.acts import reset_link

    user = person("clerk", cities["aso"])
    user.is_active = False
    user.save()
    with pytest.raises(Problem, match="is stopped"):
        reset_link(officer("aso"), user)


def test_a_stopped_account_is_told_so_with_the_right_password_only(
    sign_in: Maker, person: Maker, cities: Any
) -> None:
    user = person("clerk", cities["aso"])
    user.is_active = False
    user.save()
    assert sign_in(Client(), user).headers["Location"] == "/accounts/inactive/"
    assert "ユーザー名かパスワードが違います" in sign_in(Client(), user, "wrong").content.decode()


@pytest.mark.parametrize(
    ("server", "sentence"),
    [("", "企画の担当者に、パスワードを決めるためのリンク"), ("mail:25", "メールアドレス")],
)
def test_without_a_mail_server_the_page_says_whom_to_ask(server: str, sentence: str, settings: Any) -> None:
    settings.CONFIG = replace(settings.CONFIG, mail=server)
    page = Client().get("/accounts/password/reset/").content.decode()
    assert sentence in page
    assert ('type="email"' in page) is bool(server)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_mail_with_a_link_goes_to_everybody_with_the_address(
    language: str, person: Maker, cities: Any, settings: Any
) -> None:
    settings.CONFIG = replace(settings.CONFIG, mail="mail:25")
    for name in ("first", "second"):
        user = person("clerk", cities["aso"], username=name)
        user.email = "Kikaku@city.example.lg.jp"
        user.save()
    client = Client()
    client.cookies["sosei_language"] = language
    for address in ("KIKAKU@city.example.lg.jp", "nobody@city.example.lg.jp"):
        sent = client.post("/accounts/password/reset/", {"email": address})
        assert sent.headers["Location"] == "/accounts/password/reset/done/"
    assert [each.to for each in mail.outbox] == [["kikaku@city.example.lg.jp"]] * 2
    assert {each.subject for each in mail.outbox} == {
        "【創生】パスワードの再設定" if language == "ja" else "Sosei: set a new password"
    }
    texts = "".join(str(each.body) for each in mail.outbox)
    assert "first" in texts
    assert "second" in texts
    links = re.findall(r"https?://testserver(/accounts/password/reset/key/\S+)", texts)
    assert [Client().get(link).status_code for link in links] == [302, 302]


def test_a_mail_server_that_does_not_answer_stops_no_page(person: Maker, cities: Any, settings: Any) -> None:
    settings.CONFIG = replace(settings.CONFIG, mail="127.0.0.1:1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = settings.CONFIG.mail_server
    user = person("clerk", cities["aso"])
    user.email = "kikaku@city.example.lg.jp"
    user.save()
    assert Client().post("/accounts/password/reset/", {"email": user.email}).status_code == 302


@pytest.mark.parametrize(
    ("mail_", "server"),
    [
        ("mail.city.example.lg.jp:587", ("mail.city.example.lg.jp", 587)),
        ("mail", ("mail", 25)),
        ("", ("", 25)),
    ],
)
def test_the_mail_server_of_the_settings(mail_: str, server: tuple[str, int], settings: Any) -> None:
    assert replace(settings.CONFIG, mail=mail_).mail_server == server
