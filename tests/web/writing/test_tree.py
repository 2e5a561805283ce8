from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sosei.plan.base import Prose
from sosei.plan.indicator import Formula, Term
from sosei.plan.keys import new_key
from sosei.plan.model import Plan, Table
from sosei.plan.record import Opinion, Waiver
from sosei.plan.walk import elements, index, placements
from tests.checks.build import city, goal, kpi, measure, project
from tests.web.reading.large import large_plan
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db

Sit = Callable[..., Writer]


def _small(**fields: Any) -> Plan:
    """Two goals with a measure each."""
    return city(
        goal(
            "基本目標1",
            "仕事",
            measures=[measure("施策①", "創業", kpis=[kpi("創業件数", "5件", "10件", of="a")])],
        ),
        goal(
            "基本目標2",
            "移住",
            measures=[measure("施策①", "住まい", projects=[project("した。", label="(1)")])],
        ),
        **fields,
    )


@pytest.mark.parametrize("name", ["hitoyoshi", "aso"])
def test_the_outline_leads_to_every_element(name: str, writer: Sit) -> None:
    here = writer(name)
    page = here.get().content.decode()
    shown = set(re.findall(r'id="k-(\w+)"', page))
    for key in re.findall(r"tree/branch/(\w+)/", page):
        part = here.client.get(
            f"{here.base}tree/branch/{key}/", headers={"HX-Request": "true"}
        ).content.decode()
        assert "<html" not in part
        shown |= set(re.findall(r'id="k-(\w+)"', part))
    assert shown >= {placed.element.key for placed in elements(here.plan)}


def test_without_script_a_branch_is_opened_in_the_page(writer: Sit) -> None:
    here = writer()
    measure = here.plan.elements[0].children[0]
    answer = here.get(f"tree/branch/{measure.key}/")
    assert answer.status_code == 302
    page = here.client.get(answer["Location"].partition("#")[0]).content.decode()
    assert f'id="k-{measure.children[0].key}"' in page
    assert here.get("tree/branch/zzzzzzzzzz/").status_code == 404


@pytest.mark.parametrize(
    ("asked", "found", "missed"),
    [
        ("移住", "地方移住の推進", "農林水産業の成長産業化"),
        ("基本目標2 施策①", "地方移住の推進", "農林水産業の成長産業化"),
        ("施策②", "農林水産業の成長産業化", "地方移住の推進"),
        ("<b>", "&lt;b&gt;", "地方移住の推進"),
    ],
)
def test_elements_are_found_by_number_and_name(asked: str, found: str, missed: str, writer: Sit) -> None:
    page = writer().get(q=asked).content.decode()
    assert found in page
    assert missed not in page.partition('id="tree"')[2]


def test_a_large_plan_opens_closed_and_costs_the_same_queries(
    writer: Sit, django_assert_max_num_queries: Any
) -> None:
    here = writer("aso", large_plan())
    here.get()
    with django_assert_max_num_queries(20):
        page = here.get().content.decode()
    assert len(re.findall(r'<li id="k-', page)) == 8
    goal = here.plan.elements[0]
    part = here.client.get(
        f"{here.base}tree/branch/{goal.key}/", headers={"HX-Request": "true"}
    ).content.decode()
    assert len(re.findall(r'<li id="k-', part)) == len(goal.children)
    assert "指標 1,618" not in part
    found = here.get(q="事業299-1").content.decode()
    assert len(re.findall(r'<li id="k-', found)) == 3


def test_an_element_is_added_once_however_often_it_is_sent(writer: Sit) -> None:
    here = writer()
    goal = here.plan.elements[0]
    page = here.get("tree/add/", parent=goal.key, level="measure").content.decode()
    assert 'value="施策⑧"' in page
    key = re.search(r'name="key.0" value="(\w+)"', page)[1]  # type: ignore[index]
    place = {"parent": goal.key, "level": "measure", "after": "last"}
    sent = {**place, "key.0": key, "label.0": "施策⑧", "name.0": "髙﨑の　関係人口"}
    for _ in range(2):
        answer = here.post("tree/add/", **sent)
        assert answer["Location"] == f"{here.base}?open={key}#k-{key}"
    made = here.plan.elements[0].children[-1]
    assert (made.key, made.label, made.name, made.no, made.level) == (
        key, "施策⑧", "髙﨑の　関係人口", 8, "measure",
    )  # fmt: skip
    here.post("tree/add/", **{**sent, "name.0": "戻って直した名称"})
    assert [each.name for each in here.plan.elements[0].children[-2:]] == [
        "髙﨑の　関係人口",
        "戻って直した名称",
    ]


