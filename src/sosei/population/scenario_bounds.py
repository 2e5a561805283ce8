"""What a scenario may say: figures that can be meant, ages and years in their order, names that can be shown."""

from __future__ import annotations

from collections.abc import Iterator

from sosei.population.scenario import Band, Movers, Name, Scenario
from sosei.values import Words

_OLDEST = 130
_LONGEST = 1000
_MOST = {"tfr": 10.0, "cwr": 2.0, "points": 10.0, "families": 1e6, "persons": 100.0, "constant": 100.0}


def beyond_bounds(scenario: Scenario) -> Iterator[Words]:
    """Every entry that cannot be meant, with what is wrong with it."""
    yield from _names("name", scenario.name)
    if scenario.note is not None:
        yield from _names("note", scenario.note)
    fertility, migration = scenario.fertility, scenario.migration
    if fertility is not None:
        kind = "cwr" if fertility.tfr is None else "tfr"
        yield from _points(f"fertility.{kind}", kind, fertility.tfr or fertility.cwr or {})
        yield from _amount("fertility.constant", "constant", fertility.factor)
    if migration.closed and migration.bands:
        yield Words(
            "migration: closed（移動なし）と bands（倍率）は一緒に使えません",
            "migration: closed leaves nothing for bands to multiply",
        )
    for at, band in enumerate(migration.bands):
        yield from _band(f"migration.bands.{at}", band)
    for at, movers in enumerate(scenario.movers):
        yield from _movers(f"movers.{at}", movers)


def _band(where: str, band: Band) -> Iterator[Words]:
    yield from _points(f"{where}.points", "points", band.points)
    low, high = band.ages
    if not 0 <= low < _OLDEST or (high is not None and not low < high <= _OLDEST):
        yield Words(
            f"{where}.ages: [下限, この歳未満] を、若い順に0から{_OLDEST}までで書いてください",
            f"{where}.ages: write [from, before], the younger first, from 0 to {_OLDEST}",
        )


def _movers(where: str, movers: Movers) -> Iterator[Words]:
    yield from _amount(f"{where}.families", "families", movers.families)
    yield from _names(f"{where}.composition.name", movers.composition.name)
    for year in (movers.since, movers.until):
        if year is not None:
            yield from _year(where, year)
    if movers.until is not None and movers.until < movers.since:
        yield Words(
            f"{where}: until は since 以後の年にしてください", f"{where}: until must not be before since"
        )
    for at, member in enumerate(movers.composition.members):
        who = f"{where}.composition.members.{at}"
        yield from _amount(f"{who}.persons", "persons", member.persons)
        if member.age >= _OLDEST:
            yield Words(
                f"{who}.age: {_OLDEST} 未満の歳にしてください", f"{who}.age: it must be below {_OLDEST}"
            )


def _points(where: str, kind: str, points: dict[int, float]) -> Iterator[Words]:
    for year, value in points.items():
        yield from _year(where, year)
        yield from _amount(f"{where}.{year}", kind, value)


def _year(where: str, year: int) -> Iterator[Words]:
    if not 0 <= year <= 9999:
        yield Words(f"{where}.{year}: 西暦4桁の年にしてください", f"{where}.{year}: a year has four digits")


def _amount(where: str, kind: str, value: float) -> Iterator[Words]:
    most = _MOST[kind]
    if not value <= most:
        yield Words(
            f"{where}: {most:,.0f} 以下の数にしてください",
            f"{where}: it must be a number of {most:,.0f} or less",
        )


def _names(where: str, name: Name) -> Iterator[Words]:
    for language, text in (("ja", name.ja), ("en", name.en)):
        if len(text) > _LONGEST or not text.replace("\n", "").isprintable():
            yield Words(
                f"{where}.{language}: 表示できる文字で{_LONGEST}字以内にしてください",
                f"{where}.{language}: at most {_LONGEST} characters that can be shown",
            )
