"""What was worked out of a plan, kept as long as the plan itself is kept in memory.

An edition never changes and a draft's plan is another object after each change, so that what was made
from the same object is never out of date.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

from sosei.plan.model import Plan

T = TypeVar("T")
P = ParamSpec("P")


class _Same:
    """A plan as a key: equal to itself alone, for comparing whole plans would read all of both."""

    __slots__ = ("plan",)

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.plan is self.plan

    def __hash__(self) -> int:
        return id(self.plan)


def kept(
    most: int,
) -> Callable[[Callable[Concatenate[Plan, P], T]], Callable[Concatenate[Plan, P], T]]:
    """A function of a plan that keeps its answers for the ``most`` plans asked for last."""

    def decorate(make: Callable[Concatenate[Plan, P], T]) -> Callable[Concatenate[Plan, P], T]:
        @lru_cache(maxsize=most)
        def made(same: _Same, *args: P.args, **names: P.kwargs) -> T:
            return make(same.plan, *args, **names)

        @wraps(make)
        def remembered(plan: Plan, /, *args: P.args, **names: P.kwargs) -> T:
            return made(_Same(plan), *args, **names)  # type: ignore[arg-type]

        return remembered

    return decorate
