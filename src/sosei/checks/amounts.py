"""Cells that can be reckoned with: confirmed, one exact number, comparable with another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from sosei.checks.dossier import Dossier, Row
from sosei.checks.finding import Words
from sosei.plan.indicator import Counting, Value
from sosei.scheme.case import unconfirmed_in
from sosei.values import Kind, Qualifier, Quantity, fold
from sosei.values.folding import compact
from sosei.values.scales import scaled

FIELDS = ("baseline", "target", "actual")
_LONGEST = 60
_COLOURS = frozenset(
    {
        Qualifier.TOTAL,
        Qualifier.CUMULATIVE,
        Qualifier.PROVISIONAL,
        Qualifier.EXPECTED,
        Qualifier.ESTIMATED,
        Qualifier.FINAL,
    }
)
_NOT_ADDITIVE = re.compile("率|割合|平均|当たり|あたり|密度|単価|指数|順位|比$|偏差値|満足度|ポイント")


class Cells:
    """The cells of a dossier with one exact, confirmed number, by indicator and by element."""

    def __init__(self, dossier: Dossier) -> None:
        self._unconfirmed = unconfirmed_in(dossier.plan)
        self._of_indicator: dict[tuple[str, str], list[Row]] = defaultdict(list)
        self._of_element: dict[tuple[str, str, str], Row] = {}
        for row in dossier.rows:
            for field in FIELDS:
                if self.of(row, field) is not None:
                    self._of_indicator[row.indicator.key, field].append(row)
                    self._of_element.setdefault((row.element.key, row.indicator.key, field), row)

    def of(self, row: Row, field: str) -> Quantity | None:
        """The number of ``field`` (baseline, target, actual); None where there is none to rely on."""
        quantity = printed(row, field)
        if quantity is None or not is_exact(quantity) or not self.sure(row, field):
            return None
        return quantity

    def sure(self, row: Row, field: str) -> bool:
        """Whether nothing about the reading of the cell is in doubt."""
        placement = row.placement
        if placement.doubt("indicator") or placement.doubt(field):
            return False
        if f"{placement.key}.{field}" in self._unconfirmed:
            return False
        if field != "actual":
            return True
        if row.entry is not None and row.entry.actual is not None:
            return not row.entry.doubt("actual") and f"{row.entry.key}.actual" not in self._unconfirmed
        observation = row.observation
        return observation is None or not (
            observation.doubt("quantity") or f"{observation.key}.quantity" in self._unconfirmed
        )

    def distinct(self, indicator: str, field: str) -> Iterator[Row]:
        """The rows of an indicator that have a number in ``field``, one for each text printed."""
        seen: set[str] = set()
        for row in self._of_indicator.get((indicator, field), ()):
            text = str(printed(row, field))
            if text not in seen:
                seen.add(text)
                yield row

    def peer(self, row: Row, indicator: str, field: str) -> Row | None:
        """The row of another indicator whose ``field`` can be set against that of ``row``: of the same
        element where there is one, of the same year and period, in the same unit.
        """
        found = self._of_element.get((row.element.key, indicator, field))
        if found is None:
            found = next(iter(self._of_indicator.get((indicator, field), ())), None)
        return found if found is not None and comparable(row, found, field) else None


def cells_of(dossier: Dossier) -> Cells:
    """The cells of a dossier, gathered once for all the rules that reckon with them."""
    return dossier.gathered(Cells)


def printed(row: Row, field: str) -> Quantity | None:
    """What is printed in ``field`` of the row: baseline, target or actual."""
    return {"baseline": row.baseline, "target": row.target, "actual": row.actual}[field]


def is_exact(quantity: Quantity) -> bool:
    """Whether a quantity is one number that means what it says: no bound, no approximation, no older year."""
    return (
        quantity.kind in (Kind.NUMBER, Kind.COMPOSITE)
        and quantity.base is not None
        and len(quantity.text) <= _LONGEST
        and not quantity.bracketed
        and not quantity.year
        and _COLOURS.issuperset(quantity.qualifiers)
    )


def comparable(one: Row, other: Row, field: str) -> bool:
    """Whether the cells of two rows are of one year and period and in one unit."""
    first, second = printed(one, field), printed(other, field)
    if first is None or second is None or not same_measure(first, second):
        return False
    if field == "actual":
        return True
    values = (_value(one, field), _value(other, field))
    years = {when.year for value in values if (when := value.year and value.year.effective)}
    spans = {(value.span.first.year, value.span.last.year) if value.span else None for value in values}
    return len(years) < 2 and len(spans) == 1


def same_measure(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities have one unit and one period."""
    periods = {(per.count, per.unit) if (per := each.per) else None for each in (first, second)}
    return fold(first.unit) == fold(second.unit) and len(periods) == 1


def is_percent(quantity: Quantity) -> bool:
    """Whether the quantity is a percentage."""
    return fold(quantity.unit) in ("%", "パーセント")


def adds_up(row: Row, quantity: Quantity) -> bool:
    """Whether values of this sort can be added: no percentage, average, density or value per head."""
    if is_percent(quantity) or "/" in fold(quantity.unit) or row.indicator.counting is Counting.PER_HEAD:
        return False
    return not any(_NOT_ADDITIVE.search(compact(name)) for name in (row.name, row.indicator.name))


def number(quantity: Quantity) -> Fraction:
    """The exact number without scale; 0 where there is none."""
    return Fraction(quantity.base[0]) if quantity.base is not None else Fraction(0)


def step(quantity: Quantity) -> Fraction:
    """The worth of the last printed digit, without scale: 0.1 for 58.8%, 10000 for 3万人."""
    if quantity.number is None:
        return Fraction(0)
    exponent = quantity.number.as_tuple().exponent
    if not isinstance(exponent, int):  # the exponent of NaN and infinity, which no parser makes
        return Fraction(0)
    return Fraction(scaled(Decimal((0, (1,), exponent)), quantity.scale))


def slack(quantity: Quantity) -> Fraction:
    """How far the true value may lie from the printed one; 0 for a plain count."""
    last = step(quantity)
    is_count = last >= 1 and not quantity.scale and not is_percent(quantity)
    return Fraction(0) if is_count else last / 2


def field_words(dossier: Dossier, field: str) -> Words:
    """What a person calls the field: 基準値, 目標値, R6実績."""
    return {
        "baseline": Words("基準値", "baseline"),
        "target": Words("目標値", "target"),
        "actual": Words(f"{dossier.year_text}実績", f"actual of {dossier.year_text}"),
    }[field]


def _value(row: Row, field: str) -> Value:
    value = row.placement.baseline if field == "baseline" else row.placement.target
    assert value is not None  # noqa: S101  (the caller has read its quantity)
    return value
