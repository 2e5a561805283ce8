from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from sosei.plan.model import Plan
from sosei.plan.record import Note
from sosei.plan.walk import elements, index
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.writing.note_places import Several, anchor_at, in_order, next_mark, occurrences, renumbered
from tests.web.conftest import EXAMPLES
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def aso() -> Plan:
    from sosei.plan.reading import read_plan

    return read_plan(EXAMPLES["aso"])


def _described(plan: Plan) -> Any:
    """The measure that speaks of スマート農業 once and of 農業 often."""
    return next(
        each.element
        for each in elements(plan)
        if each.element.description and "スマート農業" in each.element.description.text
    )


WORDS: list[tuple[str, str, list[int]]] = [
    ("農業と農業", "農業", [2, 5]),
    ("農業と農業", "と", [3]),
    ("農業と農業", "林業", []),
    ("3.5%（3.5％）", "3.5", [3, 8]),
    ("ああああ", "ああ", [2, 4]),
]


@pytest.mark.parametrize(("text", "word", "offsets"), WORDS)
def test_a_word_is_found_where_it_stands(text: str, word: str, offsets: list[int]) -> None:
    assert [each.offset for each in occurrences(text, word)] == offsets


def test_a_note_hangs_behind_the_word_at_the_end_or_on_a_value(aso: Plan) -> None:
    words, node = Wording(aso), _described(aso)
    text = node.description.text
    found = anchor_at(node, words, {"field": "description", "word": "スマート農業"})
    assert found.offset == text.index("スマート農業") + 6
    assert anchor_at(node, words, {"field": "name"}).offset == len(node.name)
    placement = next(each for placed in elements(aso) for each in placed.element.placements if each.baseline)
    assert anchor_at(placement, words, {"field": "baseline", "word": "x"}).offset is None


WRONG: list[tuple[Mapping[str, str], str]] = [
    ({}, "欄を選んで"),
    ({"field": "children"}, "欄を選んで"),
    ({"field": "key"}, "欄を選んで"),
    ({"field": "description", "word": "どこにもない語"}, "ありません"),
]


@pytest.mark.parametrize(("sent", "says"), WRONG)
def test_a_place_that_is_not_there_is_refused(aso: Plan, sent: Mapping[str, str], says: str) -> None:
    with pytest.raises(Problem) as refused:
        anchor_at(_described(aso), Wording(aso), sent)
    assert says in refused.value.ja


def test_a_word_that_stands_often_has_to_be_chosen(aso: Plan) -> None:
    node, words = _described(aso), Wording(aso)
    with pytest.raises(Several) as several:
        anchor_at(node, words, {"field": "description", "word": "農業"})
    last = several.value.places[-1].offset
    sent = {"field": "description", "word": "農業", "offset": str(last)}
    assert anchor_at(node, words, sent).offset == last


MARKS: list[tuple[str, list[str]]] = [
    ("注1", ["注1", "注2", "注3"]),
    ("※9", ["※9", "※10", "※11"]),
    ("（注１）", ["（注１）", "（注２）", "（注３）"]),
]


@pytest.mark.parametrize(("first", "marks"), MARKS)
def test_marks_are_counted_on_in_the_order_of_their_places(aso: Plan, first: str, marks: list[str]) -> None:
    lines = renumbered(aso, first, "")
    assert [mark for _, mark in lines][:3] == marks
    assert [note.term for note, _ in lines][:3] == [note.term for note in in_order(aso)][:3]
    assert len(lines) == len(aso.notes)
    assert {note.kind for note, _ in renumbered(aso, first, "value")} == {"value"}


@pytest.mark.parametrize("first", ["注", "", "※"])
def test_a_mark_without_a_number_cannot_be_counted_on(aso: Plan, first: str) -> None:
    with pytest.raises(Problem):
        renumbered(aso, first, "")


NEXT: list[tuple[str, str]] = [("※", "※"), ("注4", "注5"), ("", "")]


