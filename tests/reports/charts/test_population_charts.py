"""The charts of a population: whole, named, inside the frame, read without colour, texts apart."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosei.reports.charts import Size, palette
from sosei.reports.charts.palette import BAND, BAR, GRID, INK, LINE, MUTED, PAPER, WIDE_BAND
from sosei.reports.charts.population import (
    PLACES,
    Contribution,
    Curve,
    Flow,
    Flows,
    GroupBars,
    Look,
    Part,
    PopulationChart,
    Pyramid,
    Pyramids,
    YearLines,
    describe,
    draw,
    population_table,
)
from sosei.values import Problem
from tests.reports.charts.pictures import SVG, Box, box, drawn, marks, number, read, texts
from tests.reports.charts.population_pictures import CHARTS, PICTURES, TOTAL, YEARS
from tests.reports.charts.test_chart_documents import ATTRIBUTES, ELEMENTS

COLOURS = {
    value
    for value in vars(palette).values()
    if isinstance(value, str) and re.fullmatch("#[0-9A-F]{6}", value)
}


def check(picture: str) -> None:
    """Plain elements, plain numbers, nothing outside the frame."""
    root = read(picture)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= ELEMENTS
    assert {key for each in root.iter() for key in each.attrib} <= ATTRIBUTES
    _, _, width, height = map(float, root.get("viewBox", "").split())
    for each, place in drawn(picture):
        is_inside = all(
            (
                place.left >= -0.02,
                place.right <= width + 0.02,
                place.top >= -0.02,
                place.bottom <= height + 0.02,
            )
        )
        assert is_inside, (each.tag, each.text, place)


@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_is_named_plain_and_inside_its_frame(name: str) -> None:
    root = read(PICTURES[name])
    assert root.get("role") == "img"
    assert (root[0].tag, root[0].text) == (SVG + "title", CHARTS[name].title)
    assert root[1].text == describe(CHARTS[name])
    check(PICTURES[name])


@pytest.mark.parametrize("name", CHARTS)
def test_colours_are_those_of_the_palette(name: str) -> None:
    used = set(re.findall(r'(?:fill|stroke)="(#[^"]*)"', PICTURES[name]))
    assert used <= COLOURS
    assert len(used - {PAPER, GRID, INK, MUTED}) <= 5


@pytest.mark.parametrize("name", CHARTS)
def test_texts_do_not_touch(name: str) -> None:
    check_apart(PICTURES[name])


def check_apart(picture: str) -> None:
    found = [(each.text, where) for each, where in drawn(picture) if each.tag == SVG + "text"]
    for (one, a), (other, b) in combinations(found, 2):
        assert a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top, (one, other)


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_record_gives_the_same_bytes(name: str) -> None:
    assert draw(CHARTS[name], "k") == PICTURES[name]


def test_lines_differ_without_colour() -> None:
    for name in ("total", "five scenarios"):
        legend = list(read(PICTURES[name]).iter(SVG + "g"))
        looks = []
        for group in legend:
            stroke, marker = group.find(SVG + "polyline"), group[-1]
            if stroke is None:
                continue  # a band
            tag = marker.tag.removeprefix(SVG) + str(len(marker.get("points", "").split()))
            looks.append((stroke.get("stroke-dasharray", ""), tag, marker.get("fill") == PAPER))
        assert len(set(looks)) == len(looks) == 5


def test_years_between_those_of_a_census_do_not_crowd_the_axis() -> None:
    years = (2010, 2015, *range(2016, 2025), 2025, 2030)
    curve = Curve(name="サンプル", values=tuple(map(float, years)), look="register")
    drawn_years = draw(YearLines(title="サンプル", years=years, curves=(curve,)), "k")
    named = [text for text in texts(drawn_years) if re.fullmatch("20..", text)]
    assert named == ["2010", "2015", "2020", "2025", "2030"]


def test_lines_of_every_kind_of_figure_differ_without_colour() -> None:
    kinds: tuple[Look, ...] = ("history", "register", "published", "earlier", "ours", "printed")
    curves = tuple(Curve(name=kind, values=(1.0, 2.0), look=kind) for kind in kinds)
    drawn = read(draw(YearLines(title="サンプル", years=(2020, 2025), curves=curves), "k"))
    looks = set()
    for group in drawn.iter(SVG + "g"):
        if (stroke := group.find(SVG + "polyline")) is not None:
            shape = (group[-1].tag, len(group[-1].get("points", "").split()), group[-1].get("fill") == PAPER)
            looks.add((stroke.get("stroke-dasharray", ""), *shape))
    assert len(looks) == len(kinds)


def test_years_lie_in_proportion_to_time() -> None:
    (line,) = marks(PICTURES["total"], "polyline", stroke=INK)
    (own,) = marks(PICTURES["total"], "polyline", stroke=LINE)
    xs = [float(pair.split(",")[0]) for pair in f"{line.get('points')} {own.get('points')}".split()]
    steps = [b - a for a, b in pairwise(xs)]
    assert steps[0] == pytest.approx(steps[1], abs=0.02)
    assert steps[-1] == pytest.approx(2 * steps[-2], abs=0.03)


def test_our_own_extension_is_dashed_and_named() -> None:
    dashed = [
        each for each in marks(PICTURES["total"], "polyline", stroke=BAR) if each.get("stroke-width") == "2"
    ]
    assert [each.get("stroke-dasharray") for each in dashed] == ["7 4"]
    assert "サンプル市による延長" in texts(PICTURES["total"])
    published = list(marks(PICTURES["total"], "polyline", stroke=LINE))
    assert all(each.get("stroke-dasharray") is None for each in published)


def test_bands_lie_inside_each_other_around_the_line() -> None:
    (wide,), (narrow,) = (marks(PICTURES["total"], "polygon", fill=fill) for fill in (WIDE_BAND, BAND))
    outer, inner = box(wide), box(narrow)
    assert outer.left == inner.left
    assert outer.right == inner.right
    assert outer.top == inner.top  # both begin at the base year
    assert inner.bottom < outer.bottom
    order = [each.get("fill") for each, _ in drawn(PICTURES["total"])]
    assert order.index(WIDE_BAND) < order.index(BAND)


def test_both_ends_of_a_line_have_their_numbers_once() -> None:
    shown = texts(PICTURES["total"])
    assert {"12,000", "8,500", "8,600", "8,000"} <= set(shown)
    assert shown.count("9,800") <= 1
    assert shown.count("11,000") == 1  # where the projection goes on from the census


def test_of_the_numbers_at_the_last_year_the_higher_stands_above_the_lower() -> None:
    lines = {
        "first": (27018, 25564, 23992, 22417, 20886, 19377, 17817, 16371, 15046, 13828, 12694, 11612),
        "second": (27018, 25606, 24117, 22631, 21162, 19699, 18186, 16794, 15528, 14371, 13300, 12280),
        "third": (27018, 25896, 24813, 23805, 22868, 21956, 21102, 20431, 19902, 19500, 19201, 18959),
        "fourth": (27018, 25557, 23977, 22492, 21140, 19902, 18624, 17462, 16417, 15482, 14635, 13840),
    }
    curves = tuple(
        Curve(name=look * 8, values=tuple(map(float, lines[look])), look=look)
        for look in PLACES
        if look in lines
    )
    picture = draw(YearLines(title="終わり", years=tuple(range(2015, 2071, 5)), curves=curves), "p")
    heights = {each.text: place.bottom for each, place in drawn(picture) if each.text}
    shown = [heights[text] for text in ("18,959", "13,840", "12,280", "11,612")]
    assert shown == sorted(shown)


@pytest.mark.parametrize("values", [(11612, 12280, 18959, 17519, 14083), (500, 490, 480), (1, 2, 3, 4, 5)])
def test_the_last_numbers_of_several_lines_stand_beside_them_in_their_order(
    values: tuple[float, ...],
) -> None:
    curves = tuple(
        Curve(name=look, values=(20_000, value), look=look)
        for value, look in zip(values, PLACES, strict=False)
    )
    picture = draw(YearLines(title="サンプル", unit="人", years=(2015, 2070), curves=curves), "k")
    check(picture)
    ends = [f"{value:,.0f}" for value in sorted(values, reverse=True)]
    places = [next(place for each, place in drawn(picture) if each.text == end) for end in ends]
    assert all(upper.bottom <= lower.top for upper, lower in pairwise(places))
    points = max(place.right for each, place in drawn(picture) if each.tag == f"{SVG}polyline")
    assert all(place.left > points for place in places)


def test_census_and_projection_are_told_apart() -> None:
    for name in ("total", "groups as lines", "stacked"):
        assert {"実績", "推計"} <= set(texts(PICTURES[name]))
    assert "推計" not in texts(PICTURES["five scenarios"])


def test_the_year_of_crossing_is_marked() -> None:
    assert "2034年ごろ 65歳以上が15～64歳を上回る" in texts(PICTURES["groups as lines"])
    (tip,) = marks(PICTURES["groups as lines"], "polygon", fill=INK)
    assert box(tip).top > 0


def test_a_large_population_has_a_larger_unit() -> None:
    assert {"単位：万人", "1,439.9"} <= set(texts(PICTURES["a prefecture"]))


def test_nothing_to_draw_is_said() -> None:
    assert texts(PICTURES["nothing"]) == ["なし", "データなし"]
    assert texts(PICTURES["no flows"]) == ["増減", "データなし"]
    assert describe(CHARTS["no flows"]) == "増減：データなし。"


def bars(picture: str, fill: str) -> list[Box]:
    return [box(each) for each in marks(picture, "rect", fill=fill)]


def test_stacked_groups_are_as_high_as_their_values() -> None:
    picture = PICTURES["stacked"]
    young, working, old = (bars(picture, fill) for fill in (LINE, BAR, GRID))
    assert len(young) == len(working) == len(old) == len(YEARS)
    scale = (working[0].bottom - working[0].top) / 7000
    for low, middle, high, (a, b, c) in zip(young, working, old, CHARTS["stacked"].groups, strict=True):  # type: ignore[union-attr]
        heights = [each.bottom - each.top for each in (low, middle, high)]
        assert heights == pytest.approx([a * scale, b * scale, c * scale], abs=0.03)
        assert low.top == pytest.approx(middle.bottom, abs=0.02)
        assert middle.top == pytest.approx(high.bottom, abs=0.02)
    assert "58.3" in texts(picture)  # 7,000 of 12,000
    assert "12,000" in texts(picture)


@pytest.mark.parametrize("highest", [24930, 29990, 1000, 178])
def test_the_words_beside_the_line_to_the_projection_are_clear_of_the_totals(highest: int) -> None:
    groups = tuple((share * 0.1, share * 0.5, share * 0.4) for share in (highest, highest * 0.98))
    chart = GroupBars(title="", years=(2020, 2025), groups=groups, projected_from=2025)
    found = {each.text: place for each, place in drawn(draw(chart, "k")) if each.tag == f"{SVG}text"}
    for words, total in (("実績", groups[0]), ("推計", groups[1])):
        assert found[words].bottom <= found[f"{round(sum(total)):,}"].top


def test_births_stand_above_zero_and_deaths_below() -> None:
    picture = PICTURES["net flows"]
    zero = number(marks(picture, "line", stroke=MUTED)[0], "y1")
    assert all(each.bottom == pytest.approx(zero, abs=0.02) for each in bars(picture, BAR))
    assert all(each.top == pytest.approx(zero, abs=0.02) for each in bars(picture, GRID))
    changes = list(marks(picture, "polyline", stroke=INK))
    assert [each.get("stroke-dasharray") for each in changes] == [None, "5 3"]
    assert {"転入", "転出"} <= set(texts(PICTURES["gross flows"]))
    assert not {"転入", "転出"} & set(texts(picture))


@pytest.mark.parametrize("net", [-17.0, -18.0, 15.0])
def test_a_number_keeps_clear_of_the_dot_of_a_line(net: float) -> None:
    each = Flow(label="2025～30", births=12, deaths=15, net=net)
    picture = draw(Flows(title="サンプル", unit="人", flows=(each, each)), "k")
    check(picture)
    dots = [box(dot) for dot in marks(picture, "rect", fill=PAPER, stroke=INK)][
        1:
    ]  # the first is in the legend
    numbers = [place for text, place in drawn(picture) if text.text in {"12", "15"}]
    assert len(numbers) == 4
    for dot in dots:
        assert not any(
            dot.left < place.right
            and place.left < dot.right
            and dot.top < place.bottom
            and place.top < dot.bottom
            for place in numbers
        )


def test_losses_hang_from_zero_and_the_sum_is_signed() -> None:
    picture = PICTURES["losses"]
    zero = number(marks(picture, "line", stroke=MUTED)[0], "y1")
    assert all(each.top == pytest.approx(zero, abs=0.02) for each in bars(picture, GRID))
    assert {"-40", "-80", "-170"} <= set(texts(picture))
    assert "+1,020" in texts(PICTURES["contribution"])


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("total", ("年", "国勢調査", "公表された推計", "前の推計"), ("2040", "－", "8,500", "－")),
        ("stacked", ("年", "計", "0～14歳", "15～64歳"), ("2040", "0", "0", "0")),
        ("pyramids", ("年齢", "2015年 男", "2015年 女", "2045年 男"), ("90歳以上", "420", "440", "440")),
        ("net flows", ("期間", "出生", "死亡", "自然増減"), ("2065～70", "200", "900", "-700")),
        ("gross flows", ("期間", "出生", "死亡", "転入"), ("2020～25", "350", "950", "800")),
        ("contribution", ("年", "出生", "移動", "計"), ("2040", "+120", "+900", "+1,020")),
    ],
)
def test_the_table_beside_holds_every_figure(
    name: str, first: tuple[str, ...], last: tuple[str, ...]
) -> None:
    table = population_table(CHARTS[name])
    assert table[0][:4] == first
    assert table[-1][:4] == last
    assert {len(row) for row in table} == {len(table[0])}


def test_bands_stand_in_the_table_by_their_bounds() -> None:
    table = population_table(TOTAL)
    assert table[0][-4:] == ("5割の幅の下限", "5割の幅の上限", "8割の幅の下限", "8割の幅の上限")
    assert table[-1][-4:] == ("8,200", "8,900", "7,900", "9,200")


def test_halves_are_rounded_up_as_in_spreadsheets() -> None:
    chart = YearLines(
        title="人口", years=(2020, 2025), curves=(Curve(name="人口", values=(2.5, 1234.5), look="first"),)
    )
    assert [row[1] for row in population_table(chart)] == ["人口", "3", "1,235"]


def test_a_chart_speaks_english_where_asked() -> None:
    chart = GroupBars(title="Groups", unit="persons", language="en", years=(2020,), groups=((1, 2, 3),))
    assert population_table(chart)[0][:3] == ("Year", "Sum", "0-14")
    assert describe(chart) == "Groups. 2020: 6 in all, 0-14 16.7 %, 15-64 33.3 %, 65 and over 50.0 %."
    assert "Unit: persons" in texts(draw(chart, "k"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: YearLines(title="t", years=(2025, 2020), curves=()),
        lambda: YearLines(title="t", years=(), curves=()),
        lambda: YearLines(title="t", years=(2020,), curves=(Curve(name="n", values=(), look="first"),)),
        lambda: GroupBars(title="t", years=(2020,), groups=()),
        lambda: Pyramids(title="t", ages=("0",), pyramids=()),
        lambda: Pyramids(title="t", ages=("0",), pyramids=(Pyramid(name="n", male=(1,), female=()),)),
        lambda: Contribution(title="t", years=(2020,), parts=(Part(name="n", values=(1, 2)),)),
        lambda: draw(TOTAL, "1 2"),
        lambda: draw(TOTAL, "k", Size(100, 100)),
    ],
)
def test_a_record_that_does_not_fit_is_refused(make: object) -> None:
    with pytest.raises(Problem):
        make()  # type: ignore[operator]


def test_hostile_texts_stay_texts() -> None:
    hostile = "<script>alert('&\"')</script>]]>\x00\x1b\u202e"
    charts: tuple[PopulationChart, ...] = (
        YearLines(title=hostile, unit=hostile, years=(2020, 2025), curves=(Curve(name=hostile, values=(1, 2), look="first"),)),
        Pyramids(title=hostile, unit=hostile, ages=(hostile,), pyramids=(Pyramid(name=hostile, male=(1,), female=(2,)),)),
        Flows(title=hostile, unit=hostile, flows=(Flow(label=hostile, births=1, deaths=2, net=3),)),
        Contribution(title=hostile, unit=hostile, years=(2020,), parts=(Part(name=hostile, values=(1,)),)),
    )  # fmt: skip
    for chart in charts:
        root = read(draw(chart, "k"))
        assert not list(root.iter(SVG + "script"))
        assert root[0].text == "<script>alert('&\"')</script>]]>〓〓〓"


people = st.one_of(st.floats(0, 5e7), st.integers(0, 300).map(float))
changes = st.one_of(st.floats(-1e6, 1e6), st.integers(-300, 300).map(float))
names = st.one_of(
    st.sampled_from(["人口", "シミュレーション1（出生率が人口置換水準まで上昇）"]), st.text(max_size=60)
)
sizes = st.sampled_from([Size(640, 360), Size(300, 260), Size(800, 200)])


@given(st.lists(st.lists(st.none() | people, min_size=4, max_size=4), min_size=1, max_size=5), names, sizes)
def test_any_lines(values: list[list[float | None]], name: str, size: Size) -> None:
    curves = tuple(
        Curve(name=name, values=tuple(each), look=look) for each, look in zip(values, PLACES, strict=False)
    )
    check(draw(YearLines(title=name, years=(2020, 2021, 2045, 2070), curves=curves), "k", size))


@given(st.lists(st.tuples(people, people, people), min_size=1, max_size=30), sizes)
def test_any_stack(groups: list[tuple[float, float, float]], size: Size) -> None:
    years = tuple(range(1950, 1950 + 5 * len(groups), 5))
    check(draw(GroupBars(title="人口", years=years, groups=tuple(groups), projected_from=1960), "k", size))


@given(st.lists(st.tuples(people, people, changes), min_size=1, max_size=14), sizes)
def test_any_flows(steps: list[tuple[float, float, float]], size: Size) -> None:
    flows = tuple(Flow(label="2015～20", births=b, deaths=d, net=n) for b, d, n in steps)
    check(draw(Flows(title="増減", flows=flows), "k", size))


@given(st.lists(st.tuples(changes, changes), min_size=1, max_size=14), sizes)
def test_any_contribution(values: list[tuple[float, float]], size: Size) -> None:
    parts = tuple(
        Part(name=name, values=each) for name, each in zip("ab", zip(*values, strict=True), strict=True)
    )
    check(
        draw(Contribution(title="寄与", years=tuple(range(2020, 2020 + len(values))), parts=parts), "k", size)
    )
