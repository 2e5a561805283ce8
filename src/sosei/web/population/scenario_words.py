"""What a scenario says, in sentences: fertility, migration, extra movers, and how the last step is gone beyond."""

from __future__ import annotations

from decimal import Decimal

from sosei.population.scenario import (
    BEYOND,
    Band,
    FertilityPath,
    Member,
    MigrationChange,
    Movers,
    Path,
    Scenario,
)
from sosei.values import Words

_SEXES = {"male": Words("男", "men"), "female": Words("女", "women"), "both": Words("男女", "both sexes")}
_ONE = {
    "male": Words("男", "male"),
    "female": Words("女", "female"),
    "both": Words("男女半々", "half of each sex"),
}
_DIRECTIONS = {
    "in": Words("転入（純移動率では転入超過）", "those who come (of net rates: gains)"),
    "out": Words("転出（純移動率では転出超過）", "those who leave (of net rates: losses)"),
    "both": Words(
        "転入と転出（純移動率では超過の両方）", "those who come and leave (of net rates: gains and losses)"
    ),
}


def scenario_words(scenario: Scenario, base_year: int) -> tuple[Words, ...]:
    """One sentence for each thing that ``scenario`` says; ``base_year`` is that of the projection it is put on."""
    how = BEYOND[scenario.beyond]
    return (
        _fertility(scenario.fertility, base_year),
        *_migration(scenario.migration),
        *(_movers(each) for each in scenario.movers),
        Words(f"延長：最後の期間の先は、{how.ja}", f"Beyond the last step: {how.en}"),
    )


def amount(value: float) -> str:
    """A number as short as it can be written, without an exponent."""
    text = format(Decimal(repr(float(value))), ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fertility(path: FertilityPath | None, base_year: int) -> Words:
    if path is None:
        return Words("出生：もとにする推計のまま", "Fertility: as in the base projection")
    points = path.tfr or path.cwr or {}
    what, measure = ("合計特殊出生率", "total fertility rate")
    divided = Words(
        f"（子ども女性比への換算は {path.factor:.2f} で割る）",
        f" (divided by {path.factor:.2f} to give the child-woman ratio)",
    )
    if path.cwr is not None:
        (what, measure), divided = ("子ども女性比", "child-woman ratio"), Words("", "")
    begins = min(points) > base_year
    start = Words("基準年の値から" if begins else "", " from its value in the base year" if begins else "")
    course = _course(points, "")
    return Words(
        f"出生：{what}が{start.ja}{course.ja}{divided.ja}",
        f"Fertility: the {measure} goes{start.en} {course.en}{divided.en}",
    )


def _course(points: Path, unit: str) -> Words:
    """A path by its points: straight between them, the last one held."""
    ordered = sorted(points.items())
    ja = "、".join(f"{year}年に{amount(value)}{unit}" for year, value in ordered)
    en = ", ".join(f"{amount(value)} in {year}" for year, value in ordered)
    if len(ordered) == 1:
        return Words(f"{ja}、その後は一定", f"to {en}, then constant")
    return Words(f"{ja}（間は直線）、その後は一定", f"to {en}, in straight lines, then constant")


def _migration(change: MigrationChange) -> tuple[Words, ...]:
    if change.closed:
        unused = Words(
            "（書かれている倍率は使われません）" if change.bands else "",
            "; the multipliers that are given have no effect" if change.bands else "",
        )
        return (
            Words(
                f"移動：封鎖人口（全年齢で純移動ゼロ）{unused.ja}",
                f"Migration: closed population (no net migration at any age){unused.en}",
            ),
        )
    if not change.bands:
        return (Words("移動：もとにする推計のまま", "Migration: as in the base projection"),)
    return tuple(_band(band) for band in change.bands)


def _band(band: Band) -> Words:
    ages, way = _ages(band.ages), _DIRECTIONS[band.direction]
    sexes = _SEXES[band.sex]
    ordered = sorted(band.points.items())
    ja = "、".join(f"{year}年に{amount(value)}倍" for year, value in ordered)
    en = ", ".join(f"{amount(value)} in {year}" for year, value in ordered)
    if len(ordered) == 1:
        _, value = ordered[0]
        return Words(
            f"移動：{ages.ja}の{sexes.ja}の{way.ja}を、全期間で{amount(value)}倍",
            f"Migration: {way.en}, {sexes.en}, {ages.en}: times {amount(value)} in every step",
        )
    return Words(
        f"移動：{ages.ja}の{sexes.ja}の{way.ja}を、{ja}（間は直線、前後は一定）",
        f"Migration: {way.en}, {sexes.en}, {ages.en}: times {en} (straight between, constant before and after)",
    )


def _ages(ages: tuple[int, int | None]) -> Words:
    low, high = ages
    if high is None:
        if low == 0:
            return Words("全年齢", "all ages")
        return Words(f"期首{low}歳以上", f"{low} and over at the start of a step")
    return Words(f"期首{low}～{high - 1}歳", f"{low}-{high - 1} at the start of a step")


def _movers(movers: Movers) -> Words:
    members = movers.composition.members
    ja, en = "、".join(map(_member_ja, members)), ", ".join(map(_member_en, members))
    name = movers.composition.name
    until = Words(
        "以降" if movers.until is None else f"から{movers.until}年まで",
        "on" if movers.until is None else f"to {movers.until}",
    )
    return Words(
        f"移住世帯：{name.ja}（{ja}）が、{movers.since}年{until.ja}毎年{amount(movers.families)}世帯",
        f"Extra families: {name.en} ({en}), {amount(movers.families)} a year from {movers.since} {until.en}",
    )


def _member_ja(member: Member) -> str:
    return f"{_ONE[member.sex].ja}{member.age}歳の階級{amount(member.persons)}人"


def _member_en(member: Member) -> str:
    return f"{amount(member.persons)} {_ONE[member.sex].en} of the group from {member.age}"
