"""目標人口からの逆算 as documents print it: a row for each lever, a column for each year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sosei.population.levers import Families, Lever, OutClosed, TotalFertility
from sosei.population.solve import Answer, Status, amount_text, solve
from sosei.reports.charts.population_frame import whole
from sosei.reports.population.figures import own_notes
from sosei.reports.population.outlook import Outlook
from sosei.reports.population.tables import Table

TFR_BY = 2030
"""The year in which a sought fertility is reached, as the national simulations have it."""
_LEVERS: tuple[tuple[Lever, str, Callable[[float], str]], ...] = (
    (Families(), "年あたりの移住世帯", lambda amount: f"{amount_text(amount)}世帯"),
    (TotalFertility(TFR_BY), f"{TFR_BY}年に達する合計特殊出生率", lambda amount: f"{amount:.2f}"),
    (OutClosed(), "抑える転出の割合", lambda amount: f"{amount_text(amount * 100)}％"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """目標人口: ``population`` in each of ``years``; ``note`` says where it comes from."""

    population: float
    years: tuple[int, ...]
    note: str = ""


def goal_answers(
    outlook: Outlook, goal: Goal
) -> list[tuple[str, tuple[Answer, ...], Callable[[float], str]]]:
    """Name, answers by year, and how an amount is written, for each lever."""
    targets = dict.fromkeys(goal.years, goal.population)
    return [
        (name, solve(lever, outlook.base, outlook.assumptions, targets), shown)
        for lever, name, shown in _LEVERS
    ]


def goal_table(outlook: Outlook, goal: Goal) -> Table:
    """What each lever alone would need, with its convention under the table.

    Raises Problem for a year that no step ends in and a target that is no number of persons.
    """
    answers = goal_answers(outlook, goal)
    without = [whole(answer.without) for answer in answers[0][1]]
    rows = [("取組がない場合の人口", *(f"{each}人" for each in without))]
    rows += [(name, *(_cell(answer, shown) for answer in found)) for name, found, shown in answers]
    conventions = dict.fromkeys(_conventions(answers))
    return Table(
        title=f"目標人口{whole(goal.population)}人に達するために必要な量（それぞれの手段だけで達する場合）",
        headings=("手段", *(f"{year}年" for year in goal.years)),
        rows=tuple(rows),
        notes=(*conventions, *(note.ja for note in own_notes(outlook))),
    )


def _conventions(answers: Sequence[tuple[str, tuple[Answer, ...], object]]) -> list[str]:
    """The convention of each lever, the longest wording of its years: that of the extended ones."""
    return [
        f"{name}：{max((answer.convention.ja for answer in found), key=len)}。" for name, found, _ in answers
    ]


def _cell(answer: Answer, shown: Callable[[float], str]) -> str:
    if answer.status is Status.ALREADY:
        return "不要（取組がなくても達する）"
    if answer.status is Status.UNREACHABLE:
        most = "" if answer.amount is None else f"最大の{shown(answer.amount)}でも"
        return f"達しない（{most}{whole(answer.population)}人）"
    return shown(answer.amount or 0.0)
