"""The pages of a change request: what each person sees, what a form keeps, what a table holds."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from sosei.plan.indicator import Placement
from sosei.plan.model import Element
from sosei.plan.operations import Set
from sosei.plan.walk import index
from sosei.web.people.acting import today
from sosei.web.people.models import Assignment
from sosei.web.plans import acts
from sosei.web.proposals import deciding, proposing
from sosei.web.proposals.models import ChangeRequest, Proposal
from sosei.web.proposals.typed import Why, removed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(hall: Any) -> Any:
    hall.request = hall.ask()
    hall.mine = hall.asked(hall.request)
    hall.place = hall.node(Placement, has="target")
    hall.at = {"change_request": hall.request.pk}
    hall.ours = {**hall.at, "division": hall.own.pk}
    return hall


def _html(response: Any) -> str:
    text: str = response.content.decode()
    return text


def _sent(page: str) -> dict[str, str]:
    """The hidden and plain inputs of a page's form, as a browser would send them."""
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    return {name: value.replace("&quot;", '"') for name, value in found if name != "csrfmiddlewaretoken"}


def test_nothing_asked_says_what_to_do(hall: Any) -> None:
    assert "改定照会はまだありません" in _html(hall.client("officer").get(hall.page("change_requests")))
    assert "あなたの課への照会はありません" in _html(hall.client("clerk").get(hall.page("change_requests")))
    home = f"/{hall.city.code}/"
    assert "回答をお願いしています" not in _html(hall.client("clerk").get(home))


def test_the_officer_asks_and_the_division_sees_it_on_its_first_page(hall: Any) -> None:
    client = hall.client("officer")
    form = client.get(hall.page("change_request_new"))
    assert form.content.decode().count("checked") == len(form.context["choices"])
    shown = next(each for each in form.context["choices"] if each.division == hall.own)
    assert shown.placements
    sent = {
        "key": str(form.context["form"].initial["key"]),
        "title": "照会",
        "text": "お願いします",
        "due": "R12.3.31",
        "divisions": [str(hall.own.pk)],
    }
    for _ in range(2):  # the form sent twice asks once
        assert client.post(hall.page("change_request_new"), sent).status_code == 302
    request = ChangeRequest.objects.get()
    assert request.due.isoformat() == "2030-03-31"
    home = f"/{hall.city.code}/"
    assert "回答をお願いしています" in _html(hall.client("clerk").get(home))
    assert "回答をお願いしています" not in _html(hall.client("other-clerk").get(home))
    assert "回答をお願いしています" not in _html(hall.client("headquarters").get(home))


@pytest.mark.parametrize(
    ("field", "text"), [("title", ""), ("title", "x" * 101), ("due", "いつか"), ("divisions", "")]
)
def test_a_faulty_request_is_shown_again_with_what_was_typed(hall: Any, field: str, text: str) -> None:
    sent = {"key": str(uuid4()), "title": "照会", "text": "残る文", "due": "R12.3.31"}
    sent["divisions"] = str(hall.own.pk)
    sent[field] = text
    sent = {name: each for name, each in sent.items() if each or name != "divisions"}
    answer = hall.client("officer").post(hall.page("change_request_new"), sent)
    assert answer.status_code == 400
    assert "残る文" in _html(answer)
    assert not ChangeRequest.objects.exists()


def test_a_division_that_nobody_answers_for_is_not_offered(hall: Any) -> None:
    Assignment.objects.all().delete()
    assert "照会できる課がありません" in _html(hall.client("officer").get(hall.page("change_request_new")))


def test_late_is_said_to_both(case: Any) -> None:
    ChangeRequest.objects.update(due=today() - timedelta(days=1))
    for who, address in (
        ("clerk", f"/{case.city.code}/"),
        ("clerk", case.page("answer", **case.ours)),
        ("officer", case.page("change_request", **case.at)),
    ):
        assert "期限超過" in _html(case.client(who).get(address))
    proposing.answer_no_change(case.actor("clerk"), case.mine)
    assert "期限超過" not in _html(case.client("clerk").get(f"/{case.city.code}/"))


