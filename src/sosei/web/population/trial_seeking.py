"""目標人口からの逆算 beside the sliders: what each means alone needs, and the setting that an answer makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from sosei.population.levers import Families, TotalFertility
from sosei.population.scenario_files import compositions
from sosei.population.solve import Answer, Status
from sosei.reports.charts.population_frame import whole
from sosei.reports.population.goals import Goal, Row, goal_rows, three_levers
from sosei.reports.population.outlook import Outlook
from sosei.values import Words
from sosei.web.population.trial import Ground, Setting, Shares, tidy
from sosei.web.population.trial_reading import Asked, Pairs, pairs_of

_DIGITS = 6  # significant ones of an amount that is put into the sliders


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer in words, and the query of the setting it makes; empty where the sliders cannot express it."""

    year: int
    words: Words
    query: str


@dataclass(frozen=True, slots=True)
class SoughtRow:
    """A means with its answers, how it is counted, and whether exact or by halving."""

    name: Words
    cells: tuple[Cell, ...]
    convention: Words
    how: Words


@dataclass(frozen=True, slots=True)
class Sought:
    """All answers; ``without`` is the population of each year without any of it."""

    target: str
    years: tuple[int, ...]
    without: tuple[str, ...]
    rows: tuple[SoughtRow, ...]
    on_trial: bool


def sought(outlook: Outlook, asked: Asked, ground: Ground, more: Pairs) -> Sought | None:
    """What reaches the target; None where none was asked.

    The trial is the last run of ``outlook``; ``more`` goes along in the queries of the answers.
    """
    if asked.target is None:
        return None
    setting = asked.setting
    families = Families(compositions()[setting.composition], since=setting.since)
    given = outlook.runs[-1].assumptions if asked.on_trial else None
    goal = Goal(population=float(asked.target), years=asked.years)
    rows = goal_rows(outlook, goal, three_levers(families, setting.tfr_by), given)
    begun = setting if asked.on_trial else _bare(setting, ground)

    def cell(row: Row, answer: Answer) -> Cell:
        put = _put(row, answer, begun, ground)
        pairs = [] if put is None else [*pairs_of(replace(asked, setting=put), ground), *more]
        return Cell(answer.year, row.cell(answer), urlencode(pairs))

    return Sought(
        target=whole(float(asked.target)),
        years=asked.years,
        without=tuple(whole(each.without) for each in rows[0].answers),
        rows=tuple(
            SoughtRow(
                row.lever.what,
                tuple(cell(row, answer) for answer in row.answers),
                row.convention,
                _how(row),
            )
            for row in rows
        ),
        on_trial=asked.on_trial,
    )


def _bare(setting: Setting, ground: Ground) -> Setting:
    """The base projection with the years and the composition that were chosen; beyond as the answers have it."""
    published = Setting.published(ground)
    return replace(
        published,
        tfr_by=setting.tfr_by,
        composition=setting.composition,
        since=setting.since,
        until=setting.until,
    )


def _how(row: Row) -> Words:
    solved = [answer for answer in row.answers if answer.status is Status.SOLVED]
    if row.lever.linear and all(answer.exact for answer in solved):
        return Words("人口がこの量に比例して増えるため、比例計算で正確に求めた値", "exact, by proportion")
    return Words(
        "区間を半分にする計算を繰り返して、100万分の1人未満まで合わせた値",
        "found by halving, to less than a millionth of a person",
    )


def _put(row: Row, answer: Answer, begun: Setting, ground: Ground) -> Setting | None:
    """The setting with what was found in it."""
    if answer.status is not Status.SOLVED or answer.amount is None:
        return None
    amount = tidy(Decimal(f"{answer.amount:.{_DIGITS}g}"))
    until = max(begun.until, answer.year)
    match row.lever:
        case Families():
            return _with_families(replace(begun, until=until), amount)
        case TotalFertility():
            return replace(begun, tfr=amount, until=until)
        case _:
            return _with_closed(replace(begun, until=until), amount, ground)


def _with_families(begun: Setting, amount: Decimal) -> Setting | None:
    if not begun.families:
        return replace(begun, families=amount, last=None)
    return replace(begun, families=begun.families + amount) if begun.last is None else None


def _with_closed(begun: Setting, share: Decimal, ground: Ground) -> Setting | None:
    """The share holds from the first step on, at all ages; a path of the trial beside it cannot be kept."""
    if begun.moves and begun.move_by > ground.base:
        return None
    young, family, older = (tidy(100 - (100 - each) * (1 - share)) for each in begun.out)
    out: Shares = (young, family, older)
    return replace(begun, out=out, move_by=ground.base)
