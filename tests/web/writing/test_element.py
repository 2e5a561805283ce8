from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from sosei.plan.indicator import Role
from sosei.plan.model import Element
from sosei.plan.walk import elements, index, nodes
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("city", [pytest.param("hitoyoshi", marks=pytest.mark.slow), "aso"])
def test_every_element_of_an_example_has_its_page(city: str, writer: Callable[..., Writer]) -> None:
    here = writer(city)
    for placed in elements(here.plan):
        page = here.get(f"elements/{placed.element.key}/")
        assert page.status_code == 200
        text = page.content.decode()
        assert f'value="{placed.element.label}"' in text
        for placement in placed.element.placements:
            assert f"placements/{placement.key}/" in text
        for child in placed.element.children:
            assert f"elements/{child.key}/" in text
        for activity in placed.element.activities:
            assert f'id="k-{activity.key}"' in text


def _element(here: Writer, **wanted: int) -> Element:
    return next(
        placed.element
        for placed in elements(here.plan)
        if all(len(getattr(placed.element, name)) >= least for name, least in wanted.items())
    )


def test_without_script_an_element_is_saved_on_its_page(writer: Callable[..., Writer]) -> None:
    here = writer()
    goal = here.plan.elements[0]
    back = f"{here.base}elements/{goal.key}/"
    sent = {
        "key": goal.key,
        ".next": back,
        "was.label": json.dumps(goal.label),
        "label": "基本目標１",
        "was.name": json.dumps(goal.name),
        "name": "新しい名称<script>",
        "was.divisions": "null",
        "divisions": "新設課",
    }
    assert here.client.post(f"{here.base}save/", sent)["Location"] == back
    page = here.get(f"elements/{goal.key}/").content.decode()
    assert "新しい名称&lt;script&gt;" in page
    assert "新設課" in page
    refused = here.client.post(f"{here.base}save/", sent | {"name": "ほかの名称"})
    assert refused.status_code == 409
    assert 'id="indicators"' in refused.content.decode()
    assert "ほかの名称" in refused.content.decode()


def test_indicators_change_places_among_those_of_their_role(writer: Callable[..., Writer]) -> None:
    here = writer()
    measure = next(
        placed.element
        for placed in elements(here.plan)
        if sum(each.role is Role.KPI for each in placed.element.placements) > 2
    )
    keys = [each.key for each in measure.placements if each.role is Role.KPI]
    page = here.get(f"elements/{measure.key}/").content.decode()
    row = page.partition(f'id="k-{keys[2]}"')[2].partition("</tr>")[0]
    (up,) = re.findall(r'name="after" value="(\w*)" aria-label="[^"]*を上へ', row)
    place = {"key": keys[2], "parent": measure.key, "collection": "placements", "after": up}
    here.post("move/", **place)
    after = index(here.plan)[measure.key]
    assert isinstance(after, Element)
    shown = [each.key for each in after.placements if each.role is Role.KPI]
    assert shown[:3] == [keys[0], keys[2], keys[1]]


def test_a_year_of_what_was_done_is_added_and_written(writer: Callable[..., Writer]) -> None:
    here = writer()
    project = _element(here, activities=1)
    address = f"elements/{project.key}/"
    page = here.get(address).content.decode()
    new = re.search(r'name="new" value="(\w+)"><input type="hidden" name="\.next"', page)[1]  # type: ignore[index]
    assert 'name="year" value="令和7年度"' in page
    sent = {"parent": project.key, "collection": "activities", "new": new, "year": "令和7年度"}
    for _ in range(2):
        answer = here.post("add/", **sent, **{".next": here.base + address})
        assert answer["Location"] == f"{here.base}{address}#k-{new}"
    assert here.value(new, "next") is None
    here.post(
        "save/",
        key=new,
        **{"was.done": "null", "done": "一行目\n二行目", "was.budget": "null", "budget": "1,200千円"},
    )
    back = {".next": here.base + address, "was.next": "null", "next": "来年度は会場を増やす"}
    assert here.post("save/", key=new, **back)["Location"] == here.base + address
    assert here.value(new, "next") == {"text": "来年度は会場を増やす"}
    after = index(here.plan)[project.key]
    assert isinstance(after, Element)
    made = after.activities[-1]
    assert (str(made.year), str(made.done), str(made.budget)) == ("令和7年度", "一行目\n二行目", "1,200千円")
    assert len(after.activities) == len(project.activities) + 1


def test_doubts_and_marks_of_the_transcription_stand_where_they_belong(writer: Callable[..., Writer]) -> None:
    here = writer()
    doubtful = next(
        placed.element
        for placed in elements(here.plan)
        if any(d.field == "divisions" for d in placed.element.doubts)
    )
    note = next(d.note for d in doubtful.doubts if d.field == "divisions")
    page = here.get(f"elements/{doubtful.key}/").content.decode()
    field = page.partition('data-field="divisions"')[2].partition("data-said")[0]
    assert note.replace("'", "&#x27;") in field
    printed = writer("aso")
    goal = printed.plan.elements[0]
    assert f"資料の表記: {goal.as_read['label']}" in printed.get(f"elements/{goal.key}/").content.decode()
    damaged = "〓取県"
    printed.post("save/", key=goal.key, **{"was.name": json.dumps(goal.name), "name": damaged})
    assert "読み取れなかった文字" in printed.get(f"elements/{goal.key}/").content.decode()


def test_what_is_said_of_an_element_stands_on_its_page(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    placed = {node.key: each.element for each in elements(here.plan) for node in nodes(each.element)}
    note, at = next((note, placed[a.at]) for note in here.plan.notes for a in note.anchors if a.at in placed)
    assert f"records/{note.key}/" in here.get(f"elements/{at.key}/").content.decode()


def test_neighbours_and_the_outline_are_one_step_away(writer: Callable[..., Writer]) -> None:
    here = writer()
    level = [placed.element for placed in elements(here.plan) if placed.element.level == "measure"]
    page = here.get(f"elements/{level[7].key}/").content.decode()
    assert f'rel="prev" href="{here.base}elements/{level[6].key}/"' in page
    assert f'rel="next" href="{here.base}elements/{level[8].key}/"' in page
    assert f"{here.base}?open={level[7].key}#k-{level[7].key}" in page
    assert here.get("elements/zzzzzzzzzz/").status_code == 404
