"""The yearly values of placements and indicators as plain data that cells are read from and written into.

A cell is a value of one year: a target of the path, an observation, what a placement prints.  Many cells
may be written; what led from the plan to them is one list of operations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from sosei.plan.base import Key, Model, Node
from sosei.plan.indicator import Difference, Indicator, Observation, Placement, PrintedYear, Value
from sosei.plan.keys import new_key
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Location, Operation, Set
from sosei.plan.walk import index
from sosei.plan.writing import data_of
from sosei.scheme.quantity import fraction, pair_of
from sosei.values import (
    Column,
    Problem,
    Quantity,
    YearLabel,
    era_text,
    fold,
    parse_quantity,
    parse_year_label,
)
from sosei.values.years import When, YearKind
from sosei.web.writing.marks import unmarked
from sosei.web.writing.saving import record_in
from sosei.web.writing.structure import removal

_QUANTITY = TypeAdapter(Quantity)
_YEAR = TypeAdapter(YearLabel)

Data = dict[str, Any]


class Sort(StrEnum):
    """What a cell holds."""

    TARGET = "target"  # 目標 of the path
    ACTUAL = "actual"  # 実績 with its status
    OWN = "own"  # 掲載値: what the placement prints instead, with the kind of difference
    RATE = "rate"  # 達成率 as printed
    GRADE = "grade"  # 評価区分 as printed
    SOURCE = "source"  # 資料 of the observation


OF_INDICATOR = frozenset({Sort.ACTUAL, Sort.SOURCE})
"""The cells that every place of the indicator shares."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Which cell: ``owner`` is a placement, or an indicator alone; ``year`` begins in April of that year.

    ``nth`` counts from 1 where a list has several entries of one year (令和6年度 and 令和6年10月1日);
    ``label`` is how a new entry writes its year, empty for the plan's usual way.
    """

    owner: Key
    sort: Sort
    year: int
    nth: int = 1
    label: str = ""

    @property
    def name(self) -> str:
        """How a form names it."""
        tail = f":{self.label}" if self.label else ""
        return f"{self.owner}/{self.sort}:{self.year}.{self.nth}{tail}"

    @classmethod
    def named(cls, name: str) -> Slot:
        """The slot of a form's ``name``; raises Problem where it is none."""
        owner, _, rest = name.partition("/")
        sort, _, rest = rest.partition(":")
        place, _, label = rest.partition(":")
        year, _, nth = place.partition(".")
        if sort not in tuple(Sort) or not (_is_number(year, 4) and _is_number(nth, 2)):
            raise Problem(
                "画面の値が壊れています。ページを読み込み直してください",
                "the form's own value is damaged; load the page again",
            )
        return cls(owner, Sort(sort), int(year), max(int(nth), 1), label[:100])


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= most


_LISTS: Mapping[Sort, str] = {
    Sort.TARGET: "path",
    Sort.ACTUAL: "observations",
    Sort.SOURCE: "observations",
    Sort.OWN: "printed",
    Sort.RATE: "printed",
    Sort.GRADE: "printed",
}
_KINDS: Mapping[str, type[Model]] = {"path": Value, "observations": Observation, "printed": PrintedYear}