@pytest.mark.parametrize("name", ["answer", "answer_record", "answer_write", "answer_add", "answer_remove"])
def test_another_division_is_refused_by_name(case: Any, name: str) -> None:
    address = case.page(name, **case.ours) + f"?key={case.place.key}&field=target&kind=kpi"
    answer = case.client("other-head").get(address)
    assert answer.status_code == 403
    assert case.own.name in _html(answer)


def test_a_field_is_proposed_read_and_written_anew(case: Any) -> None:
    client = case.client("clerk")
    address = case.page("answer_write", **case.ours) + f"?key={case.place.key}&field=target"
    sent = _sent(_html(client.get(address))) | {"target.quantity": "１，２３４人以上"}
    heard = client.get(
        case.page("answer_heard", **case.ours), {"key": case.place.key, "field": "target", **sent}
    )
    assert "数 1,234、単位 人、以上" in _html(heard)
    refused = client.post(address, sent | {"reason": ""})
    assert refused.status_code == 400
    assert "理由を書いてください" in _html(refused)
    again = _sent(_html(refused))
    assert again["target.quantity"] == "１，２３４人以上"
    assert client.post(address, again | {"reason": "実績"}).status_code == 302
    anew = _sent(_html(client.get(address)))
    assert anew["target.quantity"] == "１，２３４人以上"
    assert client.post(address, anew | {"target.quantity": "1,300人", "reason": "実績"}).status_code == 302
    proposal = Proposal.objects.get()
    assert '"text": "1,300人"' in proposal.operations
    page = _html(client.get(case.page("answer", **case.ours)))
    assert "課として提出する（1件）" in page
    assert not case.draft.operations.exists()


def test_a_value_that_changes_while_one_writes_is_shown_and_nothing_typed_is_lost(case: Any) -> None:
    client = case.client("clerk")
    address = case.page("answer_write", **case.ours) + f"?key={case.place.key}&field=name"
    sent = _sent(_html(client.get(address))) | {"name": "課の名前", "reason": "わけ"}
    operation = Set(key=case.place.key, field="name", old=case.place.name, new="企画の名前")
    acts.operate(case.actor("officer"), case.draft, [operation])
    answer = client.post(address, sent)
    assert answer.status_code == 409
    page = _html(answer)
    assert "企画の名前" in page
    again = _sent(page)
    assert again["name"] == "課の名前"
    assert client.post(address, again | {"reason": "わけ"}).status_code == 302
    assert Proposal.objects.get().reason == "わけ"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("key=nosuchkey0&field=name", 404),
        ("key={key}&field=indicator", 404),
        ("key={key}&field=nosuch", 404),
        ("", 302),
    ],
)
def test_only_its_own_fields_have_a_form(case: Any, query: str, status: int) -> None:
    address = case.page("answer_write", **case.ours) + "?" + query.format(key=case.place.key)
    assert case.client("clerk").get(address).status_code == status


def test_a_new_indicator_is_written_and_written_anew(case: Any) -> None:
    client = case.client("clerk")
    element = case.node(Element)
    address = case.page("answer_add", **case.ours) + f"?key={element.key}&kind=kpi"
    sent = _sent(_html(client.get(address))) | {"direction": "raise", "counting": "stock"}
    faulty = client.post(address, sent | {"name": "", "target.quantity": "200件", "reason": "要る"})
    assert faulty.status_code == 400
    assert "200件" in _html(faulty)
    assert "「名称」を書いてください" in _html(faulty)
    good = sent | {"name": "新しい指標", "target.quantity": "200件", "reason": "要る"}
    for _ in range(2):
        assert client.post(address, good).status_code == 302
    proposal = Proposal.objects.get()
    anew = client.get(f"{address}&proposal={proposal.pk}")
    assert _sent(_html(anew))["target.quantity"] == "200件"
    assert "新しい指標" in _html(client.get(case.page("answer", **case.ours)))


