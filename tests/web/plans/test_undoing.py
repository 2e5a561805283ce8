"""One's own last act taken back as a whole, and done again."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sosei.checks.finding import Words
from sosei.plan.keys import new_key
from sosei.plan.operations import Add, Location, Refusal, Set
from sosei.plan.walk import placements
from sosei.plan.writing import dump_plan
from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.journal.showing import lines
from sosei.web.people.actor import Refused, actor_of
from sosei.web.plans import acts, store
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.store import draft_document
from sosei.web.plans.undoing import redo_last, undo_last, undo_state

pytestmark = pytest.mark.django_db


class Two:
    """Two planning officers on the draft of a revision of 阿蘇市's plan."""

    def __init__(self, edition: Any, person: Callable[..., Any]) -> None:
        city = edition.municipality
        self.me, self.other = (
            actor_of(person("officer", city, username=name), city) for name in ("me", "other")
        )
        self.draft = acts.begin_revision(self.me, edition.plan)
        self.key = edition.plan.key

    def title(self, new: str, actor: Any = None) -> None:
        acts.operate(
            actor or self.me, self.draft, [Set(key=self.key, field="title", old=self.now or None, new=new)]
        )

    @property
    def now(self) -> str:
        return draft_document(self.draft).title

    @property
    def bytes(self) -> bytes:
        return dump_plan(draft_document(self.draft))

    def words(self) -> tuple[str | None, str | None]:
        state = undo_state(self.me, self.draft)
        undo, redo = (step.words.ja if step else None for step in (state.undo, state.redo))
        return undo, redo

    def add_indicator(self) -> None:
        """An indicator with its placement, in one act."""
        document = draft_document(self.draft)
        placed = next(placed for placed, _ in placements(document))
        key = new_key()
        at = Location(parent=self.key, collection="indicators", after=document.indicators[-1].key)
        placement = {"key": new_key(), "indicator": key, "role": "kpi", "name": "新しい件数"}
        made = [
            Add(to=at, record={"key": key, "name": "新しい件数"}),
            Add(to=Location(parent=placed.element.key, collection="placements"), record=placement),
        ]
        acts.operate(self.me, self.draft, made)


@pytest.fixture
def two(adopted: Callable[[str], Any], person: Callable[..., Any]) -> Two:
    return Two(adopted("aso"), person)


def test_an_act_is_taken_back_and_done_again_as_a_whole(two: Two) -> None:
    before = two.bytes
    two.add_indicator()
    after = two.bytes
    assert two.words() == ("指標「新しい件数」の追加など2件", None)
    assert undo_last(two.me, two.draft).count == 2
    assert two.bytes == before
    assert two.words() == (None, "指標「新しい件数」の追加など2件")
    assert redo_last(two.me, two.draft).count == 2
    assert two.bytes == after
    assert two.words() == ("指標「新しい件数」の追加など2件", None)
    assert list(two.draft.operations.values_list("no", "undoes__no", "backwards")) == [
        (1, None, False),
        (2, None, False),
        (3, 2, True),
        (4, 1, True),
        (5, 4, False),
        (6, 3, False),
    ]
    assert DraftOperation.objects.values("act").distinct().count() == 3


def test_one_goes_back_and_forth_through_several_acts(two: Two) -> None:
    seen = [two.now]
    for title in ("一", "二", "三"):
        two.title(title)
        seen.append(title)
    walked = [two.now]
    for step in (undo_last, undo_last, redo_last, undo_last, undo_last, redo_last, redo_last, redo_last):
        step(two.me, two.draft)
        walked.append(two.now)
    first = seen[0]
    assert walked == ["三", "二", "一", "二", "一", first, "一", "二", "三"]
    with pytest.raises(Problem, match="nothing to do again"):
        redo_last(two.me, two.draft)


def test_something_new_ends_doing_again_but_not_what_others_write(two: Two) -> None:
    two.title("一")
    undo_last(two.me, two.draft)
    document = draft_document(two.draft)
    name = Set(key=document.elements[0].key, field="name", old=document.elements[0].name, new="別")
    acts.operate(two.other, two.draft, [name])
    assert two.words() == (None, "題名の変更")
    redo_last(two.me, two.draft)
    assert two.now == "一"
    undo_last(two.me, two.draft)
    two.title("新しい")
    assert two.words() == ("題名の変更", None)
    with pytest.raises(Problem, match="nothing to do again"):
        redo_last(two.me, two.draft)
    undo_last(two.other, two.draft)
    assert draft_document(two.draft).elements[0].name == document.elements[0].name


