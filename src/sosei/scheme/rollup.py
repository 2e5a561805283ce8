"""Decision 10: from rows to 施策, 基本目標 and the whole: counts, shares, means, points, the worst."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from sosei.plan.model import Plan
from sosei.scheme.choices import Mean, Over, Repeated, ShareOf
from sosei.scheme.model import PointBand, RollUpRule, Scheme
from sosei.scheme.result import Result
from sosei.scheme.rounding import rounded
from sosei.values.exact import plain

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
    """The rows of one place; within a place an indicator counts once, overall as ``repeated`` says."""
    rule = scheme.rollup
    rows = _each_once(list(results), rule.repeated if level == OVERALL else Repeated.ONCE)
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
        share_text="-" if rate is None else plain(rate) + rule.rounding.suffix,
        mean=mean,
        mean_text=_mean_text(mean, rule),
        points=total,
        grade=_grade(total, mean, share, rule),
        worst=max(by_class, key=lambda grade: _order(grade, scheme)) if rule.worst and by_class else None,
    )


def roll_ups(results: Sequence[Result], scheme: Scheme) -> list[RollUp]:
    """The whole first, then every place in the order of the rows, each with all that stands below it."""
    places: dict[str, list[Result]] = {}
    for result in results:
        labels = [label for label in result.case.place.split("/") if label]
        for depth in range(1, len(labels) + 1):
            places.setdefault("/".join(labels[:depth]), []).append(result)
    found = [roll_up(results, scheme)]
    for place, rows in places.items():
        exact = next((row.case.level for row in rows if row.case.place == place and row.case.level), "")
        found.append(roll_up(rows, scheme, exact or str(place.count("/") + 1), place))
    return found


def roll_up_plan(plan: Plan, results: dict[str, Result], scheme: Scheme) -> list[RollUp]:
    """The same for a plan; a place is called by the name of its level (基本目標, 施策)."""
    from_depth = {str(depth + 1): level.name for depth, level in enumerate(plan.levels)}
    found = roll_ups(list(results.values()), scheme)
    return [replace(each, level=from_depth.get(each.level, each.level)) for each in found]


def counts(result: Result, rule: RollUpRule) -> bool:
    """Whether the row is in the denominator: its value is known, or its reason counts all the same."""
    if rule.over is Over.ALL:
        return True
    if rule.share_of is ShareOf.CLASSES:
        known = result.grade is not None and result.grade != result.rules.scheme.grade.none
    else:
        known = result.reached is not None
    return known or (result.no_rate is not None and result.no_value.counts)


def is_good(result: Result, rule: RollUpRule) -> bool:
    """Whether the row counts as reached; partly reached does not."""
    if rule.share_of is ShareOf.CLASSES:
        return result.grade in rule.good
    return result.reached is True


def _each_once(rows: list[Result], repeated: Repeated) -> list[Result]:
    """The rows that count: each, each indicator's first, or only those that stand in one place."""
    if repeated is Repeated.EACH:
        return rows
    names = [row.case.indicator or row.case.id or row.case.name for row in rows]
    if repeated is Repeated.LEFT_OUT:
        times = Counter(names)
        return [row for row, name in zip(rows, names, strict=True) if times[name] == 1]
    first: dict[str, Result] = {}
    for name, row in zip(names, rows, strict=True):
        first.setdefault(name, row)
    return list(first.values())


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
        rated = [(row.ratio, row) for row in rows if row.ratio is not None]
        capped = rule.mean is Mean.CAPPED_RATES
        values = [min(rate, _cap_of(row)) if capped else rate for rate, row in rated]
    return sum(values, Fraction(0)) / len(values) if values else None


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
        return plain(rounded(mean, rounding.digits, rounding.mode))
    return plain(rounded(mean * 100, rounding.digits, rounding.mode)) + rounding.suffix


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


def _order(grade: str, scheme: Scheme) -> int:
    """The place of a class from the best down; labels the scheme does not name come last."""
    rule = scheme.grade
    labels = [band.label for band in (*rule.bands, *rule.steps)] or list(scheme.rollup.points)
    return labels.index(grade) if grade in labels else len(labels)
