"""What was changed in a file and on screen, as a page asks about it: the three values of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sosei.plan.base import Key
from sosei.plan.labels import field_label
from sosei.plan.operations import Add, Move, Operation, Remove, Set
from sosei.plan.sharing import own_data
from sosei.plan.wording import Wording
from sosei.values import Words
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document, working_copy
from sosei.web.site.language import language
from sosei.web.workbooks.conflicts import shown
from sosei.web.workbooks.merging import BOTH, Both
from sosei.web.workbooks.models import Upload

FILE: Final = "file"
"""What a form sends for a value of the file; anything else keeps the screen's."""

_GONE = Words("（削除）", "(removed)")
_THERE = Words("（あり）", "(there)")
_CHANGED = Words("（中が書き換えられている）", "(changed inside)")
_PLACE = Words("置き場所", "Place")
_RECORD = Words("記録の全体", "The whole record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of them: ``name`` in the form, what the value was, what it is on screen, what the file says."""

    name: str
    title: str
    field: str
    was: str
    now: str
    new: str
    who: str
    at: datetime | None
    is_file: bool


def both_of(upload: Upload) -> list[Both]:
    """What was changed in the file of ``upload`` and on screen, in order."""
    return BOTH.validate_json(upload.both, strict=True)


def choices(draft: Draft, both: Iterable[Both], taken: Collection[str]) -> list[Choice]:
    """``both`` in the words of the draft's plan; ``taken`` are the names of those where the file was chosen."""
    told = _Told(draft)
    return [
        Choice(
            name=each.name,
            title=title,
            field=field,
            was=values[0],
            now=values[1],
            new=values[2],
            who=each.who,
            at=each.at,
            is_file=each.name in taken,
        )
        for each in both
        for title, field, values in [told.row(each)]
    ]


class _Told:
    def __init__(self, draft: Draft) -> None:
        self._words = Wording(draft_document(draft), language())
        self._work = working_copy(draft)

    def row(self, both: Both) -> tuple[str, str, Sequence[str]]:
        """What it is about, which field, and the three values."""
        operation = both.operations[0]
        match operation:
            case Set():
                return self._called(operation.key), self._field(operation), self._set(operation, both.written)
            case Move():
                places = (both.written, operation.old.parent, operation.to.parent)
                return self._called(operation.key), self._said(_PLACE), [*map(self._called, places)]
            case Remove():
                return (
                    self._called(operation.record["key"]),
                    self._said(_RECORD),
                    self._removed(operation, both),
                )
        return self._called(operation.to.parent), self._year(operation), self._added(operation, both)

    def _called(self, key: Key | None) -> str:
        return self._words.called(self._work.alone(key)) if key in self._work and key else ""

    def _field(self, operation: Set) -> str:
        return field_label(operation.field, self._words.language)

    def _set(self, operation: Set, written: Any) -> Sequence[str]:
        node = self._work.alone(operation.key)
        found = own_data(node).get(operation.field)
        was, new = (
            shown(self._words, self._work, operation, found, value) for value in (written, operation.new)
        )
        return was, self._words.field(node, operation.field), new

    def _removed(self, operation: Remove, both: Both) -> Sequence[str]:
        now = _year_text(operation.record) or self._said(_CHANGED)
        was = _year_text(both.written) if both.written else self._said(_THERE)
        return was, now, self._said(_GONE)

    def _added(self, operation: Add, both: Both) -> Sequence[str]:
        was = _year_text(both.written) if both.written else ""
        return was, self._said(_GONE), _year_text(operation.record)

    def _year(self, operation: Add) -> str:
        collection = field_label(operation.to.collection, self._words.language)
        year = operation.record.get("year", {}).get("text", "")
        return f"{collection} {year}".strip()

    def _said(self, words: Words) -> str:
        return words.of(self._words.language)


def _year_text(record: Any) -> str:
    """The values of a year's record as they are printed."""
    values = [record.get(name) for name in ("quantity", "actual", "rate", "grade")]
    return "　".join(each if isinstance(each, str) else each["text"] for each in values if each)


def operations_in(both: Iterable[Both]) -> list[Operation]:
    """All that they would do, in order."""
    return [operation for each in both for operation in each.operations]
