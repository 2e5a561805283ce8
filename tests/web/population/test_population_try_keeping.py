"""A trial kept as a scenario, written over the one it began from, and refused where that changed meanwhile."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sosei.web.population.choices import scenario_of

TRY = "/432032/population/try/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer_client(signed_in: Callable[..., Client], cities: dict[str, Any]) -> Client:
    return signed_in("officer", cities["hitoyoshi"])


def forms(client: Client, query: str) -> list[tuple[str, dict[str, str]]]:
    """Address and fields of the forms that keep what is tried."""
    text = client.get(f"{TRY}?{query}").content.decode().split('<fieldset id="keep"')[1]
    return [
        (
            form[0],
            {
                name: html.unescape(value)
                for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form[1])
            },
        )
        for form in re.findall(r'<form method="post" action="([^"]+)">(.*?)</form>', text, re.S)
    ]


def kept(client: Client, query: str, name: str) -> Any:
    from sosei.web.population.models import SavedScenario

    (address, fields), *_ = forms(client, query)
    assert client.post(address, {**fields, "name": name}).status_code == 302
    return SavedScenario.objects.get(name=name)


def test_a_trial_is_kept_and_opened_again(officer_client: Client) -> None:
    row = kept(officer_client, "tfr=1.8&families=3.73&since=2026", "本市の展望（サンプル）")
    found = scenario_of(row)
    assert found.fertility is not None
    assert found.fertility.tfr == {2030: 1.8}
    assert found.movers[0].families == 3.73
    assert found.note is not None
    assert "年に3.73世帯移り住む" in found.note.ja
    again = officer_client.get(f"{TRY}?from={row.pk}").content.decode()
    assert 'name="tfr" value="1.8"' in again
    assert 'name="families" value="3.73"' in again


def test_a_trial_is_written_over_the_scenario_it_began_from(officer_client: Client) -> None:
    row = kept(officer_client, "tfr=1.8", "本市の展望（サンプル）")
    before = forms(officer_client, f"from={row.pk}")[1][1]["old"]
    address, fields = forms(officer_client, f"from={row.pk}&was={before}&tfr=2&until=2070")[1]
    assert officer_client.post(address, fields).status_code == 302
    row.refresh_from_db()
    found = scenario_of(row)
    assert found.fertility is not None
    assert found.fertility.tfr == {2030: 2.0}
    assert found.note is not None
    assert "2030年に2となり" in found.note.ja
    stale = forms(officer_client, f"from={row.pk}&was={before}&tfr=1.5&until=2070")[1]
    refused = officer_client.post(stale[0], stale[1])
    assert refused.status_code == 409
    assert "ほかの人がこの内容を変えました" in refused.content.decode()
    row.refresh_from_db()
    assert scenario_of(row) == found


def test_nobody_else_is_offered_to_keep_it(signed_in: Callable[..., Client], cities: dict[str, Any]) -> None:
    answer = signed_in("clerk", cities["hitoyoshi"]).get(TRY).content.decode()
    assert '<fieldset id="keep"' not in answer
    assert "この画面のアドレスを保存するか" in answer


def test_what_was_not_reckoned_is_not_kept(officer_client: Client) -> None:
    answer = officer_client.get(f"{TRY}?tfr=x")
    assert answer.status_code == 400
    assert '<fieldset id="keep" class="flow" disabled>' in answer.content.decode()
