"""Drafts in memory: the plan at an operation, and the working copy that the next operation begins on."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from sosei.plan.model import Plan as Document
from sosei.plan.operations import WorkingCopy

At = tuple[UUID, UUID | None]  # a draft, and the operation it has come to
V = TypeVar("V")

_DOCUMENTS = 64  # what one has in common with another is there once
_COPIES = 8  # a megabyte each on a plan of 300 measures


class _Latest(Generic[V]):
    """What was used last, for several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[At, V] = OrderedDict()
        self._lock = Lock()

    def get(self, at: At) -> V | None:
        with self._lock:
            if at in self._values:
                self._values.move_to_end(at)
            return self._values.get(at)

    def put(self, at: At, value: V) -> None:
        with self._lock:
            self._values[at] = value
            self._values.move_to_end(at)
            if len(self._values) > self._most:
                self._values.popitem(last=False)

    def operations(self, draft: UUID) -> list[UUID]:
        with self._lock:
            return [last for of, last in self._values if of == draft and last is not None]

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


class KeptDrafts:
    """States of drafts, each by the random identity of its last operation; none of them ever changes.

    A state may be put in before its operations are committed: where they are rolled back nobody can
    name it again, and whoever looks for the nearest state asks the database which operations there are.
    """

    def __init__(self) -> None:
        self._documents: _Latest[Document] = _Latest(_DOCUMENTS)
        self._copies: _Latest[WorkingCopy] = _Latest(_COPIES)

    def document(self, at: At) -> Document | None:
        """The plan there; None where it is not in memory."""
        return self._documents.get(at)

    def copy(self, at: At) -> WorkingCopy | None:
        """A working copy of the plan there, the caller's own; None where the plan is not in memory."""
        if (kept := self._copies.get(at)) is not None:
            return kept.fork()
        document = self._documents.get(at)
        return None if document is None else WorkingCopy(document)

    def keep(self, at: At, work: WorkingCopy) -> Document:
        """Keep the state that ``work`` is in, and give its plan; raises Problem where it does not hold."""
        document = work.plan()
        self._documents.put(at, document)
        self._copies.put(at, work.fork())
        return document

    def operations(self, draft: UUID) -> list[UUID]:
        """The operations of ``draft`` at which its plan is in memory."""
        return self._documents.operations(draft)

    def clear(self) -> None:
        """Forget everything."""
        self._documents.clear()
        self._copies.clear()
