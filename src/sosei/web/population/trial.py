"""試算: what the sliders say as one small record, and the scenario it stands for, there and back.

Knows no request and no page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sosei.population.scenario import (
    BEYOND,
    HELD,
    NATIONAL_2015,
    Band,
    Beyond,
    FertilityPath,
    MigrationChange,
    Movers,
    Name,
    Scenario,
)
from sosei.population.scenario_files import compositions
from sosei.reports.population.goals import TFR_BY
from sosei.reports.population.known import Known
from sosei.reports.population.trial import Ages
from sosei.values import Words
from sosei.values.exact import plain
from sosei.web.population.years import ends

Shares = tuple[Decimal, Decimal, Decimal]
"""Percent, one for each of ``GROUPS``."""

NAME = Name(ja="この試算", en="This trial")
FIRST_COMPOSITION = "couple-30s-child"
MOST_TFR = Decimal(5)
MOST_SHARE = Decimal(100)
MOST_FAMILIES = Decimal(10000)
_ZERO = Decimal(0)
_NONE: Shares = (_ZERO, _ZERO, _ZERO)
_MOVES_BY = 2040


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Starting ages whose migration is changed together."""

    key: str
    name: Words
    ages: tuple[Ages, ...]


GROUPS = (
    AgeGroup("young", Words("若者（10～29歳）", "young people (10-29)"), ((10, 30),)),
    AgeGroup(
        "family", Words("子育て世代（0～9歳、30～49歳）", "families (0-9 and 30-49)"), ((0, 10), (30, 50))
    ),
    AgeGroup("older", Words("50歳以上", "50 and over"), ((50, None),)),
)


