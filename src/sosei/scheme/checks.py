"""Decisions of a scheme that do not go together: what no single table can tell of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from sosei.scheme.choices import ClassOn, Mean, ShareOf, TargetUse, When
from sosei.scheme.model import Band, ClassRule, Override, Scheme

Mistake = tuple[tuple[int | str, ...], tuple[str, str]]
"""Where it stands, and what is wrong in Japanese and English."""

_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all control characters but tab and line end
_OVER_TIME = (TargetUse.STRAIGHT_PATH, TargetUse.ELAPSED_SHARE)


def periods_missing(scheme: Scheme) -> Iterator[Mistake]:
    """Decisions that need a period where none is given.

    One in an override is enough: which rows it chooses only the table tells.
    """
    levels = _levels(scheme)
    if any(level.period for _, level in levels):
        return
    for loc, level in levels:
        if level.grade and level.grade.on is ClassOn.PACE:
            yield _without_period((*loc, "class", "on"), "pace")
        if level.grade and level.grade.first_years_without:
            yield _without_period((*loc, "class", "first_years_without"), "first_years_without")
        for at, band in _bands(level):
            if When.ON_PATH in band.when:
                yield _without_period((*loc, *at, "when"), "on_path")
        if level.quantity and level.quantity.divide_by_elapsed:
            yield _without_period((*loc, "quantity", "divide_by_elapsed"), "true")
        if level.target and level.target.use in _OVER_TIME:
            yield _without_period((*loc, "target", "use"), level.target.use)


def labels_unknown(scheme: Scheme) -> Iterator[Mistake]:
    """Classes that the roll-up names and no row can have."""
    known = _labels(scheme)
    if known is None:
        return
    places: list[tuple[tuple[str, ...], str]] = [(("rollup", "good"), each) for each in scheme.rollup.good]
    places += [(("rollup", "points", each), each) for each in scheme.rollup.points]
    allowed = ", ".join(known)
    for loc, label in places:
        if label in known:
            continue
        if known:
            ja = f"区分「{label}」はありません（使えるもの: {allowed}）"
            en = f'there is no class "{label}" (allowed: {allowed})'
        else:
            ja = f"区分「{label}」はありません（[class] の bands か steps に区分を書きます）"
            en = f'there is no class "{label}" (write classes under bands or steps of [class])'
        yield loc, (ja, en)


def lists_missing(scheme: Scheme) -> Iterator[Mistake]:
    """Ways to roll up that need a list where none is given."""
    rule = scheme.rollup
    if rule.mean is Mean.POINTS and not rule.points:
        yield (
            ("rollup", "mean"),
            (
                "points には区分の点数が必要です（points = { A = 3, B = 2 } のように書きます）",
                "points needs the points of the classes (write points = { A = 3, B = 2 })",
            ),
        )
    if rule.share_of is ShareOf.CLASSES and not rule.good:
        yield (
            ("rollup", "share_of"),
            (
                'classes にはよい区分が必要です（good = ["A"] のように書きます）',
                'classes needs the good classes (write good = ["A"])',
            ),
        )


def bands_hidden(scheme: Scheme) -> Iterator[Mistake]:
    """Bands that never win, since one above holds wherever they do; names that people choose from are none."""
    for loc, level in _levels(scheme):
        if ClassOn.JUDGED in (scheme.grade.on, level.grade.on if level.grade else None):
            continue
        above: dict[tuple[int | str, ...], list[Band]] = {}
        for at, band in _bands(level):
            higher = above.setdefault(at[:-1], [])
            if hiding := next((each for each in higher if _covers(each, band)), None):
                yield (
                    (*loc, *at),
                    (
                        f"「{band.label}」は先に「{hiding.label}」に当てはまるので選ばれません"
                        "（上の区分から順に書きます）",
                        f'"{band.label}" is never chosen, since "{hiding.label}" holds before it '
                        "(write the best class first)",
                    ),
                )
            higher.append(band)


def characters_unkept(data: object, loc: tuple[int | str, ...] = ()) -> Iterator[Mistake]:
    """Texts with control characters, which TOML can write as escapes and no document or database can hold."""
    if isinstance(data, dict | list):
        entries = data.items() if isinstance(data, dict) else enumerate(data)
        for key, value in entries:
            yield from characters_unkept(value, (*loc, key))
    elif isinstance(data, str) and (found := _UNKEPT.search(data)):
        code = f"U+{ord(found[0]):04X}"
        yield loc, (f"使えない文字（{code}）があります", f"a character cannot be kept ({code})")


def numbers_quoted(data: object, loc: tuple[int | str, ...] = ()) -> Iterator[Mistake]:
    """Numbers written as text in the file, as TOML gives it."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        is_limit = key == "from" and bool(loc) and isinstance(loc[-1], int)  # elsewhere from is a word
        if isinstance(value, str) and (key in _NUMBERS or is_limit):
            yield (
                (*loc, key),
                (
                    f'"{value}" は引用符で囲まずに書きます（数）',
                    f'"{value}" is a number: write it without quotes',
                ),
            )
        yield from numbers_quoted(value, (*loc, key))