def test_an_element_stands_where_it_was_asked_for(writer: Sit) -> None:
    here = writer()
    goal = here.plan.elements[0]
    first, second = goal.children[:2]
    for after, at in ((first.key, 1), ("", 0)):
        key = new_key()
        sent = {
            "parent": goal.key,
            "level": "measure",
            "after": after,
            "key.0": key,
            "name.0": "間に",
            "then": "open",
        }
        assert here.post("tree/add/", **sent)["Location"] == f"{here.base}elements/{key}/"
        assert here.plan.elements[0].children[at].key == key
    assert here.plan.elements[0].children[3].key == second.key
    assert here.post("tree/add/", **{**sent, "key.0": new_key(), "then": "again"})["Location"].startswith(
        f"{here.base}tree/add/?parent={goal.key}&level=measure&after="
    )


REFUSED = [
    ({"level": "measure", "name.0": " ", "label.0": ""}, "加えるものを一つは"),
    ({"level": "measure", "name.0": "a\x07b"}, "使えない文字"),
    ({"level": "measure", "name.0": "あ" * 1001}, "長すぎます"),
    ({"level": "measure", "name.0": "x", "key.0": "NOT A KEY"}, "形が合いません"),
    ({"level": "measure", "lines": "\n \n"}, "一行に一つずつ"),
    ({"level": "measure", "lines": "x\n" * 201}, "200行まで"),
    ({"parent": "zzzzzzzzzz"}, "削除した"),
]


@pytest.mark.parametrize(("sent", "said"), REFUSED)
def test_what_cannot_be_added_is_refused_and_kept(sent: dict[str, str], said: str, writer: Sit) -> None:
    here = writer()
    typed = {"parent": here.plan.elements[0].key, "key.0": new_key(), "label.0": "残す番号", **sent}
    answer = here.post("tree/add/", **typed)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert here.operations == 0
    if sent.get("name.0", " ").strip() and "lines" not in sent:
        assert 'value="残す番号"' in page


def test_several_lines_are_split_looked_at_and_added_as_one_act(writer: Sit) -> None:
    from sosei.web.plans.undoing import undo_last

    here = writer()
    goal = here.plan.elements[1]
    place = {"parent": goal.key, "level": "measure", "after": "last"}
    page = here.post(
        "tree/add/", **place, lines="施策⑤ 関係人口\r\n\r\n(6)移住の促進\r\n空き家"
    ).content.decode()
    rows = re.findall(r'name="key.(\d)" value="(\w+)"><input name="label.\d" value="(.*?)"', page)
    assert [label for _, _, label in rows] == ["施策⑤", "(6)", ""]
    names = re.findall(r'name="name.\d" value="(.*?)"', page)
    assert names == ["関係人口", "移住の促進", "空き家"]
    assert here.operations == 0
    sent = {f"key.{n}": key for n, key, _ in rows}
    sent |= {f"label.{n}": label for n, _, label in rows} | {f"name.{n}": names[int(n)] for n, _, _ in rows}
    before = len(goal.children)
    for _ in range(2):
        assert here.post("tree/add/", **place, **sent, several="yes").status_code == 302
    made = here.plan.elements[1].children[before:]
    assert [(each.label, each.name) for each in made] == list(zip(["施策⑤", "(6)", ""], names, strict=True))
    undo_last(here.actor, here.draft)
    assert here.plan.elements[1] == goal


def test_a_direction_comes_before_the_measures_beside_it(writer: Sit) -> None:
    here = writer("aso")
    goal = here.plan.elements[0]
    directions = [each for each in goal.children if each.level == "direction"]
    page = here.get("tree/add/", parent=goal.key, level="direction").content.decode()
    assert f'name="after" value="{directions[-1].key}"' in page
    assert f'value="({len(directions) + 1})"' in page
    page = here.get("tree/add/", parent=goal.key, level="measure").content.decode()
    assert f'name="after" value="{goal.children[-1].key}"' in page


def test_lines_without_numbers_are_numbered_on(writer: Sit) -> None:
    here = writer()
    place = {"parent": here.plan.elements[1].key, "level": "measure", "after": "last"}
    page = here.post("tree/add/", **place, lines="関係人口\n空き家").content.decode()
    assert re.findall(r'name="label.\d" value="(.*?)"', page) == ["施策⑤", "施策⑥"]


