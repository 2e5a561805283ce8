"""What a damaged or forged form says is refused in one sentence: no form brings the server down."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sosei.plan.walk import collections_of, index, nodes
from sosei.plan.writing import data_of
from sosei.web.writing.fields import field_names
from tests.web.access_samples import rolled_back
from tests.web.writing.conftest import Writer
from tests.web.writing.hostile import HARMLESS, REFUSED, everything, harm_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WORDS = st.sampled_from(
    [
        "",
        "last",
        "up",
        "0",
        "-1",
        "../..",
        "\0",
        "あ",
        "'\"<zq>",
        "//zq.invalid",
        "javascript:zq()",
        "/\n/zq",
        "%",
    ]
)
NUMBERS = st.integers() | st.floats() | st.booleans() | st.none()
VALUES = st.recursive(
    NUMBERS | st.text(max_size=8) | st.sampled_from(["\ud800", "\0", "令和6年度", "10件"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "quantity", "year", "when", "parts", "at", "kind"]), inner)
    ),
    max_leaves=8,
)
DAMAGED = st.sampled_from(["{", "", "NaN", "Infinity", "9" * 5000, "[" * 3000, "1e999", '"\\ud800"', "\0"])


@pytest.fixture
def here(writer: Callable[..., Writer], sample: Any) -> Writer:
    return writer("hitoyoshi", everything(sample))


def _answered(answer: Any) -> None:
    """Done, or refused in a page or a word that a person can read."""
    assert answer.status_code in (200, 302, 400, 404, 409, 410), answer.status_code
    if answer.headers["Content-Type"].startswith("text/html"):
        assert harm_in(answer.content.decode()) == []
    if answer.status_code == 302:
        assert answer["Location"].startswith("/432032/plans/")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_a_forged_value_of_a_field_is_refused(here: Writer, data: Any) -> None:
    known = index(here.plan)
    key = data.draw(st.sampled_from([*known]) | WORDS)
    names = field_names(type(known[key])) if key in known else ("name",)
    name = data.draw(st.sampled_from([*names, "key", "children", "zq"]))
    was = data.draw(
        DAMAGED
        | VALUES.map(json.dumps)
        | st.just(json.dumps(data_of(known[key]).get(name) if key in known else ""))
    )
    typed = data.draw(st.sampled_from([*HARMLESS.values(), *list(REFUSED.values())[:4], "", "10件"]))
    parts = ["", ".quantity", ".year", ".0", ".0.quantity", ".99999.at", ".-1.year", ".0.0"]
    at = data.draw(st.sampled_from(parts))
    sent = {"key": key, f"was.{name}": was, f"{name}{at}": typed, ".next": data.draw(WORDS)}
    with rolled_back():
        accept = data.draw(st.sampled_from(["application/json", "text/html"]))
        sent = {k: v.encode("utf-8", "replace").decode() for k, v in sent.items()}
        _answered(here.client.post(f"{here.base}save/", sent, headers={"accept": accept}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_a_forged_place_is_refused(here: Writer, data: Any) -> None:
    keys = st.sampled_from([node.key for node in nodes(here.plan)]) | WORDS
    names = sorted({name for node in nodes(here.plan) for name in collections_of(type(node))})
    collections = st.sampled_from(names) | WORDS
    sent = {
        "key": data.draw(keys),
        "parent": data.draw(keys),
        "collection": data.draw(collections),
        "after": data.draw(keys),
        "new": data.draw(keys | st.just("a" * 300) | st.just("newkey0001")),
        "next": data.draw(WORDS),
        "level": data.draw(WORDS | st.just("goal")),
        "up": data.draw(keys),
        "key.0": data.draw(keys),
        "name.0": "名称",
        "label.0": "施策⑨",
        "first": data.draw(WORDS),
        "seen": data.draw(WORDS),
        "name": "名称",
        "title": "名称",
        "text": "名称",
        "year": "令和6年度",
        "text.0": "名称",
    }
    if data.draw(st.booleans()):
        sent["step"] = data.draw(WORDS)
    forged = sent["key"].replace("/", "") or "zq"
    forms = ["add/", "move/", "tree/add/", "tree/step/", "tree/renumber/"]
    addresses = [*forms, *(f"{each}/{forged}/" for each in ("remove", "tree/move", "tree/remove"))]
    with rolled_back():
        _answered(here.client.post(here.base + data.draw(st.sampled_from(addresses)), sent))


@pytest.mark.parametrize("what", sorted({*REFUSED} - {"half a character"}))  # no form can send half of one
def test_what_cannot_be_kept_is_told_and_everything_typed_is_shown_again(what: str, here: Writer) -> None:
    text = REFUSED[what]
    key = here.plan.elements[0].key
    sent = {
        "key": key,
        "was.name": json.dumps(here.plan.elements[0].name),
        "name": text,
        "was.description": "null",
    }
    answer = here.client.post(f"{here.base}save/", {**sent, "description": "ほかの説明"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert harm_in(page) == []
    assert "字までにしてください" in page or "使えない文字" in page
    assert page.count(text) >= 1
    assert "ほかの説明" in page
    assert here.value(key, "name") == here.plan.elements[0].name
    answer = here.client.post(f"{here.base}save/", sent, headers={"accept": "application/json"})
    assert answer.json()["fields"]["name"]["state"] == "problem"


@pytest.mark.parametrize("size", [6_000_000, 20_000_000])
def test_more_than_a_form_may_hold_is_refused_in_one_sentence(size: int, here: Writer) -> None:
    client: Client = here.client
    client.raise_request_exception = False
    answer = client.post(
        f"{here.base}save/", {"key": here.plan.key, "was.title": "null", "title": "a" * size}
    )
    assert answer.status_code in (400, 413)
    assert any(said in answer.content.decode() for said in ("一度に送れるのは", "長すぎ"))
