"""年齢階級: age groups of one width, the last one open."""

from __future__ import annotations

from dataclasses import dataclass

from sosei.values import Problem

CHILDBEARING = (15, 50)
"""再生産年齢: the lower bounds from which (15-19) and before which (50-54) women are counted for births."""

PUBLISHED_WIDTH = 5
"""Years of a group (0-4, 30-34) as ages are published and spoken of, whatever the width of a run's groups."""


@dataclass(frozen=True, slots=True)
class AgeScheme:
    """年齢階級: ``groups`` groups of ``width`` years from 0; the last is open (90歳以上).

    The width is also the length of a step of the projection.  Raises Problem where 15 and 50 are not
    bounds of groups, because a child-woman ratio could not be formed.
    """

    width: int
    groups: int

    def __post_init__(self) -> None:
        low, high = CHILDBEARING
        if self.width < 1 or low % self.width or high % self.width or self.groups * self.width <= high:
            raise Problem(
                f"年齢階級は1歳または5歳きざみで、最後の階級は50歳以上から始めてください"
                f"（{self.width}歳きざみ、{self.groups}階級が指定されました）",
                f"age groups must be of 1 or 5 years and the open one must start at 50 or later "
                f"(found {self.groups} groups of {self.width} years)",
            )

    @property
    def lower(self) -> tuple[int, ...]:
        """The lower bound of each group: 0, width, ..."""
        return tuple(range(0, self.groups * self.width, self.width))

    @property
    def mothers(self) -> slice:
        """The groups 15-49 along the age axis."""
        return slice(CHILDBEARING[0] // self.width, CHILDBEARING[1] // self.width)

    def index(self, lower: int) -> int:
        """The place of the group that begins at ``lower``.  Raises Problem where none does."""
        if lower % self.width or not 0 <= lower // self.width < self.groups:
            raise Problem(
                f"{lower}歳から始まる年齢階級はありません（{self.width}歳きざみで"
                f"最後は{self.lower[-1]}歳以上です）",
                f"no age group begins at {lower} (groups of {self.width} years, the last from {self.lower[-1]})",
            )
        return lower // self.width

    def labels(self, language: str) -> tuple[str, ...]:
        """The groups as tables print them: 0～4歳 ... 90歳以上, or 0-4 ... 90+ in English."""
        closed = [self._label(low, language) for low in self.lower[:-1]]
        last = self.lower[-1]
        return (*closed, f"{last}+" if language == "en" else f"{last}歳以上")

    def _label(self, low: int, language: str) -> str:
        english = language == "en"
        if self.width == 1:
            return str(low) if english else f"{low}歳"
        high = low + self.width - 1
        return f"{low}-{high}" if english else f"{low}～{high}歳"
