"""What a scenario may say: figures that can be meant, ages and years in their order, names that can be shown.

So nothing that is kept or drawn is absurd, and no run takes long or leaves what numbers can hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from sosei.population.scenario import Band, Movers, Name, Scenario
from sosei.values import Words

OLDEST = 130
"""Ages lie below it; as the end of a range of ages it means that there is none."""
_YEARS = (1900, 2200)
LONGEST_NAME, LONGEST_NOTE = 100, 1000
"""Characters of a name and of a note, in each language."""
_LIMITS = {
    "tfr": (0.0, 10.0),
    "cwr": (0.0, 2.0),
    "points": (0.0, 10.0),
    "families": (0.0, 1e5),
    "persons": (0.0, 100.0),
    "constant": (1.0, 20.0),
}
_MOST_PARTS, _MOST_POINTS, _MOST_MEMBERS = 50, 100, 20


def beyond_bounds(scenario: Scenario) -> Iterator[Words]:
    """Every entry that cannot be meant, with what is wrong with it."""
    yield from _names("name", scenario.name)
    if scenario.note is not None:
        yield from _names("note", scenario.note, LONGEST_NOTE)
    origin = scenario.source
    for name, text in (("source", origin.source), ("table", origin.table), ("edition", origin.edition)):
        yield from _text(f"source.{name}", text, LONGEST_NOTE)
    yield from _count("migration.bands", len(scenario.migration.bands), _MOST_PARTS)
    yield from _count("movers", len(scenario.movers), _MOST_PARTS)
    fertility, migration = scenario.fertility, scenario.migration
    if fertility is not None:
        kind = "cwr" if fertility.tfr is None else "tfr"
        yield from _points(f"fertility.{kind}", kind, fertility.tfr or fertility.cwr or {})
        yield from _amount("fertility.constant", "constant", fertility.factor)
    if migration.closed and migration.bands:
        yield Words(
            "migration: closed（封鎖人口）と bands（倍率）は一緒に使えません",
            "migration: closed leaves nothing for bands to multiply",
        )
    for at, band in enumerate(migration.bands):
        yield from _band(f"migration.bands.{at}", band)
    for at, movers in enumerate(scenario.movers):
        yield from _movers(f"movers.{at}", movers)


def _band(where: str, band: Band) -> Iterator[Words]:
    yield from _points(f"{where}.points", "points", band.points)
    low, high = band.ages
    if not 0 <= low < OLDEST or (high is not None and not low < high <= OLDEST):
        yield Words(
            f"{where}.ages: [下限, この歳未満] を、若い順に0から{OLDEST}までで書いてください",
            f"{where}.ages: write [from, before], the younger first, from 0 to {OLDEST}",
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
    yield from _count(f"{where}.composition.members", len(movers.composition.members), _MOST_MEMBERS)
    for at, member in enumerate(movers.composition.members):
        who = f"{where}.composition.members.{at}"
        yield from _amount(f"{who}.persons", "persons", member.persons)
        if member.age >= OLDEST:
            yield Words(
                f"{who}.age: {OLDEST} 未満の歳にしてください", f"{who}.age: it must be below {OLDEST}"
            )


def _points(where: str, kind: str, points: dict[int, float]) -> Iterator[Words]:
    yield from _count(where, len(points), _MOST_POINTS)
    for year, value in points.items():
        yield from _year(where, year)
        yield from _amount(f"{where}.{year}", kind, value)


def _year(where: str, year: int) -> Iterator[Words]:
    first, last = _YEARS
    if not first <= year <= last:
        yield Words(
            f"{where}: {first}年から{last}年までの年にしてください（{year} があります）",
            f"{where}: years lie between {first} and {last} (found {year})",
        )


def _amount(where: str, kind: str, value: float) -> Iterator[Words]:
    least, most = _LIMITS[kind]
    if not least <= value <= most:
        yield Words(
            f"{where}: {least:,.0f} から {most:,.0f} までの数にしてください（{value:g} があります）",
            f"{where}: it must lie between {least:,.0f} and {most:,.0f} (found {value:g})",
        )


def _count(where: str, found: int, most: int) -> Iterator[Words]:
    if found > most:
        yield Words(
            f"{where}: {most} 個までにしてください（{found} 個あります）",
            f"{where}: at most {most} ({found} are given)",
        )


def _names(where: str, name: Name, longest: int = LONGEST_NAME) -> Iterator[Words]:
    for language, text in (("ja", name.ja), ("en", name.en)):
        yield from _text(f"{where}.{language}", text, longest)


def _text(where: str, text: str, longest: int) -> Iterator[Words]:
    shown = text.replace("\n", "")
    if len(text) > longest or not shown.isprintable() or (text and not text.strip()):
        yield Words(
            f"{where}: 表示できる文字で{longest}字以内にしてください",
            f"{where}: at most {longest} characters that can be shown",
        )
