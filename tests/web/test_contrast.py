"""Every pair of colours the style sheets bring together, by the contrast WCAG 2.2 asks.

The grounds of a text or mark are written here as the pages use them; the sheets are read to make sure
that no colour, and no pair set in one rule, is missing from the tables.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

import sosei
from sosei.reports.charts.contrast import LEAST_GRAPH, LEAST_TEXT, contrast
from sosei.reports.charts.palette import TABLE_BACKGROUNDS

FOLDER = Path(sosei.__file__).parent / "web/static/sosei"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.css"))}
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", SHEETS["tokens.css"]))

PLAIN = ("paper", "wash", "head")
SOFT = ("good-soft", "warn-soft", "bad-soft", "none-soft", "key-soft")
TEXT = {
    "ink": (*PLAIN, *SOFT, "mark", "focus-ring"),
    "sub": (*PLAIN, *SOFT),
    "edge": ("paper",),
    "key": (*PLAIN, *SOFT),
    "key-strong": (*PLAIN, *SOFT, "key-tint"),
    "key-deep": (*PLAIN, *SOFT),
    "visited": ("paper",),
    "good": ("paper", "good-soft"),
    "warn": ("warn-soft",),
    "bad": ("paper", "bad-soft"),
    "bad-deep": ("bad-soft",),
    "none": ("none-soft",),
    "paper": ("key", "key-strong", "key-deep", "bad", "bad-fill", "bad-deep"),
}
"""Text and what it may stand on: at least 4.5:1."""

MARKS = {
    "edge": PLAIN,
    "key": (*PLAIN, "shade"),
    "key-mid": ("paper",),
    "key-strong": ("paper",),
    "key-deep": ("paper",),
    "good-fill": ("paper",),
    "warn-fill": ("paper",),
    "bad-fill": ("paper",),
    "bad": ("paper",),
    "bad-deep": ("paper",),
    "none-fill": ("paper",),
    "ink": ("paper",),
    "focus": (*PLAIN, *SOFT, "focus-ring", "key-tint"),
}
"""Edges, bars and signs that carry meaning, and what lies beside or behind them: at least 3:1."""

DECORATION = {"line", "shade", "paper"}
"""Set off what is apart already, or are the gap between two marks."""


class Rule(NamedTuple):
    """One rule of a sheet: where it stands and its declarations."""

    sheet: str
    selector: str
    declarations: tuple[tuple[str, str], ...]

    def colours(self, name: str) -> set[str]:
        """Names of the colours that the properties matching ``name`` bring in."""
        found = [value for key, value in self.declarations if re.fullmatch(name, key)]
        return {
            token for value in found for token in re.findall(r"var\(--([a-z0-9-]+)", value) if token in TOKENS
        }


def rules() -> list[Rule]:
    found = []
    for sheet, text in SHEETS.items():
        bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", bare):
            pairs = (each.split(":", 1) for each in body.split(";") if ":" in each)
            found.append(
                Rule(sheet, " ".join(selector.split()), tuple((k.strip(), v.strip()) for k, v in pairs))
            )
    return [rule for rule in found if not rule.selector.startswith(":root")]


RULES = rules()
GROUND = "background(-color)?"
MARK = "(border|outline|text-decoration)(-[a-z]+)*|fill|stroke|box-shadow|accent-color"


@pytest.mark.parametrize(
    ("text", "ground"), [(text, ground) for text, all_ in TEXT.items() for ground in all_]
)
def test_text_is_read_on_its_ground(text: str, ground: str) -> None:
    assert contrast(TOKENS[text], TOKENS[ground]) >= LEAST_TEXT


@pytest.mark.parametrize(
    ("mark", "ground"), [(mark, ground) for mark, all_ in MARKS.items() for ground in all_]
)
def test_marks_are_seen_on_their_ground(mark: str, ground: str) -> None:
    assert contrast(TOKENS[mark], TOKENS[ground]) >= LEAST_GRAPH


def test_sheets_are_there() -> None:
    assert len(RULES) > 200
    assert {"tokens.css", "base.css", "components.css", "print.css"} <= set(SHEETS)


def test_every_text_colour_is_in_the_table() -> None:
    used = {(colour, rule.selector) for rule in RULES for colour in rule.colours("color")}
    assert [each for each in used if each[0] not in TEXT] == []


def test_every_pair_of_one_rule_is_in_the_table() -> None:
    pairs = {
        (text, ground, rule.selector)
        for rule in RULES
        for text in rule.colours("color")
        for ground in rule.colours(GROUND)
    }
    assert len(pairs) > 20
    assert [each for each in pairs if each[1] not in TEXT[each[0]]] == []


def test_every_mark_is_in_the_table() -> None:
    used = {(colour, rule.selector) for rule in RULES for colour in rule.colours(MARK)}
    known = {*MARKS, *DECORATION, "focus-ring"}
    assert [each for each in used if each[0] not in known] == []


def test_every_ground_is_in_a_table() -> None:
    known = {ground for table in (TEXT, MARKS) for grounds in table.values() for ground in grounds}
    used = {(colour, rule.selector) for rule in RULES for colour in rule.colours(GROUND)}
    assert [each for each in used if each[0] not in known | set(MARKS) | DECORATION] == []


def test_charts_lie_on_the_grounds_they_are_tested_on() -> None:
    assert {TOKENS[name] for name in PLAIN} == {colour.lower() for colour in TABLE_BACKGROUNDS}


def test_every_value_is_defined_and_every_definition_used() -> None:
    everything = "".join(SHEETS.values())
    defined = set(re.findall(r"(?m)^\s*--([a-z0-9-]+):", SHEETS["tokens.css"]))
    assert set(re.findall(r"var\(--([a-z0-9-]+)", everything)) == defined


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheets_ask_nothing_of_the_outside_and_write_no_colour_of_their_own(sheet: str) -> None:
    bare = re.sub(r"/\*.*?\*/", "", SHEETS[sheet], flags=re.DOTALL)
    assert re.findall(r"url\(|@import|@layer|!important", bare) == []
    if sheet != "tokens.css":
        values = re.findall(r":\s*([^;{}]+);", bare)
        assert [value for value in values if re.search(r"#[0-9a-fA-F]{3}|\b(rgb|hsl)a?\(", value)] == []
