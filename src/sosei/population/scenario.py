"""シナリオ: what changes against the base assumptions, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sosei.population.panel import SEXES
from sosei.values import Words

Amount = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
Path = Annotated[dict[int, Amount], Field(min_length=1)]
"""Points by year; straight lines between them, the last one held."""

Beyond = Literal["last-step-held", "nation-continues"]
HELD: Beyond = "last-step-held"
NATION: Beyond = "nation-continues"
BEYOND: Mapping[Beyond, Words] = {
    HELD: Words("最後の期間の率を固定", "the rates of the last step are held"),
    NATION: Words(
        "移動率を固定し、生残率と子ども女性比は全国推計の変化を反映",
        "migration is held, survival and child-woman ratio change as the nation's",
    ),
}
"""How the last published step is gone beyond, as a part of a sentence."""

CLASSES = 7.0
"""TFR over child-woman ratio by the shortcut of seven five-year classes."""
NATIONAL_2015 = 1.45 / 0.19176
"""TFR over child-woman ratio of the nation in 2015 (1.45 and 0.19176), 7.56; 8 % above the shortcut."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Name(_Part):
    """A name in both languages."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, language: str) -> str:
        """The name in ``language`` (``"ja"`` or ``"en"``)."""
        return self.en if language == "en" else self.ja


class Source(_Part):
    """出典: where a scenario's rule comes from."""

    source: str = ""
    table: str = ""
    edition: str = ""


class FertilityPath(_Part):
    """出生: TFR or child-woman ratio by year, from the area's own value in the base year on.

    ``constant`` is TFR over child-woman ratio: ``national`` (2015, 7.56), ``classes`` (7) or a number.
    """

    tfr: Path | None = None
    cwr: Path | None = None
    constant: Literal["national", "classes"] | Annotated[float, Field(gt=0)] = "national"

    @model_validator(mode="after")
    def _one_path(self) -> Self:
        if (self.tfr is None) == (self.cwr is None):
            raise ValueError("tfr と cwr のどちらか一つを書いてください / give one of tfr and cwr")
        return self

    @property
    def factor(self) -> float:
        """The constant as a number."""
        named = {"national": NATIONAL_2015, "classes": CLASSES}
        return named[self.constant] if isinstance(self.constant, str) else self.constant


class Band(_Part):
    """移動率の倍率: for starting ages from ``ages[0]`` to before ``ages[1]``, by the year a step ends in.

    ``direction``: those who come, those who leave, or both; of a net rate, gains and losses.
    """

    ages: tuple[int, int | None] = (0, None)
    sex: Literal["male", "female", "both"] = "both"
    direction: Literal["in", "out", "both"] = "both"
    points: Path


class MigrationChange(_Part):
    """移動: ``closed`` is 封鎖人口 (no net migration at any age); else multipliers, one after the other."""

    closed: bool = False
    bands: tuple[Band, ...] = ()


class Member(_Part):
    """A member of a family: ``both`` is half a boy and half a girl.

    ``age`` is the lower bound of a group of five years, whose single ages have equal parts where they are told apart.
    """

    sex: Literal["male", "female", "both"]
    age: int = Field(ge=0)
    persons: float = Field(default=1, gt=0)

    def by_sex(self) -> tuple[tuple[int, float], ...]:
        """Persons by place of the sex."""
        if self.sex == "both":
            return (0, self.persons / 2), (1, self.persons / 2)
        return ((SEXES.index(self.sex), self.persons),)


class Composition(_Part):
    """世帯構成: who comes in one family."""

    name: Name
    members: tuple[Member, ...] = Field(min_length=1)


class Movers(_Part):
    """追加の移住者: ``families`` a year, from the year ``since`` to ``until`` (both included).

    Of each area of the run.  They arrive at the end of the step their year falls in.
    """

    families: float = Field(ge=0, allow_inf_nan=False)
    composition: Composition
    since: int
    until: int | None = None


class Scenario(_Part):
    """シナリオ: fertility, migration and extra movers, and how the last published step is gone beyond."""

    id: str = Field(min_length=1)
    name: Name
    note: Name | None = None
    source: Source = Source()
    fertility: FertilityPath | None = None
    migration: MigrationChange = MigrationChange()
    movers: tuple[Movers, ...] = ()
    beyond: Beyond = HELD

    @property
    def follows_nation(self) -> bool:
        """Whether the national projection is needed to go beyond the last published step."""
        return self.beyond == NATION
