"""目標人口からの逆算 as documents and pages show it: a row for each lever, a column for each year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sosei.population.assumptions import Assumptions
from sosei.population.levers import Families, Lever, OutClosed, TotalFertility
from sosei.population.solve import Answer, Status, solve
from sosei.reports.charts.population_frame import whole
from sosei.reports.population.figures import own_notes
from sosei.reports.population.outlook import Outlook
from sosei.reports.population.tables import Table
from sosei.values import Words

MOST_TARGET = 20_000_000
"""Persons of a target, more than any municipality or prefecture has."""
TFR_BY = 2030
"""The year in which a sought fertility is reached, as the national simulations have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """目標人口: ``population`` in each of ``years``; ``note`` says where it comes from."""

    population: float
    years: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one lever alone would need, a year an answer."""

    lever: Lever
    answers: tuple[Answer, ...]

    @property
    def convention(self) -> Words:
        """How it is counted: the longest wording of its years, which is that of the extended ones."""
        return max((answer.convention for answer in self.answers), key=lambda words: len(words.ja))

    def cell(self, answer: Answer) -> Words:
        """An answer as it stands in a cell."""
        if answer.status is Status.ALREADY:
            return Words("不要（取組がなくても達する）", "none (reached without it)")
        people, amount = whole(answer.population), answer.amount_words
        if amount is None:
            return Words(f"達しない（{people}人）", f"not reached ({people})")
        if answer.status is Status.SOLVED:
            return amount
        return Words(
            f"達しない（最大の{amount.ja}でも{people}人）",
            f"not reached ({people} with the most, {amount.en})",
        )


def three_levers(families: Families | None = None, tfr_by: int = TFR_BY) -> tuple[Lever, ...]:
    """手段: families a year, fertility, fewer who leave."""
    return families or Families(), TotalFertility(tfr_by), OutClosed()


def goal_rows(
    outlook: Outlook,
    goal: Goal,
    levers: Sequence[Lever] | None = None,
    given: Assumptions | None = None,
) -> list[Row]:
    """The answers of each of ``levers`` (default: the three), from ``given`` on (default: the base projection).

    Raises Problem for a year that no step ends in and a target that is no number of persons.
    """
    targets = dict.fromkeys(goal.years, goal.population)
    rates = outlook.assumptions if given is None else given
    return [Row(each, solve(each, outlook.base, rates, targets)) for each in levers or three_levers()]


def goal_table(outlook: Outlook, goal: Goal, language: str = "ja") -> Table:
    """What each lever alone would need, with its convention under the table.

    Raises Problem for a year that no step ends in and a target that is no number of persons.
    """
    found = goal_rows(outlook, goal)
    people = whole(goal.population)
    without = [whole(answer.without) for answer in found[0].answers]
    first = Words("取組がない場合の人口", "population without any")
    rows = [(first.of(language), *(Words(f"{each}人", each).of(language) for each in without))]
    rows += [
        (row.lever.what.of(language), *(row.cell(answer).of(language) for answer in row.answers))
        for row in found
    ]
    title = Words(
        f"目標人口{people}人に達するために必要な量（それぞれの手段だけで達する場合）",
        f"What reaches a population of {people} (by each means alone)",
    )
    conventions = [
        Words(f"{row.lever.what.ja}：{row.convention.ja}。", f"{row.lever.what.en}: {row.convention.en}.")
        for row in found
    ]
    return Table(
        title=title.of(language),
        headings=(
            Words("手段", "Means").of(language),
            *(Words(f"{year}年", str(year)).of(language) for year in goal.years),
        ),
        rows=tuple(rows),
        notes=tuple(note.of(language) for note in (*dict.fromkeys(conventions), *own_notes(outlook))),
    )
