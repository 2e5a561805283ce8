"""Changes between two editions as a person reads them: old and new in words, and whether print shows them."""

from __future__ import annotations

from typing import Any

import pytest

from sosei.plan.changes import Change, ChangeKind, changes
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Move, Operation, Remove, Set, WorkingCopy, apply
from sosei.plan.reading import load_data
from sosei.values import Problem
from tests.plan.test_wording import with_everything

PLAN = load_data(with_everything())
TARGET = {"quantity": {"text": "1,200人以上", "number": "1200", "unit": "人", "qualifiers": ["以上"]}}


def _only(*operations: Operation, language: str = "ja") -> Change:
    (change,) = changes(PLAN, apply(PLAN, operations), language)
    return change


def _remove(key: str) -> Remove:
    work = WorkingCopy(PLAN)
    return Remove(old=work.location(key), record=work.record(key))


def _add(parent: str, collection: str, record: dict[str, Any], after: str | None = None) -> Add:
    return Add(to=Location(parent=parent, collection=collection, after=after), record=record)


@pytest.mark.parametrize(
    ("key", "field", "old", "new", "texts"),
    [
        (
            "ameasure01",
            "divisions",
            ["adivision1"],
            ["adivision2", "adivision1"],
            ("企画課", "商工課、企画課"),
        ),
        ("aplacement", "indicator", "aindicat01", "aindicat02", ("年間来場者数", "相談件数")),
        ("aindicat01", "direction", "raise", "lower", ("増やす", "減らす")),
        ("aindicat01", "continues", None, "aindicat02", ("", "相談件数")),
        ("aplacement", "target", TARGET, None, ("1,200人以上", "")),
    ],
)
def test_old_and_new_are_told_by_name(
    key: str, field: str, old: Any, new: Any, texts: tuple[str, str]
) -> None:
    change = _only(Set(key=key, field=field, old=old, new=new))
    assert (change.kind, change.key, change.field) == (ChangeKind.CHANGED, key, field)
    assert (change.old, change.new) == texts
    assert change.printed


def test_a_name_is_the_one_of_its_own_edition() -> None:
    """A renamed division has its old name on the old side of every change."""
    rename = Set(key="adivision1", field="name", old="企画課", new="企画政策課")
    move = Set(key="ameasure01", field="divisions", old=["adivision1"], new=["adivision1", "adivision2"])
    found = {each.field: (each.old, each.new) for each in changes(PLAN, apply(PLAN, [rename, move]))}
    assert found == {"name": ("企画課", "企画政策課"), "divisions": ("企画課", "企画政策課、商工課")}


@pytest.mark.parametrize(
    ("operation", "old", "new"),
    [
        (
            Set(
                key="aplacement",
                field="target",
                old=TARGET,
                new={"quantity": {**TARGET["quantity"], "number": "1300"}},
            ),
            "1,200人以上 [quantity.number=1200]",
            "1,200人以上 [quantity.number=1300]",
        ),
        (
            Set(
                key="anote00001",
                field="text",
                old={"text": "催しに来た人。"},
                new={"text": "催しに来た人。", "summary": True},
            ),
            "催しに来た人。",
            "催しに来た人。 [summary=True]",
        ),
    ],
)
def test_another_reading_of_the_same_print_is_told_but_is_no_change_in_print(
    operation: Set, old: str, new: str
) -> None:
    change = _only(operation)
    assert (change.old, change.new, change.printed) == (old, new, False)


@pytest.mark.parametrize(
    ("key", "field", "new"),
    [
        ("ameasure01", "page", 7),
        ("ameasure01", "as_read", {"name": "企叢"}),
        ("ameasure01", "not_printed", ["description"]),
        ("ameasure01", "interpreted", ["name"]),
        ("ameasure01", "doubts", [{"field": "name"}]),
        ("ameasure01", "remark", "転記済み"),
        ("ameasure01", "no", 5),
        ("aindicat01", "published_month", 7),
        ("averificat", "counts_in_prose", [{"text": "26項目", "what": "KPI", "count": 26}]),
        ("astatement", "reached", False),
    ],
)
def test_bookkeeping_is_no_change_in_print(key: str, field: str, new: Any) -> None:
    old = WorkingCopy(PLAN).record(key).get(field)
    change = _only(Set(key=key, field=field, old=old, new=new))
    assert change.new
    assert not change.printed


