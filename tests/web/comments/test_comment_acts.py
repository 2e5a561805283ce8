"""Public comments and opinions: entered once, changed by one at a time, moved, removed and restored, logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from sosei.plan.operations import Set
from sosei.values import Problem
from sosei.web.comments import acts, opinions
from sosei.web.comments.acts import Said
from sosei.web.comments.asking import open_questions
from sosei.web.comments.models import PublicComment, PublicOpinion
from sosei.web.comments.opinions import SaidOpinion, living
from sosei.web.journal.models import Act
from sosei.web.people.actor import Refused, actor_of
from sosei.web.plans.acts import Adoption, adopt, discard, operate
from sosei.web.plans.store import draft_document
from sosei.web.site.stale import Stale, TooOld

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = timedelta(days=1)
ANSWERED = SaidOpinion(summary="本数を増やしてほしい。", answer="検討します。", outcome="reference")


def said(**more: Any) -> Said:
    return replace(Said(title="意見募集", since=date(2024, 1, 5), until=date(2024, 2, 3)), **more)


def summaries(comment: Any) -> list[str]:
    return [row.summary for row in living(comment)]


def entered(actor: Any, comment: Any, *words: str) -> list[PublicOpinion]:
    return [opinions.add(actor, comment, uuid4(), SaidOpinion(summary=each)) for each in words]


def actions() -> list[str]:
    names = Act.objects.order_by("no").values_list("action", flat=True)
    return [each for each in names if each.partition(".")[0] in ("comment", "opinion", "opinions")]


@pytest.mark.parametrize(
    ("since", "until", "stage"),
    [
        (TODAY + DAY, TODAY + 2 * DAY, "before"),
        (TODAY, TODAY, "open"),
        (TODAY - DAY, TODAY, "open"),
        (TODAY - 2 * DAY, TODAY - DAY, "closed"),
    ],
)
def test_both_days_belong_to_the_period(since: date, until: date, stage: str) -> None:
    assert PublicComment(since=since, until=until).stage(TODAY) == stage


def test_a_form_sent_twice_makes_one_comment_and_one_opinion(actor: Any, draft: Any) -> None:
    key, opinion = uuid4(), uuid4()
    first, second = (acts.begin(actor, draft, key, said()) for _ in range(2))
    assert first.pk == second.pk
    for _ in range(2):
        opinions.add(actor, first, opinion, ANSWERED)
    assert summaries(first) == [ANSWERED.summary]
    assert actions() == ["comment.begun", "opinion.added"]


def test_a_form_filled_anew_after_it_was_sent_is_refused(actor: Any, comment: Any) -> None:
    key = uuid4()
    opinions.add(actor, comment, key, ANSWERED)
    with pytest.raises(Problem, match="entered already"):
        opinions.add(actor, comment, key, replace(ANSWERED, summary="別の意見"))
    assert summaries(comment) == [ANSWERED.summary]


def test_a_key_of_another_comment_is_refused(actor: Any, draft: Any, comment: Any) -> None:
    (there,) = entered(actor, comment, "一")
    other = acts.begin(actor, draft, uuid4(), said())
    with pytest.raises(TooOld):
        opinions.add(actor, other, there.pk, ANSWERED)
    assert summaries(other) == []


def test_nobody_but_planning_officers_writes(
    actor: Any, draft: Any, comment: Any, person: Callable[..., Any]
) -> None:
    clerk = actor_of(person("clerk", actor.municipality), actor.municipality)
    (row,) = entered(actor, comment, "一")
    for act in (
        lambda: acts.begin(clerk, draft, uuid4(), said()),
        lambda: acts.change(clerk, comment, said(), ""),
        lambda: acts.publish(clerk, comment),
        lambda: acts.withdraw(clerk, comment),
        lambda: acts.remove(clerk, comment),
        lambda: acts.restore(clerk, comment),
        lambda: opinions.add(clerk, comment, uuid4(), ANSWERED),
        lambda: opinions.add_all(clerk, comment, uuid4(), [ANSWERED]),
        lambda: opinions.change(clerk, row, ANSWERED, ""),
        lambda: opinions.move(clerk, row, 1, 2),
        lambda: opinions.remove(clerk, row),
        lambda: opinions.restore(clerk, row),
    ):
        with pytest.raises(Refused):
            act()
    assert summaries(comment) == ["一"]


def test_what_changed_meanwhile_is_not_written_over(actor: Any, comment: Any) -> None:
    (row,) = entered(actor, comment, "一")
    seen = opinions.state_of(row)
    opinions.change(actor, row, replace(opinions.said_of(row), answer="答え"), seen)
    with pytest.raises(Stale):
        opinions.change(actor, row, replace(opinions.said_of(row), answer="別の答え"), seen)
    row.refresh_from_db()
    assert row.answer == "答え"
    shown = acts.state_of(comment)
    acts.change(actor, comment, replace(acts.said_of(comment), people=3), shown)
    with pytest.raises(Stale):
        acts.change(actor, comment, replace(acts.said_of(comment), people=4), shown)
    assert PublicComment.objects.get(pk=comment.pk).people == 3


def test_the_same_change_sent_twice_is_made_and_logged_once(actor: Any, comment: Any) -> None:
    (row,) = entered(actor, comment, "一")
    seen = opinions.state_of(row)
    for _ in range(2):
        opinions.change(actor, row, replace(opinions.said_of(row), answer="答え"), seen)
    assert actions().count("opinion.changed") == 1
    (act,) = Act.objects.filter(action="opinion.changed")
    assert ("答え" in act.new, "一" in act.new) == (True, False)


@pytest.mark.parametrize(
    ("stood", "to", "order"),
    [(1, 2, "二一三"), (3, 2, "一三二"), (1, 3, "二三一"), (3, 1, "三一二"), (2, 2, "一二三")],
)
def test_an_opinion_is_moved(stood: int, to: int, order: str, actor: Any, comment: Any) -> None:
    rows = entered(actor, comment, *"一二三")
    for _ in range(2):  # a double click moves once
        opinions.move(actor, rows[stood - 1], stood, to)
    assert summaries(comment) == list(order)


def test_a_move_from_an_old_page_is_refused(actor: Any, comment: Any) -> None:
    rows = entered(actor, comment, *"一二三")
    opinions.move(actor, rows[0], 1, 3)
    with pytest.raises(Problem, match="order changed"):
        opinions.move(actor, rows[0], 1, 2)
    assert summaries(comment) == list("二三一")


@pytest.mark.parametrize(
    ("number", "order"), [(None, "一二三"), (1, "三一二"), (2, "一三二"), (99, "一二三")]
)
def test_an_opinion_is_entered_at_a_number(number: int | None, order: str, actor: Any, comment: Any) -> None:
    entered(actor, comment, *"一二")
    opinions.add(actor, comment, uuid4(), SaidOpinion(summary="三"), number)
    assert summaries(comment) == list(order)


def test_a_removed_opinion_comes_back_where_it_stood(actor: Any, comment: Any) -> None:
    rows = entered(actor, comment, *"一二三")
    for _ in range(2):
        opinions.remove(actor, rows[1])
    assert summaries(comment) == list("一三")
    with pytest.raises(Problem, match="has been removed"):
        opinions.change(actor, rows[1], ANSWERED, opinions.state_of(rows[1]))
    for _ in range(2):
        opinions.restore(actor, rows[1])
    assert summaries(comment) == list("一二三")
    assert actions()[-2:] == ["opinion.removed", "opinion.restored"]


def test_a_removed_comment_takes_nothing_more_until_it_is_back(actor: Any, comment: Any) -> None:
    acts.remove(actor, comment)
    with pytest.raises(Problem, match="has been removed"):
        opinions.add(actor, comment, uuid4(), ANSWERED)
    acts.restore(actor, comment)
    opinions.add(actor, comment, uuid4(), ANSWERED)


@pytest.mark.parametrize("lacking", [replace(ANSWERED, answer=""), replace(ANSWERED, outcome="")])
def test_a_result_with_an_open_opinion_is_not_published(
    lacking: SaidOpinion, actor: Any, comment: Any
) -> None:
    opinions.add(actor, comment, uuid4(), ANSWERED)
    row = opinions.add(actor, comment, uuid4(), lacking)
    with pytest.raises(Problem, match="1 opinions lack"):
        acts.publish(actor, comment)
    opinions.remove(actor, row)
    acts.publish(actor, comment)


def test_a_result_is_not_published_while_the_period_lasts(actor: Any, draft: Any) -> None:
    running = acts.begin(actor, draft, uuid4(), said(since=TODAY, until=TODAY))
    with pytest.raises(Problem, match="not over yet"):
        acts.publish(actor, running)


def test_a_published_result_is_not_changed_until_it_is_taken_back(actor: Any, comment: Any) -> None:
    row = opinions.add(actor, comment, uuid4(), ANSWERED)
    for _ in range(2):
        acts.publish(actor, comment)
    for act in (
        lambda: opinions.remove(actor, row),
        lambda: opinions.add(actor, comment, uuid4(), ANSWERED),
        lambda: acts.change(actor, comment, said(), acts.state_of(comment)),
        lambda: acts.remove(actor, comment),
    ):
        with pytest.raises(Problem, match="is published"):
            act()
    acts.withdraw(actor, comment)
    opinions.remove(actor, row)
    assert actions()[-3:] == ["comment.published", "comment.withdrawn", "opinion.removed"]


def test_no_comment_begins_on_a_closed_draft(actor: Any, draft: Any) -> None:
    discard(actor, draft)
    with pytest.raises(Problem, match="has been closed"):
        acts.begin(actor, draft, uuid4(), said())


def test_an_opinion_names_a_change_of_its_own_draft_only(actor: Any, draft: Any, comment: Any) -> None:
    goal = draft_document(draft).elements[0]
    (made,) = operate(actor, draft, [Set(key=goal.key, field="name", old=goal.name, new="新しい名称")])
    row = opinions.add(actor, comment, uuid4(), replace(ANSWERED, operation=str(made.pk)))
    assert row.operation_id == made.pk
    with pytest.raises(Problem, match="is not there"):
        opinions.add(actor, comment, uuid4(), replace(ANSWERED, operation=str(uuid4())))


def test_what_is_open_is_told_before_adoption(actor: Any, draft: Any, comment: Any) -> None:
    assert open_questions(draft) == []
    row = entered(actor, comment, "一")[0]
    removed = entered(actor, comment, "二")[0]
    opinions.remove(actor, removed)
    acts.begin(actor, draft, uuid4(), said(title="前", since=TODAY + DAY, until=TODAY + DAY))
    acts.begin(actor, draft, uuid4(), said(title="中", since=TODAY, until=TODAY))
    assert [each.ja for each in open_questions(draft)] == [
        "意見募集「前」は、まだ始まっていません",
        "意見募集「中」は募集中です",
        "意見募集「総合戦略（案）への意見募集」に、考え方が未記入の意見が1件あります",
    ]
    opinions.change(actor, row, ANSWERED, opinions.state_of(row))
    assert len(open_questions(draft)) == 2


def test_after_adoption_the_comment_knows_the_edition_it_led_to(actor: Any, draft: Any, comment: Any) -> None:
    goal = draft_document(draft).elements[0]
    operate(
        actor, draft, [Set(key=goal.key, field="name", old=goal.name, new="新しい名称", reason="意見による")]
    )
    edition = adopt(actor, draft, Adoption(title="改訂", on=TODAY, length=1))
    comment.refresh_from_db()
    assert PublicComment.objects.get(pk=comment.pk).draft.adopted == edition
    opinions.add(actor, comment, uuid4(), ANSWERED)  # the answers are often finished afterwards
    acts.publish(actor, comment)


def test_several_are_added_all_or_none_and_once(actor: Any, comment: Any) -> None:
    entered(actor, comment, "一")
    first = uuid4()
    rows = [SaidOpinion(summary=each) for each in "二三"]
    assert [opinions.add_all(actor, comment, first, rows) for _ in range(2)] == [2, 0]
    assert summaries(comment) == list("一二三")