def test_an_empty_plan_is_begun_with_its_goals(officer: Callable[[str], Any], client: Client) -> None:
    from sosei.plan.model import LevelKind
    from sosei.web.plans.acts import Beginning, begin_empty

    actor = officer("aso")
    levels = ((LevelKind.GOAL, "基本目標"), (LevelKind.MEASURE, "施策"))
    draft = begin_empty(
        actor, Beginning(key=new_key(), title="次の戦略", first=2025, last=2029, levels=levels)
    )
    client.force_login(actor.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    here = Writer(client, actor, draft)
    page = here.get().content.decode()
    assert "計画の中身はこれからです" in page
    assert "基本目標 › 施策" in page
    lines = here.post(
        "tree/add/", level="goal", after="last", lines="基本目標１ 仕事をつくる\n基本目標２ 移住"
    )
    rows = re.findall(r'name="(key|label|name)\.(\d)" value="(.*?)"', lines.content.decode())
    sent = {f"{part}.{n}": text for part, n, text in rows}
    here.post("tree/add/", level="goal", after="last", several="yes", **sent)
    assert [(each.label, each.no) for each in here.plan.elements] == [("基本目標１", 1), ("基本目標２", 2)]
    assert 'value="基本目標３"' in here.get("tree/add/", level="goal").content.decode()


def test_a_step_moves_one_place_and_stops_at_the_end(writer: Sit) -> None:
    here = writer("aso", _small())
    one, two = (each.key for each in here.plan.elements)
    steps = [
        ({"down": f"{one}."}, [two, one]),
        ({"down": f"{one}."}, [two, one]),  # pressed twice
        ({"down": f"{one}.{two}"}, [two, one]),  # the last there
        ({"up": f"{one}.{two}"}, [one, two]),
    ]
    for sent, order in steps:
        answer = here.post("tree/step/", **sent)
        assert answer["Location"] == f"{here.base}?open={one}#k-{one}"
        assert [each.key for each in here.plan.elements] == order


def test_an_element_moves_with_what_it_holds(writer: Sit) -> None:
    here = writer()
    source = here.plan.elements[0].children[0].children[0]
    target = here.plan.elements[-1].children[-1]
    page = here.get(f"tree/move/{source.key}/", parent=target.key).content.decode()
    assert f'value="{target.children[0].key}"' in page
    here.post(f"tree/move/{source.key}/", parent=target.key, after=target.children[0].key)
    after = here.plan.elements[-1].children[-1].children
    assert after[1].key == source.key
    assert [each.key for each in after[1].placements] == [each.key for each in source.placements]


def test_a_table_above_the_old_place_is_left_behind(writer: Sit) -> None:
    plan = _small()
    goal = plan.elements[0]
    (measure,) = goal.children
    table = Table(key=new_key(), title="表（サンプル）")
    (placement,) = measure.placements
    hung = measure.model_copy(update={"placements": (placement.model_copy(update={"table": table.key}),)})
    goal = goal.model_copy(update={"tables": (table,), "children": (hung,)})
    here = writer("aso", plan.model_copy(update={"elements": (goal, plan.elements[1])}))
    here.post(f"tree/move/{hung.key}/", parent=here.plan.elements[1].key, after="")
    moved = here.plan.elements[1].children[0]
    assert (moved.key, moved.placements[0].table) == (hung.key, None)


@pytest.mark.parametrize("to", ["itself", "a child", "below", "nowhere"])
def test_an_element_goes_only_where_its_level_may_stand(to: str, writer: Sit) -> None:
    here = writer("aso", _small())
    goal = here.plan.elements[0]
    parent = {
        "itself": goal.key,
        "a child": goal.children[0].key,
        "below": here.plan.elements[1].key,
        "nowhere": "zzzzzzzzzz",
    }[to]
    assert here.post(f"tree/move/{goal.key}/", parent=parent, after="last").status_code == 400
    assert here.operations == 0


@pytest.mark.parametrize(("keep", "left"), [("remove", 0), ("keep", 1)])
def test_an_element_goes_with_all_that_hangs_on_it_as_one_act(keep: str, left: int, writer: Sit) -> None:
    from sosei.web.plans.undoing import undo_last

    plan = _small()
    measure = plan.elements[0].children[0]
    plan = plan.model_copy(
        update={
            "opinions": (Opinion(key=new_key(), about=measure.key, text=Prose(text="よい（サンプル）")),),
            "waivers": (Waiver(key=new_key(), code="TWN01", reason="別の指標（サンプル）", at=measure.key),),
        }
    )
    here = writer("aso", plan)
    before = here.plan
    page = here.get(f"tree/remove/{measure.key}/").content.decode()
    for words in (
        "創業件数",
        "意見は対象のないものとして残ります",
        "点検の除外も消えます",
        "1件あります",
        "実績値",
    ):
        assert words in page
    answer = here.post(f"tree/remove/{measure.key}/", indicators=keep, reason="統合のため")
    assert answer["Location"] == f"{here.base}?open={plan.elements[0].key}#k-{plan.elements[0].key}"
    assert here.post(f"tree/remove/{measure.key}/", indicators=keep)["Location"] == here.base  # pressed twice
    after = here.plan
    assert measure.key not in index(after)
    assert len(after.indicators) == left
    assert after.opinions[0].about is None
    assert after.waivers == ()
    undo_last(here.actor, here.draft)
    assert here.plan == before


@pytest.mark.parametrize("name", ["hitoyoshi", "aso"])
def test_every_goal_of_an_example_can_go_and_come_back(name: str, writer: Sit) -> None:
    from sosei.web.plans.undoing import undo_last
    from sosei.web.writing.tree_acts import remove_element

    here = writer(name)
    whole = here.plan
    for each in whole.elements:
        remove_element(here.actor, here.draft, each.key, "", with_indicators=True)
        gone = here.plan
        placed = {each.indicator for _, each in placements(gone)}
        assert {each.key for each in whole.indicators} - {each.key for each in gone.indicators}
        assert all(
            placement.indicator in {i.key for i in gone.indicators} for _, placement in placements(gone)
        )
        assert placed <= {each.key for each in gone.indicators}
        undo_last(here.actor, here.draft)
        assert here.plan == whole


def test_an_indicator_that_a_formula_needs_stays(writer: Sit) -> None:
    from sosei.web.writing.tree_acts import left_alone

    plan = city(
        goal(
            "基本目標1",
            "a",
            measures=[measure("施策①", "b", kpis=[kpi("転入者数", of="a"), kpi("転出者数", of="b")])],
        ),
        goal("基本目標2", "c", measures=[measure("施策①", "d", kpis=[kpi("社会増減", of="c")])]),
    )
    first, _, third = plan.indicators
    derived = third.model_copy(
        update={"formula": Formula(text="転入者数", terms=(Term(indicator=first.key),))}
    )
    here = writer("aso", plan.model_copy(update={"indicators": (*plan.indicators[:2], derived)}))
    lone = left_alone(here.plan, here.plan.elements[0])
    assert [each.name for each in lone.free] == ["転出者数"]
    assert [each.name for each in lone.needed] == ["転入者数"]
    here.post(f"tree/remove/{here.plan.elements[0].key}/", indicators="remove")
    assert [each.name for each in here.plan.indicators] == ["転入者数", "社会増減"]


def test_numbers_are_looked_at_then_changed_as_one_act(writer: Sit) -> None:
    from sosei.web.plans.undoing import undo_last

    here = writer()
    before = here.labels("measure")
    wish = {"level": "measure", "first": "1-(1)", "within": "parent", "along": "yes"}
    page = here.get("tree/renumber/", **wish).content.decode()
    assert "<del>施策①</del> → <ins>1-(1)</ins>" in page
    assert "<ins>4-(3)</ins>" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]  # type: ignore[index]
    assert here.post("tree/renumber/", **wish, seen="other").status_code == 200
    assert here.operations == 0
    for _ in range(2):
        assert here.post("tree/renumber/", **wish, seen=seen).status_code == 302
    after = here.labels("measure")
    assert after[:2] == ["1-(1)", "1-(2)"]
    assert after[-1] == "4-(3)"
    undo_last(here.actor, here.draft)
    assert here.labels("measure") == before


def test_a_plan_that_changed_meanwhile_is_looked_at_again(writer: Sit) -> None:
    here = writer()
    wish = {"level": "measure", "first": "施策１", "within": "through"}
    seen = re.search(r'name="seen" value="(\w+)"', here.get("tree/renumber/", **wish).content.decode())[1]  # type: ignore[index]
    here.post("tree/step/", down=f"{here.plan.elements[0].key}.")
    page = here.post("tree/renumber/", **wish, seen=seen).content.decode()
    assert "確かめているあいだに計画が変わりました" in page
    assert "施策①" in here.labels("measure")


@pytest.mark.parametrize("first", ["番号なし", "⑴"])
def test_a_form_that_cannot_number_is_said(first: str, writer: Sit) -> None:
    here = writer("aso", large_plan())
    answer = here.get("tree/renumber/", level="measure", first=first, within="through")
    assert answer.status_code == 400
    assert "番号" in answer.content.decode()