def test_what_somebody_else_changed_since_is_refused_with_both_values(two: Two) -> None:
    two.title("わたしの案")
    two.title("相手の案", two.other)
    length = two.draft.operations.count()
    with pytest.raises(Refusal) as caught:
        undo_last(two.me, two.draft)
    assert "「わたしの案」から「相手の案」に変わっているので取り消せません" in caught.value.ja
    assert 'from "わたしの案" to "相手の案"' in caught.value.en
    assert (two.now, two.draft.operations.count()) == ("相手の案", length)


def test_nothing_of_an_act_is_taken_back_where_a_part_of_it_is_refused(two: Two) -> None:
    two.add_indicator()
    added = draft_document(two.draft).indicators[-1]
    acts.operate(two.other, two.draft, [Set(key=added.key, field="unit", old=None, new="件")])
    before = two.bytes
    with pytest.raises(Refusal, match="has changed since"):
        undo_last(two.me, two.draft)
    assert two.bytes == before


def test_a_row_taken_back_by_itself_leaves_the_rest_of_its_act(two: Two) -> None:
    before = draft_document(two.draft)
    goal = before.elements[0]
    made = [
        Set(key=goal.key, field="name", old=goal.name, new="新しい目標"),
        Set(key=two.key, field="title", old=before.title, new="新題"),
        Set(key=two.key, field="remark", old=before.remark or None, new="注"),
    ]
    rows = acts.operate(two.me, two.draft, made)
    acts.undo(two.me, rows[1])
    assert two.words() == ("名称の変更など2件", "題名の変更")
    undo_last(two.me, two.draft)
    assert draft_document(two.draft) == before
    assert two.words()[0] is None


def test_there_is_nothing_to_take_back_in_a_fresh_draft(two: Two) -> None:
    assert two.words() == (None, None)
    with pytest.raises(Problem, match="no change of yours"):
        undo_last(two.me, two.draft)


def test_who_may_not_edit_may_not_take_back(two: Two, person: Callable[..., Any]) -> None:
    reader = actor_of(person("clerk", two.draft.municipality), two.draft.municipality)
    for step in (undo_last, redo_last):
        with pytest.raises(Refused):
            step(reader, two.draft)


def test_each_step_is_one_entry_of_the_log(two: Two) -> None:
    two.add_indicator()
    undo_last(two.me, two.draft)
    redo_last(two.me, two.draft)
    two.title("一")
    undo_last(two.me, two.draft)
    told = [act for act in Act.objects.order_by("no") if act.action in ("draft.undone", "draft.redone")]
    assert [act.action for act in told] == ["draft.undone", "draft.redone", "draft.undone"]
    assert [(line.name, line.new) for line in lines(told[0].old, told[0].new)] == [
        ("最初の番号", "3"),
        ("最後の番号", "4"),
        ("変更の数", "2"),
        ("内容", "指標「新しい件数」の追加など2件"),
    ]
    assert json.loads(json.loads(told[2].new))["op"] == "set"


def test_many_operations_with_a_summary_are_one_entry_of_the_log(two: Two) -> None:
    document = draft_document(two.draft)
    made = [
        Set(key=each.key, field="name", old=each.name, new=f"{each.name}改") for each in document.indicators
    ]
    summary = acts.Summary(words=Words("Excel を取り込んだ", "workbook imported"), counts={"people": 3})
    rows = acts.operate(two.me, two.draft, made, summary=summary)
    assert len({row.act for row in rows}) == 1
    (entry,) = Act.objects.filter(action="draft.changed")
    assert {line.name: line.new for line in lines(entry.old, entry.new)} == {
        "内容": "Excel を取り込んだ",
        "人": "3",
        "変更の数": str(len(made)),
    }
    undo_last(two.me, two.draft)
    assert draft_document(two.draft) == document