_NUMBERS = ("floor", "cap", "above", "to", "below", "percent", "points")


def _bands(level: Scheme | Override) -> Iterator[tuple[tuple[int | str, ...], Band]]:
    """The bands of the class and the effect, each with where it stands."""
    grade = level.grade or ClassRule()
    lists = {
        ("class", "bands"): grade.bands,
        ("class", "steps"): grade.steps,
        ("class", "full_at_hundred"): grade.full_at_hundred,
        ("effect", "bands"): level.effect.bands if level.effect else (),
    }
    for at, bands in lists.items():
        for number, band in enumerate(bands):
            yield (*at, number), band


def _covers(above: Band, band: Band) -> bool:
    """Whether ``above``, which asks for nothing but limits, holds wherever ``band`` does."""
    if any(when is not When.REST for when in above.when):
        return False
    least, most = _end(band.at_least, band.above), _end(band.at_most, band.below)
    low, high = _end(above.at_least, above.above), _end(above.at_most, above.below)
    return (low is None or (least is not None and least >= low)) and (
        high is None or (most is not None and (most[0], -most[1]) <= (high[0], -high[1]))
    )


def _end(included: Decimal | None, excluded: Decimal | None) -> tuple[Decimal, int] | None:
    """An end of a band, and 1 where the number itself lies outside."""
    if included is not None:
        return included, 0
    return None if excluded is None else (excluded, 1)


def _levels(scheme: Scheme) -> list[tuple[tuple[int | str, ...], Scheme | Override]]:
    """The scheme and its overrides, each with where it stands."""
    overrides = [(("override", number), each) for number, each in enumerate(scheme.override)]
    return [((), scheme), *overrides]


def _without_period(loc: tuple[int | str, ...], value: str) -> Mistake:
    return loc, (
        f'{value} には計画の期間が必要です（[period] に first = "R7"、last = "R11" のように書きます）',
        f'{value} needs the period of the plan (write [period] with first = "R7" and last = "R11")',
    )


def _labels(scheme: Scheme) -> list[str] | None:
    """Every class a row may have, in the order of the file; None where people choose freely."""
    levels = [level for _, level in _levels(scheme)]
    grades = [level.grade for level in levels if level.grade]
    labels: dict[str, None] = {}
    for grade in grades:
        for band in (*grade.bands, *grade.steps, *grade.full_at_hundred):
            labels[band.label] = None
    if not labels and any(grade.on is ClassOn.JUDGED for grade in grades):
        return None
    given = [label for grade in grades for label in (grade.reached, grade.missed, grade.none)]
    given += [rule.grade for level in levels for rule in level.no_value.values()]
    if any(grade.on is ClassOn.REACHED for grade in grades):
        words = [level.quantity.words for level in levels if level.quantity]
        given += [label for each in words for label in (each.reached, each.missed, each.partly)]
    return list(labels | dict.fromkeys(label for label in given if label))
