"""What a municipality can ask for to reach a target: families, fertility, fewer who leave."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from sosei.population.ages import PUBLISHED_WIDTH
from sosei.population.apply import with_fertility_to, with_movers, with_out_closed
from sosei.population.assumptions import Assumptions
from sosei.population.fertility import AgeSpecific
from sosei.population.panel import Panel
from sosei.population.scenario import NATIONAL_2015, Composition, Movers
from sosei.population.scenario_files import compositions
from sosei.values import Words


class Lever(Protocol):
    """A quantity of which more means more people."""

    @property
    def linear(self) -> bool:
        """Whether the population is linear in it."""

    @property
    def highest(self) -> float | None:
        """The most there can be; None where there is no bound."""

    @property
    def what(self) -> Words:
        """What is sought."""

    def convention(self, given: Assumptions) -> Words:
        """How it is counted where it is put on ``given``; stands beside every answer."""

    def words(self, amount: float) -> Words:
        """``amount`` of it as people write it, with its unit."""

    def put(self, amount: float, base: Panel, given: Assumptions) -> Assumptions:
        """The assumptions with ``amount`` of it."""


@dataclass(frozen=True)
class Families:
    """追加の移住世帯: families a year, from ``since`` on (default: the year after the base).

    ``highest``: how many a year there can be at most, where that is known (houses, land).
    """

    composition: Composition = compositions()["couple-30s-child"]
    since: int | None = None
    highest: float | None = None
    linear = True

    @property
    def what(self) -> Words:
        """Families a year."""
        name = self.composition.name
        return Words(f"年あたりの移住世帯（{name.ja}）", f"families a year ({name.en})")

    def convention(self, given: Assumptions) -> Words:  # noqa: ARG002
        """When they arrive and how their children are counted."""
        return Words(
            "移住世帯は各期間の終わりに到着し、その期間の子ども女性比には加えない（連れてくる子と二重に数えないため）。"
            "到着した次の期間からは、地域の人と同じ率で生残・移動・出生する",
            "families arrive at the end of a step and do not enter the child-woman ratio of that step (else the "
            "children they bring would be counted twice); from the next step on they survive, move and have "
            "children at the area's rates",
        )

    def words(self, amount: float) -> Words:
        """So many families."""
        text = amount_text(amount)
        return Words(f"{text}世帯", f"{text} families")

    def put(self, amount: float, base: Panel, given: Assumptions) -> Assumptions:
        """``amount`` families a year."""
        since = base.years[0] + 1 if self.since is None else self.since
        return with_movers(given, Movers(families=amount, composition=self.composition, since=since))


@dataclass(frozen=True)
class TotalFertility:
    """合計特殊出生率: reached in ``by`` from the area's own value, then held."""

    by: int
    constant: float = NATIONAL_2015
    highest: float | None = 3.0
    linear = False

    @property
    def what(self) -> Words:
        """The rate and its year."""
        return Words(f"{self.by}年に達する合計特殊出生率", f"total fertility rate reached in {self.by}")

    def convention(self, given: Assumptions) -> Words:
        """The path and the conversion."""
        divisor = self.constant * PUBLISHED_WIDTH / given.ages.width
        ja, en = (
            ("年齢別出生率は、どの年齢も同じ割合で変える", "the rates of all ages change by one share")
            if isinstance(given.fertility, AgeSpecific)
            else (
                f"子ども女性比への換算は {divisor:.2f} で割る",
                f"it is divided by {divisor:.2f} to give the child-woman ratio",
            )
        )
        return Words(
            f"合計特殊出生率は基準年の値から{self.by}年まで直線で変わり、その後は一定。{ja}",
            f"the rate goes straight from the base year's value to {self.by} and is then held; {en}",
        )

    def words(self, amount: float) -> Words:
        """The rate alone, which has no unit."""
        return Words(amount_text(amount), amount_text(amount))

    def put(self, amount: float, base: Panel, given: Assumptions) -> Assumptions:
        """A rate of ``amount``."""
        return with_fertility_to(base, given, amount, self.by, self.constant)


@dataclass(frozen=True)
class OutClosed:
    """転出の抑制: the share of those who leave (of a net rate: of its losses) that stays instead."""

    ages: tuple[int, int | None] = (0, None)
    since: int = 0
    highest: float | None = 1.0
    linear = False

    @property
    def what(self) -> Words:
        """The share and the ages."""
        low, high = self.ages
        if (low, high) == (0, None):
            return Words("抑える転出の割合", "share of out-migration closed")
        return Words(
            f"抑える転出の割合（期首{low}歳以上{'' if high is None else f'{high}歳未満'}）",
            f"share of out-migration closed (starting ages {low}{'+' if high is None else f' to {high - 1}'})",
        )

    def convention(self, given: Assumptions) -> Words:  # noqa: ARG002
        """What closing means."""
        return Words(
            "転出率（純移動率の場合は転出超過の年齢の率）を、同じ割合だけ一律に小さくする。転入は変えない",
            "out-rates (of net rates, those of ages with losses) are cut by one share; those who come stay the same",
        )

    def words(self, amount: float) -> Words:
        """The share in percent."""
        text = amount_text(amount * 100)
        return Words(f"{text}％", f"{text} %")

    def put(self, amount: float, base: Panel, given: Assumptions) -> Assumptions:  # noqa: ARG002
        """``amount`` of 1 closed."""
        return with_out_closed(given, amount, self.ages, self.since)


def amount_text(amount: float) -> str:
    """Three significant digits, zeros among them, and from a thousand on whole: 0.0424, 3.73, 50.0, 6,291."""
    return f"{amount:,.0f}" if amount >= 1000 else f"{Decimal(f'{amount:.2e}'):,f}"
