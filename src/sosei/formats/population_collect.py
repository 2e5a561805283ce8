"""Rows of people by age, collected into a panel, with the sums that a table prints checked on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sosei.formats.population_grid import Grid
from sosei.formats.population_labels import Age, Sex
from sosei.formats.population_reading import Area, Reading, check_nested
from sosei.population.ages import AgeScheme
from sosei.population.panel import Origin, Panel
from sosei.values import Problem, Words

MOST_UNKNOWN = 0.15
"""Share of people of unknown age that a census may have in a municipality (13.9 % at most in 2015)."""
_WIDTHS = (1, 5)


@dataclass(frozen=True, slots=True)
class People:
    """One sex of an area in a year: the figure of each age group, and the total and unknown where printed."""

    counts: Sequence[float]
    total: float | None
    unknown: float
    line: int


def scheme_of(ages: Sequence[Age], grid: Grid, line: int) -> AgeScheme:
    """The scheme of age groups; Problem where one is missing, twice, of another width or none is open."""
    first = ages[0] if ages else None
    width = (first.upper or 0) + 1 if first is not None and first.lower == 0 else 0
    if width not in _WIDTHS:
        found = first.text if first else "なし"
        raise grid.problem(
            (line, None),
            f"最初の年齢は {found} です。0～4歳（5歳階級）か 0歳（各歳）から始まる必要があります",
            f"the first age is {first.text if first else 'missing'}; ages must begin with 0-4 or with 0",
        )
    for at, age in enumerate(ages):
        last = at == len(ages) - 1
        expected = Age(at * width, None if last else at * width + width - 1)
        if age != expected:
            raise grid.problem(
                (line, None),
                f"年齢「{age.text}」の所には「{expected.text}」が必要です。年齢の抜けや重なりを直してください",
                f'found the age "{age.text}" where "{expected.text}" is needed; ages are missing or overlap',
            )
    return AgeScheme(width, len(ages))


@dataclass(slots=True)
class Collector:
    """Takes rows in any order; ``finish`` makes the panel.

    ``census`` are the years whose total may hold people of unknown age that no column shows: the census
    year from which a projection starts.
    """

    grid: Grid
    ages: AgeScheme
    origin: Origin
    census: Collection[int] = ()
    areas: dict[str, Area] = field(default_factory=dict)
    rows: dict[tuple[str, int, Sex], People] = field(default_factory=dict)

    def add(self, area: Area, year: int, sex: Sex, people: People) -> None:
        """Take one row.  Raises Problem where it was given before, or its ages are not its total."""
        known = self.areas.setdefault(area.code, area)
        if known.name != area.name:
            raise self.grid.problem(
                (people.line, None),
                f"コード {area.code} が「{known.name}」と「{area.name}」の両方にあります",
                f'the code {area.code} stands for both "{known.name}" and "{area.name}"',
            )
        key = (area.code, year, sex)
        if key in self.rows:
            raise self.grid.problem(
                (people.line, None),
                f"{area.name}の{year}年（{_SEX[sex].ja}）は {self.rows[key].line} 行目にもあります。一つにしてください",
                f"{area.name}, {year} ({_SEX[sex].en}) is also in line {self.rows[key].line}; leave only one",
            )
        if year in self.census and people.total is not None and not people.unknown:
            people = replace(people, unknown=hidden_unknown(people.total, sum(people.counts)))
        summed = sum(people.counts) + people.unknown
        if people.total is not None and abs(summed - people.total) > _slack(people.counts):
            raise self.grid.problem(
                (people.line, None),
                f"{area.name}の{year}年（{_SEX[sex].ja}）の総数は {people.total:,.0f} ですが、"
                f"年齢別の和は {summed:,.0f} です",
                f"{area.name}, {year} ({_SEX[sex].en}): the total is {people.total:,.0f}, "
                f"but the ages add up to {summed:,.0f}",
            )
        self.rows[key] = people

    def finish(self, remarks: Sequence[Words] = (), nest: bool = True) -> Reading:
        """The panel of all rows.  Raises Problem where a sex or a year is missing, or sums disagree."""
        if not self.rows:
            raise Problem(
                f"{self.grid.file}: 人口の行がありません",
                f"{self.grid.file}: there are no rows of population",
            )
        codes = tuple(self.areas)
        years = tuple(sorted({year for _, year, _ in self.rows}))
        values = np.empty((len(years), 2, self.ages.groups, len(codes)))
        for at, code in enumerate(codes):
            for step, year in enumerate(years):
                values[step, 0, :, at], values[step, 1, :, at] = self._both(code, year)
        areas = tuple(self.areas.values())
        names = tuple(area.name for area in areas)
        panel = Panel(values, years, self.ages, codes, names, (self.origin,))
        if nest:
            check_nested(panel, areas, self.grid.file)
        unknown = {key: row.unknown for key, row in self.rows.items() if row.unknown and self._counts(key)}
        said = (*self.grid.remarks, *remarks, *self._unknown_words(unknown))
        return Reading(panel, areas, None, unknown, None, said)

    def _counts(self, key: tuple[str, int, Sex]) -> bool:
        """Whether the unknown of this row is not that of another row too: both sexes only where neither says it."""
        area, year, sex = key
        single = [self.rows.get((area, year, one)) for one in (Sex.MALE, Sex.FEMALE)]
        return sex is not Sex.BOTH or not any(row.unknown for row in single if row is not None)

    def _both(self, code: str, year: int) -> tuple[Sequence[float], Sequence[float]]:
        found = [self.rows.get((code, year, sex)) for sex in (Sex.MALE, Sex.FEMALE, Sex.BOTH)]
        male, female, both = found
        name = self.areas[code].name or code
        if male is None or female is None:
            missing = _SEX[Sex.MALE if male is None else Sex.FEMALE]
            raise Problem(
                f"{self.grid.file}: {name}の{year}年に{missing.ja}の人口がありません。男女別の人口が必要です",
                f"{self.grid.file}: {name} has no {missing.en} population in {year}; both sexes are needed",
            )
        if both is not None:
            self._check_both(name, year, (male, female, both))
        return male.counts, female.counts

    def _check_both(self, name: str, year: int, rows: tuple[People, People, People]) -> None:
        male, female, both = rows
        for at, (m, f, b) in enumerate(zip(male.counts, female.counts, both.counts, strict=True)):
            if abs(m + f - b) > (1e-6 if m.is_integer() and f.is_integer() else 1.0):
                age = self.ages.labels("ja")[at], self.ages.labels("en")[at]
                raise self.grid.problem(
                    (both.line, None),
                    f"{name}の{year}年 {age[0]}は、男 {m:,.0f} と女 {f:,.0f} の和が男女計 {b:,.0f} になりません",
                    f"{name}, {year}, {age[1]}: male {m:,.0f} and female {f:,.0f} do not make both sexes {b:,.0f}",
                )

    def _unknown_words(self, unknown: Mapping[tuple[str, int, Sex], float]) -> tuple[Words, ...]:
        if not unknown:
            return ()
        by_year: dict[int, float] = {}
        for (_, year, _), people in sorted(unknown.items(), key=lambda item: item[0][1]):
            by_year[year] = by_year.get(year, 0.0) + people
        ja = "、".join(f"{year}年 {people:,.0f} 人" for year, people in by_year.items())
        en = ", ".join(f"{year}: {people:,.0f}" for year, people in by_year.items())
        return (
            Words(
                f"年齢不詳（{ja}）は年齢別の人口に含めていません。按分もしていません",
                f"people of unknown age ({en}) are not in the figures by age, nor spread over the ages",
            ),
        )


def hidden_unknown(total: float, summed: float) -> float:
    """The people by whom a total of a census exceeds its ages; 0 where it is more than any municipality has."""
    missing = total - summed
    return missing if 0 < missing <= MOST_UNKNOWN * total else 0.0


_SEX = {
    Sex.MALE: Words("男", "male"),
    Sex.FEMALE: Words("女", "female"),
    Sex.BOTH: Words("男女計", "both sexes"),
}


def _slack(counts: Sequence[float]) -> float:
    """Whole persons must add up; rounded decimals may be off by half a unit each."""
    return 1e-6 if all(float(count).is_integer() for count in counts) else 0.5 * len(counts)
