"""What a workbook knows of its draft: the state it was written from, with what it changed there itself since.

An officer takes a workbook out once and loads it again whenever something was written in it.  What its earlier
loading took over is no change on screen, and would be asked about as one.  Copies of one workbook say that they
were written from the same state, too: one that still says of a place what stood there before an earlier loading is
another copy, and that loading is none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from sosei.formats.workbook.cells import year_of
from sosei.plan.base import Node
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Add, Location, Move, Operation, Refusal, Remove, Set, WorkingCopy
from sosei.plan.sharing import own_data
from sosei.plan.walk import collections_of, index
from sosei.values import Problem
from sosei.web.plans.store import operation_of
from sosei.web.plans.undoing import stands_as, undoers_of
from sosei.web.workbooks.merging import YEARLY, merged, of_year, parts_of, says_still
from sosei.web.workbooks.models import Upload
from sosei.web.workbooks.origins import written_from


def known_to(upload: Upload, mark: str, says: Document) -> Document | None:
    """The plan as the workbook of ``upload``, which has ``mark`` and ``says`` this, knows it; None where the mark is
    none of the draft or its plan.
    """
    written = written_from(upload.draft, mark)
    if written is None or not (taken := _taken(upload, mark)):
        return written
    known = with_taken(written, taken)
    return known if _goes_on(written, known, says) else written


def with_taken(written: Document, taken: Iterable[Operation]) -> Document:
    """``written`` after what each of ``taken`` changed, whatever else stood where it was made.

    What no longer finds its place is left out; where all that is no plan, ``written`` is the answer.
    """
    copy = WorkingCopy(written)
    for operation in taken:
        with suppress(Refusal):
            copy.apply(_here(copy, operation))
    try:
        return copy.plan()
    except Problem:
        return written


def _taken(upload: Upload, mark: str) -> list[Operation]:
    """What earlier loadings of the same person from the same state wrote, and nobody has taken back."""
    own = Upload.objects.filter(draft=upload.draft, mark=mark, by=upload.by, act__isnull=False)
    acts = list(own.values_list("act", flat=True)) if upload.by_id else []
    if not acts:
        return []
    undoers = undoers_of(upload.draft)
    rows = upload.draft.operations.filter(act__in=acts).order_by("no")
    return [operation_of(row) for row in rows if stands_as(row, undoers) is not None]


def _goes_on(written: Document, known: Document, says: Document) -> bool:
    """Whether what ``says`` this holds all that made ``known`` of ``written``, or something newer in its place."""
    before, here = index(written), index(says)
    for key, node in index(known).items():
        was = before.get(key)
        if was is node:
            continue
        if key not in here:
            return False
        if was is not None and (
            _is_back(own_data(was), own_data(node), own_data(here[key]))
            or _stands_again(was, node, here[key])
        ):
            return False
    return True


def _is_back(was: dict[str, object], known: dict[str, object], says: dict[str, object]) -> bool:
    for name in {**was, **known}:
        old, new, now = (parts_of(name, each.get(name)) for each in (was, known, says))
        if any(old.get(part) != new.get(part) and old.get(part) == now.get(part) for part in {**old, **new}):
            return True
    return False


def _stands_again(was: Node, known: Node, says: Node) -> bool:
    """Whether a year that was taken out says what it said before."""
    for name in YEARLY & collections_of(type(was)).keys():
        for gone in getattr(was, name):
            year = year_of(own_data(gone)["year"])
            now = of_year(says, name, year)
            if of_year(known, name, year) is None and now is not None and says_still(own_data(now), gone):
                return True
    return False


def _here(copy: WorkingCopy, operation: Operation) -> Operation:
    """``operation`` against what stands in ``copy``."""
    match operation:
        case Set() if operation.key in copy:
            found = own_data(copy.alone(operation.key)).get(operation.field)
            _, new = merged(operation.field, operation.old, found, operation.new)
            return operation.model_copy(update={"old": found, "new": new})
        case Move() if operation.key in copy:
            here = {"old": copy.location(operation.key), "to": _place(copy, operation.to)}
            return operation.model_copy(update=here)
        case Remove() if (key := operation.record["key"]) in copy:
            return Remove(old=copy.location(key), record=copy.record(key))
        case Add():
            return operation.model_copy(update={"to": _place(copy, operation.to)})
    return operation


def _place(copy: WorkingCopy, to: Location) -> Location:
    """The place, first among its siblings where the one to stand after is none of them."""
    if to.after is not None and to.after in copy and copy.parent(to.after) == to.parent:
        return to
    return to.model_copy(update={"after": None})
