"""What a workbook changes itself, and what of that meets with changes on screen since it was written.

Three plans are looked at: the one that the workbook was ``written`` from (with what it changed there since, see
``taken``), the draft (``base``), and what the workbook says (the operations that lead there from the draft).
What differs from the draft only because the draft went on is no change of the workbook's.  What both changed is
nobody's to decide but the reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import Any, Final

from pydantic import TypeAdapter

from sosei.formats.workbook.cells import year_of
from sosei.plan.base import Key, Node
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Location, Move, Operation, Refusal, Remove, Set, WorkingCopy
from sosei.plan.sharing import own_data
from sosei.plan.walk import index

YEARLY: Final = frozenset({"observations", "printed"})
"""Collections of which a workbook has a cell for each year, blank where there is no record."""
_PARTED: Final = frozenset({"baseline", "target"})
"""Fields whose parts have columns of their own."""
_TOGETHER: Final = ("actual", "difference")
"""Fields of a printed year that only hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """What was changed in the workbook and on screen: what the workbook would do after all else.

    ``written``: what the first operation found when the workbook was written: the value of its field, the key of
    the record that it stood in, or the record of a year.  ``who`` and ``at`` say who changed it on screen, and
    when; empty where an edition brought it.
    """

    operations: tuple[Operation, ...]
    written: Any = None
    who: str = ""
    at: datetime | None = None

    @property
    def name(self) -> str:
        """What a form calls it: by what the workbook would do to what, so that it is never taken for another."""
        return f"both.{sha256(_OPERATIONS.dump_json(self.operations)).hexdigest()[:24]}"


_OPERATIONS: TypeAdapter[tuple[Operation, ...]] = TypeAdapter(tuple[Operation, ...])
BOTH: TypeAdapter[list[Both]] = TypeAdapter(list[Both])
"""How they are kept as JSON."""


@dataclass(slots=True, kw_only=True)
class Merged:
    """``operations`` are the workbook's own and meet with nothing; ``stale`` counts what it still says of before."""

    operations: list[Operation] = field(default_factory=list)
    both: list[Both] = field(default_factory=list)
    stale: int = 0


class _Fate(Enum):
    STALE = "stale"
    OWN = "own"
    BOTH = "both"


def merge(base: Document, made: Sequence[Operation], written: Document) -> tuple[Merged, Document]:
    """``made``, which lead from ``base`` to what the workbook says, sorted out; and ``base`` with what is the
    workbook's own.  Raises Problem where that alone is no plan.
    """
    work = _Merging(base, written)
    for unit in _units(made):
        work.take(unit)
    return work.finished(), work.copy.plan()


