"""From rows to plans and back: bytes → upgrade → model, kept in memory by what never changes.

An edition's bytes never change, so its plan is kept by its identity; a draft's by its last operation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from pydantic import TypeAdapter

from sosei.plan.model import Plan as Document
from sosei.plan.operations import Operation, WorkingCopy
from sosei.plan.reading import load_plan
from sosei.plan.writing import digest
from sosei.values import Problem
from sosei.web.plans.kept import KeptDrafts
from sosei.web.plans.models import Draft, DraftOperation, Edition

_OPERATION: TypeAdapter[Operation] = TypeAdapter(Operation)
LONGEST_TITLE = 300
_KEPT = 64  # plans in memory, some megabytes each at the most
DRAFTS = KeptDrafts()


def edition_document(edition: Edition) -> Document:
    """The plan of ``edition``; raises Problem where the bytes are not those that were adopted."""
    return _edition_document(edition.pk)


@lru_cache(maxsize=_KEPT)
def _edition_document(pk: UUID) -> Document:
    return load_plan(edition_bytes(Edition.objects.get(pk=pk)))


def edition_bytes(edition: Edition) -> bytes:
    """The canonical bytes as adopted, checked against their hash."""
    data = bytes(edition.data)
    if digest(data) != edition.sha256:
        raise Problem(
            f"第{edition.no}版の内容が策定時のもの（SHA-256 {edition.sha256[:12]}…）と違います。バックアップから戻してください",
            f"edition {edition.no} is not what was adopted (SHA-256 {edition.sha256[:12]}…); restore a backup",
        )
    return data


def draft_document(draft: Draft) -> Document:
    """The plan as the draft has it now."""
    return draft_document_at(draft.pk, last_operation(draft))


def last_operation(draft: Draft) -> UUID | None:
    """The identity of the draft's last operation; None where it has none yet."""
    return draft.operations.order_by("-no").values_list("pk", flat=True).first()


def draft_document_at(draft: UUID, last: UUID | None) -> Document:
    """The plan as the draft had it after the operation ``last`` (None: as it began).

    Kept by the last operation, which has a random identity: what a rolled back one was is never met again.
    """
    kept = DRAFTS.document((draft, last))
    return kept if kept is not None else DRAFTS.keep((draft, last), unchecked_copy(draft, last))


def working_copy(draft: Draft) -> WorkingCopy:
    """A working copy of the plan as the draft has it now, the caller's own."""
    at = (draft.pk, last_operation(draft))
    found = DRAFTS.copy(at)
    if found is None:
        found = unchecked_copy(*at)
        DRAFTS.keep(at, found)
    return found


def unchecked_copy(draft: UUID, last: UUID | None) -> WorkingCopy:
    """The draft up to ``last``, which may stand amid an act, so that the plan need not hold there.

    Only what came after the nearest state in memory is applied.
    """
    after, work = 0, None
    rows = DraftOperation.objects.filter(draft=draft).order_by("no")
    if last is not None:
        rows = rows.filter(no__lte=rows.get(pk=last).no)
        # Asked of the database, so that a state whose operations were rolled back is not begun on.
        near = rows.filter(pk__in=DRAFTS.operations(draft)).last()
        if near is not None and (work := DRAFTS.copy((draft, near.pk))) is not None:
            after = near.no
    if work is None:
        work = WorkingCopy(draft_base(Draft.objects.select_related("base").get(pk=draft)))
    if last is not None:
        for text in rows.filter(no__gt=after).values_list("operation", flat=True):
            work.apply(operation_from(text))
    return work


def draft_base(draft: Draft) -> Document:
    """The plan that the draft began with."""
    if draft.base is not None:
        return edition_document(draft.base)
    return _start(draft.pk)


@lru_cache(maxsize=_KEPT)
def _start(pk: UUID) -> Document:
    return load_plan(bytes(Draft.objects.get(pk=pk).start or b""))


def operation_of(row: DraftOperation) -> Operation:
    """The operation in ``row``."""
    return operation_from(row.operation)


def operation_from(text: str) -> Operation:
    """The operation that ``operation_text`` wrote."""
    return _OPERATION.validate_json(text, strict=True)


def operation_text(operation: Operation) -> str:
    """The operation as JSON text, fields at their default left out."""
    return json.dumps(operation.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)


def title_of(document: Document) -> str:
    """What a person calls the plan: its title, else its report's, else the municipality's strategy."""
    titles: Iterable[str] = (document.title, *(report.title for report in document.reports))
    return next(filter(None, titles), f"{document.municipality.name}総合戦略")[:LONGEST_TITLE]