@pytest.mark.parametrize(
    ("operation", "printed"),
    [
        (_add("aplan00001", "sources", {"key": "asource001", "title": "資料"}), False),
        (_add("aplan00001", "editions", {"key": "aedition01", "no": 2, "title": "改訂版"}), False),
        (_add("aplan00001", "waivers", {"key": "awaiver001", "code": "TWN", "reason": "別の統計"}), False),
        (_add("aplan00001", "divisions", {"key": "adivision3", "name": "福祉課"}, "adivision1"), True),
        (_add("aplan00001", "opinions", {"key": "aopinion01", "text": {"text": "よい。"}}), True),
        (_remove("areferenc1"), True),
    ],
)
def test_records_that_are_not_printed(operation: Operation, printed: bool) -> None:
    assert _only(operation).printed is printed


def test_an_added_record_shows_what_it_holds() -> None:
    measure = {
        "key": "ameasure03",
        "level": "measure",
        "label": "施策③",
        "name": "創業の支援",
        "description": {"text": "創業を支える。"},
        "divisions": ["adivision2"],
        "placements": [
            {
                "key": "aplaceme03",
                "indicator": "aindicat01",
                "role": "kpi",
                "name": "来場者数",
                "baseline": {
                    "quantity": {"text": "10人", "number": "10", "unit": "人"},
                    "year": {"text": "R6"},
                },
                "target": {"quantity": {"text": "20人", "number": "20", "unit": "人"}},
            }
        ],
        "children": [
            {"key": "aproject03", "level": "project", "name": "相談会", "divisions": ["adivision1"]}
        ],
    }
    change = _only(_add("agoal00001", "children", measure, "ameasure01"))
    assert (change.kind, change.place, change.title, change.old) == (
        ChangeKind.ADDED,
        "基本目標１",
        "創業の支援",
        "",
    )
    assert change.new.split("\n") == [
        "施策③ 創業の支援",
        "説明：創業を支える。",
        "担当課：商工課",
        "KPI「来場者数」　基準値：10人（R6）　目標値：20人",
        "　〔具体的な事業〕 相談会",
        "　担当課：企画課",
    ]
    english = _only(_add("agoal00001", "children", measure, "ameasure01"), language="en")
    assert english.new.split("\n")[3:5] == [
        'KPI "来場者数"; baseline: 10人 (R6); target: 20人',
        "  [具体的な事業] 相談会",
    ]


def test_a_removed_record_shows_what_it_held() -> None:
    change = _only(_remove("ameasure01"))
    assert change.kind is ChangeKind.REMOVED
    assert change.new == ""
    assert change.old.split("\n") == [
        "施策① 企業の支援",
        "担当課：企画課",
        "　〔具体的な事業〕 催しを3回開いた。",
        "　担当課：商工課",
        "　事業KPI「来場者数」",
    ]


def test_what_moved_out_of_a_removed_record_is_told_apart() -> None:
    work = WorkingCopy(PLAN)
    to = Location(parent="ameasure02", collection="children")
    work.apply(Move(key="aproject01", old=work.location("aproject01"), to=to))
    work.apply(Remove(old=work.location("ameasure01"), record=work.record("ameasure01")))
    moved, removed = changes(PLAN, work.plan())
    assert (moved.kind, moved.old, moved.new) == (
        ChangeKind.MOVED,
        "基本目標１/施策①の1番目",
        "基本目標１/施策②の1番目",
    )
    assert (removed.kind, removed.old) == (ChangeKind.REMOVED, "施策① 企業の支援\n担当課：企画課")


def test_a_new_order_names_the_record_before() -> None:
    work = WorkingCopy(PLAN)
    to = Location(parent="agoal00001", collection="children")
    move = Move(key="ameasure02", old=work.location("ameasure02"), to=to)
    change = _only(move)
    assert (change.old, change.new) == ("2番目（施策① 企業の支援の次）", "1番目")
    english = _only(move, language="en")
    assert (english.old, english.new) == ("no. 2 (after 施策① 企業の支援)", "no. 1")


def test_the_order_of_the_register_is_no_print() -> None:
    work = WorkingCopy(PLAN)
    to = Location(parent="aplan00001", collection="indicators")
    change = _only(Move(key="aindicat02", old=work.location("aindicat02"), to=to))
    assert (change.kind, change.printed) == (ChangeKind.MOVED, False)


def test_a_year_is_told_with_what_it_belongs_to() -> None:
    change = _only(Set(key="aobservat1", field="source", old=None, new="市民課"))
    assert (change.title, change.printed) == ("年間来場者数 R6", True)


def test_two_plans_are_not_compared(plans: dict[str, Plan]) -> None:
    with pytest.raises(Problem, match="different plans"):
        changes(plans["hitoyoshi"], plans["aso"])
