"""The operations of a draft as a person reads them: what, where, old and new, who, when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sosei.checks.finding import Words
from sosei.plan.base import Key, Node
from sosei.plan.changes import ChangeKind
from sosei.plan.model import Element
from sosei.plan.operations import Add, Move, Operation, Remove, Set, WorkingCopy
from sosei.plan.wording import Wording
from sosei.web.plans.models import Draft, DraftOperation
from sosei.web.plans.store import draft_document, operation_of, unchecked_copy, working_copy
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


def lines(draft: Draft, wanted: Collection[int]) -> list[Line]:
    """The operations of ``draft`` with the numbers ``wanted`` (a page of them), newest first.

    They are made again from the nearest state in memory on, because each is told with the values it met.
    """
    if not wanted:
        return []
    rows = draft.operations.filter(no__gte=min(wanted), no__lte=max(wanted))
    before = draft.operations.filter(no__lt=min(wanted)).values_list("pk", flat=True).last()
    telling = _Telling(draft, unchecked_copy(draft.pk, before))
    found = [
        telling.told(row, operation_of(row))
        for row in rows.select_related("by", "undone_by").defer("undone_by__operation").order_by("no")
    ]
    return [line for line in found[::-1] if line.row.no in wanted]


def place_of(path: tuple[Node, ...]) -> str:
    """The labels on the way to a record (``walk.path_to``): 基本目標１/施策①."""
    return "/".join(each.label for each in path if isinstance(each, Element) and each.label)


class _Telling:
    """A draft's plan from before the first operation that is told, and the words for it."""

    def __init__(self, draft: Draft, work: WorkingCopy) -> None:
        self.work, self.now = work, working_copy(draft)
        self.words = Wording(draft_document(draft), language())

    def told(self, row: DraftOperation, operation: Operation) -> Line:
        """The operation as a line; it is applied on the way."""
        kind, key, field, reason = _parts(operation)
        before = None if kind is ChangeKind.ADDED else self._shown(key, field, operation)
        node = None if kind is ChangeKind.ADDED else self.work.alone(key)
        place = "" if kind is ChangeKind.ADDED else self._place(key)
        self.work.apply(operation)
        after = None if kind is ChangeKind.REMOVED else self._shown(key, field, operation)
        node = node or self.work.alone(key)
        return Line(
            row=row,
            kind=kind,
            place=place or ("" if kind is ChangeKind.REMOVED else self._place(key)),
            title=self.words.called(node),
            field=field,
            old=before or "",
            new=after or "",
            reason=reason,
        )

    def _shown(self, key: Key, field: str, operation: Operation) -> str:
        node = self.work.alone(key)
        if isinstance(operation, Move):
            return self._standing(key)
        return self.words.field(node, field) if field else self.words.called(node)

    def _place(self, key: Key) -> str:
        """The path of labels where the record stands now, else where it stands amid the operations."""
        work = self.now if key in self.now else self.work
        labels: list[str] = []
        above: Key | None = key
        while above is not None:
            if isinstance(node := work.alone(above), Element) and node.label:
                labels.append(node.label)
            above = work.parent(above)
        return "/".join(reversed(labels))

    def _standing(self, key: Key) -> str:
        """Where a record stands: below what, after what."""
        at = self.work.location(key)
        parent = self.words.called(self.work.alone(at.parent))
        after = self.words.called(self.work.alone(at.after)) if at.after else ""
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