def test_a_record_shows_its_fields_with_what_is_proposed(case: Any) -> None:
    case.propose(case.mine, case.place, "target", "1,234人")
    client = case.client("clerk")
    address = case.page("answer_record", **case.ours)
    page = client.get(address, {"key": case.place.key})
    assert {line.field: len(line.rows) for line in page.context["sheet"].lines}["target"] == 1
    assert "削除を提案" in _html(page)
    same = client.get(address, {"key": case.place.indicator})
    assert same.context["sheet"].key == case.place.key
    element = client.get(address, {"key": case.node(Element).key})
    assert "指標・KPIの追加を提案" in _html(element)
    assert "変更を提案" in _html(element)
    case.request.refresh_from_db()
    closed = case.client("officer").post(case.page("change_request_close", **case.at))
    assert closed.status_code == 302
    assert "変更を提案" not in _html(client.get(address, {"key": case.place.key}))


def test_removing_shows_what_goes(case: Any) -> None:
    client = case.client("clerk")
    address = case.page("answer_remove", **case.ours) + f"?key={case.place.key}"
    page = client.get(address)
    assert case.place.name in _html(page)
    assert client.post(address, _sent(_html(page)) | {"reason": "終えた"}).status_code == 302
    assert Proposal.objects.get().field == ""
    measure = next(
        each.key
        for each in index(case.document).values()
        if isinstance(each, Element) and each.children and each.key in case.own_keys()
    )
    assert client.get(case.page("answer_remove", **case.ours) + f"?key={measure}").status_code == 404


def test_buttons_of_the_division(case: Any) -> None:
    client, head = case.client("clerk"), case.client("head")
    do = case.page("answer_do", **case.ours)
    assert client.post(do, {"do": "no_change"}).status_code == 302
    assert "「変更なし」と回答しています" in _html(client.get(case.page("answer", **case.ours)))
    assert client.post(do, {"do": "take_back"}).status_code == 302
    proposal = case.propose(case.mine, case.place, "target", "9人")
    assert client.post(do, {"do": "no_change"}).status_code == 400
    assert client.post(do, {"do": "hand_back", "proposal": proposal.pk, "text": "x"}).status_code == 403
    assert head.post(do, {"do": "hand_back", "proposal": proposal.pk, "text": ""}).status_code == 400
    assert head.post(do, {"do": "hand_back", "proposal": proposal.pk, "text": "根拠を"}).status_code == 302
    assert "根拠を" in _html(client.get(case.page("answer", **case.ours)))
    assert client.post(do, {"do": "send"}).status_code == 400
    assert client.post(do, {"do": "withdraw", "proposal": proposal.pk}).status_code == 302
    assert client.post(do, {"do": "withdraw", "proposal": str(uuid4())}).status_code == 404
    assert client.post(do, {"do": "dance"}).status_code == 400


def _decided(case: Any) -> tuple[Proposal, Proposal]:
    one = case.sent(case.mine, case.place, "target", "1,234人")
    theirs = case.asked(case.request, case.other)
    two = case.sent(theirs, case.node(Placement, division=case.other), "name", "=1+1", who="other-clerk")
    return one, two


def test_the_officer_sees_what_was_sent_only(case: Any) -> None:
    case.propose(case.mine, case.place, "name", "まだ課の中")
    page = _html(case.client("officer").get(case.page("change_request", **case.at)))
    assert "提出された提案はまだありません" in page
    assert "まだ課の中" not in page
    _decided(case)
    for by in ("place", "division", "nonsense"):
        answer = case.client("officer").get(case.page("change_request", **case.at) + f"?by={by}")
        assert answer.context["waiting_count"] == 3


def test_several_are_accepted_from_the_list(case: Any) -> None:
    one, two = _decided(case)
    client = case.client("officer")
    accept = case.page("proposals_accept", **case.at)
    assert client.post(accept, {"proposal": [one.pk, two.pk]}).status_code == 302
    page = case.client("officer").get(case.page("change_request", **case.at))
    assert page.context["waiting_count"] == 0
    assert case.draft.operations.count() >= 2


