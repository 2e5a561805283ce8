from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sosei.plan.base import Node
from sosei.plan.model import Plan
from sosei.plan.walk import index
from sosei.plan.writing import data_of
from tests.web.conftest import EXAMPLES

pytestmark = pytest.mark.django_db


class Desk:
    """An officer at a draft of 阿蘇市's plan."""

    def __init__(self, client: Client, city: Any, draft: Any) -> None:
        self.client, self.city, self.draft = client, city, draft
        self.base = f"/{city.code}/plans/{draft.plan.key}/revision/write/"

    @property
    def plan(self) -> Plan:
        from sosei.web.plans.store import draft_document

        return draft_document(self.draft)

    def value(self, key: str, field: str) -> Any:
        return data_of(index(self.plan)[key]).get(field)

    def save(self, key: str, field: str, was: Any, **typed: str) -> Any:
        sent = {"key": key, f"was.{field}": json.dumps(was, ensure_ascii=False), **(typed or {})}
        answer = self.client.post(f"{self.base}save/", sent, headers={"accept": "application/json"})
        return answer.json()["fields"][field]


@pytest.fixture
def desk(signed_in: Callable[..., Client], cities: dict[str, Any]) -> Callable[..., Desk]:
    from sosei.web.people.actor import command_line
    from sosei.web.plans import acts

    city = cities["aso"]
    draft = acts.load_file(command_line(city), EXAMPLES["aso"].read_bytes())

    def sit(username: str = "") -> Desk:
        return Desk(signed_in("officer", city, username=username), city, draft)

    return sit


def _first(plan: Plan, kind: str) -> Node:
    return next(node for node in index(plan).values() if type(node).__name__ == kind)


def test_a_field_is_saved_as_an_operation_with_its_old_value(desk: Callable[..., Desk]) -> None:
    here = desk()
    key = _first(here.plan, "Indicator").key
    was = here.value(key, "name")
    answer = here.save(key, "name", was, name="新しい名称")
    assert (answer["state"], json.loads(answer["was"])) == ("saved", "新しい名称")
    assert here.value(key, "name") == "新しい名称"
    (row,) = here.draft.operations.all()
    made = json.loads(row.operation)
    assert (made["op"], made["old"], made["new"]) == ("set", was, "新しい名称")


def test_only_a_field_that_both_changed_is_refused_with_both_values(desk: Callable[..., Desk]) -> None:
    one, other = desk("one"), desk("other")
    key = _first(one.plan, "Indicator").key
    name, unit = one.value(key, "name"), one.value(key, "unit")
    assert one.save(key, "name", name, name="一人目の名称")["state"] == "saved"
    assert other.save(key, "definition", None, definition="別の項目")["state"] == "saved"
    refused = other.save(key, "name", name, name="二人目の名称")
    assert refused["state"] == "conflict"
    assert (refused["opened"], refused["theirs"]) == (name, "一人目の名称")
    assert refused["who"] == "one（サンプル）"
    assert one.value(key, "name") == "一人目の名称"
    again = other.save(key, "name", json.loads(refused["was"]), name="二人目の名称")
    assert again["state"] == "saved"
    assert one.value(key, "unit") == unit


def test_the_same_sent_twice_writes_once(desk: Callable[..., Desk]) -> None:
    here = desk()
    key = _first(here.plan, "Indicator").key
    was = here.value(key, "name")
    assert here.save(key, "name", was, name="一度だけ")["state"] == "saved"
    assert here.save(key, "name", was, name="一度だけ")["state"] == "same"
    assert here.draft.operations.count() == 1


def test_a_new_text_loses_the_marks_of_the_old(desk: Callable[..., Desk]) -> None:
    """阿蘇市's doubtful cells: writing the value says that somebody looked."""
    here = desk()
    node = next(n for n in index(here.plan).values() if any(not d.confirmed for d in n.doubts))
    field = node.doubts[0].field
    was = here.value(node.key, field)
    here.save(node.key, field, was, **{f"{field}.quantity": "123回"})
    after = index(here.plan)[node.key]
    assert all(each.confirmed for each in after.doubts if each.field == field)
    assert field not in after.as_read


@pytest.mark.parametrize(
    ("was", "said"), [("{", "壊れています"), ('"x"', "壊れています"), ("[" * 5000, "壊れています")]
)
def test_a_damaged_form_is_refused_in_one_sentence(desk: Callable[..., Desk], was: str, said: str) -> None:
    here = desk()
    key = next(n.key for n in index(here.plan).values() if type(n).__name__ == "Placement")
    answer = here.client.post(
        f"{here.base}save/",
        {"key": key, "was.target": was, "target.quantity": "5件"},
        headers={"accept": "application/json"},
    ).json()["fields"]["target"]
    assert answer["state"] == "problem"
    assert said in answer["message"]


def test_without_script_the_whole_form_is_saved_and_what_is_wrong_is_kept(desk: Callable[..., Desk]) -> None:
    here = desk()
    indicator = _first(here.plan, "Indicator")
    sent = {
        "key": indicator.key,
        "was.name": json.dumps(indicator.name),  # type: ignore[attr-defined]
        "name": "書き直した名称",
        "was.published_month": "null",
        "published_month": "十三月",
    }
    answer = here.client.post(f"{here.base}save/", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "十三月" in page
    assert "整数を書いてください" in page
    assert here.value(indicator.key, "name") == "書き直した名称"


def test_a_removed_record_answers_gone(desk: Callable[..., Desk]) -> None:
    here = desk()
    answer = here.client.post(
        f"{here.base}save/",
        {"key": "gone000000", "was.name": "null", "name": "x"},
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 410
    assert "削除" in answer.json()["gone"]


def test_a_record_is_added_once_however_often_its_form_is_sent(desk: Callable[..., Desk]) -> None:
    here = desk()
    sent = {
        "parent": here.plan.key,
        "collection": "divisions",
        "new": "newkey0001",
        "name": "新設課",
    }
    before = len(here.plan.divisions)
    for _ in range(2):
        assert here.client.post(f"{here.base}add/", sent).status_code == 302
    assert [each.name for each in here.plan.divisions[before:]] == ["新設課"]
    here.client.post(f"{here.base}add/", {**sent, "name": "戻って書き直した課"})
    assert [each.name for each in here.plan.divisions[before:]] == ["新設課", "戻って書き直した課"]


def test_a_record_moves_and_goes_with_what_names_it(desk: Callable[..., Desk]) -> None:
    here = desk()
    goals = [each.key for each in here.plan.elements]
    here.client.post(f"{here.base}move/", {"key": goals[1], "step": "up"})
    assert [each.key for each in here.plan.elements][:2] == [goals[1], goals[0]]
    here.client.post(f"{here.base}move/", {"key": goals[1], "step": "up"})
    assert [each.key for each in here.plan.elements][:2] == [goals[1], goals[0]]
    page = here.client.get(f"{here.base}remove/{goals[0]}/")
    assert page.status_code == 200
    assert here.client.post(f"{here.base}remove/{goals[0]}/").status_code == 302
    assert goals[0] not in index(here.plan)
    assert all(anchor.at in index(here.plan) for note in here.plan.notes for anchor in note.anchors)
