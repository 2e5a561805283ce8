"""Yearly targets: their last one against the final target, and whether they go one way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sosei.checks.dossier import Dossier, Row, year_of
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.levels import aim, is_unconfirmed, same_number, years_of
from sosei.checks.registry import rule
from sosei.plan.indicator import Value
from sosei.values.folding import compact

_Dated = tuple[int, Value]


@rule(
    "TGT06",
    Severity.ERROR,
    title=Words("年度別の目標と最終の目標が合わない", "A yearly target disagrees with the final target"),
    why=Words(
        "同じ年度の目標が二つあり、どちらで達成を判定するのか決まりません。",
        "There are two targets for one year, and nobody can say which one counts.",
    ),
    mend=Words(
        "正しい目標値を確かめ、同じ年度の目標を一つにそろえてください。",
        "Find out which target is right and print the same one at both places.",
    ),
    case=Words(
        "年度別目標のR9が140件、最終の目標値（R9）が150件。",
        "The yearly target for R9 is 140, and the final target (R9) is 150.",
    ),
)
def two_targets_for_a_year(dossier: Dossier) -> Iterator[Found]:
    """Yearly targets for the year of the final target that are another number."""
    for row in dossier.rows:
        final = row.placement.target
        if final is None or not row.placement.path or is_unconfirmed(row, "target", "path"):
            continue
        for year, value in _path(row):
            if year == year_of(final) and _comparable(value, final) and not _same(value, final):
                yield Found(
                    Words(
                        f"「{row.name}」の{value.year}の年度別目標は{value.quantity}ですが、"
                        f"最終の目標値は{final.quantity}です。",
                        f'The yearly target of "{row.name}" for {value.year} is {value.quantity}, but the final '
                        f"target is {final.quantity}.",
                    ),
                    (row.place("path", str(value.quantity)), row.place("target")),
                )


@rule(
    "TGT07",
    Severity.WARNING,
    title=Words("年度別の目標が後戻りする", "The yearly targets turn back"),
    why=Words(
        "途中で目標が後退しており、書き誤りか、年度の取り違えのおそれがあります。",
        "A target that falls back on the way is often a slip or a mix-up of years.",
    ),
    mend=Words(
        "年度別の目標値を確かめ、後戻りが意図したものであれば理由を書き添えてください。",
        "Check the yearly targets; where the step back is meant, print the reason.",
    ),
    case=Words(
        "年度別目標がR7は120件、R8は110件、R9は150件。", "Yearly targets: 120 in R7, 110 in R8, 150 in R9."
    ),
)
def path_turns_back(dossier: Dossier) -> Iterator[Found]:
    """Yearly targets, with the final one at their end, of which one goes the wrong way."""
    for row in dossier.rows:
        if not aim(row) or not row.placement.path:
            continue
        final = row.placement.target
        last = year_of(final) if final else None
        steps = [(year, value) for year, value in _path(row) if last is None or year < last]
        if final is not None and last is not None:
            steps.append((last, final))
        for (_, before), (_, after) in pairwise(steps):
            if _comparable(before, after) and _goes_back(before, after, aim(row)):
                yield Found(
                    Words(
                        f"「{row.name}」の目標が、{before.year}の{before.quantity}から"
                        f"{after.year}の{after.quantity}へ後戻りしています。",
                        f'The target of "{row.name}" turns back from {before.quantity} in {before.year} '
                        f"to {after.quantity} in {after.year}.",
                    ),
                    (row.place("path", str(before.quantity)), row.place("path", str(after.quantity))),
                )


def _path(row: Row) -> list[_Dated]:
    """The yearly targets with a year, in the order of the years."""
    dated = [(year, value) for value in row.placement.path if (year := year_of(value)) is not None]
    return sorted(dated, key=lambda pair: pair[0])


def _comparable(first: Value, second: Value) -> bool:
    """Whether both are numbers of one unit for one length of time."""
    one, other = first.quantity, second.quantity
    if one.base is None or other.base is None:
        return False
    units = {compact(one.unit), compact(other.unit)} - {""}
    return len(units) < 2 and years_of(first) == years_of(second)


def _same(first: Value, second: Value) -> bool:
    return same_number(first.quantity, second.quantity)


def _goes_back(before: Value, after: Value, aim: int) -> bool:
    if before.quantity.base is None or after.quantity.base is None:
        return False
    return (after.quantity.base[0] - before.quantity.base[0]) * aim < 0
