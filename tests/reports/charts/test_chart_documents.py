"""Every picture as a document: well-formed, named, harmless, the same every time."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from sosei.reports.charts import Comparison, Figure, Point, Size, YearChart, bar, bullet, series, sparkline
from sosei.values import Problem
from tests.reports.charts.pictures import COMPARISONS, PICTURES, SVG, YEARS, figure, points, read, texts

ELEMENTS = {
    "svg",
    "title",
    "desc",
    "g",
    "rect",
    "line",
    "polyline",
    "polygon",
    "circle",
    "text",
}
ATTRIBUTES = {
    *("viewBox", "width", "height", "role", "aria-labelledby", "id", "transform"),
    "{http://www.w3.org/XML/1998/namespace}lang",
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "points"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "paint-order"),
    *("font-family", "font-size", "font-weight", "text-anchor"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_named_and_drawn_with_plain_attributes_only(name: str) -> None:
    root = read(PICTURES[name])
    assert root.tag == SVG + "svg"
    assert root.get("role") == "img"
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.get("font-family") == "BIZ UDPGothic, sans-serif"
    title, desc = root[0], root[1]
    assert (title.tag, desc.tag) == (SVG + "title", SVG + "desc")
    assert title.text
    assert desc.text
    assert root.get("aria-labelledby") == "k-title k-desc" == f"{title.get('id')} {desc.get('id')}"
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= ELEMENTS
    assert {key for each in root.iter() for key in each.attrib} <= ATTRIBUTES


@pytest.mark.parametrize("name", PICTURES)
def test_numbers_in_attributes_are_plain(name: str) -> None:
    for each in read(PICTURES[name]).iter():
        for key in {"x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r"} & set(each.attrib):
            assert re.fullmatch(r"-?[0-9]+(\.[0-9]{1,2})?", each.get(key, ""))


def test_the_same_record_gives_the_same_bytes() -> None:
    again = {
        f"{draw.__name__} {name}": draw(chart, "k")
        for draw in (bar, series, sparkline)
        for name, chart in YEARS.items()
    }
    again |= {f"bullet {name}": bullet(chart, "k") for name, chart in COMPARISONS.items()}
    assert again == {name: PICTURES[name] for name in again}


@pytest.mark.parametrize("draw", [bar, series, sparkline])
def test_hostile_texts_stay_texts(draw: Callable[[YearChart, str], str]) -> None:
    hostile = "<script>alert('&\"')</script>]]>\x00\x1b\x7f\u202e\ufffe\ud800"
    chart = YearChart(
        title=hostile,
        unit=hostile,
        description=hostile,
        actual_name=hostile,
        target_name=hostile,
        points=(
            Point(label=hostile, actual=Figure(value=Decimal(3), text=hostile)),
            Point(label=hostile, actual=Figure(text=hostile)),
        ),
        target=Figure(value=Decimal(4), text=hostile),
    )
    picture = draw(chart, "k")
    root = read(picture)
    assert not list(root.iter(SVG + "script"))
    harmless = "<script>alert('&\"')</script>]]>" + "〓" * 6
    assert root[0].text == harmless
    assert (root[1].text or "").startswith(harmless)
    picture.encode("utf-8")


def test_line_breaks_and_tabs_in_a_title_become_spaces() -> None:
    picture = bar(YearChart(title="転入者数\n（年次\t推移）", points=points([1])), "k")
    assert read(picture)[0].text == "転入者数 （年次 推移）"


def test_a_description_of_the_caller_stands_as_given() -> None:
    chart = YearChart(title="転入者数", points=points([1]), description="市外からの転入。")
    assert read(bar(chart, "k"))[1].text == "市外からの転入。"


@pytest.mark.parametrize("draw", [bar, series])
def test_no_data_gives_a_picture_of_the_same_size(draw: Callable[[YearChart, str], str]) -> None:
    for chart in (YEARS["empty"], YearChart(title="指標", points=points([None, None]))):
        root = read(draw(chart, "k"))
        assert (root.get("width"), root.get("height")) == ("480", "270")
        assert texts(draw(chart, "k")) == ["指標", "データなし"]
    assert (
        texts(sparkline(YEARS["empty"], "k"))
        == texts(bullet(Comparison(title="指標"), "k"))
        == ["データなし"]
    )


@pytest.mark.parametrize("prefix", ["", "1a", "a b", 'a"b', "あ", "a\n", "-a"])
def test_a_prefix_is_a_plain_word(prefix: str) -> None:
    with pytest.raises(Problem):
        bar(YEARS["plain"], prefix)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1E+18", "-1000000000000000000"])
def test_a_number_that_cannot_be_drawn_is_refused(number: str) -> None:
    with pytest.raises(Problem):
        Figure(value=Decimal(number))


def test_a_size_that_is_too_small_is_refused() -> None:
    for draw in (bar, series):
        for chart in (YEARS["plain"], YEARS["empty"]):
            with pytest.raises(Problem):
                draw(chart, "k", Size(299, 160))
    with pytest.raises(Problem):
        sparkline(YEARS["plain"], "k", Size(39, 12))
    with pytest.raises(Problem):
        bullet(COMPARISONS["raise"], "k", Size(60, 17))


def test_one_target_for_all_years_or_one_for_each_but_not_both() -> None:
    with pytest.raises(Problem):
        YearChart(title="件数", points=points([1], [2]), target=figure(3))


def test_a_picture_is_small() -> None:
    assert max(len(PICTURES[name]) for name in PICTURES if name.startswith("bullet")) < 2000
    assert len(PICTURES["bar plain"]) < 7000


def test_pictures_can_be_parsed_one_after_another_in_a_page() -> None:
    page = "<div>" + bar(YEARS["plain"], "a") + series(YEARS["plain"], "b") + "</div>"
    ids = [each.get("id") for each in ElementTree.fromstring(page).iter() if each.get("id")]  # noqa: S314
    assert ids == ["a-title", "a-desc", "b-title", "b-desc"]
