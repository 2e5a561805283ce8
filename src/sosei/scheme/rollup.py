"""Decision 10: from rows to 施策, 基本目標 and the whole: counts, shares, means, points, the worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from sosei.plan.model import Plan
from sosei.scheme.choices import ClassOf, Mean, Over, QuantityKind, Repeated, ShareOf
from sosei.scheme.classes import given_class
from sosei.scheme.model import PointBand, RollUpRule, Scheme
from sosei.scheme.printing import signed_text
from sosei.scheme.result import Result
from sosei.scheme.rounding import rounded

OVERALL = "overall"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """What the rows of one place add up to.

    ``level``     the depth below the whole, or the level's name; ``id`` the path of labels, empty for the whole.
    ``rows``      rows counted here; ``known`` those that count in a share's denominator.
    ``reached``   rows that count as good: reached, or in one of the scheme's good classes.
    ``share``     reached of known, exact, 1 is 100 %; ``share_text`` as printed.
    ``mean``      of the rates (1 is 100 %) or of points, exact; ``points`` their sum; ``grade``
                  the class these make; ``worst`` the worst class found.
    """

    level: str
    id: str
    rows: int
    known: int
    reached: int
    by_class: dict[str, int]
    share: Fraction | None = None
    share_rate: Decimal | None = None
    share_text: str = "-"
    mean: Fraction | None = None
    mean_text: str = "-"
    points: Fraction | None = None
    grade: str | None = None
    worst: str | None = None

    def explanation(self, language: str) -> str:
        """The share with its numbers, and the rows that are not in it."""
        left = self.rows - self.known
        if language == "en":
            without = f" ({left} without a known value are left out)" if left else ""
            share = f"Share: {self.reached} of {self.known} = {self.share_text}{without}."
            return share + (f" Mean: {self.mean_text}." if self.mean is not None else "")
        without = f"（値の分からない{left}件を除く）" if left else ""
        share = f"割合: {self.known}件のうち{self.reached}件で{self.share_text}{without}。"
        return share + (f"平均: {self.mean_text}。" if self.mean is not None else "")


def roll_up(results: Iterable[Result], scheme: Scheme, level: str = OVERALL, place: str = "") -> RollUp:
    """The rows of one place, or of the whole; of an indicator listed in several of its rows (再掲) all
    count, or the first, or the first with a value, as ``repeated`` says.
    """
    rule = scheme.rollup
    rows = listings(results, rule.repeated)
    counted = [row for row in rows if counts(row, rule)]
    good = [row for row in counted if is_good(row, rule)]
    share = Fraction(len(good), len(counted)) if counted else None
    rate = _percent(share, rule)
    mean = _mean(rows, rule)
    points = _points(rows, rule)
    total = sum(points, Fraction(0)) if points else None
    by_class = Counter(row.grade for row in rows if row.grade)
    return RollUp(
        level=level,
        id=place,
        rows=len(rows),
        known=len(counted),
        reached=len(good),
        by_class=dict(sorted(by_class.items(), key=lambda item: _order(item[0], scheme))),
        share=share,
        share_rate=rate,
        share_text="-" if rate is None else signed_text(rate, rule.rounding) + rule.rounding.suffix,
        mean=mean,
        mean_text=_mean_text(mean, rule),
        points=total,
        grade=_grade(total, mean, share, rule),
        worst=_worst(by_class, scheme) if rule.worst else None,
    )


def roll_ups(results: Sequence[Result], scheme: Scheme) -> list[RollUp]:
    """The whole first, then every place in the order of the rows, each with all that stands below it.

    Where later listings are left out (再掲), they are so in their own places too.
    """
    left_out = scheme.rollup.repeated is Repeated.LEFT_OUT
    counted = set(listings(results, Repeated.LEFT_OUT) if left_out else results)
    places: dict[str, list[Result]] = {}
    for result in results:
        labels = [label for label in result.case.place.split("/") if label]
        for depth in range(1, len(labels) + 1):
            places.setdefault("/".join(labels[:depth]), []).append(result)
    found = [roll_up(results, scheme)]
    for place, rows in places.items():
        exact = next((row.case.level for row in rows if row.case.place == place and row.case.level), "")
        own = [row for row in rows if row in counted]
        found.append(roll_up(own, scheme, exact or str(place.count("/") + 1), place))
    return found


def roll_up_plan(plan: Plan, results: dict[str, Result], scheme: Scheme) -> list[RollUp]:
    """The same for a plan; a place is called by the name of its level (基本目標, 施策)."""
    from_depth = {str(depth + 1): level.name for depth, level in enumerate(plan.levels)}
    found = roll_ups(list(results.values()), scheme)
    return [replace(each, level=from_depth.get(each.level, each.level)) for each in found]


def counts(result: Result, rule: RollUpRule) -> bool:
    """Whether the row is in the denominator: its value is known, or its reason counts all the same.

    A class given for the reason alone does not make the value known.
    """
    if rule.over is Over.ALL:
        return True
    if rule.share_of is ShareOf.CLASSES:
        if result.judgement is None and given_class(result):
            return result.no_value.counts
        known = result.grade is not None and result.grade != result.rules.scheme.grade.none
    else:
        known = result.reached is not None
    return known or (result.no_rate is not None and result.no_value.counts)


def is_good(result: Result, rule: RollUpRule) -> bool:
    """Whether the row counts as reached; partly reached does not."""
    if rule.share_of is ShareOf.CLASSES:
        return result.grade in rule.good
    return result.reached is True


def listings(rows: Iterable[Result], repeated: Repeated) -> list[Result]:
    """All rows; left out: each indicator's first; once: its first with a value, without one the first."""
    if repeated is Repeated.EACH:
        return list(rows)
    taken: dict[str, Result] = {}
    for row in rows:
        key = row.case.indicator or row.case.id or row.case.name
        listed = taken.setdefault(key, row)
        if repeated is Repeated.ONCE and not _has_value(listed) and _has_value(row):
            taken[key] = row
    return list(taken.values())


