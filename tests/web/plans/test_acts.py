from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sosei.plan.operations import Refusal, Set
from sosei.plan.reading import load_plan
from sosei.plan.writing import digest, dump_plan
from sosei.values import Problem
from sosei.web.journal.models import Act
from sosei.web.people.actor import Refused, actor_of
from sosei.web.plans import acts
from sosei.web.plans.acts import Adoption
from sosei.web.plans.models import Draft, Edition, Element, RegisteredIndicator
from sosei.web.plans.store import draft_document, edition_bytes, edition_document
from tests.web.conftest import EXAMPLES

pytestmark = pytest.mark.django_db

Officer = Callable[[str], Any]


def _draft(officer: Officer, name: str = "aso") -> tuple[Any, Draft]:
    actor = officer(name)
    return actor, acts.load_file(actor, EXAMPLES[name].read_bytes())


def _adoption(draft: Draft, **more: Any) -> Adoption:
    draft.refresh_from_db()
    return Adoption(title="策定", on=date(2025, 9, 1), length=draft.length, **more)


def _title(draft: Draft, old: str, new: str, **more: Any) -> Set:
    return Set(key=draft.plan.key, field="title", old=old, new=new, **more)


TITLE = "第3期阿蘇市まち・ひと・しごと創生総合戦略"


def test_a_loaded_file_is_adopted_as_canonical_bytes(officer: Officer) -> None:
    actor, draft = _draft(officer)
    edition = acts.adopt(actor, draft, _adoption(draft, reason="議決"))
    data = edition_bytes(edition)
    assert digest(data) == edition.sha256
    assert dump_plan(load_plan(data)) == data
    (words,) = load_plan(data).editions
    assert (words.no, words.title, words.reason) == (1, "策定", "議決")
    assert words.adopted is not None
    assert words.adopted.when is not None
    assert words.adopted.when.first_day == date(2025, 9, 1)


def test_adoption_registers_every_element_and_indicator(officer: Officer) -> None:
    actor, draft = _draft(officer, "hitoyoshi")
    edition = acts.adopt(actor, draft, _adoption(draft))
    document = edition_document(edition)
    assert RegisteredIndicator.objects.count() == len(document.indicators)
    assert Element.objects.filter(kind="indicator").count() == len(document.indicators)
    assert Element.objects.filter(kind="placement").count() == 112
    assert not Element.objects.exclude(first=edition, last=edition).exists()


def test_the_second_edition_keeps_the_first_and_says_why(officer: Officer) -> None:
    actor, draft = _draft(officer)
    first = acts.adopt(actor, draft, _adoption(draft))
    before = edition_bytes(Edition.objects.get(pk=first.pk))
    draft = acts.begin_revision(actor, first.plan)
    acts.operate(actor, draft, [_title(draft, TITLE, "改訂版")])
    second = acts.adopt(
        actor, draft, _adoption(draft, reasons={(first.plan.key, "title"): "名称の変更", ("x", "y"): " "})
    )
    assert (first.no, second.no) == (1, 2)
    assert edition_bytes(Edition.objects.get(pk=first.pk)) == before
    assert edition_document(second).title == "改訂版"
    assert list(second.reasons.values_list("field", "text")) == [("title", "名称の変更")]
    assert set(Element.objects.values_list("first__no", "last__no")) == {(1, 2)}


def test_an_operation_whose_old_value_is_gone_is_refused_with_both_values(officer: Officer) -> None:
    actor, draft = _draft(officer)
    acts.operate(actor, draft, [_title(draft, TITLE, "一")])
    with pytest.raises(Refusal, match=r'総合戦略" and is now "一"'):
        acts.operate(actor, draft, [_title(draft, TITLE, "二")])
    assert draft_document(draft).title == "一"


def test_one_takes_back_ones_own_change_once(officer: Officer, person: Callable[..., Any]) -> None:
    actor, draft = _draft(officer)
    (row,) = acts.operate(actor, draft, [_title(draft, TITLE, "一")])
    other = actor_of(person("officer", draft.municipality, username="other"), draft.municipality)
    with pytest.raises(Problem, match="only one's own"):
        acts.undo(other, row)
    acts.undo(actor, row)
    assert draft_document(draft).title == TITLE
    with pytest.raises(Problem, match="taken back already"):
        acts.undo(actor, row)


def test_a_draft_that_moved_on_is_not_adopted(officer: Officer) -> None:
    actor, draft = _draft(officer)
    seen = _adoption(draft)
    acts.operate(actor, draft, [_title(draft, TITLE, "一")])
    with pytest.raises(Problem, match="the draft changed"):
        acts.adopt(actor, draft, seen)


def test_the_same_file_again_changes_nothing(officer: Officer) -> None:
    actor, draft = _draft(officer)
    with pytest.raises(Problem, match="nothing was changed"):
        acts.load_file(actor, EXAMPLES["aso"].read_bytes())
    edition = acts.adopt(actor, draft, _adoption(draft))
    with pytest.raises(Problem, match="nothing was changed"):
        acts.load_file(actor, edition_bytes(edition))
    assert not Draft.objects.filter(is_open=True).exists()


def test_a_file_of_another_municipality_is_refused(officer: Officer) -> None:
    with pytest.raises(Problem, match=r"人吉市 \(432032\)"):
        acts.load_file(officer("aso"), EXAMPLES["hitoyoshi"].read_bytes())


def test_an_indicator_with_values_keeps_its_meaning(officer: Officer) -> None:
    actor, draft = _draft(officer, "hitoyoshi")
    edition = acts.adopt(actor, draft, _adoption(draft))
    indicator = next(i for i in edition_document(edition).indicators if i.observations and i.unit)
    draft = acts.begin_revision(actor, edition.plan)
    acts.operate(actor, draft, [Set(key=indicator.key, field="unit", old=indicator.unit, new="別の単位")])
    with pytest.raises(Problem, match="continues the old one"):
        acts.adopt(actor, draft, _adoption(draft))


def test_a_discarded_draft_can_be_opened_again(officer: Officer) -> None:
    actor, draft = _draft(officer)
    acts.discard(actor, draft)
    with pytest.raises(Problem, match="cannot be changed any more"):
        acts.operate(actor, draft, [_title(draft, TITLE, "一")])
    acts.reopen(actor, draft)
    acts.operate(actor, draft, [_title(draft, TITLE, "一")])


@pytest.mark.parametrize("role", ["clerk", "head", "headquarters", "council", "reader", None])
def test_only_officers_change_a_plan(role: str | None, officer: Officer, person: Callable[..., Any]) -> None:
    _, draft = _draft(officer)
    actor = actor_of(person(role, draft.municipality), draft.municipality)
    with pytest.raises(Refused, match="Planning officer"):
        acts.operate(actor, draft, [_title(draft, TITLE, "一")])


def test_acts_are_numbered_in_one_chain(officer: Officer) -> None:
    actor, draft = _draft(officer)
    acts.adopt(actor, draft, _adoption(draft))
    assert list(Act.objects.order_by("no").values_list("no", "action")) == [
        (1, "plan.loaded"),
        (2, "plan.adopted"),
    ]