def test_the_questions_asked_do_not_grow_with_the_draft(two: Two) -> None:
    two.title("0")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            undo_state(two.me, two.draft)
            undo_last(two.me, two.draft)
            redo_last(two.me, two.draft)
        return len(queries)

    few = asked()
    for number in range(1, 30):
        two.title(str(number))
    assert asked() == few


def test_what_was_rolled_back_is_met_by_nobody(two: Two) -> None:
    two.title("一")
    at = two.draft.pk
    with transaction.atomic():
        two.title("失われる")
        assert two.now == "失われる"
        lost = store.last_operation(two.draft)
        transaction.set_rollback(True)
    two.draft.refresh_from_db()
    assert lost in store.DRAFTS.operations(at)
    assert two.now == "一"
    two.title("二")
    last = store.last_operation(two.draft)
    store.DRAFTS._documents._values.pop((at, last))
    store.DRAFTS._copies._values.pop((at, last))
    assert two.now == "二"


@pytest.mark.parametrize("forgotten", ["everything", "the last", "nothing"])
def test_a_draft_is_the_same_from_any_state_in_memory(forgotten: str, two: Two) -> None:
    two.add_indicator()
    for title in ("一", "二"):
        two.title(title)
    undo_last(two.me, two.draft)
    kept = two.bytes
    if forgotten == "everything":
        store.DRAFTS.clear()
    elif forgotten == "the last":
        at = (two.draft.pk, store.last_operation(two.draft))
        store.DRAFTS._documents._values.pop(at)
        store.DRAFTS._copies._values.pop(at)
    assert two.bytes == kept
    two.title("三")
    assert two.now == "三"


def test_a_new_operation_reads_no_earlier_one_again(two: Two) -> None:
    for title in ("一", "二", "三"):
        two.title(title)
    with CaptureQueriesContext(connection) as queries:
        two.title("四")
        assert two.now == "四"
    assert not [each for each in queries if 'no" > ' in each["sql"] or '"data"' in each["sql"]]


def test_rows_of_before_are_acts_of_their_own(two: Two) -> None:
    two.title("一")
    for step in (undo_last, redo_last, undo_last):
        step(two.me, two.draft)
    DraftOperation.objects.update(act=uuid4(), backwards=False)
    import_module("sosei.web.plans.migrations.0002_acts_of_a_draft").fill(apps, None)
    rows = list(two.draft.operations.all())
    assert [row.act for row in rows] == [row.pk for row in rows]
    assert [row.backwards for row in rows] == [False, True, False, True]
    assert two.words() == (None, "題名の変更")


class Page:
    def __init__(self, two: Two, client: Any) -> None:
        self.two, self.client = two, client
        client.force_login(two.me.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def address(self, name: str) -> str:
        return reverse(name, args=[self.two.draft.municipality.code, self.two.key])

    def text(self) -> str:
        return self.client.get(self.address("draft")).content.decode()


@pytest.fixture
def page(two: Two, client: Any) -> Page:
    return Page(two, client)


def test_the_buttons_say_what_they_will_do(page: Page) -> None:
    assert page.text().count(" disabled") == 2
    assert "元に戻せる自分の変更はありません" in page.text()
    page.two.title("一")
    assert page.text().count(" disabled") == 1
    assert "題名の変更" in page.text()
    answer = page.client.post(page.address("draft_undo_last"), follow=True)
    assert "元に戻しました：題名の変更" in answer.content.decode()
    answer = page.client.post(page.address("draft_redo_last"), follow=True)
    assert "やり直しました：題名の変更" in answer.content.decode()
    assert page.two.now == "一"


def test_a_refusal_is_told_on_the_page_one_came_from(page: Page) -> None:
    page.two.title("わたしの案")
    page.two.title("相手の案", page.two.other)
    answer = page.client.post(
        page.address("draft_undo_last"), {"next": page.address("editions")}, follow=True
    )
    assert answer.redirect_chain == [(page.address("editions"), 302)]
    assert "「わたしの案」から「相手の案」に変わっている" in answer.content.decode()
    away = page.client.post(page.address("draft_redo_last"), {"next": "https://example.com/"})
    assert away["Location"] == page.address("draft")


def test_without_a_draft_there_is_nothing_to_take_back(page: Page) -> None:
    Draft.objects.update(is_open=False)
    assert page.client.post(page.address("draft_undo_last")).status_code == 404
