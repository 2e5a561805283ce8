"""The operations of a draft as a person reads them: what, where, old and new, who, when."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan.base import Key
from sosei.plan.changes import ChangeKind
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Move, Operation, Remove, Set, WorkingCopy
from sosei.plan.walk import elements, nodes
from sosei.plan.wording import Wording
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.store import draft_base, draft_document, operation_of
from sosei.web.site.language import language

KIND_WORDS: Mapping[ChangeKind, Words] = {
    ChangeKind.ADDED: Words("追加", "added"),
    ChangeKind.REMOVED: Words("削除", "removed"),
    ChangeKind.MOVED: Words("移動", "moved"),
    ChangeKind.CHANGED: Words("変更", "changed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One operation; ``field`` is empty where the whole record came, went or moved."""

    row: DraftOperation
    kind: ChangeKind
    place: str
    title: str
    field: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""

    @property
    def word(self) -> Words:
        """What happened, in a word."""
        return KIND_WORDS[self.kind]


def lines(draft: Draft, wanted: Container[int]) -> list[Line]:
    """The operations of ``draft`` with the numbers ``wanted``, newest first.

    Every operation is made again from the beginning, because each is told with the values it met.
    """
    telling = _Telling(draft)
    found = []
    for row in draft.operations.select_related("by", "undone_by").order_by("no"):
        operation = operation_of(row)
        if row.no in wanted:
            found.append(telling.told(row, operation))
        else:
            telling.work.apply(operation)
    return found[::-1]


def places_of(document: Document) -> dict[Key, str]:
    """The path of labels of every record in the tree: its own element's, else the nearest above."""
    return {node.key: placed.place for placed in elements(document) for node in nodes(placed.element)}


class _Telling:
    """A draft's plan from its base on, and the words for it."""

    def __init__(self, draft: Draft) -> None:
        base, now = draft_base(draft), draft_document(draft)
        self.work = WorkingCopy(base)
        self.words = Wording(now, language())
        self.places: Mapping[Key, str] = places_of(base) | places_of(now)

    def told(self, row: DraftOperation, operation: Operation) -> Line:
        """The operation as a line; it is applied on the way."""
        kind, key, field, reason = _parts(operation)
        before = None if kind is ChangeKind.ADDED else self._shown(key, field, operation)
        node = None if kind is ChangeKind.ADDED else self.work.node(key)
        self.work.apply(operation)
        after = None if kind is ChangeKind.REMOVED else self._shown(key, field, operation)
        node = node or self.work.node(key)
        return Line(
            row=row,
            kind=kind,
            place=self.places.get(key, ""),
            title=self.words.called(node),
            field=field,
            old=before or "",
            new=after or "",
            reason=reason,
        )

    def _shown(self, key: Key, field: str, operation: Operation) -> str:
        node = self.work.node(key)
        if isinstance(operation, Move):
            return self._standing(key)
        return self.words.field(node, field) if field else self.words.called(node)

    def _standing(self, key: Key) -> str:
        """Where a record stands: below what, after what."""
        at = self.work.location(key)
        parent = self.words.called(self.work.node(at.parent))
        after = self.words.called(self.work.node(at.after)) if at.after else ""
        return f"{parent} › {after}" if after else parent


def _parts(operation: Operation) -> tuple[ChangeKind, Key, str, str]:
    match operation:
        case Set():
            return ChangeKind.CHANGED, operation.key, operation.field, operation.reason
        case Add():
            return ChangeKind.ADDED, operation.record["key"], "", operation.reason
        case Remove():
            return ChangeKind.REMOVED, operation.record["key"], "", operation.reason
        case Move():
            return ChangeKind.MOVED, operation.key, "", operation.reason
