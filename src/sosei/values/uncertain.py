"""Uncertain readings that hang together: several cells, several joint ways to fill them.

On one page of a real report four loose values stand beside four cells, and
three ways to place them make sense.  A reading of one cell alone is then no
alternative; only a reading of all four is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sosei.values.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class CellReading:
    """What one cell holds in one reading.

    ``place`` is an address given by whoever owns the cells; here it is only compared.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    place: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JointReading:
    """One way to fill all the cells of a group.  Raises Problem for none, or one named twice."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    cells: tuple[CellReading, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not self.cells:
            raise Problem("読み取りの案にセルがありません", "a joint reading names at least one cell")
        if len(self.places) < len(self.cells):
            raise Problem("読み取りの案が同じセルを二度挙げています", "a joint reading names a cell twice")

    @property
    def places(self) -> frozenset[str]:
        """The cells it fills."""
        return frozenset(cell.place for cell in self.cells)

    def text_at(self, place: str) -> str | None:
        """What ``place`` holds in this reading; None for a cell outside it."""
        return next((cell.text for cell in self.cells if cell.place == place), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointAlternatives:
    """The ways to read a group of cells, and the one chosen for now.

    ``chosen``     index into ``options``.
    ``note``       why it is uncertain, and why this one was chosen.
    ``confirmed``  somebody compared it with the original.

    Raises Problem where the options do not fill the same cells, or ``chosen`` is none of them.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    chosen: int
    options: tuple[JointReading, ...]
    note: str = ""
    confirmed: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.chosen < len(self.options):
            raise Problem(
                f"chosen が {self.chosen} ですが、読み取りの案は {len(self.options)} 個です",
                f"chosen is {self.chosen}, but there are {len(self.options)} options",
            )
        if len({option.places for option in self.options}) > 1:
            raise Problem(
                "読み取りの案は、どれも同じセルを挙げなければなりません",
                "every option must name the same cells",
            )

    @property
    def places(self) -> frozenset[str]:
        """The cells of the group."""
        return self.options[0].places

    def alternatives_for(self, place: str) -> tuple[str, ...]:
        """The other texts ``place`` may hold, each once; empty for a cell outside the group."""
        chosen = self.options[self.chosen].text_at(place)
        texts = (option.text_at(place) for option in self.options)
        return tuple(dict.fromkeys(text for text in texts if text is not None and text != chosen))
