"""A case of a rule: a small plan in which it must fire and name certain strings, or must not fire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sosei.plan.model import Plan


@dataclass(frozen=True)
class Case:
    """``says`` are the strings that the finding must name, in its message or at its places."""

    code: str
    title: str
    plan: Callable[[], Plan]
    fires: bool
    says: tuple[str, ...] = ()
    year: int | None = 2024

    def __str__(self) -> str:
        return f"{self.code} {'fires' if self.fires else 'quiet'}: {self.title}"


def fires(code: str, title: str, plan: Callable[[], Plan], *says: str, year: int | None = 2024) -> Case:
    """The rule must find something that names ``says``."""
    return Case(code, title, plan, True, says, year)


def quiet(code: str, title: str, plan: Callable[[], Plan], *, year: int | None = 2024) -> Case:
    """A near miss: the rule must find nothing."""
    return Case(code, title, plan, False, (), year)
