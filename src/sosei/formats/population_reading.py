"""What a file of population holds, whatever its layout: a panel by sex and age, sums, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sosei.formats.population_labels import Sex
from sosei.population.panel import Origin, Panel
from sosei.values import Problem, Words


class Kind(Enum):
    """市などの別: what sort of area a code means, as the projections of IPSS write it."""

    PREFECTURE = "a"
    DESIGNATED = "1"
    WARD = "0"
    CITY = "2"
    TOWN = "3"
    BLOCK = "9"


class Group(Enum):
    """A sum over ages that tables print: the whole, 年少, 生産年齢, 老年, and 75 and over."""

    TOTAL = "total"
    YOUNG = "0-14"
    WORKING = "15-64"
    OLD = "65+"
    OLDEST = "75+"

    @property
    def words(self) -> Words:
        """総数, 0～14歳 ..."""
        return _GROUP_WORDS[self]


_GROUP_WORDS = {
    Group.TOTAL: Words("総数", "total"),
    Group.YOUNG: Words("0～14歳", "0-14"),
    Group.WORKING: Words("15～64歳", "15-64"),
    Group.OLD: Words("65歳以上", "65 and over"),
    Group.OLDEST: Words("75歳以上", "75 and over"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a table; ``kind`` where the table says it."""

    code: str
    name: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """Totals and age groups of both sexes together, for tables that give no more.

    ``values`` are the figures as published, by area, year and group; what is not there was not published.
    """

    areas: tuple[Area, ...]
    values: Mapping[tuple[str, int, Group], float]
    origin: Origin

    @property
    def years(self) -> tuple[int, ...]:
        """All years with a figure, in order."""
        return tuple(sorted({year for _, year, _ in self.values}))

    def series(self, code: str, group: Group = Group.TOTAL) -> dict[int, float]:
        """The figures of one area by year; empty where there are none."""
        return {
            year: value
            for (area, year, found), value in sorted(self.values.items(), key=lambda item: item[0][1])
            if area == code and found is group
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file.

    ``panel``    people by sex and age, or None where the file has only sums.
    ``areas``    the areas of the panel, in its order, with their kind.
    ``sums``     totals and age groups, or None.
    ``unknown``  年齢不詳: people without an age by area, year and sex, which the panel leaves out; of both
                 sexes together only where the table does not say them by sex.
    ``parts``    the regions of a municipality, where the file has them instead of the whole.
    ``remarks``  what a person must know: ages unknown, areas counted twice, what was not read.
    """

    panel: Panel | None = None
    areas: tuple[Area, ...] = ()
    sums: Sums | None = None
    unknown: Mapping[tuple[str, int, Sex], float] | None = None
    parts: Panel | None = None
    remarks: tuple[Words, ...] = ()

    def unknown_of(self, code: str, year: int) -> float:
        """People of both sexes whose age is not known."""
        found = self.unknown or {}
        return sum(found.get((code, year, sex), 0.0) for sex in Sex)

    def totals_of(self, code: str) -> dict[int, float]:
        """総数 by year as published, people of unknown age included.  Raises Problem for an area not there."""
        if self.panel is None:
            return self.sums.series(code) if self.sums is not None else {}
        counted = self.panel.area(code).total()[:, 0].tolist()
        return {
            year: people + self.unknown_of(code, year)
            for year, people in zip(self.panel.years, counted, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Double:
    """Which areas of a table repeat the people of others: code of the larger, codes of its parts."""

    whole: str
    parts: tuple[str, ...]


def nested(areas: tuple[Area, ...]) -> tuple[Double, ...]:
    """A prefecture and its municipalities, a designated city and its wards, as the codes say it.

    A whole without parts in the table (福島県 of the 2018 projection, a designated city without wards) is
    not listed.
    """
    cities = sorted(area.code for area in areas if area.kind is Kind.DESIGNATED)
    wards: dict[str, list[str]] = {code: [] for code in cities}
    members: dict[str, list[str]] = {area.code: [] for area in areas if area.kind is Kind.PREFECTURE}
    for area in areas:
        if area.kind is None or area.kind is Kind.PREFECTURE:
            continue
        city = _city_of(area, cities)
        if city is not None:
            wards[city].append(area.code)
        elif (prefecture := area.code[:2] + "000") in members:
            members[prefecture].append(area.code)
    found = {**wards, **members}
    return tuple(Double(whole, tuple(parts)) for whole, parts in found.items() if parts)


def _city_of(area: Area, cities: list[str]) -> str | None:
    """The designated city of a ward: its code is the last one before the ward's, 100 to 199 in the prefecture."""
    if area.kind is not Kind.WARD:
        return None
    before = [code for code in cities if code < area.code and code[:3] == area.code[:3]]
    return before[-1] if before else None


def once(areas: tuple[Area, ...]) -> tuple[str, ...]:
    """The codes that together count everybody once: the smallest areas the table has."""
    wholes = {double.whole for double in nested(areas)}
    return tuple(area.code for area in areas if area.code not in wholes)


def check_nested(panel: Panel, areas: tuple[Area, ...], file: str) -> None:
    """Raise Problem where a prefecture or designated city is not the sum of its parts."""
    totals = panel.total()
    for at, year in enumerate(panel.years):
        check_parts(
            dict(zip(panel.areas, totals[at].tolist(), strict=True)),
            areas,
            file,
            Words(f"{year}年", f"{year}"),
        )


def check_parts(people: Mapping[str, float], areas: tuple[Area, ...], file: str, when: Words) -> None:
    """Raise Problem where ``people`` of a prefecture or designated city are not those of its parts together.

    Each part may be rounded by itself, so half a person for each is allowed.
    """
    names = {area.code: area.name or area.code for area in areas}
    for double in nested(areas):
        whole, parts = people[double.whole], sum(people[code] for code in double.parts)
        if abs(parts - whole) <= 0.5 * (len(double.parts) + 1):
            continue
        name = names[double.whole]
        raise Problem(
            f"{file}: {when.ja}の{name}は {whole:,.0f} 人ですが、"
            f"内訳 {len(double.parts)} 地域の和は {parts:,.0f} 人です。抜けた行がないか確かめてください",
            f"{file}: {name} in {when.en} is {whole:,.0f}, but its {len(double.parts)} parts "
            f"add up to {parts:,.0f}; see whether rows are missing",
        )
