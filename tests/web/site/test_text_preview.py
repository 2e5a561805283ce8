"""Chapters as they are read, and their preview while they are written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sosei.web.writing.editors import LONGEST_TEXT

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(adopted: Callable[[str], Any]) -> str:
    edition = adopted("aso")
    return reverse("write_preview", kwargs={"code": "432148", "plan": edition.plan.key})


@pytest.fixture
def writer(address: str) -> Client:
    from sosei.web.people.models import User

    client = Client()
    client.force_login(
        User.objects.get(username="officer-432148"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def test_a_piece_for_the_script_and_a_page_without_it(writer: Client, address: str) -> None:
    sent = {"text": "# 趣旨\r\n**大事**<script>", "top": "4"}
    piece = writer.post(address, sent, headers={"HX-Request": "true"}).content.decode()
    assert "<h5>趣旨</h5>" in piece
    assert "<strong>大事</strong>&lt;script&gt;" in piece
    assert "<html" not in piece
    page = writer.post(address, sent).content.decode()
    assert "<h5>趣旨</h5>" in page
    assert "まだ保存していません" in page


@pytest.mark.parametrize(
    ("text", "top", "words"),
    [("", "3", "まだ何も書かれていません"), ("# 見出し", "x", "<h4>見出し</h4>")],
)
def test_nothing_written_and_an_unknown_level(
    writer: Client, address: str, text: str, top: str, words: str
) -> None:
    assert words in writer.post(address, {"text": text, "top": top}).content.decode()


@pytest.mark.parametrize("text", ["あ" * (LONGEST_TEXT * 10 + 1), "a\x00b"])
def test_what_a_plan_cannot_hold_is_refused_in_words(writer: Client, address: str, text: str) -> None:
    answer = writer.post(address, {"text": text})
    assert answer.status_code == 400
    assert "note" in answer.content.decode()


def test_the_chapters_of_a_plan_are_read_as_before(writer: Client, address: str) -> None:
    page = writer.get(address.replace("revision/write/preview/", "current/text/")).content.decode()
    assert "<li>第1期総合戦略 平成27年度(2015年度) ~ 令和元年度(2019年度)(5年間)</li>" in page
    assert "<p>令和8年度(2026年度) ~ 令和11年度(2029年度)(4年間)</p>" in page
