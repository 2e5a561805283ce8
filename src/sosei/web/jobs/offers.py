"""Which documents there are of a plan in one state, for one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan.walk import observed_years
from sosei.web.jobs.kinds import KINDS, Kind, Shape
from sosei.web.people.actor import Actor
from sosei.web.plans.opened import Opened
from sosei.web.plans.states import State


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of document that can be made now.

    ``years`` are the fiscal years to choose from, newest first; ``lacks`` says, where there is
    nothing to make it of, what is missing.
    """

    code: str
    kind: Kind
    years: tuple[int, ...] = ()
    lacks: Words | None = None

    @property
    def name(self) -> Words:
        """What it is called."""
        return self.kind.name

    @property
    def buttons(self) -> list[tuple[str, Shape]]:
        """What a button sends, and its shape."""
        return [(f"{self.code}/{shape}", shape) for shape in self.kind.shapes]


_NO_VALUES = Words(
    "実績値がまだないので作れません。実績値の入った計画ファイルを読み込むと作れます",
    "there are no values yet; load a plan file with values to make it",
)


def offers(opened: Opened, actor: Actor, kinds: Iterable[str] = ()) -> list[Offer]:
    """The documents of ``opened`` that ``actor`` may have, of these ``kinds`` (all that one state gives)."""
    wanted = list(kinds) or [code for code, kind in KINDS.items() if kind.of is State and not kind.compares]
    years = tuple(reversed(observed_years(opened.document)))
    return [
        Offer(
            code, kind, years if kind.yearly else (), _NO_VALUES if kind.needs_values and not years else None
        )
        for code, kind in ((code, KINDS[code]) for code in wanted)
        if all(actor.may(right) for right in kind.rights)
    ]
