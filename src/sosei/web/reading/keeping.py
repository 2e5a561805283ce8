"""What was worked out of a plan, kept for the next page: by the plan's identity, as nothing changes a plan."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import TypeVar

from sosei.plan.model import Plan

T = TypeVar("T")


def kept(most: int) -> Callable[[Callable[[Plan], T]], Callable[[Plan], T]]:
    """A function of a plan that keeps its answers for the ``most`` plans asked for last.

    ``sosei.web.plans.store`` gives the same object for the same state of a plan, so its identity names
    that state; the plan is held with the answer, so that no other can take its identity.
    """

    def decorate(make: Callable[[Plan], T]) -> Callable[[Plan], T]:
        found: OrderedDict[int, tuple[Plan, T]] = OrderedDict()
        lock = Lock()

        @wraps(make)
        def remembered(plan: Plan) -> T:
            with lock:
                held = found.get(id(plan))
                if held is not None:
                    found.move_to_end(id(plan))
                    return held[1]
            made = make(plan)
            with lock:
                found[id(plan)] = (plan, made)
                while len(found) > most:
                    found.popitem(last=False)
            return made

        return remembered

    return decorate