def _has_value(row: Result) -> bool:
    return row.actual.quantity is not None and not row.actual.quantity.is_absent


def _percent(share: Fraction | None, rule: RollUpRule) -> Decimal | None:
    if share is None:
        return None
    return rounded(share * 100, rule.rounding.digits, rule.rounding.mode)


def _mean(rows: list[Result], rule: RollUpRule) -> Fraction | None:
    if rule.mean is Mean.NONE:
        return None
    if rule.mean is Mean.POINTS:
        values = _points(rows, rule)
    else:
        rated = [(rate, row) for row in rows if (rate := _rate(row, rule)) is not None]
        capped = rule.mean is Mean.CAPPED_RATES
        values = [min(rate, _cap_of(row)) if capped else rate for rate, row in rated]
    return sum(values, Fraction(0)) / len(values) if values else None


def _rate(row: Result, rule: RollUpRule) -> Fraction | None:
    """The rate that goes into a mean, 1 is 100 %: exact, or as printed, after limits and rounding."""
    if rule.of is ClassOf.UNROUNDED or row.rate is None:
        return row.ratio
    return Fraction(row.rate) / (1 if row.rules.kind is QuantityKind.GAP else 100)


def _cap_of(row: Result) -> Fraction:
    """Where a capped mean cuts a rate: the scheme's cap, 100 % where it has none."""
    cap = row.rules.scheme.limits.cap
    return Fraction(1) if cap is None else Fraction(cap) / 100


def _points(rows: list[Result], rule: RollUpRule) -> list[Fraction]:
    return [Fraction(rule.points[row.grade]) for row in rows if row.grade in rule.points]


def _mean_text(mean: Fraction | None, rule: RollUpRule) -> str:
    if mean is None:
        return "-"
    rounding = rule.rounding
    if rule.mean is Mean.POINTS:
        return signed_text(rounded(mean, rounding.digits, rounding.mode), rounding)
    return signed_text(rounded(mean * 100, rounding.digits, rounding.mode), rounding) + rounding.suffix


def _grade(
    total: Fraction | None, mean: Fraction | None, share: Fraction | None, rule: RollUpRule
) -> str | None:
    """The class of the place: by the sum of points, else by the mean, else by the share."""
    if rule.point_bands:
        return _band(total, rule.point_bands)
    if rule.mean is Mean.POINTS:
        return _band(mean, rule.bands)
    value = share if rule.mean is Mean.NONE else mean
    return _band(None if value is None else value * 100, rule.bands)


def _band(value: Fraction | None, bands: tuple[PointBand, ...]) -> str | None:
    if value is None:
        return None
    return next((b.label for b in bands if b.at_least is None or value >= Fraction(b.at_least)), None)


def _worst(found: Iterable[str], scheme: Scheme) -> str | None:
    """The lowest of the classes on the scale; one that only says why there is none is not on it."""
    scale = _scale(scheme)
    return max((grade for grade in found if grade in scale), key=scale.index, default=None)


def _order(grade: str, scheme: Scheme) -> int:
    """The place of a class from the best down; labels the scheme does not name come last."""
    scale = _scale(scheme)
    return scale.index(grade) if grade in scale else len(scale)


def _scale(scheme: Scheme) -> list[str]:
    """The labels of bands and steps from the best down, those of overrides after the scheme's own."""
    rules = [scheme.grade, *(each.grade for each in scheme.override if each.grade)]
    bands = [band for rule in rules for band in (*rule.bands, *rule.steps, *rule.full_at_hundred)]
    return list(dict.fromkeys(band.label for band in bands)) or list(scheme.rollup.points)
