"""Filters and order of the list of KPIs against a plain reference, on made-up rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.checks.finding import Words
from sosei.web.reading.list_csv import list_csv
from sosei.web.reading.lists import Asked, Facets, ListRow, asked, facets, listed, matching, ordered
from sosei.web.reading.pages import page_numbers
from sosei.web.reading.rows import PlacementRow, YearRow
from sosei.web.reading.spark import Spark, SparkValue

NOTHING = Words("", "")
BASE = PlacementRow(
    order=0,
    key="a000000000",
    indicator="i000000000",
    role="kpi",
    name="利用者数",
    place="基本目標１/施策①",
    element="e000000001",
    goal="g000000001",
    goal_label="基本目標１",
    goal_name="仕事をつくる",
    measure="e000000001",
    measure_label="施策①",
    measure_name="農業の振興",
    divisions=("農政課",),
    unit="人",
    direction="raise",
    baseline="10人",
    target="20人",
    actual="15人",
    actual_year=2024,
    rate_text="75%",
    again="",
    rate=Decimal(75),
    grade="",
    reached=False,
    reason="",
    no_rate=NOTHING,
    difficult=False,
    spark=Spark(),
)

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6, places=3)


@st.composite
def list_rows(draw: st.DrawFn) -> list[ListRow]:
    found = []
    for order in range(draw(st.integers(0, 12))):
        goal = draw(st.sampled_from(["g000000001", "g000000002"]))
        number = draw(st.none() | numbers)
        baseline = draw(st.none() | numbers)
        row = replace(
            BASE,
            order=order,
            key=f"p{order:09}",
            name=draw(st.sampled_from(["利用者数", "ＫＰＩ", "kpi", "移住者数", ""])),
            goal=goal,
            goal_name=goal,
            role=draw(st.sampled_from(["numeric_target", "kpi", "project_kpi"])),
            divisions=tuple(draw(st.lists(st.sampled_from(["農政課", "観光課"]), unique=True, max_size=2))),
            direction=draw(st.sampled_from(["raise", "lower", "undecided"])),
            baseline="" if baseline is None else f"{baseline:,f}人",
            rate=draw(st.none() | numbers),
            grade=draw(st.sampled_from(["", "A", "B"])),
            reached=draw(st.sampled_from([True, False, None])),
            reason=draw(st.sampled_from(["", "no_target"])),
            difficult=draw(st.booleans()),
        )
        year = YearRow(
            placement=row.key,
            year=2024,
            text="値" if number is None else str(number),
            number=number,
            rate_text="",
            rate=None,
            grade="",
            reached=None,
        )
        found.append(ListRow(row, {2024: year}, has_findings=draw(st.booleans())))
    return found


REFERENCE: dict[str, Callable[[ListRow, str], bool]] = {
    "goal": lambda each, value: each.row.goal == value,
    "role": lambda each, value: each.row.role == value,
    "division": lambda each, value: value in each.row.divisions,
    "direction": lambda each, value: each.row.direction == value,
    "findings": lambda each, _: each.has_findings,
    "text": lambda each, value: value in each.row.name,
}
VALUES = {
    "goal": ["", "g000000001", "g000000003"],
    "role": ["", "kpi"],
    "division": ["", "農政課", "観光課"],
    "direction": ["", "lower"],
    "findings": ["", "1"],
    "text": ["", "移住"],
}


@given(list_rows(), st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()}))
def test_filters_let_through_what_a_plain_loop_does(rows: list[ListRow], chosen: dict[str, str]) -> None:
    kept = []
    for each in rows:
        fits = True
        for name, value in chosen.items():
            if value and not REFERENCE[name](each, value):
                fits = False
        if fits:
            kept.append(each)
    assert matching(rows, replace(Asked(), **chosen)) == kept  # type: ignore[arg-type]


SORTED: dict[str, Callable[[ListRow], Any]] = {
    "place": lambda each: each.row.order,
    "role": lambda each: ["numeric_target", "kpi", "project_kpi"].index(each.row.role),
    "baseline": lambda each: Decimal(each.row.baseline[:-1].replace(",", "")) if each.row.baseline else None,
    "y2024": lambda each: each.years[2024].number,
    "rate": lambda each: each.row.rate,
}


@given(list_rows(), st.sampled_from(list(SORTED)), st.booleans())
def test_the_order_is_stable_and_blanks_come_last(rows: list[ListRow], column: str, down: bool) -> None:
    value = SORTED[column]
    found = ordered(rows, Asked(sort=column, descending=down))
    assert sorted(each.row.order for each in found) == [each.row.order for each in rows]
    blank = [each for each in rows if value(each) is None]
    assert found[len(found) - len(blank) :] == blank
    for one, other in pairwise(found[: len(found) - len(blank)]):
        first, second = value(one), value(other)
        assert first >= second if down else first <= second
        if first == second:
            assert one.row.order < other.row.order


@given(list_rows(), st.sampled_from([50, 100, None]), st.integers(1, 9))
def test_the_pages_together_are_the_list(rows: list[ListRow], size: int | None, page: int) -> None:
    many = rows * 20
    first = listed(many, Asked(size=size))
    pages = [listed(many, Asked(size=size, page=number)) for number in range(1, first.pages + 1)]
    assert [each.row.key for one in pages for each in one.rows] == [
        each.row.key for each in ordered(many, Asked())
    ]
    beyond = listed(many, Asked(size=size, page=page + first.pages))
    assert beyond.page == first.pages
    assert first.total == first.found == len(many)


def row(**changes: Any) -> ListRow:
    return ListRow(replace(BASE, **changes), {})


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("reached", ["a"]),
        ("open", ["b", "c"]),
        ("none", ["d"]),
        ("difficult", ["c"]),
        ("class:◎", ["a"]),
    ],
)
def test_achievement_is_one_filter(state: str, names: list[str]) -> None:
    rows = [
        row(name="a", reached=True, grade="◎"),
        row(name="b", reached=False),
        row(name="c", reached=False, difficult=True),
        row(name="d", reached=None, reason="no_target", rate=None),
    ]
    assert [each.row.name for each in matching(rows, Asked(state=state))] == names
    assert state in [choice.value for choice in facets(rows).choices["state"]]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("コイン", True),
        ("ｺｲﾝ", True),
        ("KPI", True),
        ("kpi　農業", True),
        ("農業 観光", False),
        ("農政課", True),
        ("  ", True),
        ("%", False),
    ],
)
def test_words_are_matched_folded_and_all_of_them(text: str, fits: bool) -> None:
    rows = [row(name="きじうまコイン　ＫＰＩ")]
    wanted, _ = asked({"text": text}, facets(rows))
    assert bool(matching(rows, wanted)) is fits


def test_classes_stand_in_the_order_of_the_scheme() -> None:
    rows = [row(grade=grade, order=order) for order, grade in enumerate("CAB")]
    choices = facets(rows, scale=("A", "B", "C")).choices["state"]
    assert [choice.value for choice in choices if choice.value.startswith("class:")] == [
        "class:A",
        "class:B",
        "class:C",
    ]
    found = ordered(rows, Asked(sort="class", descending=True), ("A", "B", "C"))
    assert [each.row.grade for each in found] == ["A", "B", "C"]


def test_the_trend_is_ordered_by_how_much_the_last_value_differs_from_the_first() -> None:
    def with_values(name: str, *values: int) -> ListRow:
        points = tuple(SparkValue(2020 + at, "", Decimal(value)) for at, value in enumerate(values))
        return row(name=name, spark=Spark(values=points))

    rows = [
        with_values("half", 10, 5),
        with_values("one", 3),
        with_values("double", 1, 2),
        with_values("0", 0, 9),
    ]
    found = ordered(rows, Asked(sort="trend"))
    assert [each.row.name for each in found] == ["half", "double", "one", "0"]


def test_where_nothing_fits_each_filter_says_what_it_holds_back() -> None:
    rows = [row(goal="g000000001", role="kpi"), row(goal="g000000002", role="kpi")]
    answer = listed(rows, Asked(goal="g000000001", role="numeric_target", text="利用"))
    assert answer.found == 0
    assert {each.filter: each.count for each in answer.loosened} == {"goal": 0, "role": 1, "text": 0}


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ({"goal": "zzz"}, ("goal",)),
        ({"sort": "password"}, ("sort",)),
        ({"sort": "y1999", "state": "class:Z"}, ("state", "sort")),
        ({"page": "-1", "size": "7", "desc": "x"}, ()),
        ({"page": "٣", "size": "all"}, ()),
        ({"page": "9" * 400}, ()),
    ],
)
def test_an_address_may_ask_for_anything(query: dict[str, str], unknown: tuple[str, ...]) -> None:
    rows = [row()]
    wanted, left_out = asked(query, facets(rows))
    assert set(left_out) == set(unknown)
    assert listed(rows, wanted).found == 1


def test_an_empty_list_offers_nothing() -> None:
    assert facets([]).choices["goal"] == ()
    assert listed([], Asked()).pages == 1
    assert Facets().name("goal", "x") == Words("x", "x")


def test_the_csv_holds_what_the_list_shows() -> None:
    year = YearRow(
        placement="a",
        year=2024,
        text="=HYPERLINK(1)",
        number=None,
        rate_text="",
        rate=None,
        grade="",
        reached=None,
    )
    data = list_csv([ListRow(BASE, {2024: year})], (2023, 2024), "ja")
    assert data.startswith(b"\xef\xbb\xbf")
    head, line = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    cells = dict(zip(head, line, strict=True))
    assert cells["実績値 R6"] == "'=HYPERLINK(1)"
    assert cells["実績値 R5"] == ""
    assert (cells["指標"], cells["基準値"], cells["達成率"], cells["達成"]) == (
        "利用者数",
        "10人",
        "75%",
        "未達成",
    )


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 12, [1, None, 4, 5, 6, 7, 8, None, 12]),
        (12, 12, [1, None, 10, 11, 12]),
    ],
)
def test_page_numbers_leave_out_the_far_ones(page: int, pages: int, shown: list[int | None]) -> None:
    assert page_numbers(page, pages) == shown
