"""Beyond the last published step: two named ways, which documents often mix up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sosei.population.assumptions import Assumptions
from sosei.population.fertility import ChildWoman
from sosei.population.panel import Array, Origin, Panel
from sosei.population.ratios import nation_like, national_survival
from sosei.values import Problem, Words

LAST_STEP_HELD = Words("最後の期間の率を固定", "last step held")
NATION_CONTINUES = Words("全国推計の変化を反映", "nation continues")


def hold_last(assumptions: Assumptions, until: int) -> Assumptions:
    """E1: survival, migration, child-woman ratio and male share of the last step, up to ``until``.

    A stored pool and counts are held too; extra movers are not carried beyond the last step they are given
    for.  Raises Problem where no step ends in ``until`` and for control totals, of which there are no more.
    """
    return _held(assumptions, until, LAST_STEP_HELD)


def _held(assumptions: Assumptions, until: int, how: Words) -> Assumptions:
    more = _more_steps(assumptions, until)
    if not more:
        return assumptions
    if assumptions.totals is not None:
        raise Problem(
            "全国値への補正がある推計は、最後の期間の先の補正値がないため延長できません",
            "a run with control totals cannot be extended, because there are none beyond its last step",
        )
    last, arrivals = assumptions.ends[-1], assumptions.arrivals
    note = Words(f"{last}年より先は{how.ja}して延長", f"beyond {last}: {how.en}")
    bare = replace(
        assumptions,
        arrivals=None,
        held_from=assumptions.held_from or last,
        sources=(*assumptions.sources, Origin("", "", "", "derived", note)),
    )
    starts = (*assumptions.starts, *more)
    held = bare.steps(lambda array: np.concatenate([array, *[array[-1:]] * len(more)]), starts)
    if arrivals is None:
        return held
    nobody = np.zeros((len(more), *arrivals.shape[1:]))
    return replace(held, arrivals=np.concatenate([arrivals, nobody]))


def continue_nation(
    assumptions: Assumptions, nation: Panel, until: int, *, control: bool = False
) -> Assumptions:
    """E2: migration is held, survival and child-woman ratio change as the nation's do, up to ``until``.

    Each area keeps its relation to the nation of the last step.  ``nation`` is the national projection with
    every year from the start of that step to ``until``.  ``control``: scale to its figures, which has a
    meaning only where the areas make up the nation.  Raises Problem where fertility is no child-woman ratio.
    """
    held = _held(assumptions, until, NATION_CONTINUES)
    more = len(held.starts) - len(assumptions.starts)
    if not more:
        return held
    fertility = held.fertility
    if not isinstance(fertility, ChildWoman):
        raise Problem(
            "全国推計の変化を反映する延長は、子ども女性比による推計だけでできます",
            "only a projection by child-woman ratio can follow the nation",
        )
    years = (*held.starts[-more - 1 :], until)
    like = nation_like(nation, years, assumptions.ages.lower[-1])
    survival = national_survival(like, like)
    cwr = like.child_woman_ratio()[1:]
    totals = None
    if control:
        totals = _totals(held, like, more)
    return replace(
        held,
        survival=_following(held.survival, survival, more),
        fertility=replace(fertility, cwr=_following(fertility.cwr, cwr, more)),
        totals=totals,
    )


def _more_steps(assumptions: Assumptions, until: int) -> tuple[int, ...]:
    width, last = assumptions.ages.width, assumptions.ends[-1]
    if (until - last) % width:
        raise Problem(
            f"{until}年まで延長できません（{last}年から{width}年ごとの年を指定してください）",
            f"cannot be extended to {until}; name a year {width}, {2 * width}, ... years after {last}",
        )
    return tuple(range(last, until, width))


def _following(held: Array, nation: Array, more: int) -> Array:
    """The last ``more`` steps of ``held`` changed as the nation's change since the step before them."""
    change = np.divide(nation[1:], nation[:1], out=np.ones_like(nation[1:]), where=nation[:1] > 0)
    return np.concatenate([held[:-more], held[-more:] * change])


def _totals(held: Assumptions, like: Panel, more: int) -> Array:
    """Control totals for the last ``more`` steps; NaN, which means none, before them."""
    totals = np.full((len(held.starts), *like.values.shape[1:3]), np.nan)
    totals[-more:] = like.values[2:, :, :, 0]
    return totals
