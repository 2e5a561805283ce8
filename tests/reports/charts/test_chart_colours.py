"""Contrast of every pair of colours that really meets in a picture."""

from __future__ import annotations

import re

import pytest

from sosei.reports.charts import palette
from sosei.reports.charts.contrast import LEAST_GRAPH, LEAST_TEXT, contrast
from sosei.reports.charts.palette import (
    BAR,
    GRAPH_PAIRS,
    GRID,
    LINE,
    PAPER,
    TABLE_BACKGROUNDS,
    TARGET,
    TEXT_PAIRS,
)
from sosei.values import Problem
from tests.reports.charts.pictures import PICTURES, SVG, Box, drawn

COLOURS = {
    value
    for value in vars(palette).values()
    if isinstance(value, str) and re.fullmatch("#[0-9A-F]{6}", value)
}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21),
        ("#FFFFFF", "#FFFFFF", 1),
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 3.998),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("colour", ["red", "#FFF", "#GG0000", "#0000000", ""])
def test_another_notation_is_refused(colour: str) -> None:
    with pytest.raises(Problem):
        contrast(colour, PAPER)


@pytest.mark.parametrize(("mark", "back"), GRAPH_PAIRS)
def test_marks_are_seen_on_what_lies_behind(mark: str, back: str) -> None:
    assert contrast(mark, back) >= LEAST_GRAPH


@pytest.mark.parametrize(("text", "back"), TEXT_PAIRS)
def test_texts_are_read_on_what_lies_behind(text: str, back: str) -> None:
    assert contrast(text, back) >= LEAST_TEXT


def pairs(picture: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(mark, behind) and (text, behind) of a picture, by what was painted at the middle of each before.

    What has an edge of its own (a halo) lies on that edge.  Pictures without paper lie on every
    background of a table.
    """
    marks: set[tuple[str, str]] = set()
    texts: set[tuple[str, str]] = set()
    painted: list[tuple[str, Box]] = []
    halo = False
    for each, here in drawn(picture):
        x, y = (here.left + here.right) / 2, (here.top + here.bottom) / 2
        under = [fill for fill, rect in painted if rect.left < x < rect.right and rect.top < y < rect.bottom]
        behind = {under[-1]} if under else set(TABLE_BACKGROUNDS)
        stroke, fill = each.get("stroke", "none"), each.get("fill", "none")
        if each.tag == SVG + "text":
            texts |= {(fill, back) for back in ({stroke} if stroke != "none" else behind)}
        elif stroke == PAPER and fill == "none":
            halo = True
            continue
        else:
            is_edged = stroke not in ("none", fill) and fill != "none"
            backs = {PAPER} if halo or is_edged else behind
            marks |= {(stroke if fill == "none" else fill, back) for back in backs}
        halo = False
        if each.tag == SVG + "rect" and fill != "none":
            painted.append((fill, here))
    return marks, texts


@pytest.mark.parametrize("name", PICTURES)
def test_only_known_pairs_meet(name: str) -> None:
    marks, texts = pairs(PICTURES[name])
    decoration = {PAPER, GRID}
    assert {pair for pair in marks if pair[0] not in decoration} <= set(GRAPH_PAIRS)
    assert texts <= set(TEXT_PAIRS)
    assert texts or name.startswith(("bullet", "sparkline"))


@pytest.mark.parametrize("name", PICTURES)
def test_colours_are_few_and_of_the_palette(name: str) -> None:
    used = set(re.findall(r'(?:fill|stroke)="(#[^"]*)"', PICTURES[name]))
    assert used <= COLOURS
    assert len(used & {BAR, LINE, TARGET}) <= 2


def test_marks_differ_without_colour() -> None:
    """In grey, actual and target differ by shape (tested elsewhere) and actual is darker than paper by 3:1."""
    assert contrast(BAR, PAPER) >= LEAST_GRAPH
    assert contrast(LINE, PAPER) > contrast(TARGET, PAPER) >= LEAST_GRAPH