class Book:
    """The yearly lists of ``document``'s placements and indicators, as far as they are asked for."""

    def __init__(self, document: Plan) -> None:
        self.document = document
        self.known = index(document)
        self._lists: dict[tuple[Key, str], list[Data]] = {}
        self._usual: YearLabel | None = None

    def holder(self, slot: Slot) -> Node:
        """The record whose list holds the cell; raises Problem where it is gone, or has no such cell."""
        owner = self.known.get(slot.owner) or record_in(self.document, slot.owner)
        if slot.sort in OF_INDICATOR:
            found = self.known[owner.indicator] if isinstance(owner, Placement) else owner
            if isinstance(found, Indicator):
                return found
        elif isinstance(owner, Placement):
            return owner
        raise Problem("その値はここにはありません", "there is no such value here")

    def all(self, slot: Slot) -> list[Data]:
        """Every entry of the slot's list."""
        return self._list(slot)

    def entries(self, slot: Slot) -> list[Data]:
        """The entries of the slot's list with its year."""
        return [each for each in self._list(slot) if year_of(each) == slot.year]

    def sorts(self, owner: Key) -> list[Sort]:
        """The kinds of value that the owner has: a placement all, an indicator alone its own."""
        is_placement = isinstance(self.known.get(owner), Placement)
        return [sort for sort in Sort if is_placement or sort in OF_INDICATOR]

    def entry(self, slot: Slot) -> Data | None:
        """The entry that holds the cell; None where there is none yet."""
        found = self.entries(slot)
        return found[slot.nth - 1] if len(found) >= slot.nth else None

    def value(self, slot: Slot) -> Any:
        """The cell's value as plain data; None for none."""
        entry = self.entry(slot)
        return None if entry is None else _GET[slot.sort](entry)

    def put(self, slot: Slot, value: Any) -> None:
        """Give the cell ``value``; an entry that then says nothing goes."""
        entries, entry = self._list(slot), self.entry(slot)
        if entry is None:
            if value is None:
                return
            entry = {"year": self._label(slot)}
            if _LISTS[slot.sort] != "path":
                entry = {"key": new_key(), **entry}
            at = next((n for n, each in enumerate(entries) if (year_of(each) or 0) > slot.year), len(entries))
            entries.insert(at, entry)
        if slot.sort is Sort.TARGET:
            entry.pop("quantity", None)
            entry.update(value or {})
        else:
            _PUT[slot.sort](entry, value)
        if _says_nothing(slot, entry):
            entries[:] = [each for each in entries if each is not entry]

    def operations(self, reason: str = "") -> list[Operation]:
        """What leads from the plan to what was put."""
        made: list[Operation] = []
        gone: list[Key] = []
        for (key, name), after in self._lists.items():
            holder = self.known[key]
            before = _data(holder, name)
            if before == after:
                continue
            if name == "path":
                made += [
                    *unmarked(holder, name, reason),
                    Set(key=key, field=name, old=before or None, new=after or None, reason=reason),
                ]
            else:
                kept = {each["key"] for each in after}
                gone += [each["key"] for each in before if each["key"] not in kept]
                made += self._changed(holder, name, before, after, reason)
        return [*(removal(self.document, gone, reason) if gone else ()), *made]

    def _changed(
        self, holder: Node, name: str, before: Sequence[Data], after: Sequence[Data], reason: str
    ) -> Iterator[Operation]:
        """The fields set and the records added in one list; what goes out of it has gone before."""
        olds = {each["key"]: each for each in before}
        if any(each["key"] not in olds for each in after):
            yield from unmarked(holder, name, reason)
        for n, new in enumerate(after):
            old = olds.get(new["key"])
            if old is None:
                place = Location(parent=holder.key, collection=name, after=after[n - 1]["key"] if n else None)
                yield Add(to=place, record=new, reason=reason)
                continue
            for field in _KINDS[name].model_fields:
                if old.get(field) != new.get(field):
                    yield from unmarked(self.known[new["key"]], field, reason)
                    yield Set(
                        key=new["key"], field=field, old=old.get(field), new=new.get(field), reason=reason
                    )

    def _list(self, slot: Slot) -> list[Data]:
        holder, name = self.holder(slot), _LISTS[slot.sort]
        if (holder.key, name) not in self._lists:
            self._lists[holder.key, name] = _data(holder, name)
        return self._lists[holder.key, name]

    def _label(self, slot: Slot) -> Data:
        """The year of a new entry: as asked, else as an entry of the same row writes it, else as usual."""
        asked = parse_year_label(slot.label) if slot.label else None
        if asked is not None and asked.effective is not None and asked.effective.year == slot.year:
            return _plain(_YEAR, asked)
        for sort in (Sort.ACTUAL, Sort.OWN, Sort.TARGET):
            beside = Slot(slot.owner, sort, slot.year, slot.nth)
            if (
                sort is not slot.sort
                and sort in self.sorts(slot.owner)
                and (entry := self.entry(beside)) is not None
            ):
                found: Data = entry["year"]
                return found
        return _plain(_YEAR, label_like(self.usual, slot.year))

    @property
    def usual(self) -> YearLabel:
        """How the plan writes its years: the first of its values says it, else 令和6年度."""
        if self._usual is None:
            self._usual = next(_year_labels(self.document), parse_year_label("令和6年度"))
        return self._usual


def label_like(usual: YearLabel, year: int) -> YearLabel:
    """The year as ``usual`` writes it: R6 or 令和6年度, its letter in the same width."""
    text = fold(usual.text)
    when = usual.effective
    is_short = when is not None and text == era_text(when, short=True)
    label = parse_year_label(era_text(When(year=year, kind=YearKind.FISCAL), short=is_short))
    if is_short and text != usual.text and not usual.text[0].isascii():
        label = parse_year_label(chr(ord(label.text[0]) + 0xFEE0) + label.text[1:])
    if is_short and when is not None and label.when is not None:
        return YearLabel(text=label.text, when=When(year=year, kind=when.kind))
    return label