class _Merging:
    def __init__(self, base: Document, written: Document) -> None:
        self.found = Merged()
        self.copy = WorkingCopy(base)
        self._now = index(base)
        self._before = index(written)
        self._places = WorkingCopy(written)
        self._instead: dict[tuple[Key, Key], Key | None] = {}

    def take(self, unit: Sequence[Operation]) -> None:
        """Apply operations that hold together, or put them aside."""
        if len(unit) == 1 and isinstance(unit[0], Set):
            self._set(unit[0])
            return
        fates = {self._fate(operation) for operation in unit}
        if _Fate.BOTH in fates or len(fates) > 1:
            self.found.both.append(Both(operations=tuple(unit), written=self._written(unit[0])))
        elif _Fate.OWN in fates:
            for operation in unit:
                self._own(operation)
            return
        else:
            self.found.stale += 1
        for operation in unit:
            if isinstance(operation, Move):  # others were told to stand behind it
                self._instead[operation.to.parent, operation.key] = operation.to.after

    def finished(self) -> Merged:
        """What was found; what would be taken out is told as the workbook's own changes leave it."""
        self.found.both = [
            replace(each, operations=tuple(map(self._as_left, each.operations))) for each in self.found.both
        ]
        return self.found

    def _as_left(self, operation: Operation) -> Operation:
        if not isinstance(operation, Remove):
            return operation
        key = operation.record["key"]
        return Remove(old=self.copy.location(key), record=self.copy.record(key))

    def _set(self, operation: Set) -> None:
        if operation.key not in self._before:  # it came on screen, and the workbook names it by its words
            self.found.both.append(Both(operations=(operation,)))
            return
        was = own_data(self._before[operation.key]).get(operation.field)
        screen, file = merged(operation.field, was, operation.old, operation.new)
        if screen != operation.old:
            self._own(operation.model_copy(update={"new": screen}))
        if file != screen:
            rest = operation.model_copy(update={"old": screen, "new": file})
            self.found.both.append(Both(operations=(rest,), written=was))
        elif screen == operation.old:
            self.found.stale += 1

    def _own(self, operation: Operation) -> None:
        operation = self._as_left(operation)
        if isinstance(operation, Add | Move):
            operation = operation.model_copy(update={"to": self._settled(operation.to)})
        try:
            self.copy.apply(operation)
        except Refusal:  # it would undo what was put aside: the reader decides
            self.found.both.append(Both(operations=(operation,)))
            return
        self.found.operations.append(operation)

    def _settled(self, to: Location) -> Location:
        """The place, where what should stand before it has not come."""
        after = to.after
        while after is not None and (to.parent, after) in self._instead:
            after = self._instead[to.parent, after]
        return to.model_copy(update={"after": after})

    def _fate(self, operation: Operation) -> _Fate:
        match operation:
            case Set():
                was = (
                    own_data(self._before[operation.key]).get(operation.field)
                    if self._knows(operation)
                    else None
                )
                return _fate_of(was, operation.old, operation.new)
            case Move():
                was = self._places.location(operation.key).parent if self._knows(operation) else None
                return _fate_of(was, operation.old.parent, operation.to.parent)
            case Remove():
                return self._removal(operation)
        return self._addition(operation)

    def _knows(self, operation: Set | Move) -> bool:
        return operation.key in self._before

    def _removal(self, operation: Remove) -> _Fate:
        key = operation.record["key"]
        if key not in self._before:
            return _Fate.STALE if operation.old.collection in YEARLY else _Fate.BOTH
        return _Fate.OWN if self._before[key] == self._now[key] else _Fate.BOTH

    def _addition(self, operation: Add) -> _Fate:
        """A year's record that was taken out on screen and still stands in the workbook is no new one."""
        known = self._of_year(operation)
        if known is None:
            return _Fate.OWN
        return _Fate.STALE if says_still(operation.record, known) else _Fate.BOTH

    def _of_year(self, operation: Add) -> Node | None:
        """The record of the same year that stood there when the workbook was written."""
        parent = self._before.get(operation.to.parent)
        if operation.to.collection not in YEARLY or parent is None:
            return None
        return of_year(parent, operation.to.collection, year_of(operation.record["year"]))

    def _written(self, operation: Operation) -> Any:
        match operation:
            case Set() if self._knows(operation):
                return own_data(self._before[operation.key]).get(operation.field)
            case Move() if self._knows(operation):
                return self._places.location(operation.key).parent
            case Remove() if operation.old.collection in YEARLY:
                known = self._before.get(operation.record["key"])
                return own_data(known) if known else None
            case Add() if known := self._of_year(operation):
                return own_data(known)
        return None


def _fate_of(was: object, now: object, new: object) -> _Fate:
    if was == new:
        return _Fate.STALE
    return _Fate.OWN if was == now else _Fate.BOTH


def of_year(parent: Node, collection: str, year: int | None) -> Node | None:
    """The record of ``year`` in one of the collections of ``YEARLY``."""
    records: Iterable[Node] = getattr(parent, collection)
    return next((each for each in records if year_of(own_data(each)["year"]) == year), None)


