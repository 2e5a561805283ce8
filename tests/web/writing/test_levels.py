from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.html import escape

from sosei.plan.writing import data_of
from tests.web.writing.conftest import Writer

pytestmark = pytest.mark.django_db

GOAL = ("goal", "基本目標", "goal")
DIRECTION = ("direction", "基本的方向", "direction")
MEASURE = ("measure", "施策", "measure")


def _was(here: Writer) -> str:
    return json.dumps(data_of(here.plan).get("levels", []), ensure_ascii=False, sort_keys=True)


def _sent(*rows: tuple[str, str, str], **more: str) -> dict[str, str]:
    found: dict[str, str] = dict(more)
    for n, (code, name, kind) in enumerate(rows):
        found |= {f"code.{n}": code, f"name.{n}": name, f"kind.{n}": kind}
    return found


def _names(here: Writer) -> list[str]:
    return [each.name for each in here.plan.levels]


SAVED: list[tuple[str, tuple[tuple[str, str, str], ...], list[str]]] = [
    ("renamed", (GOAL, DIRECTION, ("measure", "取組", "measure")), ["基本目標", "基本的方向", "取組"]),
    (
        "added",
        (GOAL, DIRECTION, MEASURE, ("", "事業", "project")),
        ["基本目標", "基本的方向", "施策", "事業"],
    ),
    (
        "added above",
        (("", "柱", "policy"), GOAL, DIRECTION, MEASURE),
        ["柱", "基本目標", "基本的方向", "施策"],
    ),
    ("an empty row is none", (GOAL, DIRECTION, MEASURE, ("", " ", "")), ["基本目標", "基本的方向", "施策"]),
]


@pytest.mark.parametrize(("rows", "names"), [case[1:] for case in SAVED], ids=[case[0] for case in SAVED])
def test_levels_are_written_as_one_value(
    writer: Callable[..., Writer], rows: tuple[tuple[str, str, str], ...], names: list[str]
) -> None:
    here = writer("aso")
    answer = here.post("levels/", was=_was(here), **_sent(*rows))
    assert answer.status_code == 302
    assert _names(here) == names
    assert here.operations == (names != ["基本目標", "基本的方向", "施策"])


REFUSED: list[tuple[str, tuple[tuple[str, str, str], ...], dict[str, str], str]] = [
    ("used", (GOAL, DIRECTION, MEASURE), {"gone.2": "yes"}, "削除できません"),
    ("left out", (GOAL, DIRECTION), {}, "削除できません"),
    ("nameless", (GOAL, DIRECTION, ("measure", "", "measure")), {}, "名称のない階層"),
    ("kindless", (GOAL, DIRECTION, MEASURE, ("", "事業", "")), {}, "種類を選んで"),
    ("unknown kind", (GOAL, DIRECTION, MEASURE, ("", "事業", "nothing")), {}, "種類を選んで"),
    ("twice", (GOAL, DIRECTION, MEASURE, ("", "施 策", "project")), {}, "二つあります"),
    ("upside down", (DIRECTION, GOAL, MEASURE), {}, "この順にはできません"),
    ("too long", (GOAL, DIRECTION, ("measure", "施" * 60, "measure")), {}, "長すぎます"),
    ("control character", (GOAL, DIRECTION, ("measure", "施\x01策", "measure")), {}, "使えない文字"),
]


@pytest.mark.parametrize(
    ("rows", "more", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_levels_that_cannot_be_are_refused_and_stay_typed(
    writer: Callable[..., Writer], rows: tuple[tuple[str, str, str], ...], more: dict[str, str], says: str
) -> None:
    here = writer("aso")
    answer = here.post("levels/", was=_was(here), **_sent(*rows, **more))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert (
        f'value="{rows[-1][1].strip() or "基本目標"}"' in answer.content.decode() or rows[-1][1] == "施\x01策"
    )
    assert here.operations == 0


def test_an_unused_level_can_go(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    here.post("levels/", was=_was(here), **_sent(GOAL, DIRECTION, MEASURE, ("", "事業", "project")))
    code = here.plan.levels[-1].code
    more = {"gone.3": "yes"}
    here.post("levels/", was=_was(here), **_sent(GOAL, DIRECTION, MEASURE, (code, "事業", "project"), **more))
    assert _names(here) == ["基本目標", "基本的方向", "施策"]


def test_levels_that_somebody_else_changed_are_told_and_not_written_over(
    writer: Callable[..., Writer],
) -> None:
    here = writer("aso")
    was = _was(here)
    here.post("levels/", was=was, **_sent(GOAL, DIRECTION, ("measure", "取組", "measure")))
    nameless = here.post("levels/", was=was, **_sent(GOAL, DIRECTION, ("measure", "", "measure")))
    assert f'name="was" value="{escape(was)}"' in nameless.content.decode()
    answer = here.post("levels/", was=was, **_sent(GOAL, DIRECTION, ("measure", "事業", "measure")))
    assert f'name="was" value="{escape(_was(here))}"' in answer.content.decode()
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "今の階層は「基本目標、基本的方向、取組」" in page
    assert 'value="事業"' in page
    assert _names(here)[-1] == "取組"
    here.post("levels/", was=_was(here), **_sent(GOAL, DIRECTION, ("measure", "事業", "measure")))
    assert _names(here)[-1] == "事業"


def test_moving_a_level_only_shows_the_new_order(writer: Callable[..., Writer]) -> None:
    here = writer("aso")
    answer = here.post("levels/", was=_was(here), down="goal", **_sent(GOAL, DIRECTION, MEASURE))
    page = answer.content.decode()
    assert page.index('value="基本的方向"') < page.index('value="基本目標"')
    assert here.operations == 0


def test_a_plan_without_levels_gets_its_first(writer: Callable[..., Writer], make_plan: Any) -> None:
    here = writer("hitoyoshi", make_plan)
    answer = here.post("levels/", was="[]", **_sent(("", "基本目標", "goal"), ("", "施策", "measure")))
    assert answer.status_code == 302
    assert [(each.code, each.name) for each in here.plan.levels] == [
        ("goal", "基本目標"),
        ("measure", "施策"),
    ]


@pytest.fixture
def make_plan() -> Any:
    from sosei.plan.model import Plan
    from sosei.plan.record import Municipality

    return Plan(
        key="p000000001", title="計画（サンプル）", municipality=Municipality(code="432032", name="人吉市")
    )