def year_of(entry: Data) -> int | None:
    """The year that an entry's value belongs to, as plain data has it; None where none is read."""
    label = entry.get("year") or {}
    when = label.get("by_note") or label.get("when") or {}
    year: int | None = when.get("year")
    return year


def _year_labels(document: Plan) -> Iterator[YearLabel]:
    for indicator in document.indicators:
        for each in indicator.observations:
            when = each.year.effective
            if when is not None and when.kind in (YearKind.FISCAL, YearKind.UNSTATED):
                yield each.year


def difference_between(adopted: Data, own: Data, unit: str) -> Difference:
    """How a placement's own value differs from the adopted one, where nobody says it."""
    first, second = (_QUANTITY.validate_python(each) for each in (adopted, own))
    pairs = pair_of(first, unit), pair_of(second, unit)
    if not all(isinstance(each, tuple) for each in pairs):
        return Difference.CONFLICT
    one, other = (fraction(each) for each in pairs if isinstance(each, tuple))
    if one == other:
        return Difference.SUFFIX
    return Difference.PRECISION if _is_rounded(one, other, first, second) else Difference.CONFLICT


def _is_rounded(one: Fraction, other: Fraction, first: Quantity, second: Quantity) -> bool:
    """Whether one of two values is the other with fewer digits."""
    for exact, coarse, quantity in ((one, other, second), (other, one, first)):
        if quantity.number:
            step = abs(coarse / Fraction(quantity.number)) * Fraction(1, 10 ** (quantity.decimals or 0))
            if abs(exact - coarse) <= step / 2:
                return True
    return False


def _data(holder: Node, name: str) -> list[Data]:
    return [_entry(each) for each in getattr(holder, name)]


def _entry(each: Any) -> Data:
    if isinstance(each, Node):
        return data_of(each)
    found: Data = each.model_dump(mode="json", exclude_defaults=True)
    return found


def _plain(kind: TypeAdapter[Any], value: Any) -> Data:
    found: Data = kind.dump_python(value, mode="json", exclude_defaults=True)
    return found


def _picked(*names: str) -> Callable[[Data], Data | None]:
    return lambda entry: {name: entry[name] for name in names if name in entry} or None


def _update(*names: str) -> Callable[[Data, Any], None]:
    def update(entry: Data, value: Any) -> None:
        for name in names:
            entry.pop(name, None)
        entry.update(value or {})

    return update


def _set(name: str) -> Callable[[Data, Any], None]:
    def put(entry: Data, value: Any) -> None:
        entry.pop(name, None)
        if value is not None:
            entry[name] = value

    return put


def _put_actual(entry: Data, value: Any) -> None:
    """An observation whose source or earlier value stays keeps a blank cell."""
    for name in ("quantity", "status"):
        entry.pop(name, None)
    entry.update(value or {"quantity": blank()})


def _put_source(entry: Data, value: Any) -> None:
    _set("source")(entry, value)
    entry.setdefault("quantity", blank())


def blank() -> Data:
    """A cell of a year that is not due yet."""
    return _plain(_QUANTITY, parse_quantity("", column=Column.ACTUAL))


_GET: Mapping[Sort, Callable[[Data], Any]] = {
    Sort.TARGET: lambda entry: entry,
    Sort.ACTUAL: _picked("quantity", "status"),
    Sort.OWN: _picked("actual", "difference"),
    Sort.RATE: lambda entry: entry.get("rate"),
    Sort.GRADE: lambda entry: entry.get("grade"),
    Sort.SOURCE: lambda entry: entry.get("source"),
}
_PUT: Mapping[Sort, Callable[[Data, Any], None]] = {
    Sort.ACTUAL: _put_actual,
    Sort.OWN: _update("actual", "difference"),
    Sort.RATE: _set("rate"),
    Sort.GRADE: _set("grade"),
    Sort.SOURCE: _put_source,
}


def _says_nothing(slot: Slot, entry: Data) -> bool:
    match _LISTS[slot.sort]:
        case "path":
            return "quantity" not in entry
        case "observations":
            is_blank = not (entry["quantity"].get("text") or "").strip()
            return is_blank and not entry.get("source") and not entry.get("earlier")
        case _:
            return not any(entry.get(name) for name in ("actual", "rate", "grade"))