@dataclass(frozen=True, slots=True)
class Ground:
    """The years a trial stands on: base, ends of the steps offered, last published, last of the nation's."""

    base: int
    ends: tuple[int, ...]
    published_to: int
    nation_to: int

    @classmethod
    def of(cls, known: Known, until: int) -> Ground:
        """Of the figures in use, looking ahead to ``until`` or to the last published year."""
        years = known.projection.years
        return cls(years[0], ends(known, until), years[-1], known.nation.years[-1])

    @property
    def most(self) -> int:
        """The last year offered."""
        return self.ends[-1]

    def furthest(self, beyond: Beyond) -> int:
        """The last year that can be reckoned."""
        if beyond == HELD:
            return self.most
        return max(
            [end for end in self.ends if end <= max(self.nation_to, self.published_to)], default=self.most
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """All that the sliders say.

    ``tfr`` None: as in the base projection.  ``out`` is by how many percent the losses of each age group are
    cut, ``into`` by how many its gains grow; below zero the other way round.  Both are reached on a straight
    line from the base year in ``move_by``, or hold from the first step where that is the base year.
    ``closed``: no net migration at any age, and both count for nothing.  ``families`` of ``composition`` come
    each year from ``since`` to ``last`` (None: for good).
    """

    tfr: Decimal | None = None
    tfr_by: int
    out: Shares = _NONE
    into: Shares = _NONE
    move_by: int
    closed: bool = False
    families: Decimal = _ZERO
    composition: str = FIRST_COMPOSITION
    since: int
    last: int | None = None
    beyond: Beyond = HELD
    until: int

    @classmethod
    def published(cls, ground: Ground) -> Setting:
        """As in the base projection."""
        later = ground.ends[0]
        return cls(
            tfr_by=max(TFR_BY, later),
            move_by=max(_MOVES_BY, later),
            since=ground.base + 1,
            until=ground.most,
        )

    @classmethod
    def of_scenario(cls, scenario: Scenario, ground: Ground) -> Setting | None:
        """The setting that stands for ``scenario``; None where the sliders cannot express it."""
        found = _candidate(scenario, ground)
        if found is None or not found._is_within(ground):
            return None
        return found if _effect(found.scenario(ground)) == _effect(scenario) else None

    @property
    def moves(self) -> bool:
        """Whether migration is changed by the sliders."""
        return not self.closed and any((*self.out, *self.into))

    def scenario(self, ground: Ground, name: Name = NAME) -> Scenario:
        """The scenario that it stands for."""
        notes = self.words(ground)[:-1]
        return Scenario(
            id="trial",
            name=name,
            note=Name(ja="。".join(each.ja for each in notes), en="; ".join(each.en for each in notes)),
            fertility=None if self.tfr is None else FertilityPath(tfr={self.tfr_by: float(self.tfr)}),
            migration=MigrationChange(closed=True)
            if self.closed
            else MigrationChange(bands=self._bands(ground)),
            movers=self._movers(),
            beyond=self.beyond,
        )

    def words(self, ground: Ground) -> list[Words]:
        """The setting in words: fertility, migration, families, the years beyond."""
        return [self._fertility(), *self._migration(ground), self._families(), self._beyond(ground)]

    def _bands(self, ground: Ground) -> tuple[Band, ...]:
        return tuple(
            Band(ages=ages, direction=direction, points=self._points(ground, factor))
            for direction, factors in (("out", [1 - each / 100 for each in self.out]), ("in", [1 + each / 100 for each in self.into]))
            for group, factor in zip(GROUPS, factors, strict=True)
            if factor != 1
            for ages in group.ages
        )  # fmt: skip

    def _points(self, ground: Ground, factor: Decimal) -> dict[int, float]:
        reached = {self.move_by: float(factor)}
        return reached if self.move_by <= ground.base else {ground.base: 1.0, **reached}

    def _movers(self) -> tuple[Movers, ...]:
        if not self.families:
            return ()
        return (
            Movers(
                families=float(self.families),
                composition=compositions()[self.composition],
                since=self.since,
                until=self.last,
            ),
        )

    def _is_within(self, ground: Ground) -> bool:
        """Whether the fields of the page hold it."""
        years = [self.tfr_by, self.since, *([] if self.last is None else [self.last])]
        return (
            (self.tfr is None or self.tfr <= MOST_TFR)
            and all(abs(each) <= MOST_SHARE for each in (*self.out, *self.into))
            and self.families <= MOST_FAMILIES
            and all(ground.base < year <= ground.most for year in years)
            and ground.base <= self.move_by <= ground.most
            and (self.last is None or self.since <= self.last)
        )

    def _fertility(self) -> Words:
        if self.tfr is None:
            return Words("出生はもとにする推計のまま", "fertility as in the base projection")
        tfr = plain(tidy(self.tfr))
        return Words(
            f"合計特殊出生率は{self.tfr_by}年に{tfr}となり、その後は一定（子ども女性比への換算は{NATIONAL_2015:.2f}で割る）",
            f"a total fertility rate of {tfr} in {self.tfr_by}, then constant (divided by {NATIONAL_2015:.2f} for the "
            "child-woman ratio)",
        )

    def _migration(self, ground: Ground) -> list[Words]:
        if self.closed:
            return [
                Words("封鎖人口（全年齢で純移動ゼロ）", "closed population (no net migration at any age)")
            ]
        changes = [
            _change(group, what, size)
            for what, sizes in ((_LOSSES, [-each for each in self.out]), (_GAINS, self.into))
            for group, size in zip(GROUPS, sizes, strict=True)
            if size
        ]
        if not changes:
            return [Words("移動はもとにする推計のまま", "migration as in the base projection")]
        by = Words(f"{self.move_by}年までに", f" by {self.move_by}")
        if self.move_by <= ground.base:
            by = Words("最初の期間から", " from the first step on")
        return [
            Words(
                f"{by.ja}、{'、'.join(each.ja for each in changes)}",
                f"{', '.join(each.en for each in changes)}{by.en}",
            )
        ]

    def _families(self) -> Words:
        if not self.families:
            return Words("追加の移住世帯はなし", "no extra families")
        name, families = compositions()[self.composition].name, plain(tidy(self.families))
        last = Words("" if self.last is None else f"{self.last}年まで", f"from {self.since} on")
        if self.last is not None:
            last = Words(last.ja, f"from {self.since} to {self.last}")
        return Words(
            f"{self.since}年から{last.ja}、{name.ja}が年に{families}世帯移り住む",
            f"{families} families a year {last.en}, each {name.en}",
        )

    def _beyond(self, ground: Ground) -> Words:
        last, how = ground.published_to, BEYOND[self.beyond]
        return Words(f"{last}年より先は、{how.ja}", f"beyond {last} {how.en}")


_LOSSES = Words("転出超過", "losses")
_GAINS = Words("転入超過", "gains")


def _change(group: AgeGroup, what: Words, size: Decimal) -> Words:
    amount = plain(tidy(abs(size)))
    return Words(
        f"{group.name.ja}の{what.ja}を{amount}％{'増やす' if size > 0 else '減らす'}",
        f"{what.en} of {group.name.en} {'increased' if size > 0 else 'cut'} by {amount} %",
    )


def _candidate(scenario: Scenario, ground: Ground) -> Setting | None:
    """The only setting that could stand for ``scenario``."""
    given = Setting.published(ground)
    path, bands, movers = scenario.fertility, scenario.migration.bands, scenario.movers
    if len(movers) > 1 or (path is not None and (path.tfr is None or len(path.tfr) != 1)):
        return None
    tfr_by, tfr = next(iter((path.tfr or {}).items()), (given.tfr_by, None)) if path else (given.tfr_by, None)
    factors: dict[tuple[Ages, str], float] = {
        (band.ages, band.direction): band.points[max(band.points)] for band in bands
    }
    comes = movers[0] if movers else None
    kinds = [
        key for key, each in compositions().items() if comes and each.members == comes.composition.members
    ]
    if comes and not kinds:
        return None
    return Setting(
        tfr=None if tfr is None else _decimal(tfr),
        tfr_by=tfr_by,
        out=_shares(factors, "out", -1),
        into=_shares(factors, "in", 1),
        move_by=max(bands[0].points) if bands else given.move_by,
        closed=scenario.migration.closed,
        families=_decimal(comes.families) if comes else _ZERO,
        composition=kinds[0] if comes else given.composition,
        since=comes.since if comes else given.since,
        last=comes.until if comes else None,
        beyond=scenario.beyond,
        until=ground.furthest(scenario.beyond),
    )


def _shares(factors: Mapping[tuple[Ages, str], float], direction: str, sign: int) -> Shares:
    young, family, older = (
        sign * (_decimal(factors.get((group.ages[0], direction), 1.0)) - 1) * 100 for group in GROUPS
    )
    return tidy(young), tidy(family), tidy(older)


def _decimal(value: float) -> Decimal:
    return tidy(Decimal(repr(value)))


def tidy(value: Decimal) -> Decimal:
    """Without zeros at the end, and without an exponent."""
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal


def _effect(scenario: Scenario) -> object:
    """What a scenario does, whatever it is called and however it is written."""
    fertility, migration = scenario.fertility, scenario.migration
    return (
        fertility and (fertility.tfr, fertility.cwr, fertility.factor),
        "closed" if migration.closed else sorted(str(band) for band in migration.bands),
        [
            (each.families, each.composition.members, each.since, each.until)
            for each in scenario.movers
            if each.families
        ],
        scenario.beyond,
    )