@pytest.mark.parametrize(("last", "mark"), NEXT)
def test_a_new_note_gets_the_next_mark(aso: Plan, last: str, mark: str) -> None:
    notes = (*aso.notes[:-1], aso.notes[-1].model_copy(update={"mark": last}))
    assert next_mark(aso.model_copy(update={"notes": notes})) == mark


def test_a_note_is_made_where_it_is_needed_once(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    node = _described(here.plan)
    page = here.get("notes/new/", at=node.key, field="description", next=here.base).content.decode()
    key = re.search(r'name="new" value="(\w+)"', page).group(1)  # type: ignore[union-attr]
    sent = {
        "at": node.key,
        "field": "description",
        "word": "スマート農業",
        "kind": "term",
        "mark": "注1",
        "term": "スマート農業",
        "text": "説明（サンプル）",
        "next": here.base,
        "new": key,
    }
    before = len(here.plan.notes)
    for _ in range(2):
        answer = here.post("notes/new/", **sent)
        assert (answer.status_code, answer.url) == (302, here.base)
    assert len(here.plan.notes) == before + 1
    note = here.plan.notes[-1]
    assert (note.mark, note.text.text, note.anchors[0].at) == ("注1", "説明（サンプル）", node.key)
    assert here.operations == 1


def test_what_was_typed_of_a_note_stays_until_it_can_be_kept(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    node = _described(here.plan)
    typed = {"at": node.key, "field": "description", "kind": "term", "text": "残る文", "term": "残る語"}
    answer = here.post("notes/new/", word="ない語", **typed)
    assert answer.status_code == 400
    several = here.post("notes/new/", word="農業", **typed)
    for page in (answer.content.decode(), several.content.decode()):
        assert "残る文" in page
        assert 'value="残る語"' in page
    assert 'name="offset"' in several.content.decode()
    assert here.post("notes/new/", **(typed | {"text": ""})).status_code == 400
    assert here.operations == 0


def test_a_place_is_searched_added_and_taken_off(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    node, note = _described(here.plan), here.plan.notes[0]
    found = here.get(f"notes/{note.key}/hang/", find=node.name[:8]).content.decode()
    assert f"?at={node.key}" in found
    assert "ありません" in here.get(f"notes/{note.key}/hang/", find="どこにもない名").content.decode()
    here.post(f"notes/{note.key}/hang/", at=node.key, field="name", word=node.name[:4])
    assert [each.at for each in _note(here, note.key).anchors] == [note.anchors[0].at, node.key]
    page = here.get(f"records/{note.key}/").content.decode()
    sign = re.findall(r'name="anchor" value="([^"]*)"', page)[1].replace("&quot;", '"')
    here.post(f"notes/{note.key}/unhang/", anchor=sign)
    assert _note(here, note.key).anchors == note.anchors
    here.post(f"notes/{note.key}/unhang/", anchor="no place")
    assert _note(here, note.key).anchors == note.anchors


def test_marks_are_written_in_one_act_after_they_were_seen(writer: Callable[..., Writer]) -> None:
    from sosei.web.plans.undoing import undo_last

    here = writer("aso")
    old = [each.mark for each in here.plan.notes]
    page = here.get("notes/renumber/", first="注1").content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)  # type: ignore[union-attr]
    stale = here.post("notes/renumber/", first="※1", seen=seen)
    assert "もう一度確かめて" in stale.content.decode()
    assert [each.mark for each in here.plan.notes] == old
    assert here.post("notes/renumber/", first="注1", seen=seen).status_code == 302
    assert [each.mark for each in in_order(here.plan)][:2] == ["注1", "注2"]
    undo_last(here.actor, here.draft)
    assert [each.mark for each in here.plan.notes] == old


def test_the_list_points_out_a_number_that_two_notes_have(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    assert "同じ印" not in here.get("parts/notes/").content.decode()
    first, second = here.plan.notes[:2]
    for note in (first, second):
        here.post("save/", key=note.key, mark="注7", **{"was.mark": f'"{note.mark}"'})
    assert here.get("parts/notes/").content.decode().count("同じ印") == 2


def _note(here: Writer, key: str) -> Note:
    node = index(here.plan)[key]
    assert isinstance(node, Note)
    return node
