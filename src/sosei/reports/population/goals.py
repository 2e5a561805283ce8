"""目標人口からの逆算 as documents and pages show it: a row for each lever, a column for each year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sosei.population.assumptions import Assumptions
from sosei.population.levers import Families, Lever, OutClosed, TotalFertility
from sosei.population.solve import Answer, Status, amount_text, solve
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
class Means:
    """手段: a lever, what it is called, and how an amount of it is written."""

    lever: Lever
    name: Words
    amount: Callable[[float], Words]


@dataclass(frozen=True, slots=True)
class Row:
    """What one means alone would need, a year an answer."""

    means: Means
    answers: tuple[Answer, ...]

    @property
    def convention(self) -> Words:
        """How it is counted: the longest wording of its years, which is that of the extended ones."""
        return max((answer.convention for answer in self.answers), key=lambda words: len(words.ja))

    def cell(self, answer: Answer) -> Words:
        """An answer as it stands in a cell."""
        if answer.status is Status.ALREADY:
            return Words("不要（取組がなくても達する）", "none (reached without it)")
        if answer.status is Status.SOLVED:
            return self.means.amount(answer.amount or 0.0)
        people = whole(answer.population)
        if answer.amount is None:
            return Words(f"達しない（{people}人）", f"not reached ({people})")
        most = self.means.amount(answer.amount)
        return Words(
            f"達しない（最大の{most.ja}でも{people}人）", f"not reached ({people} with the most, {most.en})"
        )


def three_means(
    families: Families | None = None, tfr_by: int = TFR_BY, closed: OutClosed | None = None
) -> tuple[Means, ...]:
    """Families a year, fertility, fewer who leave."""
    return (
        Means(
            families or Families(),
            Words("年あたりの移住世帯", "families a year"),
            lambda amount: Words(f"{amount_text(amount)}世帯", f"{amount_text(amount)} families"),
        ),
        Means(
            TotalFertility(tfr_by),
            Words(f"{tfr_by}年に達する合計特殊出生率", f"total fertility rate reached in {tfr_by}"),
            lambda amount: Words(f"{amount:.2f}", f"{amount:.2f}"),
        ),
        Means(
            closed or OutClosed(),
            Words("抑える転出の割合", "share of out-migration closed"),
            lambda amount: Words(f"{amount_text(amount * 100)}％", f"{amount_text(amount * 100)} %"),
        ),
    )


def goal_rows(
    outlook: Outlook,
    goal: Goal,
    means: Sequence[Means] | None = None,
    given: Assumptions | None = None,
) -> list[Row]:
    """The answers of each of ``means`` (default: the three), from ``given`` (default: the published rates) on.

    Raises Problem for a year that no step ends in and a target that is no number of persons.
    """
    targets = dict.fromkeys(goal.years, goal.population)
    rates = outlook.assumptions if given is None else given
    return [Row(each, solve(each.lever, outlook.base, rates, targets)) for each in means or three_means()]


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
        (row.means.name.of(language), *(row.cell(answer).of(language) for answer in row.answers))
        for row in found
    ]
    title = Words(
        f"目標人口{people}人に達するために必要な量（それぞれの手段だけで達する場合）",
        f"What reaches a population of {people} (by each means alone)",
    )
    conventions = [
        Words(f"{row.means.name.ja}：{row.convention.ja}。", f"{row.means.name.en}: {row.convention.en}.")
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
