"""From which state of a plan a workbook was written."""

from __future__ import annotations

from uuid import UUID

from sosei.plan.model import Plan as Document
from sosei.web.plans.models import Draft, DraftOperation, Edition
from sosei.web.plans.states import State
from sosei.web.plans.store import draft_document_at, edition_document


def mark_of_state(state: State) -> str:
    """The word for ``state`` that goes along hidden in its workbook."""
    if state.draft is None:
        return state.version
    return f"{state.draft.hex}.{state.operation.hex if state.operation else ''}"


def written_from(draft: Draft, mark: str) -> Document | None:
    """The plan as it stood in the state that ``mark`` tells; None where it is none of this draft or its plan."""
    if mark[:1] == "e" and mark[1:].isascii() and mark[1:].isdecimal() and len(mark) < 7:
        edition = Edition.objects.defer("data").filter(plan=draft.plan_id, no=int(mark[1:])).first()
        return edition_document(edition) if edition else None
    of, _, last = mark.partition(".")
    if of != draft.pk.hex:
        return None
    if not last:
        return draft_document_at(draft.pk, None)
    found = DraftOperation.objects.filter(draft=draft, pk=_uuid(last)).values_list("pk", flat=True).first()
    return draft_document_at(draft.pk, found) if found else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