def says_still(record: Mapping[str, Any], was: Node) -> bool:
    """Whether a workbook's record of a year says what stood there before; it says less than a record can hold."""
    before = own_data(was)
    return all(before.get(name) == value for name, value in record.items() if name not in ("key", "year"))


def merged(name: str, was: Any, now: Any, new: Any) -> tuple[Any, Any]:
    """The value with all that only one side changed: once with what is on screen where both did, once with the
    workbook's.
    """
    if new in (now, was):
        return now, now
    if was == now:
        return new, new
    if name in _PARTED and isinstance(was, dict) and isinstance(now, dict) and isinstance(new, dict):
        parts = {each: merged("", was.get(each), now.get(each), new.get(each)) for each in {**now, **new}}
        screen, file = (
            {each: pair[side] for each, pair in parts.items() if pair[side] is not None} for side in (0, 1)
        )
        return screen, file
    if name == "path":
        return _merged_years(was or [], now or [], new or [])
    return now, new


def parts_of(name: str, value: Any) -> Mapping[Any, Any]:
    """What of a value is compared by itself: each of its years, or what has columns of its own, else all of it."""
    if name == "path":
        return {year: _quantity(each) for year, each in _by_year(value or []).items()}
    return value if name in _PARTED and isinstance(value, dict) else {"": value}


def _merged_years(was: list[Any], now: list[Any], new: list[Any]) -> tuple[Any, Any]:
    """The same for targets of years: each year by itself."""
    before, screen, file = map(_by_year, (was, now, new))
    keeps, takes = [*now], [*now]
    for year in {**screen, **file}:
        old, here, there = before.get(year), screen.get(year), file.get(year)
        if year is None or _quantity(there) in (_quantity(here), _quantity(old)):
            continue
        _put(takes, year, there)
        if _quantity(old) == _quantity(here):
            _put(keeps, year, there)
    return keeps or None, takes or None


def _by_year(path: Iterable[Any]) -> Mapping[int | None, Any]:
    found: dict[int | None, Any] = {}
    for each in path:
        found.setdefault(year_of(each.get("year")), each)
    return found


def _quantity(entry: Any) -> str:
    return str(entry["quantity"].get("text", "")) if entry else ""


def _put(path: list[Any], year: int, entry: Any) -> None:
    at = next((n for n, each in enumerate(path) if year_of(each.get("year")) == year), None)
    if at is not None:
        path[at : at + 1] = [entry] if entry else []
    elif entry:
        path.append(entry)
        path.sort(key=lambda each: year_of(each.get("year")) or 0)


def _units(made: Sequence[Operation]) -> list[list[Operation]]:
    """Operations that only hold together side by side: an indicator with its places, a value with its kind."""
    units: list[list[Operation]] = []
    pairs: dict[Key, list[Operation]] = {}
    removed: list[tuple[set[Key], list[Operation]]] = []
    for operation in made:
        if isinstance(operation, Set) and operation.field in _TOGETHER:
            if operation.key not in pairs:
                units.append(pairs.setdefault(operation.key, []))
            pairs[operation.key].append(operation)
            pairs[operation.key].sort(key=lambda each: isinstance(each, Set) and each.field != _TOGETHER[0])
        elif isinstance(operation, Remove):
            names = _indicators(operation.record)
            unit: list[Operation] = [operation]
            for one in [each for each in removed if each[0] & names]:
                removed.remove(one)
                names, unit = names | one[0], [*one[1], *unit]
            removed.append((names, unit))
        else:
            units.append([operation])
    return [*units, *(unit for _, unit in removed)]


def _indicators(data: Any) -> set[Key]:
    """The indicators that a removed record is or holds the places of."""
    if isinstance(data, list):
        return {key for each in data for key in _indicators(each)}
    if not isinstance(data, dict):
        return set()
    own = {data["key"]} if "key" in data else set()
    named = {data["indicator"]} if isinstance(data.get("indicator"), str) else set()
    return own | named | {key for each in data.values() for key in _indicators(each)}
