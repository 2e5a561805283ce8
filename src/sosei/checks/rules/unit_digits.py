"""How finely values are printed: digits after the point, scales, bounding words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from sosei.checks.cells import TARGETED, called, indicators_of, numbers, one_unit, told, with_values
from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Found, Severity, Words
from sosei.checks.registry import rule
from sosei.values import Kind, Qualifier, Quantity

_BOUNDS = frozenset(
    {Qualifier.AT_LEAST, Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.MORE_THAN, Qualifier.WITHIN}
)


@rule(
    "UNT03",
    Severity.INFO,
    title=Words("1行の中で小数の桁数が違う", "One row mixes numbers of decimals"),
    why=Words(
        "桁数が違うと、値が変わったのか丸めただけなのかがわかりません。",
        "With different digits nobody can tell a change from a rounding.",
    ),
    mend=Words(
        "基準値・目標値・実績値の小数の桁数をそろえてください。",
        "Print baseline, target and actual with the same number of decimals.",
    ),
    case=Words(
        "基準値7.70%、目標値15%、実績値7.62%。", "Baseline 7.70%, target 15%, actual 7.62% in one row."
    ),
)
def uneven_decimals(dossier: Dossier) -> Iterator[Found]:
    """Rows whose values of one scale and unit have different decimals.

    0 and 100% count as exact; rows that differ by them alone are named only beside others.
    """
    hits = _uneven_rows(dossier, limits=True)
    if _uneven_rows(dossier, limits=False):
        yield Found(
            told(
                f"小数の桁数が1行の中で違う指標が{len(hits)}件あります：{{}}。",
                f"Rows that mix numbers of decimals, {len(hits)} in all: {{}}.",
                [with_values(row) for row in hits],
            ),
            tuple(row.place(field.partition(":")[0]) for row in hits for field, _ in numbers(row)),
        )


def _uneven_rows(dossier: Dossier, *, limits: bool) -> list[Row]:
    """A row of each indicator that has one with different decimals."""
    return [
        hit
        for rows in indicators_of(dossier)
        if (hit := next((row for row in rows if len(_decimals(row, limits=limits)) > 1), None))
    ]


def _decimals(row: Row, *, limits: bool) -> set[int]:
    values = [quantity for _, quantity in numbers(row)]
    if len({(quantity.scale, one_unit(quantity.unit)) for quantity in values}) != 1:
        return set()
    return {
        quantity.decimals
        for quantity in values
        if quantity.decimals is not None and (limits or not _is_limit(quantity))
    }


def _is_limit(quantity: Quantity) -> bool:
    """Whether the value is a natural end printed without decimals: 0, 100%."""
    ends = (0, 100) if one_unit(quantity.unit) == "%" else (0,)
    return quantity.decimals == 0 and quantity.number in ends


@rule(
    "UNT04",
    Severity.INFO,
    title=Words("達成率の桁数がそろっていない", "Rates are printed with different decimals"),
    why=Words(
        "一つの表の中で丸め方が違うと、細かい値ほど確かなものに見えます。",
        "Where the rounding varies, the finer rate looks the surer one.",
    ),
    mend=Words("達成率の丸め方を決めて、すべて同じ桁数で書いてください。", "Round all rates in one way."),
    case=Words(
        "28の達成率は整数なのに、41.7%と67.14%だけ小数がある。",
        "28 rates are whole, two read 41.7% and 67.14%.",
    ),
)
def uneven_rates(dossier: Dossier) -> Iterator[Found]:
    """Printed rates of the year whose decimals differ from those of most; 0% and 100% are left out."""
    rates = [
        (row, row.rate, row.rate.decimals)
        for row in dossier.rows
        if row.rate is not None and row.rate.kind is Kind.NUMBER and row.rate.decimals is not None
    ]
    counts = Counter(decimals for _, _, decimals in rates)
    if len(counts) < 2:
        return
    usual, count = counts.most_common(1)[0]
    odd = [(row, rate) for row, rate, decimals in rates if decimals != usual and not _is_limit(rate)]
    if odd:
        yield Found(
            told(
                f"達成率は小数{usual}桁のものが{count}件ですが、桁数の違うものが{len(odd)}件あります：{{}}。",
                f"Rates with {usual} decimals: {count}; with others, {len(odd)}: {{}}.",
                [called(row.name, str(rate)) for row, rate in odd],
            ),
            tuple(row.place("rate") for row, _ in odd),
        )


@rule(
    "UNT09",
    Severity.INFO,
    title=Words("目標値の「以上」「未満」がそろっていない", "Some targets are bounded, others not"),
    why=Words(
        "「以上」のない目標値は、超えてもよいのか近づけるのかが読み手にわかりません。",
        "Where only some targets say 以上, a reader wonders what the others mean.",
    ),
    mend=Words(
        "同じ表の目標値は、「以上」などの語を付けるか付けないかをそろえてください。",
        "Bound all targets of a table, or none.",
    ),
    case=Words(
        "特定保健指導率は80.0%以上、特定健診受診率は60.0%。",
        "Of two rates in one table one aims at 80.0% or more, the other at 60.0%.",
    ),
)
def uneven_bounds(dossier: Dossier) -> Iterator[Found]:
    """Targets of one table, unit and direction, some with a bounding word and some without."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in dossier.rows:
        target = row.target
        if target is not None and target.number is not None and row.placement.role in TARGETED:
            at = row.placement.table or row.element.key
            groups[(at, one_unit(target.unit), row.indicator.direction)].append(row)
    uneven = [rows for group in groups.values() if len(rows := _uneven(group)) > 1]
    if uneven:
        items = [called(row.name, str(row.target)) for rows in uneven for row in rows]
        yield Found(
            told(
                "同じ表の目標値に「以上」「未満」などの語があるものとないものがあります：{}。",
                "Targets of one table are bounded here and not there: {}.",
                items,
            ),
            tuple(row.place("target") for rows in uneven for row in rows),
        )


def _uneven(rows: list[Row]) -> list[Row]:
    """The rows, without natural ends, where some are bounded and some not; else none."""
    judged = [row for row in rows if row.target is not None and not _is_limit(row.target)]
    bounded = [bool(_BOUNDS & set(row.target.qualifiers)) for row in judged if row.target is not None]
    return judged if any(bounded) and not all(bounded) else []
