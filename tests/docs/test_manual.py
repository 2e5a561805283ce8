"""Every example of the manual is read, and those with a table give the results printed under them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from sosei.formats.table_reading import load_table
from sosei.scheme import choices
from sosei.scheme.evaluate import evaluate_case
from sosei.scheme.files import parse_scheme
from sosei.scheme.model import Scheme
from sosei.scheme.reasons import NO_VALUE_NAMES
from sosei.scheme.rollup import RollUp, roll_ups
from sosei.scheme.table_cases import case_of_row
from sosei.values import Problem, parse_fiscal_year_option

MANUAL = Path(__file__).parents[2] / "docs/manual/評価方式の書き方.md"
_BLOCK = re.compile(r"^```(\w+(?: 誤り)?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_YEAR = re.compile(r"--year (\S+?)`")


@dataclass(frozen=True)
class Example:
    """A scheme with the table it is run on, the year and the printed lines; only a scheme where those are empty.

    ``wrong``: the scheme has a mistake, and ``lines`` is what is said of it.
    """

    line: int
    scheme: str
    table: str = ""
    year: str = ""
    lines: str = ""
    wrong: bool = False


def examples() -> list[Example]:
    text = MANUAL.read_text(encoding="utf-8")
    found: list[Example] = []
    scheme = table = ""
    line = end = 0
    for block in _BLOCK.finditer(text):
        kind, body = block[1], block[2]
        if kind.startswith("toml"):
            line, scheme, table = text.count("\n", 0, block.start()) + 1, body, ""
            found.append(Example(line, body, wrong=kind != "toml"))
        elif kind == "csv":
            table = body
        elif kind == "text" and found[-1].wrong:
            found[-1] = replace(found[-1], lines=body)
        elif kind == "text" and table and (years := _YEAR.findall(text, end, block.start())):
            found.append(Example(line, scheme, table, years[-1], body))
        end = block.end()
    return found


EXAMPLES = examples()


def printed(example: Example) -> str:
    scheme = parse_scheme(example.scheme, MANUAL.name)
    table = load_table(example.table.encode())
    assert not table.errors
    year = parse_fiscal_year_option(example.year).year
    results = [(row.name, evaluate_case(case_of_row(row), scheme, year)) for row in table.rows]
    explained = "根拠 | " in example.lines
    lines = []
    for name, result in results:
        lines.append(f"{name} | {result.text} | {result.grade or ''}")
        if explained:
            lines.append(f"根拠 | {result.explanation('ja')}")
            lines += [f"読み方 | {reading.kind} | {reading.text}" for reading in result.readings()]
    if "まとめ" in example.lines:
        lines += map(summed, roll_ups([r for _, r in results], scheme))
    return "".join(line.rstrip() + "\n" for line in lines)


def summed(place: RollUp) -> str:
    classes = " ".join(f"{label} {count}" for label, count in place.by_class.items())
    counts = f"{place.reached}/{place.known} | {place.share_text} | {place.mean_text}"
    return f"まとめ {place.id or '全体'} | {counts} | {classes}"


@pytest.mark.parametrize("example", [e for e in EXAMPLES if not e.wrong], ids=lambda e: f"line{e.line}")
def test_an_example_reads(example: Example) -> None:
    assert parse_scheme(example.scheme, MANUAL.name).name


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.table], ids=lambda e: f"line{e.line}-{e.year}")
def test_an_example_gives_what_is_printed_under_it(example: Example) -> None:
    assert printed(example) == example.lines


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.wrong], ids=lambda e: f"line{e.line}")
def test_a_mistake_is_reported_as_the_manual_says(example: Example) -> None:
    with pytest.raises(Problem) as caught:
        parse_scheme(example.scheme, "方式.toml")
    assert caught.value.ja + "\n" == example.lines


def test_every_table_of_the_manual_has_its_results() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    tables = re.findall(r"^```csv$", text, re.MULTILINE)
    assert {e.table for e in EXAMPLES if e.table} == {b[2] for b in _BLOCK.finditer(text) if b[1] == "csv"}
    assert len(tables) > 25
    assert len([e for e in EXAMPLES if e.wrong and e.lines]) == text.count("```toml 誤り")


def test_the_manual_names_every_key_and_value_of_the_language() -> None:
    spans = re.findall(r"`([^`\n]+)`", MANUAL.read_text(encoding="utf-8"))
    named = set(re.findall(r"\w+", " ".join(spans)))
    assert not {*keys(Scheme), *words(), *NO_VALUE_NAMES} - named


def keys(model: type[BaseModel]) -> set[str]:
    """The names a file may write in ``model`` and in the tables inside it."""
    names: set[str] = set()
    for name, field in model.model_fields.items():
        names |= {field.alias or name}
        for inner in tables_in(field.annotation):
            names |= keys(inner)
    return names


def tables_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for inner in get_args(annotation) for found in tables_in(inner)]


def words() -> set[str]:
    """The values of all the enumerations of the language."""
    kinds = [
        k
        for k in vars(choices).values()
        if isinstance(k, type) and issubclass(k, StrEnum) and k is not StrEnum
    ]
    return {str(member) for kind in kinds for member in kind}
