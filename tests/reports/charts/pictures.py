"""Charts to test with, and what can be read back from a drawn picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree

from sosei.reports.charts import (
    Comparison,
    Figure,
    Point,
    YearChart,
    bar,
    bullet,
    bullet_key,
    series,
    sparkline,
)

SVG = "{http://www.w3.org/2000/svg}"
YEAR_CHARTS = (bar, series, sparkline)


def figure(number: str | int | None, text: str | None = None) -> Figure:
    """A figure; without ``text`` it is printed with thousands commas, or as 「－」 where it is missing."""
    if number is None:
        return Figure(text="－" if text is None else text)
    value = Decimal(number)
    return Figure(value=value, text=f"{value:,f}" if text is None else text)


def points(
    actuals: Sequence[str | int | None], targets: Sequence[str | int | None] = ()
) -> tuple[Point, ...]:
    """Points of R2, R3, ..."""
    return tuple(
        Point(
            label=f"R{index + 2}", actual=figure(actual), target=figure(targets[index]) if targets else None
        )
        for index, actual in enumerate(actuals)
    )


YEARS = {
    "plain": YearChart(
        title="転入者数（年次推移）",
        unit="人",
        points=points([812, 790, 845, 901, 870]),
        target=figure(900),
        lower_is_better=False,
    ),
    "lower": YearChart(
        title="空き家の数",
        unit="戸",
        points=points([1512, 1490, 1370]),
        target=figure(1300),
        lower_is_better=True,
    ),
    "negative": YearChart(
        title="社会増減数", unit="人", points=points([-212, -145, 20, 0, None]), target=figure(-50, "△50人")
    ),
    "all negative": YearChart(title="社会増減数", points=points([-212, -145, 0]), target=figure(0)),
    "one": YearChart(title="課税対象所得", unit="千円", points=points([3032])),
    "gaps": YearChart(
        title="満足度",
        unit="%",
        points=points(["72.5", None, "75.1", "78", None]),
        target=figure(80, "80%以上"),
    ),
    "ten": YearChart(
        title="寄附件数",
        unit="件",
        points=points(
            [1234, 2345, 3456, 0, None, 5678, 6789, 7000, None, None],
            [1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10000],
        ),
        lower_is_better=False,
    ),
    "huge": YearChart(
        title="総生産", unit="円", points=points([124155000000, 119155430000]), target=figure(135000000000)
    ),
    "long": YearChart(title="人口", unit="人", points=points([48000 - 350 * k for k in range(45)])),
    "cut": YearChart(title="人口", unit="人", points=points([30478, 29800, 28700]), from_zero=False),
    "planned": YearChart(title="新しい指標", unit="人", points=points([None, None]), target=figure(120)),
    "empty": YearChart(title="指標", unit="人"),
}

COMPARISONS = {
    "raise": Comparison(
        title="転入者数",
        unit="人",
        baseline=figure(150),
        actual=figure(180),
        target=figure(200),
        lower_is_better=False,
    ),
    "lower": Comparison(
        title="空き家",
        unit="戸",
        baseline=figure(150),
        actual=figure(80),
        target=figure(100),
        lower_is_better=True,
    ),
    "to zero": Comparison(
        title="待機児童", baseline=figure(15), actual=figure(0), target=figure(0), lower_is_better=True
    ),
    "far": Comparison(
        title="利用者数", baseline=figure(150), actual=figure(900), target=figure(200), lower_is_better=False
    ),
    "far below": Comparison(
        title="増減", baseline=figure(-20), actual=figure(-200), target=figure(10), lower_is_better=False
    ),
    "negative": Comparison(
        title="増減", baseline=figure(-212), actual=figure(-101), target=figure(-50), lower_is_better=False
    ),
    "no baseline": Comparison(title="件数", actual=figure(30), target=figure(50)),
    "no actual": Comparison(title="件数", baseline=figure(20), target=figure(50), lower_is_better=False),
    "no target": Comparison(title="件数", baseline=figure(20), actual=figure(50)),
    "nothing": Comparison(title="件数"),
}

PICTURES = {
    **{f"{draw.__name__} {name}": draw(chart, "k") for draw in YEAR_CHARTS for name, chart in YEARS.items()},
    **{f"bullet {name}": bullet(chart, "k") for name, chart in COMPARISONS.items()},
    "key": bullet_key("k"),
}


@dataclass(frozen=True)
class Box:
    """The smallest upright rectangle around a drawn thing."""

    left: float
    top: float
    right: float
    bottom: float


def read(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 - our own output


def marks(picture: str, tag: str, **attributes: str) -> list[ElementTree.Element]:
    """The drawn elements (not those of the legend) that carry all ``attributes``."""
    wanted = {key.replace("_", "-"): value for key, value in attributes.items()}
    return [
        each
        for each in read(picture).findall(SVG + tag)
        if all(each.get(key) == value for key, value in wanted.items())
    ]


def number(element: ElementTree.Element, name: str) -> float:
    return float(element.get(name, "nan"))


def texts(picture: str) -> list[str]:
    return [each.text or "" for each in read(picture).iter(SVG + "text")]


def box(element: ElementTree.Element, shift: tuple[float, float] = (0, 0)) -> Box:
    """Where an element lies, ``shift`` being that of its group; a text by a cautious guess of its width."""
    tag = element.tag.removeprefix(SVG)
    if tag == "rect":
        x, y = number(element, "x"), number(element, "y")
        spots = [(x, y), (x + number(element, "width"), y + number(element, "height"))]
    elif tag == "line":
        spots = [(number(element, f"x{k}"), number(element, f"y{k}")) for k in "12"]
    elif tag == "circle":
        x, y, r = (number(element, name) for name in ("cx", "cy", "r"))
        spots = [(x - r, y - r), (x + r, y + r)]
    elif tag == "text":
        spots = _text_corners(element)
    else:
        pairs = [pair.split(",") for pair in element.get("points", "").split()]
        spots = [(float(x), float(y)) for x, y in pairs]
    xs, ys = [x + shift[0] for x, _ in spots], [y + shift[1] for _, y in spots]
    return Box(min(xs), min(ys), max(xs), max(ys))


def drawn(picture: str) -> list[tuple[ElementTree.Element, Box]]:
    """Everything drawn, in the order of painting, with its box; groups resolved."""
    found = []
    for each in read(picture):
        if each.tag == SVG + "g":
            x, y = re.findall(r"-?[0-9.]+", each.get("transform", ""))
            found += [(inner, box(inner, (float(x), float(y)))) for inner in each]
        elif each.tag not in (SVG + "title", SVG + "desc"):
            found.append((each, box(each)))
    return found


def _text_corners(element: ElementTree.Element) -> list[tuple[float, float]]:
    size, x, y = (number(element, name) for name in ("font-size", "x", "y"))
    wide = sum(1 if unicodedata.east_asian_width(each) in "WFA" else 0.6 for each in element.text or "")
    start = {"middle": x - wide * size / 2, "end": x - wide * size}.get(element.get("text-anchor", ""), x)
    if turn := element.get("transform"):
        x, y = (float(each) for each in re.findall(r"-?[0-9.]+", turn)[1:])
        return [(x - size / 2, y - wide * size / 2), (x + size / 2, y + wide * size / 2)]
    return [(start, y - 0.8 * size), (start + wide * size, y)]