def test_a_conflict_is_shown_with_three_values_and_the_choice(case: Any) -> None:
    proposal = case.sent(case.mine, case.place, "name", "課の名前")
    operation = Set(key=case.place.key, field="name", old=case.place.name, new="企画の名前")
    acts.operate(case.actor("second"), case.draft, [operation])
    client = case.client("officer")
    assert "値が変わりました" in _html(client.get(case.page("change_request", **case.at)))
    one = case.page("proposal", **case.at, proposal=proposal.pk)
    answer = client.post(one, {"do": "accept"})
    assert answer.status_code == 409
    page = _html(answer)
    assert all(text in page for text in (case.place.name, "企画の名前", "課の名前", "上書きして採用"))
    assert client.post(one, {"do": "accept", "over": _sent(page)["over"]}).status_code == 302
    assert index(case.document)[case.place.key].name == "課の名前"  # type: ignore[attr-defined]


def test_what_is_gone_can_only_be_declined(case: Any) -> None:
    proposal = case.sent(case.mine, case.place, "name", "課の名前")
    gone = removed(case.document, case.place, Why(key=uuid4(), reason=""))
    acts.operate(case.actor("second"), case.draft, gone.operations)
    one = case.page("proposal", **case.at, proposal=proposal.pk)
    page = _html(case.client("officer").get(one))
    assert "対象が下書きからなくなりました" in page
    assert "課の名前" in page
    assert 'value="accept"' not in page
    assert case.client("officer").post(one, {"do": "decline", "text": "なくなった"}).status_code == 302


def test_two_proposals_on_one_place_stand_together(case: Any) -> None:
    Assignment.objects.create(
        municipality=case.city,
        division=case.other,
        plan_key=case.plan.key,
        key=case.place.indicator,
        is_main=False,
        since=today(),
    )
    one = case.sent(case.mine, case.place, "name", "第一案")
    case.sent(case.asked(case.request, case.other), case.place, "name", "第二案", who="other-clerk")
    page = _html(case.client("officer").get(case.page("proposal", **case.at, proposal=one.pk)))
    assert "同じところへのほかの提案" in page
    assert "第二案" in page
    listed = case.client("officer").get(case.page("change_request", **case.at))
    (_, spots), *_ = listed.context["waiting"]
    assert [len(alike) for alike in spots] == [2]


def test_the_table_holds_every_proposal_and_runs_nothing(case: Any) -> None:
    one, _ = _decided(case)
    deciding.decline(case.actor("officer"), one, "@見送り")
    answer = case.client("officer").get(case.page("proposals_csv", **case.at))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert {row[8] for row in rows[1:]} == {"1,234人", "'=1+1"}
    assert "'@見送り" in {row[13] for row in rows}
    assert "照会結果一覧" in _html(case.client("officer").get(case.page("proposals_table", **case.at)))


def test_a_division_without_proposals_has_its_line_in_the_table(case: Any) -> None:
    proposing.answer_no_change(case.actor("clerk"), case.mine)
    answer = case.client("officer").get(case.page("proposals_csv", **case.at))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {(row[1], row[12]) for row in rows[1:]} == {
        (case.own.name, "変更なし"),
        (case.other.name, "未着手"),
    }


def test_hostile_words_are_shown_harmless(case: Any) -> None:
    proposal = case.sent(case.mine, case.place, "name", "<script>alert(1)</script>")
    for who, address in (
        ("officer", case.page("change_request", **case.at)),
        ("officer", case.page("proposal", **case.at, proposal=proposal.pk)),
        ("officer", case.page("proposals_table", **case.at)),
        ("clerk", case.page("answer", **case.ours)),
    ):
        assert "<script>alert" not in _html(case.client(who).get(address))


def test_pages_in_english(case: Any) -> None:
    _decided(case)
    for who, address in (
        ("officer", case.page("change_request", **case.at)),
        ("clerk", case.page("answer", **case.ours)),
    ):
        client = case.client(who)
        client.cookies["sosei_language"] = "en"
        page = _html(client.get(address))
        assert "判断待ち" not in page
        assert "waiting" in page
